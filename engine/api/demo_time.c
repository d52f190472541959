/* api/demo_time.c - when the sample company acts, and on what it was given.
 *
 * While it is played, the clock of the engine stands at the time of the act at
 * hand: what hooks, timers and rollups do then, they do at that time.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <weft/document.h>

#include "api/demo.h"
#include "base/date.h"
#include "base/error.h"

enum {
    DAY_MS = 24 * 3600 * 1000,
    SETTLED_DAYS = 30, /* by then the quarter before is calibrated */
};

/* --- The clock */

static int64_t read_clock(void *self)
{
    const struct wf_demo *demo = self;

    return atomic_load(&demo->now);
}

void wf_demo_clock_begin(struct wf_demo *demo)
{
    weft_engine *engine = demo->session->engine;

    demo->real = engine->clock;
    demo->today = wf_clock_now(&engine->clock);
    atomic_store(&demo->now, demo->today);
    engine->clock = (struct wf_clock){ read_clock, demo };
}

void wf_demo_clock_end(struct wf_demo *demo)
{
    demo->session->engine->clock = demo->real;
}

/* --- Days */

/* The last day of the last period that is over, and of a quarter that is done
 * with as well; "half-1" is the one before, "quarter+1" the one behind. */
static bool end_of(const struct wf_demo *demo, const char *word, int32_t *day)
{
    int32_t today = (int32_t)(demo->today / DAY_MS);
    size_t len = strcspn(word, "+-");
    enum wf_period_unit unit =
        wf_period_unit_of(wf_arena_printf(demo->arena, "%.*s", (int)len, word));
    int64_t steps = 0;

    if (unit == WF_PERIOD_NONE
        || (word[len]
            && (!wf_str_to_int(wf_str_of(word + len + 1), &steps) || steps < 0
                || steps > 99)))
        return false;
    if (word[len] == '-')
        steps = -steps;
    if (unit == WF_PERIOD_QUARTER)
        today -= SETTLED_DAYS;
    *day = wf_period_end(
        wf_period_step(wf_period_at(unit, today), (int)steps - 1));
    return true;
}

bool wf_demo_when(const struct wf_demo *demo, struct wf_str after, double days,
                  int64_t *out, weft_error *err)
{
    int32_t day;

    *out = demo->today - (int64_t)(days * DAY_MS);
    if (after.len == 0)
        return true;
    if (!end_of(demo, wf_arena_slice(demo->arena, after), &day))
        return wf_fail(err, WEFT_E_INVALID,
                       "\"after\" is a period, as quarter or month-1.");
    *out = (int64_t)(day + 1) * DAY_MS + (int64_t)(days * DAY_MS);
    return true;
}

const char *wf_demo_day(const struct wf_demo *demo, const char *text)
{
    int64_t days;
    int64_t now = atomic_load(&demo->now);
    char date[WF_DATE_TEXT], period[WF_PERIOD_TEXT];

    if (wf_streq(text, "quarter")) {
        wf_period_write(
            wf_period_at(WF_PERIOD_QUARTER, (int32_t)(demo->today / DAY_MS)),
            period);
        return wf_arena_str(demo->arena, period);
    }
    if ((text[0] != '+' && text[0] != '~')
        || !wf_str_to_int(wf_str_of(text + 1), &days) || days < 0
        || days > 9999)
        return NULL;
    now = text[0] == '+' ? demo->today : now;
    wf_date_write((int32_t)(now / DAY_MS + days), date);
    return wf_arena_str(demo->arena, date);
}

/* --- Work */

struct wanted {
    const struct wf_demo_wish *wish;
    wf_id *out;
};

static const char SQL_WORK[] =
    "SELECT s.document FROM seat s"
    " JOIN person p ON p.id = s.person"
    " JOIN document d ON d.id = s.document"
    " LEFT JOIN person o ON o.id = d.subject"
    " WHERE p.login = $1 AND s.state = 'open' AND d.family = $2"
    " AND (CAST($3 AS TEXT) IS NULL OR o.login = $3) ORDER BY s.id LIMIT 1";

static bool find_work(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct wanted *wanted = *(struct wanted *const *)with;
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    if (!wf_stmt_begin(turn->call.db, SQL_WORK, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, wanted->wish->login);
    wf_stmt_bind_text(&q, 2, wanted->wish->form);
    wf_stmt_bind_text(&q, 3, wanted->wish->about);
    fetch = wf_stmt_step(&q, err);
    if (fetch == WF_FETCH_ROW)
        *wanted->out = wf_stmt_int(&q, 0);
    return fetch != WF_FETCH_ERROR;
}

/* Of what is anonymous only the inbox knows who is asked. */
static bool find_in_inbox(struct wf_demo *demo, weft_session *session,
                          const char *form, wf_id *out, weft_error *err)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    const weft_param params[] = { { "form", form }, { "limit", "1" } };
    weft_reply *reply = weft_work_list(session, params, WF_COUNT(params));
    struct wf_json *body;
    const struct wf_json *items;
    size_t len;

    if (!weft_reply_error(reply)) {
        const char *text = weft_reply_body(reply, &len);

        if (wf_json_parse(demo->arena, text, len, &limits, &body, err)
            && (items = wf_json_get(body, "items")) && wf_json_len(items) > 0)
            wf_id_parse(
                wf_str_of(wf_json_str(wf_json_get(
                    wf_json_get(items->u.array.at[0], "document"), "id"))),
                out);
    }
    return wf_demo_use(demo, reply, err);
}

bool wf_demo_work(struct wf_demo *demo, weft_session *session,
                  const struct wf_demo_wish *wish, wf_id *out, weft_error *err)
{
    struct wanted wanted = { wish, out };
    const struct wanted *with = &wanted;
    bool looked;

    *out = 0;
    looked = wf_demo_use(
        demo, wf_question(demo->session, WEFT_SCOPE_ADMIN, find_work, &with),
        err);
    if (looked && !*out && !wish->about)
        looked = find_in_inbox(demo, session, wish->form, out, err);
    return looked
           && (*out
               || wf_fail(err, WEFT_E_NOTFOUND,
                          "Nothing of the form \"%s\" waits for %s.",
                          wish->form, wish->login));
}
