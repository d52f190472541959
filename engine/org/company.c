/* org/company.c - what an administrator sets for the whole company. A table
 * says what there is; the store holds what differs from its defaults.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/company.h"

#include <string.h>

#include "base/error.h"
#include "base/messages.h"
#include "store/ahead.h"
#include "store/notify.h"

#define MINUTE_MS INT64_C(60000)
#define DAY_MS (24 * 60 * MINUTE_MS)

static const char SQL_ALL[] = "SELECT name, value FROM company";
static const char SQL_SET[] =
    "INSERT INTO company (name, value) VALUES ($1, $2)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value";
static const char SQL_UNSET[] = "DELETE FROM company WHERE name = $1";

enum shape {
    ZONE,    /* a time zone */
    NUMBER,  /* within bounds */
    ADDRESS, /* of this server; "": nobody has said */
};

static const struct setting {
    const char *name, *label;
    enum shape shape;
    const char *text;       /* the default, where it is no number */
    int usual, least, most; /* of a number */
} settings[] = {
    { "timezone", WF_MESSAGE("Time zone of the company"), ZONE, "Asia/Shanghai",
      0, 0, 0 },
    { "session-idle-minutes",
      WF_MESSAGE("Sessions end after so many minutes without use"), NUMBER,
      NULL, 480, 5, 1440 },
    { "session-days", WF_MESSAGE("Sessions end after so many days"), NUMBER,
      NULL, 30, 1, 30 },
    { "reads-kept-days",
      WF_MESSAGE("Who looked at whose documents is kept for so many days "
                 "(0: not at all)"),
      NUMBER, NULL, 0, 0, 3650 },
    { "address",
      WF_MESSAGE("Address of this server, for links in what is sent"), ADDRESS,
      "", 0, 0, 0 },
};

enum {
    TIMEZONE,
    IDLE,
    LIFE,
    READS,
    SITE
};

/* Their values in the order of the table. */
struct values {
    struct wf_json *at[WF_COUNT(settings)];
};

static size_t place_of(const char *name)
{
    size_t i = 0;

    while (i < WF_COUNT(settings) && !wf_streq(settings[i].name, name))
        i++;
    return i;
}

static struct wf_json *usual(struct wf_arena *arena,
                             const struct setting *setting)
{
    return setting->text ? wf_json_text(arena, setting->text)
                         : wf_json_int(arena, setting->usual);
}

static bool load(struct wf_call *call, struct values *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;

    for (size_t i = 0; i < WF_COUNT(settings); i++)
        out->at[i] = usual(call->arena, &settings[i]);
    if (!wf_stmt_begin(call->db, SQL_ALL, &q, err))
        return false;
    while ((step = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        size_t i = place_of(wf_stmt_text(&q, 0));

        if (i < WF_COUNT(settings)
            && !wf_json_read_stored(call->arena, wf_stmt_text(&q, 1),
                                    &out->at[i], err))
            return false;
    }
    return step == WF_FETCH_DONE;
}

bool wf_company_ahead(struct wf_call *call, weft_error *err)
{
    struct wf_stmt q = WF_STMT_INIT;

    return !wf_db_asks_ahead(call->db)
           || (wf_stmt_begin(call->db, SQL_ALL, &q, err)
               && wf_stmt_ahead(&q, err));
}

bool wf_company_load(struct wf_call *call, struct wf_company *out,
                     weft_error *err)
{
    struct values values;

    if (!load(call, &values, err))
        return false;
    out->timezone = wf_json_str(values.at[TIMEZONE]);
    out->idle_ms = (int64_t)wf_json_num(values.at[IDLE], 0) * MINUTE_MS;
    out->life_ms = (int64_t)wf_json_num(values.at[LIFE], 0) * DAY_MS;
    out->reads_kept_days = (int)wf_json_num(values.at[READS], 0);
    out->address = wf_json_str(values.at[SITE]);
    if (wf_str_empty(out->address))
        out->address = NULL;
    return true;
}

bool wf_company_today(struct wf_call *call, char text[WF_DATE_TEXT],
                      weft_error *err)
{
    struct wf_company company;
    int32_t day, ms_of_day;

    if (!wf_company_load(call, &company, err))
        return false;
    if (!wf_zone_to_local(company.timezone, call->now, &day, &ms_of_day))
        return wf_fail(err, WEFT_E_STORE, "There is no time zone \"%s\".",
                       company.timezone);
    wf_date_write(day, text);
    return true;
}

bool wf_company_list(struct wf_call *call, struct wf_json_writer *out,
                     weft_error *err)
{
    struct values values;

    if (!load(call, &values, err))
        return false;
    for (size_t i = 0; i < WF_COUNT(settings); i++) {
        wf_jw_open(out, '{');
        wf_jw_key_text(out, "package", WF_COMPANY);
        wf_jw_key_text(out, "id", settings[i].name);
        wf_jw_key_text(out, "label", wf_message(call->lang, settings[i].label));
        wf_jw_key(out, "value");
        wf_jw_tree(out, values.at[i]);
        wf_jw_key(out, "default");
        wf_jw_tree(out, usual(call->arena, &settings[i]));
        wf_jw_close(out, '}');
    }
    return true;
}

/* Nothing behind the host but a path, for other paths come behind it. */
static bool is_address(const char *text)
{
    return text && strlen(text) <= 200
           && (!*text || wf_str_starts(text, "https://")
               || wf_str_starts(text, "http://"))
           && !wf_str_ends(text, "/") && !strpbrk(text, " \"'<>\\?#\r\n");
}

static bool check(const struct setting *setting, const struct wf_json *value,
                  weft_error *err)
{
    int64_t n;

    if (setting->shape == ADDRESS)
        return is_address(wf_json_str(value))
               || wf_fail(err, WEFT_E_INVALID,
                          "\"%s\" is the address of this server, such as "
                          "https://weft.example.com.",
                          setting->name);
    if (setting->shape == ZONE)
        return (wf_json_str(value) && wf_zone_known(wf_json_str(value)))
               || wf_fail(err, WEFT_E_INVALID,
                          "\"%s\" is a time zone such as Asia/Shanghai.",
                          setting->name);
    return (wf_json_to_int(value, &n) && n >= setting->least
            && n <= setting->most)
           || wf_fail(err, WEFT_E_INVALID,
                      "\"%s\" is a whole number from %d to %d.", setting->name,
                      setting->least, setting->most);
}

bool wf_company_set(struct wf_call *call, const char *name,
                    const struct wf_json *value, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    size_t i = place_of(name);

    if (i == WF_COUNT(settings))
        return wf_fail(err, WEFT_E_NOTFOUND,
                       "There is no setting \"%s\" in \"%s\".", name,
                       WF_COMPANY);
    if (value && !check(&settings[i], value, err))
        return false;
    if (!wf_stmt_begin(call->db, value ? SQL_SET : SQL_UNSET, &q, err))
        return false;
    wf_notify(call->db, "setting", name);
    wf_stmt_bind_text(&q, 1, name);
    if (value)
        wf_stmt_bind_text(&q, 2, wf_json_dump(call->arena, value));
    return wf_stmt_run(&q, err);
}
