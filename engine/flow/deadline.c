/* flow/deadline.c - due times and timers of seats, brought in line with who is
 * asked; and reminding.
 *
 * The columns `due` and `timed` of the table seat are written here, and `asks`
 * where it moves.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/deadline.h"

#include "base/error.h"
#include "base/list.h"
#include "base/messages.h"
#include "doc/doc_lane.h"
#include "doc/when.h"
#include "flow/errand.h"
#include "flow/level.h"
#include "flow/notification.h"
#include "flow/wait.h"

static const char ASK[] = "ask";
static const char LATE[] = "late";
static const char REMIND[] = "remind";

static const char SQL_SEATS[] =
    "SELECT id, step, level, walk, made, due, timed, state, asks FROM seat"
    " WHERE document = $1 AND (state = 'open' OR timed IS NOT NULL)"
    " ORDER BY id";

static const char SQL_TIME[] =
    "UPDATE seat SET due = $2, timed = $3, asks = $4, changes = changes + 1"
    " WHERE id = $1";

static const char SQL_ASKED[] =
    "UPDATE seat SET due = $2, changes = changes + 1 WHERE document = $1"
    " AND state = 'open' AND due IS NULL";

/* A seat as far as time goes. */
struct timing {
    wf_id id;
    const char *step, *level;
    int64_t walk, made;
    int64_t due, timed; /* 0: none */
    int64_t asks;       /* as of struct wf_seat */
    bool open;
};

struct timings {
    struct timing *at;
    size_t n, cap;
};

/* --- What is said */

const struct wf_deadline *wf_deadline_of(const struct wf_form *form,
                                         const char *step, const char *level)
{
    const struct wf_step *at = wf_form_step(form, step);
    const struct wf_deadline *deadline;
    struct wf_level_turn turn;

    if (!at)
        return NULL;
    deadline = &at->deadline;
    if (level) {
        if (!wf_level_turn_find(at, level, &turn))
            return NULL;
        deadline = &turn.level->deadline;
    }
    return deadline->asks || deadline->asks_never || deadline->within.n
                   || deadline->due || deadline->remind.n
               ? deadline
               : NULL;
}

/* What its time counts from is not there: it waits at once. */
static int64_t asks_of(struct wf_flow *flow, const struct wf_doc *doc,
                       const struct wf_deadline *deadline, int64_t since)
{
    if (deadline->asks_never)
        return INT64_MAX;
    return deadline->asks
               ? wf_when(flow->call, doc, deadline->asks, since, WF_DAY_BEGINS)
               : 0;
}

int64_t wf_deadline_asks(struct wf_flow *flow, const struct wf_doc *doc)
{
    return doc->level
               ? 0
               : asks_of(flow, doc, &doc->step->deadline, flow->call->now);
}

static int64_t due_of(struct wf_flow *flow, const struct wf_doc *doc,
                      const struct wf_deadline *deadline, int64_t since)
{
    struct wf_calendar calendar;

    if (deadline->due)
        return wf_when(flow->call, doc, deadline->due, since, WF_DAY_ENDS);
    if (!deadline->within.n)
        return 0;
    calendar = wf_when_calendar(flow->call, doc);
    return wf_calendar_shift(&calendar, since, deadline->within, false);
}

/* --- In line with who is asked */

static bool load(struct wf_flow *flow, const struct wf_doc *doc,
                 struct timings *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_arena *arena = flow->call->arena;
    enum wf_fetch fetch;

    if (!wf_stmt_begin(flow->call->db, SQL_SEATS, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, doc->id);
    while ((fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(arena, out) = (struct timing){
            .id = wf_stmt_int(&q, 0),
            .step = wf_stmt_str(&q, 1, arena),
            .level = wf_stmt_str(&q, 2, arena),
            .walk = wf_stmt_int(&q, 3),
            .made = wf_stmt_int(&q, 4),
            .due = wf_stmt_int(&q, 5),
            .timed = wf_stmt_int(&q, 6),
            .open = wf_streq(wf_stmt_text(&q, 7), "open"),
            .asks = wf_stmt_int(&q, 8),
        };
    return fetch == WF_FETCH_DONE;
}

/* When a seat was due stays known after it has been decided. */
static bool save(struct wf_flow *flow, const struct timing *seat,
                 weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(flow->call->db, SQL_TIME, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, seat->id);
    wf_stmt_bind_id(&q, 2, seat->due);
    wf_stmt_bind_id(&q, 3, seat->timed);
    wf_stmt_bind_id(&q, 4, seat->asks);
    return wf_stmt_run(&q, err);
}

static const char *key_of(struct wf_call *call, wf_id seat)
{
    char *key = wf_arena_alloc(call->arena, WF_ID_TEXT);

    wf_id_write(seat, key);
    return key;
}

static bool set(struct wf_flow *flow, const struct wf_doc *doc,
                const struct timing *seat, const char *kind, int64_t due,
                weft_error *err)
{
    struct wf_timer timer = { .kind = kind,
                              .key = key_of(flow->call, seat->id),
                              .document = doc->id,
                              .seat = seat->id,
                              .step = seat->step,
                              .level = seat->level,
                              .walk = seat->walk,
                              .due = due };

    return wf_timer_set(flow, &timer, err);
}

static bool set_late(struct wf_flow *flow, const struct wf_doc *doc,
                     const struct wf_deadline *deadline,
                     const struct timing *seat, weft_error *err)
{
    if (seat->due && deadline->timeout)
        return set(flow, doc, seat, LATE, seat->due, err);
    return wf_timer_cancel(flow, LATE, key_of(flow->call, seat->id), err);
}

/* Since when its time runs: nobody is late with what does not wait yet. */
static int64_t runs_from(const struct timing *seat)
{
    return seat->asks > seat->timed ? seat->asks : seat->timed;
}

static bool set_ask(struct wf_flow *flow, const struct wf_doc *doc,
                    const struct wf_deadline *deadline,
                    const struct timing *seat, weft_error *err)
{
    struct wf_calendar calendar = wf_when_calendar(flow->call, doc);

    if (!(seat->asks > seat->timed && deadline->asks
              ? set(flow, doc, seat, ASK, seat->asks, err)
              : wf_timer_cancel(flow, ASK, key_of(flow->call, seat->id), err)))
        return false;
    return !deadline->remind.n
           || set(flow, doc, seat, REMIND,
                  wf_calendar_shift(&calendar, runs_from(seat),
                                    deadline->remind, false),
                  err);
}

static bool begin(struct wf_flow *flow, const struct wf_doc *doc,
                  const struct wf_deadline *deadline, struct timing *seat,
                  weft_error *err)
{
    seat->timed = flow->call->now;
    seat->asks = asks_of(flow, doc, deadline, seat->timed);
    seat->due = due_of(flow, doc, deadline, runs_from(seat));
    return save(flow, seat, err) && set_late(flow, doc, deadline, seat, err)
           && set_ask(flow, doc, deadline, seat, err);
}

/* A time that counts from a field moves with it. */
static bool moves(const struct wf_moment *moment)
{
    return moment && moment->anchor != WF_ANCHOR_NOW;
}

static bool follow(struct wf_flow *flow, const struct wf_doc *doc,
                   const struct wf_deadline *deadline, struct timing *seat,
                   weft_error *err)
{
    int64_t asks = seat->asks, due = seat->due;

    if (moves(deadline->asks))
        seat->asks = asks_of(flow, doc, deadline, seat->timed);
    if (moves(deadline->due) || seat->asks != asks)
        seat->due = due_of(flow, doc, deadline, runs_from(seat));
    if (seat->due == due && seat->asks == asks)
        return true;
    return save(flow, seat, err) && set_late(flow, doc, deadline, seat, err)
           && (seat->asks == asks || set_ask(flow, doc, deadline, seat, err));
}

static bool stop(struct wf_flow *flow, const struct wf_doc *doc,
                 struct timing *seat, weft_error *err)
{
    seat->timed = 0;
    seat->asks = 0;
    return save(flow, seat, err)
           && wf_timers_cancel_seat(flow, doc->id, seat->id, err);
}

static bool settle_one(struct wf_flow *flow, const struct wf_doc *doc,
                       struct timing *seat, weft_error *err)
{
    const struct wf_deadline *deadline =
        wf_deadline_of(doc->form, seat->step, seat->level);

    if (!seat->open || !deadline)
        return !seat->timed || stop(flow, doc, seat, err);
    if (!seat->timed || seat->timed < seat->made
        || (deadline->within.n && !seat->due))
        return begin(flow, doc, deadline, seat, err);
    return follow(flow, doc, deadline, seat, err);
}

static bool settle(struct wf_flow *flow, struct wf_doc *doc, weft_error *err)
{
    if (doc->form->timed)
        return wf_deadline_renew(flow, doc, err);
    if (doc->step->kind == WF_STEP_PARALLEL)
        wf_lane_set_due(doc, wf_lanes_due(doc));
    return true;
}

static bool set_asked(struct wf_flow *flow, const struct wf_doc *doc,
                      int64_t due, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(flow->call->db, SQL_ASKED, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, doc->id);
    wf_stmt_bind_int(&q, 2, due);
    return wf_stmt_run(&q, err);
}

bool wf_deadline_settle_asked(struct wf_flow *flow, struct wf_doc *doc,
                              int64_t due, weft_error *err)
{
    if (!settle(flow, doc, err) || !wf_wait_follow(flow, doc, err))
        return false;
    if (!due || doc->state != WF_OPEN)
        return true;
    if (!doc->due || due < doc->due)
        wf_lane_set_due(doc, due);
    return doc->veil || set_asked(flow, doc, due, err);
}

/* What is asked for hangs under whoever asks. */
bool wf_deadline_settle(struct wf_flow *flow, struct wf_doc *doc,
                        weft_error *err)
{
    int64_t due = 0;

    if (doc->parent && doc->stored && doc->state == WF_OPEN
        && !wf_errand_due(flow, doc->id, &due, err))
        return false;
    if (!due && doc->stage && wf_streq(doc->step->id, doc->begun))
        due = doc->stage->due; /* it has not been handed in */
    return wf_deadline_settle_asked(flow, doc, due, err);
}

bool wf_deadline_renew(struct wf_flow *flow, struct wf_doc *doc,
                       weft_error *err)
{
    struct timings seats = { NULL, 0, 0 };
    int64_t due = wf_lanes_due(doc);

    if (!load(flow, doc, &seats, err))
        return false;
    for (size_t i = 0; i < seats.n; i++) {
        struct timing *seat = &seats.at[i];

        if (!settle_one(flow, doc, seat, err))
            return false;
        if (seat->open && seat->due && (!due || seat->due < due))
            due = seat->due;
    }
    if (doc->step->kind == WF_STEP_WORK || doc->step->kind == WF_STEP_APPROVAL
        || doc->step->kind == WF_STEP_PARALLEL)
        wf_lane_set_due(doc, due);
    return true;
}

/* --- Firing */

bool wf_deadline_load(struct wf_flow *flow, const struct wf_timer *timer,
                      struct wf_doc **doc, struct wf_seat *seat,
                      weft_error *err)
{
    struct wf_seats seats;

    if (!wf_doc_load(flow->call, timer->document, doc, err))
        return false;
    if (!*doc || (*doc)->state != WF_OPEN
        || !wf_lane_look_at_step(*doc, timer->step)) {
        *doc = NULL;
        return true;
    }
    if (!wf_seats_load(flow, *doc, false, &seats, err))
        return false;
    for (size_t i = 0; i < seats.n; i++)
        if (seats.at[i].id == timer->seat
            && seats.at[i].state == WF_SEAT_OPEN) {
            *seat = seats.at[i];
            return true;
        }
    *doc = NULL;
    return true;
}

bool wf_deadline_ask(struct wf_flow *flow, const struct wf_timer *timer,
                     weft_error *err)
{
    struct wf_seat seat;
    struct wf_doc *doc;

    return wf_deadline_load(flow, timer, &doc, &seat, err)
           && (!doc || wf_seat_tell(flow, &seat, err));
}

bool wf_deadline_tell(struct wf_flow *flow, const struct wf_doc *doc,
                      wf_id person, const char *text, weft_error *err)
{
    struct wf_call *call = flow->call;
    struct wf_told told = { .person = person,
                            .document = doc->id,
                            .matter = WF_MATTER_DUE };
    struct wf_hearer hearer;

    if (!wf_hearer_find(call, doc, person, &hearer, err))
        return false;
    if (!hearer.person)
        return true;
    told.text = wf_arena_printf(call->arena, "%s: %s",
                                wf_message(hearer.lang, text), hearer.title);
    return wf_notification_add(call, &told, err);
}

/* Those that were missed while nobody ran count as one. */
static int64_t next_reminder(struct wf_flow *flow, const struct wf_doc *doc,
                             struct wf_duration every, int64_t last)
{
    struct wf_calendar calendar = wf_when_calendar(flow->call, doc);
    int64_t next = last;

    do {
        last = next;
        next = wf_calendar_shift(&calendar, last, every, false);
    } while (next <= flow->call->now && next > last);
    return next;
}

bool wf_deadline_remind(struct wf_flow *flow, const struct wf_timer *timer,
                        weft_error *err)
{
    const struct wf_deadline *deadline;
    struct timing at;
    struct wf_seat seat;
    struct wf_doc *doc;

    if (!wf_deadline_load(flow, timer, &doc, &seat, err))
        return false;
    deadline =
        doc ? wf_deadline_of(doc->form, timer->step, timer->level) : NULL;
    if (!deadline || !deadline->remind.n)
        return true;
    at = (struct timing){ .id = timer->seat,
                          .step = timer->step,
                          .level = timer->level,
                          .walk = timer->walk };
    return wf_deadline_tell(flow, doc, seat.person,
                            WF_MESSAGE("This waits for you"), err)
           && set(flow, doc, &at, REMIND,
                  next_reminder(flow, doc, deadline->remind, timer->due), err);
}
