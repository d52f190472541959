/* flow/retention.c - how long the documents of a form are kept once they have
 * ended.
 *
 * What a total is made of stays: a document that others take values from, hang
 * under or name is reduced where the rule would erase it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/retention.h"

#include "base/date.h"
#include "base/list.h"
#include "doc/erase.h"
#include "doc/history.h"
#include "flow/approval.h"
#include "flow/ask.h"

enum {
    PIECE = 20, /* documents: some ten milliseconds */
    NIGHT_MS = 2 * 60 * 60 * 1000,
    MONTHS = 12,
};

static const char KIND[] = "retention";

static const char SQL_ENDED[] =
    "SELECT d.id FROM document d LEFT JOIN retained r ON r.document = d.id"
    " WHERE d.form = $1 AND d.id > $2 AND d.state <> 'open'"
    " AND d.created < $3 AND (r.document IS NULL OR d.updated > r.at)"
    " ORDER BY d.id LIMIT $4";
static const char SQL_NEEDED[] =
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM document WHERE parent = $1)"
    " OR EXISTS (SELECT 1 FROM link WHERE target = $1)"
    " OR EXISTS (SELECT 1 FROM rollup_part WHERE source = $1)";
static const char SQL_DONE[] =
    "INSERT INTO retained (document, at) VALUES ($1, $2)"
    " ON CONFLICT (document) DO UPDATE SET at = excluded.at";
static const char SQL_AGAIN[] =
    "DELETE FROM retained WHERE document IN (SELECT target FROM link"
    " WHERE document = $1 UNION SELECT parent FROM document WHERE id = $1)";
static const char SQL_FORGET[] = "DELETE FROM retained WHERE document = $1";

/* --- When */

static int last_of(int year, int month)
{
    struct wf_date next = { month == MONTHS ? year + 1 : year,
                            month == MONTHS ? 1 : month + 1, 1 };

    return wf_date_of(wf_day_of(next) - 1).day;
}

/* The day so many months before; the last of its month where that is shorter.
 */
static int32_t months_before(int32_t day, int months)
{
    struct wf_date at = wf_date_of(day);
    int all = at.year * MONTHS + (at.month - 1) - months;
    int year = all / MONTHS, month = all % MONTHS + 1;
    int last = last_of(year, month);
    struct wf_date then = { year, month, at.day < last ? at.day : last };

    return wf_day_of(then);
}

/* What has ended before this moment is over. */
static int64_t limit_of(const struct wf_call *call, const struct wf_form *form)
{
    const struct wf_retention *rule = form->retention;
    const char *zone = form->package->timezone;
    int32_t day = 0, of_day = 0;
    int64_t out = 0;

    if (!wf_zone_to_local(zone, call->now, &day, &of_day))
        return 0;
    day = months_before(day, rule->months) - rule->days;
    return wf_zone_from_local(zone, day, 0, &out) ? out : 0;
}

static int64_t ended_at(const struct wf_doc *doc)
{
    const char *text = wf_approval_kept(doc, "ended");
    int64_t at;

    return text && wf_time_parse(wf_str_of(text), &at) ? at : doc->updated;
}

static bool set_timer(struct wf_flow *flow, const struct wf_form *form,
                      wf_id after, weft_error *err)
{
    struct wf_arena *arena = flow->call->arena;
    struct wf_json *payload = wf_json_object(arena);
    struct wf_timer timer = { .kind = KIND,
                              .key = form->id,
                              .due = flow->call->now,
                              .payload = payload };
    char id[WF_ID_TEXT];

    if (!after)
        timer.due =
            wf_zone_next(form->package->timezone, flow->call->now, NIGHT_MS);
    wf_id_write(after, id);
    wf_json_set(arena, payload, "form", wf_json_text(arena, form->id));
    wf_json_set(arena, payload, "after", wf_json_text(arena, id));
    return wf_timer_set(flow, &timer, err);
}

bool wf_retention_begin(struct wf_flow *flow, const struct wf_form *form,
                        weft_error *err)
{
    return !form->retention || set_timer(flow, form, 0, err);
}

/* --- Which */

struct ids {
    wf_id *at;
    size_t n, cap;
};

static bool list_ended(struct wf_call *call, const struct wf_form *form,
                       wf_id after, size_t max, struct ids *out,
                       weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_ENDED, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, form->id);
    wf_stmt_bind_int(&q, 2, after);
    wf_stmt_bind_int(&q, 3, limit_of(call, form));
    wf_stmt_bind_int(&q, 4, (int64_t)max);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) = wf_stmt_int(&q, 0);
    return got == WF_FETCH_DONE;
}

static bool is_needed(struct wf_call *call, const struct wf_doc *doc, bool *out,
                      weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_NEEDED, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, doc->id);
    got = wf_stmt_step(&q, err);
    *out = got == WF_FETCH_ROW;
    return got != WF_FETCH_ERROR;
}

static bool look(struct wf_flow *flow, const struct wf_form *form, wf_id id,
                 struct wf_overs *out, weft_error *err)
{
    const struct wf_retention *rule = form->retention;
    struct wf_over over = { .document = id };
    struct wf_doc *doc;
    bool needed = false;

    if (!wf_doc_load(flow->call, id, &doc, err))
        return false;
    if (!doc)
        return true;
    over.ended = ended_at(doc);
    if (over.ended >= limit_of(flow->call, form))
        return true;
    if ((rule->unless
         && !wf_ask_holds(flow, doc, rule->unless, NULL, &over.held, err))
        || (rule->erase && !is_needed(flow->call, doc, &needed, err)))
        return false;
    over.erase = rule->erase && !needed;
    *WF_PUSH(flow->call->arena, out) = over;
    return true;
}

bool wf_retention_list(struct wf_flow *flow, const struct wf_form *form,
                       wf_id after, size_t max, struct wf_overs *out,
                       weft_error *err)
{
    struct ids ids = { NULL, 0, 0 };

    *out = (struct wf_overs){ 0 };
    if (!form->retention)
        return true;
    if (!list_ended(flow->call, form, after, max, &ids, err))
        return false;
    for (size_t i = 0; i < ids.n; i++)
        if (!look(flow, form, ids.at[i], out, err))
            return false;
    out->after = ids.n == max ? ids.at[max - 1] : 0;
    return true;
}

/* --- The night */

static bool mark(struct wf_call *call, const char *sql, wf_id id,
                 weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, id);
    if (sql == SQL_DONE)
        wf_stmt_bind_int(&q, 2, call->now);
    return wf_stmt_run(&q, err);
}

bool wf_retention_again(struct wf_call *call, wf_id document, weft_error *err)
{
    return mark(call, SQL_AGAIN, document, err);
}

static bool note(struct wf_call *call, const struct wf_over *over,
                 weft_error *err)
{
    struct wf_event event = { .document = over->document,
                              .kind = "retention",
                              .reason = over->erase ? "erase" : "reduce",
                              .by_system = true };

    return wf_history_add(call, &event, err);
}

static bool end_one(struct wf_flow *flow, const struct wf_over *over,
                    weft_error *err)
{
    struct wf_call *call = flow->call;
    struct wf_erased erased = { 0 };
    struct wf_doc *doc;

    if (over->held)
        return true;
    if (!wf_erase_document(call, over->document, &erased, err)
        || !note(call, over, err))
        return false;
    if (!over->erase)
        return mark(call, SQL_DONE, over->document, err);
    return mark(call, SQL_FORGET, over->document, err)
           && wf_doc_load(call, over->document, &doc, err)
           && (!doc || wf_flow_delete(flow, doc, err));
}

bool wf_retention_fire(struct wf_flow *flow, const struct wf_timer *timer,
                       weft_error *err)
{
    const char *id = wf_json_str(wf_json_get(timer->payload, "form"));
    const char *text = wf_json_str(wf_json_get(timer->payload, "after"));
    const struct wf_form *form =
        id ? wf_registry_form(flow->call->registry, id) : NULL;
    struct wf_overs overs;
    wf_id after = 0;

    if (!form || !form->retention)
        return true; /* the rule is gone, and so is the timer */
    if (text && !wf_id_parse(wf_str_of(text), &after))
        after = 0;
    if (!wf_retention_list(flow, form, after, PIECE, &overs, err))
        return false;
    for (size_t i = 0; i < overs.n; i++)
        if (!end_one(flow, &overs.at[i], err))
            return false;
    return set_timer(flow, form, overs.after, err);
}
