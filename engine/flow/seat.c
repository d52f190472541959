/* flow/seat.c - the table of seats.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/seat.h"

#include "base/error.h"
#include "base/list.h"
#include "flow/ask.h"
#include "store/ground.h"

static const char SQL_ADD[] =
    "INSERT INTO seat (id, document, form, step, level, walk, place, person,"
    " source, state, made, due, decided)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

static const char SQL_OF_WALK[] =
    "SELECT s.id, s.person, s.step, s.level, s.source, s.walk, s.made,"
    " s.decided, s.place, s.state, p.grade"
    " FROM seat s JOIN person p ON p.id = s.person"
    " WHERE s.document = $1 AND s.walk = $2 AND s.step = $3"
    " ORDER BY s.id";

static const char SQL_SET[] =
    "UPDATE seat SET state = $2, decided = $3, changes = changes + 1"
    " WHERE id = $1";

static const char SQL_CLOSE[] =
    "UPDATE seat SET state = 'closed', decided = $2, changes = changes + 1"
    " WHERE document = $1 AND state IN ('open', 'waiting')";

static const char SQL_RETIRE[] =
    "UPDATE seat SET state = 'closed', changes = changes + 1"
    " WHERE document = $1 AND walk = $2 AND step = $3 AND level = $4";

static const char *const state_names[] = {
    [WF_SEAT_WAITING] = "waiting",   [WF_SEAT_OPEN] = "open",
    [WF_SEAT_APPROVED] = "approved", [WF_SEAT_REJECTED] = "rejected",
    [WF_SEAT_DONE] = "done",         [WF_SEAT_CLOSED] = "closed",
};

static enum wf_seat_state state_of(const char *name)
{
    for (size_t i = 0; i < WF_COUNT(state_names); i++)
        if (wf_streq(state_names[i], name))
            return (enum wf_seat_state)i;
    return WF_SEAT_CLOSED;
}

static bool add(struct wf_flow *flow, const struct wf_doc *doc,
                const struct wf_seat *seat, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_call *call = flow->call;

    if (!wf_stmt_begin(call->db, SQL_ADD, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, wf_id_next(call->ids));
    wf_stmt_bind_id(&q, 2, doc->id);
    wf_stmt_bind_text(&q, 3, doc->form->id);
    wf_stmt_bind_text(&q, 4, doc->step->id);
    wf_stmt_bind_text(&q, 5, doc->level);
    wf_stmt_bind_int(&q, 6, doc->walk);
    wf_stmt_bind_int(&q, 7, seat->place);
    wf_stmt_bind_id(&q, 8, seat->person);
    wf_stmt_bind_text(&q, 9, seat->source);
    wf_stmt_bind_text(&q, 10, state_names[seat->state]);
    wf_stmt_bind_int(&q, 11, call->now);
    wf_stmt_bind_null(&q, 12);
    if (seat->state == WF_SEAT_APPROVED)
        wf_stmt_bind_int(&q, 13, call->now);
    else
        wf_stmt_bind_null(&q, 13);
    return wf_stmt_run(&q, err);
}

bool wf_seats_make(struct wf_flow *flow, const struct wf_doc *doc,
                   const struct wf_asking *asking, weft_error *err)
{
    bool may_open = true;

    for (size_t i = 0; i < asking->people->n; i++) {
        struct wf_seat seat = { .person = asking->people->at[i],
                                .source = asking->source,
                                .place = (int)i + 1 };

        if (asking->again && wf_who_list_has(asking->again, seat.person)) {
            seat.state = WF_SEAT_APPROVED;
            seat.source = "again";
        } else {
            seat.state = may_open ? WF_SEAT_OPEN : WF_SEAT_WAITING;
            may_open = may_open && !asking->one_by_one;
        }
        if (!add(flow, doc, &seat, err))
            return false;
    }
    return true;
}

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
        .state = state_of(wf_stmt_text(q, 9)),
        .weight = wf_stmt_is_null(q, 10) ? 1 : wf_stmt_real(q, 10),
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

bool wf_seat_set(struct wf_flow *flow, struct wf_seat *seat,
                 enum wf_seat_state state, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    bool decided = state != WF_SEAT_OPEN && state != WF_SEAT_WAITING;

    if (!wf_stmt_begin(flow->call->db, SQL_SET, &q, err))
        return false;
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

bool wf_seats_close(struct wf_flow *flow, const struct wf_doc *doc,
                    weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(flow->call->db, SQL_CLOSE, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, doc->id);
    wf_stmt_bind_int(&q, 2, flow->call->now);
    return wf_stmt_run(&q, err);
}

bool wf_seats_retire(struct wf_flow *flow, const struct wf_doc *doc,
                     weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(flow->call->db, SQL_RETIRE, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, doc->id);
    wf_stmt_bind_int(&q, 2, doc->walk);
    wf_stmt_bind_text(&q, 3, doc->step->id);
    wf_stmt_bind_text(&q, 4, doc->level);
    return wf_stmt_run(&q, err);
}

struct wf_seat *wf_seats_open_of(const struct wf_seats *seats, wf_id person)
{
    for (size_t i = 0; i < seats->n; i++)
        if (seats->at[i].person == person && seats->at[i].state == WF_SEAT_OPEN)
            return &seats->at[i];
    return NULL;
}
