/* plan/cycle_close.c - a stage is reminded of, revealed and closed.
 *
 * What is still in the step in which the stage put it has not been handed in.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/list.h"
#include "base/messages.h"
#include "doc/title.h"
#include "doc/veil.h"
#include "flow/deadline.h"
#include "flow/notification.h"
#include "flow/wanted.h"
#include "plan/cycle.h"

static const char SQL_OPEN[] =
    "SELECT id FROM document WHERE stage = $1 AND state = 'open'"
    " AND step = begun AND id > $2 ORDER BY id LIMIT $3";
static const char SQL_WAITING[] =
    "SELECT d.id, d.title, s.person, p.locale, d.title_other, d.form"
    " FROM document d"
    " JOIN seat s ON s.document = d.id AND s.state = 'open'"
    " JOIN person p ON p.id = s.person WHERE d.stage = $1 AND d.state = 'open'"
    " AND d.step = d.begun AND d.id > $2 AND d.id <= $3"
    " AND (s.asks IS NULL OR s.asks <= $4) ORDER BY d.id, s.id";
static const char SQL_TOLD[] =
    "SELECT 1 FROM notification WHERE person = $1 AND document = $2"
    " AND at > $3 LIMIT 1";
static const int64_t TOLD_MS = 3600000; /* nobody is told twice within it */
static const char SQL_ANSWERS[] =
    "SELECT id FROM document WHERE stage = $1 AND state = 'done' ORDER BY id";

struct docs {
    wf_id *at;
    size_t n, cap;
};

/* A stage that is looked at because a time has come; *out NULL: it is not
 * there any more. */
static bool load(struct wf_flow *flow, const struct wf_timer *timer,
                 struct wf_stage_row *row, const struct wf_cycle **cycle,
                 const struct wf_cycle_stage **out, weft_error *err)
{
    struct wf_run run;
    bool found;

    *out = NULL;
    if (!wf_stage_row_load(flow->call, wf_cycle_timer_id(timer), row, &found,
                           err))
        return false;
    if (!found || wf_streq(row->state, "closed"))
        return true;
    if (!wf_run_load(flow->call, row->times.run, &run, &found, err))
        return false;
    *cycle = found ? (const struct wf_cycle *)(const void *)wf_registry_find(
                 flow->call->registry, "cycle", run.cycle)
                   : NULL;
    *out = *cycle ? wf_cycle_stage(*cycle, row->times.name) : NULL;
    return true;
}

static bool next_open(struct wf_call *call, wf_id stage, wf_id after, int limit,
                      struct docs *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_OPEN, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, stage);
    wf_stmt_bind_int(&q, 2, after);
    wf_stmt_bind_int(&q, 3, limit);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) = wf_stmt_int(&q, 0);
    return got == WF_FETCH_DONE;
}

/* --- Reminding */

struct waiting {
    wf_id document, person;
    const char *form, *title, *title_other, *locale;
};
struct waitings {
    struct waiting *at;
    size_t n, cap;
};

/* Some documents of a stage. */
struct piece {
    wf_id stage, after, last;
    int64_t asked_by; /* not those that ask later */
};

static bool find_waiting(struct wf_call *call, const struct piece *piece,
                         struct waitings *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_WAITING, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, piece->stage);
    wf_stmt_bind_int(&q, 2, piece->after);
    wf_stmt_bind_int(&q, 3, piece->last);
    wf_stmt_bind_int(&q, 4, piece->asked_by);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) =
            (struct waiting){ .document = wf_stmt_int(&q, 0),
                              .person = wf_stmt_int(&q, 2),
                              .form = wf_stmt_str(&q, 5, call->arena),
                              .title = wf_stmt_str(&q, 1, call->arena),
                              .title_other = wf_stmt_str(&q, 4, call->arena),
                              .locale = wf_stmt_str(&q, 3, call->arena) };
    return got == WF_FETCH_DONE;
}

static bool remind(struct wf_call *call, const struct wf_cycle *cycle,
                   const struct waiting *who, weft_error *err)
{
    const struct wf_title_row row = {
        .document = who->document,
        .form = wf_registry_form(call->registry, who->form),
        .title = who->title,
        .other = who->title_other,
    };
    const struct wf_person *person;
    const char *title;
    const char *lang = wf_lang_choose(who->locale, cycle->head.package->lang);
    struct wf_told told = { .person = who->person,
                            .document = who->document,
                            .matter = WF_MATTER_DUE };

    if (!wf_person_find(call, who->person, &person, err)
        || !wf_title_of_row(call, &row, person, lang, &title, err))
        return false;
    told.text = wf_arena_printf(
        call->arena, "%s: %s",
        wf_message(lang, WF_MESSAGE("This waits for you")), title);
    return wf_notification_add(call, &told, err);
}

/* Reminders that were missed count as one; none come once nobody edits. */
static bool next_reminder(struct wf_flow *flow, const struct wf_timer *timer,
                          const struct wf_cycle *cycle,
                          const struct wf_cycle_stage *stage,
                          const struct wf_stage_row *row, weft_error *err)
{
    struct wf_calendar calendar =
        wf_registry_calendar(flow->call->registry, cycle->head.package);
    int64_t ends = row->times.closes ? row->times.closes : row->times.freezes;
    int64_t next = timer->due;

    while (next <= flow->call->now)
        next = wf_calendar_shift(&calendar, next, stage->remind, false);
    return (ends && next >= ends)
           || wf_cycle_timer(flow, "cycle-remind", row->times.id, next, 0, err);
}

static bool was_told(struct wf_call *call, const struct waiting *who,
                     int64_t since, bool *told, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_TOLD, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, who->person);
    wf_stmt_bind_id(&q, 2, who->document);
    wf_stmt_bind_int(&q, 3, since);
    got = wf_stmt_step(&q, err);
    *told = got == WF_FETCH_ROW;
    return got != WF_FETCH_ERROR;
}

/* Reminds whom the next documents ask by now. By hand (`since`): whoever has
 * them, also of what asks later, and was not told of it since. *last: where to
 * go on; 0: that was all. */
static bool remind_piece(struct wf_flow *flow, const struct wf_timer *timer,
                         const struct wf_cycle *cycle, int64_t since,
                         wf_id *last, weft_error *err)
{
    struct piece piece = { wf_cycle_timer_id(timer),
                           wf_cycle_timer_after(timer), 0,
                           since ? INT64_MAX : flow->call->now };
    struct waitings waiting = { NULL, 0, 0 };
    struct docs docs = { NULL, 0, 0 };
    bool told = false;

    if (!next_open(flow->call, piece.stage, piece.after, WF_CYCLE_REMINDERS,
                   &docs, err))
        return false;
    piece.last = docs.n ? docs.at[docs.n - 1] : piece.after;
    if (docs.n && !find_waiting(flow->call, &piece, &waiting, err))
        return false;
    for (size_t i = 0; i < waiting.n; i++)
        if ((since && !was_told(flow->call, &waiting.at[i], since, &told, err))
            || (!told && !remind(flow->call, cycle, &waiting.at[i], err)))
            return false;
    *last = docs.n < WF_CYCLE_REMINDERS ? 0 : docs.at[docs.n - 1];
    return true;
}

bool wf_cycle_remind_fire(struct wf_flow *flow, const struct wf_timer *timer,
                          weft_error *err)
{
    const struct wf_cycle_stage *stage;
    const struct wf_cycle *cycle;
    struct wf_stage_row row;
    wf_id last;

    if (!load(flow, timer, &row, &cycle, &stage, err))
        return false;
    if (!stage || !stage->remind.n)
        return true;
    if (!remind_piece(flow, timer, cycle, 0, &last, err))
        return false;
    return last ? wf_cycle_timer(flow, timer->kind, row.times.id,
                                 flow->call->now, last, err)
                : next_reminder(flow, timer, cycle, stage, &row, err);
}

bool wf_cycle_nudge_fire(struct wf_flow *flow, const struct wf_timer *timer,
                         weft_error *err)
{
    const struct wf_cycle_stage *stage;
    const struct wf_cycle *cycle;
    struct wf_stage_row row;
    wf_id last;

    if (!load(flow, timer, &row, &cycle, &stage, err))
        return false;
    return !stage
           || (remind_piece(flow, timer, cycle, flow->call->now - TOLD_MS,
                            &last, err)
               && (!last
                   || wf_cycle_timer(flow, timer->kind, row.times.id,
                                     flow->call->now, last, err)));
}

bool wf_run_remind(struct wf_flow *flow, const struct wf_run *run,
                   const char *stage, weft_error *err)
{
    struct wf_stage_rows rows;
    bool found = false, open = false;

    if (!wf_stage_rows(flow->call, run->id, false, &rows, err))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        const struct wf_stage_row *row = &rows.at[i];

        if (stage && !wf_streq(stage, row->times.name))
            continue;
        found = true;
        if (!wf_streq(row->state, "made") && !wf_streq(row->state, "making"))
            continue;
        open = true;
        if (!wf_cycle_timer(flow, "cycle-nudge", row->times.id, flow->call->now,
                            0, err))
            return false;
    }
    if (!found)
        return wf_fail(err, WEFT_E_NOTFOUND, "This run has no such stage.");
    return open
           || wf_fail(err, WEFT_E_CONFLICT,
                      "No stage is open: there is nobody to be reminded.");
}

/* --- Revealing */

bool wf_run_reveal(struct wf_flow *flow, const struct wf_run *run,
                   const char *stage, weft_error *err)
{
    struct wf_call *call = flow->call;
    struct wf_stage_rows rows;
    bool found = false, revealed = false;

    if (!wf_stage_rows(call, run->id, false, &rows, err))
        return false;
    for (size_t i = 0; i < rows.n; i++) {
        struct wf_stage_times times = rows.at[i].times;

        if (stage ? !wf_streq(stage, times.name) : !times.reveals)
            continue;
        found = true;
        if (times.reveals && times.reveals <= call->now)
            continue;
        times.reveals = call->now;
        revealed = true;
        if (!wf_stage_save(call, &times, err))
            return false;
    }
    if (!found)
        return wf_fail(err, WEFT_E_NOTFOUND,
                       "This run has no stage to be revealed.");
    return revealed
           || wf_fail(err, WEFT_E_CONFLICT, "It has been revealed already.");
}

/* --- Closing */

static bool answers(struct wf_call *call, wf_id stage, struct wf_veiled *out,
                    weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_ANSWERS, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, stage);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) = wf_stmt_int(&q, 0);
    return got == WF_FETCH_DONE;
}

/* From the floor on the answers are shown, without their writers; fewer never
 * are. */
static bool unveil(struct wf_flow *flow, const struct wf_cycle_stage *stage,
                   const struct wf_stage_row *row, weft_error *err)
{
    const struct wf_rater like = { .parent = row->times.id,
                                   .step = row->times.name,
                                   .party = "",
                                   .round = 1 };
    struct wf_veiled docs = { NULL, 0, 0 };
    bool shown;

    if (!answers(flow->call, row->times.id, &docs, err))
        return false;
    shown = docs.n >= (size_t)stage->floor;
    for (size_t i = 0; i < docs.n && shown; i++) {
        struct wf_doc *doc;

        if (!wf_doc_load(flow->call, docs.at[i], &doc, err)
            || (doc && !wf_veil_lift(flow->call, doc, err)))
            return false;
    }
    return wf_veil_forget(flow->call, &like, &docs, shown, err);
}

bool wf_cycle_close_fire(struct wf_flow *flow, const struct wf_timer *timer,
                         weft_error *err)
{
    struct docs docs = { NULL, 0, 0 };
    const struct wf_cycle_stage *stage;
    const struct wf_cycle *cycle;
    struct wf_stage_row row;

    if (!load(flow, timer, &row, &cycle, &stage, err))
        return false;
    if (!stage)
        return true;
    if (!next_open(flow->call, row.times.id, wf_cycle_timer_after(timer),
                   WF_CYCLE_DOCUMENTS, &docs, err))
        return false;
    for (size_t i = 0; i < docs.n; i++)
        if (!wf_wanted_drop(flow, docs.at[i], "closed", err))
            return false;
    if (!wf_wanted_settle(flow, NULL, err))
        return false;
    row.state = docs.n < WF_CYCLE_DOCUMENTS ? "closed" : "closing";
    if (!wf_stage_row_save(flow->call, &row, err))
        return false;
    if (docs.n < WF_CYCLE_DOCUMENTS)
        return !stage->anonymous || unveil(flow, stage, &row, err);
    return wf_cycle_timer(flow, "cycle-close", row.times.id, flow->call->now,
                          docs.at[docs.n - 1], err);
}
