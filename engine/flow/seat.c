/* flow/seat.c - the table of seats: made, given, decided, closed.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/seat.h"

#include "base/error.h"
#include "base/list.h"
#include "doc/doc_lane.h"
#include "doc/unseen.h"
#include "flow/ask.h"
#include "flow/deadline.h"
#include "flow/delegation.h"
#include "flow/outbox.h"
#include "flow/undo.h"
#include "store/ground.h"

static const char SQL_ADD[] =
    "INSERT INTO seat (id, document, form, step, level, walk, place, person,"
    " giver, asker, tie, added_by, source, state, made, due, decided, asks,"
    " unseen)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,"
    " $15, $16, $17, $18, $19)";

/* Whose vote it is says how much it weighs. */
static const char SQL_OF_WALK[] =
    "SELECT s.id, s.person, s.step, s.level, s.source, s.walk, s.made,"
    " s.decided, s.place, s.state, p.grade, s.giver, s.asker, s.tie,"
    " s.added_by, s.asks, s.unseen"
    " FROM seat s JOIN person p ON p.id = coalesce(s.giver, s.person)"
    " WHERE s.document = $1 AND s.walk = $2 AND s.step = $3"
    " ORDER BY s.id";

static const char SQL_SET[] =
    "UPDATE seat SET state = $2, decided = $3, changes = changes + 1"
    " WHERE id = $1";

static const char SQL_GIVE[] =
    "UPDATE seat SET person = $2, giver = $3, source = $4, made = $5,"
    " unseen = $6, due = NULL, changes = changes + 1 WHERE id = $1";

/* What stays of somebody who has a seat no longer, once a document: a closed
 * seat of no walk, which says that they were asked. */
static const char SQL_WAS_ASKED[] =
    "INSERT INTO seat (id, document, form, step, level, walk, place, person,"
    " source, state, made, decided) SELECT CAST($1 AS BIGINT), document, form,"
    " step, level, -1, place, person, 'given', 'closed', made,"
    " CAST($3 AS BIGINT) FROM seat s WHERE s.id = $2 AND NOT EXISTS (SELECT 1"
    " FROM seat o WHERE o.document = s.document AND o.person = s.person"
    " AND o.id <> s.id)";

static const char SQL_SOURCE[] =
    "UPDATE seat SET source = $2, changes = changes + 1 WHERE id = $1";

static const char SQL_RESTORE[] =
    "UPDATE seat SET state = $2, person = $3, giver = $4, source = $5,"
    " decided = $6, unseen = $7, changes = changes + 1 WHERE id = $1";

static const char SQL_CLOSE[] =
    "UPDATE seat SET state = 'closed', decided = $2, changes = changes + 1"
    " WHERE document = $1 AND step = $3 AND state IN ('open', 'waiting')";

static const char SQL_STEP[] = "SELECT step FROM seat WHERE id = $1";

static const char SQL_RETIRE[] =
    "UPDATE seat SET state = 'closed', changes = changes + 1"
    " WHERE document = $1 AND walk = $2 AND step = $3 AND level = $4";

static const char SQL_RENAME[] =
    "UPDATE seat SET step = $4, changes = changes + 1"
    " WHERE document = $1 AND walk = $2 AND step = $3";

static const char *const state_names[] = {
    [WF_SEAT_WAITING] = "waiting",   [WF_SEAT_OPEN] = "open",
    [WF_SEAT_APPROVED] = "approved", [WF_SEAT_REJECTED] = "rejected",
    [WF_SEAT_DONE] = "done",         [WF_SEAT_CLOSED] = "closed",
};

static const char *const tie_names[] = {
    [WF_TIE_NONE] = NULL,           [WF_TIE_BEFORE] = "before",
    [WF_TIE_BESIDE] = "beside",     [WF_TIE_AFTER] = "after",
    [WF_TIE_DELEGATE] = "delegate",
};

const char *wf_seat_state_name(enum wf_seat_state state)
{
    return state_names[state];
}

enum wf_seat_state wf_seat_state_of(const char *name)
{
    for (size_t i = 0; i < WF_COUNT(state_names); i++)
        if (wf_streq(state_names[i], name))
            return (enum wf_seat_state)i;
    return WF_SEAT_CLOSED;
}

const char *wf_tie_name(enum wf_tie tie)
{
    return tie_names[tie];
}

static enum wf_tie tie_of(const char *name)
{
    for (size_t i = 0; name && i < WF_COUNT(tie_names); i++)
        if (wf_streq(tie_names[i], name))
            return (enum wf_tie)i;
    return WF_TIE_NONE;
}

bool wf_seat_is_live(const struct wf_seat *seat)
{
    return seat->state == WF_SEAT_OPEN || seat->state == WF_SEAT_WAITING;
}

bool wf_seat_is_asked(const struct wf_seat *seat, int64_t now)
{
    return seat->state == WF_SEAT_OPEN && seat->asks <= now;
}

/* --- Making */

bool wf_seat_tell(struct wf_flow *flow, const struct wf_seat *seat,
                  weft_error *err)
{
    struct wf_news_item item = { .person = seat->person,
                                 .matter = WF_MATTER_WORK,
                                 .id = seat->id };

    if (!wf_seat_is_asked(seat, flow->call->now)
        || (flow->call->me && flow->call->me->id == seat->person))
        return true;
    return wf_outbox_tell(flow->call, &item, err);
}

static bool add(struct wf_flow *flow, const struct wf_doc *doc,
                struct wf_seat *seat, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_call *call = flow->call;
    wf_id id = wf_id_next(call->ids);

    if (!wf_stmt_begin(call->db, SQL_ADD, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, id);
    wf_stmt_bind_id(&q, 2, doc->id);
    wf_stmt_bind_text(&q, 3, doc->form->id);
    wf_stmt_bind_text(&q, 4, doc->step->id);
    wf_stmt_bind_text(&q, 5, doc->level);
    wf_stmt_bind_int(&q, 6, doc->walk);
    wf_stmt_bind_int(&q, 7, seat->place);
    wf_stmt_bind_id(&q, 8, seat->person);
    wf_stmt_bind_id(&q, 9, seat->giver);
    wf_stmt_bind_id(&q, 10, seat->asker);
    wf_stmt_bind_text(&q, 11, tie_names[seat->tie]);
    wf_stmt_bind_id(&q, 12, seat->added_by);
    wf_stmt_bind_text(&q, 13, seat->source);
    wf_stmt_bind_text(&q, 14, state_names[seat->state]);
    wf_stmt_bind_int(&q, 15, call->now);
    wf_stmt_bind_null(&q, 16);
    if (seat->state == WF_SEAT_APPROVED)
        wf_stmt_bind_int(&q, 17, call->now);
    else
        wf_stmt_bind_null(&q, 17);
    wf_stmt_bind_id(&q, 18, seat->asks);
    wf_stmt_bind_text(&q, 19, seat->unseen);
    wf_undo_made(flow, id);
    seat->id = id;
    return wf_stmt_run(&q, err);
}

/* The seat shows nothing of the present place that `giver` does not see. */
static bool narrow(struct wf_flow *flow, const struct wf_doc *doc, wf_id giver,
                   struct wf_seat *seat, weft_error *err)
{
    const struct wf_unseen_giver by = { giver,
                                        { doc->step->id, doc->level },
                                        seat->unseen };

    return wf_unseen_by(flow->call, doc, &by, &seat->unseen, err);
}

/* Puts `taker` into the seat, who is `person` or stands in for them. */
static bool put(struct wf_flow *flow, const struct wf_doc *doc, wf_id person,
                wf_id taker, struct wf_seat *seat, weft_error *err)
{
    seat->person = taker;
    if (taker == person)
        return true;
    seat->giver = seat->giver ? seat->giver : person;
    seat->source = "delegation";
    return narrow(flow, doc, person, seat, err);
}

/* Puts `person`, or whoever stands in for them, into the seat. */
static bool assign(struct wf_flow *flow, const struct wf_doc *doc, wf_id person,
                   struct wf_seat *seat, weft_error *err)
{
    wf_id taker;

    if (!wf_delegation_taker(flow, doc, person, &taker, err))
        return false;
    return put(flow, doc, person, taker, seat, err);
}

/* A substitute who is asked there as well has one vote: the giver stays asked.
 */
static bool is_asked_anyway(const struct wf_asking *asking, wf_id taker,
                            const struct wf_who_list *seated)
{
    return wf_who_list_has(seated, taker)
           || wf_who_list_has(asking->people, taker);
}

static struct wf_seat seat_for(const struct wf_asking *asking, size_t i)
{
    return (struct wf_seat){
        .giver = asking->giver,
        .asker = asking->asker,
        .added_by = asking->added_by,
        .source = asking->source,
        .place = asking->place ? asking->place : (int)i + 1,
        .tie = asking->tie,
        .state = asking->tie == WF_TIE_AFTER ? WF_SEAT_WAITING : WF_SEAT_OPEN,
        .unseen = asking->from ? asking->from->unseen : NULL,
    };
}

bool wf_seats_make(struct wf_flow *flow, const struct wf_doc *doc,
                   const struct wf_asking *asking, weft_error *err)
{
    struct wf_who_list seated = { NULL, 0, 0 };
    const struct wf_person *me = flow->call->me;
    int64_t asks = wf_deadline_asks(flow, doc);
    bool may_open = true;

    for (size_t i = 0; i < asking->people->n; i++) {
        wf_id person = asking->people->at[i], taker = person;
        struct wf_seat seat = seat_for(asking, i);

        seat.asks = asks;
        if (asking->from
            && !narrow(flow, doc, asking->from->person, &seat, err))
            return false;
        if (asking->again && wf_who_list_has(asking->again, person)) {
            seat.person = person;
            seat.state = WF_SEAT_APPROVED;
            seat.source = "again";
        } else {
            /* whoever brings work on themselves is here to do it */
            if (!(me && me->id == person)
                && !wf_delegation_taker(flow, doc, person, &taker, err))
                return false;
            if (taker != person && is_asked_anyway(asking, taker, &seated))
                taker = person;
            if (wf_who_list_has(&seated, taker))
                continue;
            if (!put(flow, doc, person, taker, &seat, err))
                return false;
            if (!may_open)
                seat.state = WF_SEAT_WAITING;
            may_open = may_open && !asking->one_by_one;
        }
        wf_who_list_add(flow->call->arena, &seated, seat.person);
        if (!add(flow, doc, &seat, err) || !wf_seat_tell(flow, &seat, err))
            return false;
    }
    return true;
}

static bool keep_asked(struct wf_flow *flow, wf_id seat, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(flow->call->db, SQL_WAS_ASKED, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, wf_id_next(flow->call->ids));
    wf_stmt_bind_id(&q, 2, seat);
    wf_stmt_bind_int(&q, 3, flow->call->now);
    return wf_stmt_run(&q, err);
}

static bool give(struct wf_flow *flow, const struct wf_doc *doc,
                 struct wf_seat *seat, wf_id person, const char *source,
                 weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_seat given = *seat;

    given.source = source;
    if (given.tie != WF_TIE_DELEGATE) /* who decides for the asker still */
        given.giver = 0;
    wf_undo_was(flow, seat);
    if (wf_streq(source, "transfer")
        && !narrow(flow, doc, seat->person, &given, err))
        return false;
    if (!assign(flow, doc, person, &given, err)
        || (given.person != seat->person && !keep_asked(flow, seat->id, err))
        || !wf_stmt_begin(flow->call->db, SQL_GIVE, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, seat->id);
    wf_stmt_bind_id(&q, 2, given.person);
    wf_stmt_bind_id(&q, 3, given.giver);
    wf_stmt_bind_text(&q, 4, given.source);
    wf_stmt_bind_int(&q, 5, flow->call->now);
    wf_stmt_bind_text(&q, 6, given.unseen);
    *seat = given;
    return wf_stmt_run(&q, err);
}

bool wf_seat_give(struct wf_flow *flow, const struct wf_doc *doc,
                  struct wf_seat *seat, wf_id person, const char *source,
                  weft_error *err)
{
    return give(flow, doc, seat, person, source, err)
           && wf_seat_tell(flow, seat, err);
}

/* --- Loading */

static struct wf_seat read_seat(struct wf_stmt *q, struct wf_arena *arena)
{
    return (struct wf_seat){
        .id = wf_stmt_int(q, 0),
        .person = wf_stmt_int(q, 1),
        .step = wf_stmt_str(q, 2, arena),
        .level = wf_stmt_str(q, 3, arena),
        .source = wf_stmt_str(q, 4, arena),
        .walk = wf_stmt_int(q, 5),
        .made = wf_stmt_int(q, 6),
        .decided = wf_stmt_int(q, 7),
        .place = (int)wf_stmt_int(q, 8),
        .state = wf_seat_state_of(wf_stmt_text(q, 9)),
        .weight = wf_stmt_is_null(q, 10) ? 1 : wf_stmt_real(q, 10),
        .giver = wf_stmt_int(q, 11),
        .asker = wf_stmt_int(q, 12),
        .tie = tie_of(wf_stmt_text(q, 13)),
        .added_by = wf_stmt_int(q, 14),
        .asks = wf_stmt_int(q, 15),
        .unseen = wf_stmt_str(q, 16, arena),
    };
}

bool wf_seats_load(struct wf_flow *flow, const struct wf_doc *doc, bool all,
                   struct wf_seats *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_arena *arena = flow->call->arena;
    enum wf_fetch fetch;

    *out = (struct wf_seats){ NULL, 0, 0 };
    if (!wf_stmt_begin_of(flow->call->db, SQL_OF_WALK, doc->id, &q, err))
        return false;
    wf_stmt_bind_int(&q, 2, doc->walk);
    wf_stmt_bind_text(&q, 3, doc->step->id);
    while ((fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        if (all || wf_streq(wf_stmt_text(&q, 3), doc->level))
            *WF_PUSH(arena, out) = read_seat(&q, arena);
    return fetch == WF_FETCH_DONE;
}

static bool step_of(struct wf_flow *flow, wf_id seat, const char **out,
                    weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    *out = NULL;
    if (!wf_stmt_begin(flow->call->db, SQL_STEP, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, seat);
    fetch = wf_stmt_step(&q, err);
    if (fetch == WF_FETCH_ROW)
        *out = wf_stmt_str(&q, 0, flow->call->arena);
    return fetch != WF_FETCH_ERROR;
}

bool wf_seat_look(struct wf_flow *flow, struct wf_doc *doc, wf_id seat,
                  weft_error *err)
{
    const char *step;

    if (!wf_lane_next(doc, NULL))
        return true;
    if (!step_of(flow, seat, &step, err))
        return false;
    if (step)
        (void)wf_lane_look_at_step(doc, step);
    return true;
}

/* --- Changing */

static bool set(struct wf_flow *flow, struct wf_seat *seat,
                enum wf_seat_state state, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    bool decided = state != WF_SEAT_OPEN && state != WF_SEAT_WAITING;

    if (!wf_stmt_begin(flow->call->db, SQL_SET, &q, err))
        return false;
    wf_undo_was(flow, seat);
    wf_stmt_bind_id(&q, 1, seat->id);
    wf_stmt_bind_text(&q, 2, state_names[state]);
    if (decided)
        wf_stmt_bind_int(&q, 3, flow->call->now);
    else
        wf_stmt_bind_null(&q, 3);
    seat->state = state;
    seat->decided = decided ? flow->call->now : 0;
    return wf_stmt_run(&q, err);
}

bool wf_seat_set(struct wf_flow *flow, struct wf_seat *seat,
                 enum wf_seat_state state, weft_error *err)
{
    return set(flow, seat, state, err) && wf_seat_tell(flow, seat, err);
}

static const char EXPIRED[] = "expired";

bool wf_seat_is_expired(const struct wf_seat *seat)
{
    return wf_streq(seat->source, EXPIRED);
}

bool wf_seat_expire(struct wf_flow *flow, struct wf_seat *seat,
                    enum wf_seat_state state, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_seat_set(flow, seat, state, err)
        || !wf_stmt_begin(flow->call->db, SQL_SOURCE, &q, err))
        return false;
    seat->source = EXPIRED;
    wf_stmt_bind_id(&q, 1, seat->id);
    wf_stmt_bind_text(&q, 2, seat->source);
    return wf_stmt_run(&q, err);
}

bool wf_seats_close(struct wf_flow *flow, const struct wf_doc *doc,
                    weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(flow->call->db, SQL_CLOSE, &q, err))
        return false;
    wf_undo_were(flow, NULL);
    wf_stmt_bind_id(&q, 1, doc->id);
    wf_stmt_bind_int(&q, 2, flow->call->now);
    wf_stmt_bind_text(&q, 3, doc->step->id);
    return wf_stmt_run(&q, err);
}

bool wf_seats_rename(struct wf_flow *flow, const struct wf_doc *doc,
                     const char *was, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(flow->call->db, SQL_RENAME, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, doc->id);
    wf_stmt_bind_int(&q, 2, doc->walk);
    wf_stmt_bind_text(&q, 3, was);
    wf_stmt_bind_text(&q, 4, doc->step->id);
    return wf_stmt_run(&q, err);
}

bool wf_seats_retire(struct wf_flow *flow, const struct wf_doc *doc,
                     weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(flow->call->db, SQL_RETIRE, &q, err))
        return false;
    wf_undo_were(flow, doc->level);
    wf_stmt_bind_id(&q, 1, doc->id);
    wf_stmt_bind_int(&q, 2, doc->walk);
    wf_stmt_bind_text(&q, 3, doc->step->id);
    wf_stmt_bind_text(&q, 4, doc->level);
    return wf_stmt_run(&q, err);
}

bool wf_seat_restore(struct wf_flow *flow, const struct wf_seat *seat,
                     weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(flow->call->db, SQL_RESTORE, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, seat->id);
    wf_stmt_bind_text(&q, 2, state_names[seat->state]);
    wf_stmt_bind_id(&q, 3, seat->person);
    wf_stmt_bind_id(&q, 4, seat->giver);
    wf_stmt_bind_text(&q, 5, seat->source);
    if (wf_seat_is_live(seat))
        wf_stmt_bind_null(&q, 6);
    else
        wf_stmt_bind_int(&q, 6, flow->call->now);
    wf_stmt_bind_text(&q, 7, seat->unseen);
    return wf_stmt_run(&q, err);
}

/* --- Whose turn it is */

/* The first place at which somebody has not decided yet. */
static int place_in_turn(const struct wf_seats *seats)
{
    int place = 0;

    for (size_t i = 0; i < seats->n; i++) {
        const struct wf_seat *seat = &seats->at[i];

        if (wf_seat_is_live(seat) && (!place || seat->place < place))
            place = seat->place;
    }
    return place;
}

static bool is_held(const struct wf_seats *seats, const struct wf_seat *seat)
{
    for (size_t i = 0; i < seats->n; i++) {
        const struct wf_seat *other = &seats->at[i];

        if (other->asker == seat->id && wf_seat_is_live(other)
            && (other->tie == WF_TIE_BEFORE || other->tie == WF_TIE_DELEGATE))
            return true;
    }
    return false;
}

bool wf_seat_has_turn(const struct wf_level *level,
                      const struct wf_seats *seats, const struct wf_seat *seat)
{
    const struct wf_seat *asker = wf_seats_find(seats, seat->asker);

    if (seat->tie == WF_TIE_AFTER
        && (!asker || asker->state != WF_SEAT_APPROVED))
        return false;
    if (is_held(seats, seat))
        return false;
    return level->order == WF_TOGETHER || seat->place == place_in_turn(seats);
}

struct wf_seat *wf_seats_find(const struct wf_seats *seats, wf_id id)
{
    for (size_t i = 0; id && i < seats->n; i++)
        if (seats->at[i].id == id)
            return &seats->at[i];
    return NULL;
}

struct wf_seat *wf_seats_open_of(const struct wf_seats *seats, wf_id person)
{
    for (size_t i = 0; i < seats->n; i++)
        if (seats->at[i].person == person && seats->at[i].state == WF_SEAT_OPEN)
            return &seats->at[i];
    return NULL;
}

struct wf_seat *wf_seats_live_of(const struct wf_seats *seats, wf_id person)
{
    for (size_t i = 0; i < seats->n; i++)
        if (seats->at[i].person == person && wf_seat_is_live(&seats->at[i]))
            return &seats->at[i];
    return NULL;
}
