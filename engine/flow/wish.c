/* flow/wish.c - the table of wishes, and the times that follow from them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/wish.h"

#include <stdio.h>

#include "base/error.h"
#include "base/messages.h"
#include "org/channel.h"
#include "org/company.h"
#include "org/person.h"

static const char SQL_FIND[] = "SELECT data FROM wish WHERE person = $1";
static const char SQL_SAVE[] =
    "INSERT INTO wish (person, data, changed) VALUES ($1, $2, $3)"
    " ON CONFLICT (person) DO UPDATE SET data = excluded.data,"
    " changed = excluded.changed";

/* clang-format off */
static const struct {
    const char *name, *label;
    enum wf_mode usual;
} matters[] = {
    [WF_MATTER_WORK]     = { "work", WF_MESSAGE("Something waits for me"),
                             WF_MODE_DIGEST },
    [WF_MATTER_RETURNED] = { "returned", WF_MESSAGE("My document was returned"),
                             WF_MODE_DIGEST },
    [WF_MATTER_DONE]     = { "done", WF_MESSAGE("My document is finished"),
                             WF_MODE_DIGEST },
    [WF_MATTER_URGED]    = { "urged", WF_MESSAGE("Somebody asks me to hurry"),
                             WF_MODE_NOW },
    [WF_MATTER_COPY]     = { "copy", WF_MESSAGE("I got a copy"),
                             WF_MODE_DIGEST },
    [WF_MATTER_DUE]      = { "due", WF_MESSAGE("Something is due soon"),
                             WF_MODE_DIGEST },
    [WF_MATTER_ALERT]    = { "alert", WF_MESSAGE("A light has changed"),
                             WF_MODE_DIGEST },
    [WF_MATTER_REPORT]   = { "report", WF_MESSAGE("New numbers"),
                             WF_MODE_DIGEST },
    [WF_MATTER_TOLD]     = { "told", WF_MESSAGE("What a form tells me"),
                             WF_MODE_DIGEST },
};

static const char *const modes[] = {
    [WF_MODE_OFF] = "off", [WF_MODE_DIGEST] = "digest", [WF_MODE_NOW] = "now",
};
/* clang-format on */

enum {
    DAY_MIN = 24 * 60,
    MINUTE_MS = 60000,
    DAYS_MAX = 60, /* a company that never works is asked no further */
};

static const struct wf_wish usual = { .quiet_from = 21 * 60,
                                      .quiet_until = 8 * 60,
                                      .working_days = true,
                                      .times = { 9 * 60, 14 * 60 },
                                      .n_times = 2 };

const char *wf_matter_name(enum wf_matter matter)
{
    return matters[matter].name;
}

/* --- Reading */

static bool clock_of(const struct wf_json *text, int *out)
{
    return wf_json_str(text)
           && wf_clock_parse(wf_str_of(wf_json_str(text)), out)
           && *out < DAY_MIN;
}

static void read_quiet(const struct wf_json *quiet, struct wf_wish *out)
{
    if (!quiet)
        return;
    if (!clock_of(wf_json_get(quiet, "from"), &out->quiet_from)
        || !clock_of(wf_json_get(quiet, "until"), &out->quiet_until))
        out->quiet_from = out->quiet_until = 0;
}

static void read_times(const struct wf_json *times, struct wf_wish *out)
{
    if (!times)
        return;
    out->n_times = 0;
    for (size_t i = 0; i < wf_json_len(times) && i < WF_WISH_TIMES; i++)
        if (clock_of(times->u.array.at[i], &out->times[out->n_times]))
            out->n_times++;
}

static void read_data(const struct wf_json *data, struct wf_wish *out)
{
    const struct wf_json *days = wf_json_get(data, "working_days");

    read_quiet(wf_json_get(data, "quiet"), out);
    read_times(wf_json_get(data, "times"), out);
    if (days)
        out->working_days = wf_json_is_true(days);
    out->kinds = wf_json_get(data, "kinds");
}

bool wf_wish_load(struct wf_call *call, const struct wf_person *person,
                  struct wf_wish *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_company company;
    struct wf_json *data;
    enum wf_fetch got;

    *out = usual;
    out->zone = person->timezone;
    if (wf_str_empty(out->zone)) {
        if (!wf_company_load(call, &company, err))
            return false;
        out->zone = company.timezone;
    }
    if (!wf_stmt_begin(call->db, SQL_FIND, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, person->id);
    got = wf_stmt_step(&q, err);
    if (got == WF_FETCH_ROW) {
        if (!wf_json_read_stored(call->arena, wf_stmt_text(&q, 0), &data, err))
            return false;
        read_data(data, out);
    }
    return got != WF_FETCH_ERROR;
}

static bool mode_of(const char *name, enum wf_mode *out)
{
    for (size_t i = 0; name && i < WF_COUNT(modes); i++)
        if (wf_streq(modes[i], name)) {
            *out = (enum wf_mode)i;
            return true;
        }
    return false;
}

enum wf_mode wf_wish_mode(const struct wf_wish *wish, enum wf_matter matter,
                          const char *channel, bool urgent)
{
    const struct wf_json *said =
        wf_json_get(wf_json_get(wish->kinds, matters[matter].name), channel);
    enum wf_mode mode = urgent ? WF_MODE_NOW : matters[matter].usual;

    if (mode_of(wf_json_str(said), &mode) && urgent && mode == WF_MODE_DIGEST)
        mode = WF_MODE_NOW;
    return mode;
}

/* --- When */

static const struct wf_calendar *calendar_of(const struct wf_call *call,
                                             struct wf_calendar *out)
{
    const struct wf_package *package;
    size_t cursor = 0;

    while ((package = wf_registry_next_package(call->registry, &cursor))) {
        *out = wf_registry_calendar(call->registry, package);
        if (out->id)
            return out;
    }
    *out = wf_calendar_plain("UTC");
    return out;
}

static bool is_quiet(const struct wf_wish *wish, int minute)
{
    if (wish->quiet_from <= wish->quiet_until)
        return minute >= wish->quiet_from && minute < wish->quiet_until;
    return minute >= wish->quiet_from || minute < wish->quiet_until;
}

/* The first minute of that day, from `from` on, at which it may go; -1: none.
 */
static int minute_of(const struct wf_wish *wish, enum wf_mode mode, int from)
{
    if (mode == WF_MODE_NOW || wish->n_times == 0) {
        if (!is_quiet(wish, from))
            return from;
        if (from < wish->quiet_until)
            return wish->quiet_until;
        return -1; /* the quiet goes on past midnight */
    }
    for (int i = 0; i < wish->n_times; i++)
        if (wish->times[i] >= from)
            return wish->times[i];
    return -1;
}

int64_t wf_wish_due(const struct wf_call *call, const struct wf_wish *wish,
                    enum wf_mode mode)
{
    struct wf_calendar calendar;
    int32_t today, ms_of_day;
    int from, at;
    int64_t due;

    if (!wf_zone_to_local(wish->zone, call->now, &today, &ms_of_day))
        return call->now;
    calendar_of(call, &calendar);
    from = ms_of_day / MINUTE_MS;
    for (int32_t day = today; day < today + DAYS_MAX; day++, from = 0) {
        if (wish->working_days && !wf_calendar_works(&calendar, day))
            continue;
        at = minute_of(wish, mode, day == today ? from : 0);
        if (at < 0)
            continue;
        if (day == today && at == from && mode == WF_MODE_NOW)
            return call->now;
        if (day == today && at <= from) /* this minute has begun */
            at = minute_of(wish, mode, from + 1);
        if (at >= 0
            && wf_zone_from_local(wish->zone, day, at * MINUTE_MS, &due))
            return due;
    }
    return call->now;
}

/* --- Showing */

static void write_clock(struct wf_json_writer *out, int minute)
{
    char text[16];

    snprintf(text, sizeof text, "%02d:%02d", minute / 60, minute % 60);
    wf_jw_text(out, text);
}

static bool is_personal(const struct wf_outlet *outlet)
{
    enum wf_audience audience = wf_channel_audience(outlet->kind);

    return audience == WF_TO_MAIL || audience == WF_TO_ACCOUNTS;
}

static void write_kinds(struct wf_call *call, const struct wf_wish *wish,
                        struct wf_json_writer *out)
{
    wf_jw_key(out, "kinds");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < WF_COUNT(matters); i++) {
        const struct wf_outlet *at = wf_registry_outlets(call->registry);

        wf_jw_open(out, '{');
        wf_jw_key_text(out, "id", matters[i].name);
        wf_jw_key_text(out, "label", wf_message(call->lang, matters[i].label));
        wf_jw_key(out, "channels");
        wf_jw_open(out, '{');
        for (; at->id; at++)
            if (is_personal(at))
                wf_jw_key_text(out, at->id,
                               modes[wf_wish_mode(wish, (enum wf_matter)i,
                                                  at->id, false)]);
        wf_jw_close(out, '}');
        wf_jw_close(out, '}');
    }
    wf_jw_close(out, ']');
}

static bool write_channels(struct wf_call *call, struct wf_json_writer *out,
                           weft_error *err)
{
    const struct wf_outlet *at = wf_registry_outlets(call->registry);

    wf_jw_key(out, "channels");
    wf_jw_open(out, '[');
    for (; at->id; at++) {
        const char *to;

        if (!is_personal(at))
            continue;
        if (!wf_channel_reach(call, at->id, at->kind, call->me, &to, err))
            return false;
        wf_jw_open(out, '{');
        wf_jw_key_text(out, "id", at->id);
        wf_jw_key_text(out, "label", at->label);
        wf_jw_key_text(out, "kind", at->kind);
        wf_jw_key(out, "reached");
        wf_jw_bool(out, to != NULL);
        wf_jw_close(out, '}');
    }
    wf_jw_close(out, ']');
    return true;
}

bool wf_wish_show(struct wf_call *call, struct wf_json_writer *out,
                  weft_error *err)
{
    struct wf_wish wish;

    if (!call->me)
        return wf_fail(err, WEFT_E_DENIED, "This is for people.");
    if (!wf_wish_load(call, call->me, &wish, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key(out, "quiet");
    wf_jw_open(out, '{');
    wf_jw_key(out, "from");
    write_clock(out, wish.quiet_from);
    wf_jw_key(out, "until");
    write_clock(out, wish.quiet_until);
    wf_jw_close(out, '}');
    wf_jw_key(out, "working_days");
    wf_jw_bool(out, wish.working_days);
    wf_jw_key(out, "times");
    wf_jw_open(out, '[');
    for (int i = 0; i < wish.n_times; i++)
        write_clock(out, wish.times[i]);
    wf_jw_close(out, ']');
    write_kinds(call, &wish, out);
    if (!write_channels(call, out, err))
        return false;
    wf_jw_close(out, '}');
    return true;
}

/* --- Saving */

static void check_quiet(const struct wf_json *quiet, struct wf_diags *findings)
{
    int from, until;

    if (!quiet)
        return;
    if (!clock_of(wf_json_get(quiet, "from"), &from)
        || !clock_of(wf_json_get(quiet, "until"), &until))
        wf_diag_field(findings, "quiet", "pattern",
                      "Quiet hours have a \"from\" and an \"until\", such as "
                      "21:00 and 08:00.");
}

static void check_times(const struct wf_json *times, struct wf_diags *findings)
{
    bool fits = !times || wf_json_is(times, WF_JSON_ARRAY);
    int before = -1, at;

    fits = fits && wf_json_len(times) <= WF_WISH_TIMES;
    for (size_t i = 0; fits && i < wf_json_len(times); i++) {
        fits = clock_of(times->u.array.at[i], &at) && at > before;
        before = at;
    }
    if (!fits)
        wf_diag_field(findings, "times", "pattern",
                      "Digests have at most %d times of the day, in order, "
                      "such as 09:00.",
                      WF_WISH_TIMES);
}

static bool is_matter(const char *name)
{
    for (size_t i = 0; i < WF_COUNT(matters); i++)
        if (wf_streq(matters[i].name, name))
            return true;
    return false;
}

static bool are_modes(const struct wf_json *channels)
{
    enum wf_mode mode;

    if (!wf_json_is(channels, WF_JSON_OBJECT) || wf_json_len(channels) > 100)
        return false;
    for (size_t i = 0; i < wf_json_len(channels); i++)
        if (!mode_of(wf_json_str(channels->u.object.at[i].value), &mode)
            || !wf_str_is_id(channels->u.object.at[i].key.at))
            return false;
    return true;
}

static void check_kinds(const struct wf_json *kinds, struct wf_diags *findings)
{
    for (size_t i = 0; i < wf_json_len(kinds); i++) {
        const struct wf_json_member *one = &kinds->u.object.at[i];

        if (!is_matter(one->key.at) || !are_modes(one->value))
            wf_diag_field(findings, "kinds", "pattern",
                          "\"%s\" cannot be told of like this: now, digest or "
                          "off, by each channel.",
                          one->key.at);
    }
}

static void keep(struct wf_arena *arena, struct wf_json *data, const char *name,
                 const struct wf_json *value)
{
    if (value)
        wf_json_set(arena, data, name, wf_json_copy(arena, value));
}

bool wf_wish_save(struct wf_call *call, const struct wf_wish_change *change,
                  weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_json *data = wf_json_object(call->arena);
    size_t n = call->findings->n_errors;

    if (!call->me)
        return wf_fail(err, WEFT_E_DENIED, "This is for people.");
    check_quiet(change->quiet, call->findings);
    check_times(change->times, call->findings);
    check_kinds(change->kinds, call->findings);
    if (call->findings->n_errors > n)
        return wf_fail(err, WEFT_E_INVALID, "One cannot be told like this.");
    keep(call->arena, data, "quiet", change->quiet);
    keep(call->arena, data, "working_days", change->working_days);
    keep(call->arena, data, "times", change->times);
    keep(call->arena, data, "kinds", change->kinds);
    if (!wf_stmt_begin(call->db, SQL_SAVE, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, call->me->id);
    wf_stmt_bind_text(&q, 2, wf_json_dump(call->arena, data));
    wf_stmt_bind_int(&q, 3, call->now);
    return wf_stmt_run(&q, err);
}
