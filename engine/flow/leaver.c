/* flow/leaver.c - the seats of people who have left, and the handover of one
 * who leaves.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/leaver.h"

#include "base/error.h"
#include "base/list.h"
#include "doc/history.h"
#include "flow/approval.h"
#include "flow/ask.h"
#include "flow/delegation.h"
#include "flow/reseat.h"
#include "flow/settle.h"
#include "flow/step.h"
#include "flow/verb.h"
#include "org/successor.h"

static const char SQL_GONE[] =
    "SELECT s.id, s.document FROM person p JOIN seat s ON s.person = p.id"
    " WHERE p.active = 0 AND s.state IN ('open', 'waiting') ORDER BY s.id";

static bool load_gone(struct wf_call *call, struct wf_held_seats *out,
                      weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_GONE, &q, err))
        return false;
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) =
            (struct wf_held_seat){ wf_stmt_int(&q, 0), wf_stmt_int(&q, 1) };
    return got == WF_FETCH_DONE;
}

/* --- Who is asked instead */

/* The people of the step, or as the level says for when nobody is found; the
 * administrators where that is nobody either. `*skip`: nobody is to be. */
static bool find_instead(struct wf_flow *flow, const struct wf_doc *doc,
                         struct wf_who_list *out, bool *skip, weft_error *err)
{
    static const struct wf_who admin = { .kind = WF_WHO_ROLE, .name = "admin" };
    struct wf_who_list admins;
    struct wf_level_turn turn = { .level = NULL };
    struct wf_walk walk;

    *skip = false;
    if (!doc->level) {
        if (!wf_ask_people(flow, doc, doc->step->by, out, err))
            return false;
    } else if (wf_level_turn_find(doc->step, doc->level, &turn)) {
        if (!wf_walk_begin(&walk, flow, doc, doc->step,
                           wf_approval_submitter(doc), err)
            || !wf_walk_instead(&walk, &turn, err))
            return false;
        *out = turn.people;
        *skip = turn.skipped != NULL;
    }
    if (!wf_ask_people(flow, doc, &admin, &admins, err))
        return false;
    for (size_t i = 0; i < admins.n; i++)
        wf_who_list_add(flow->call->arena, out, admins.at[i]);
    return true;
}

/* The first of them who is not asked here already, and at a level whose own
 * document it is not; 0: nobody. */
static wf_id choose(const struct wf_deed *deed, const struct wf_who_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        if ((!deed->level || !wf_is_own(deed->doc, list->at[i]))
            && !wf_seats_live_of(&deed->seats, list->at[i]))
            return list->at[i];
    return 0;
}

static size_t n_others(const struct wf_deed *deed, wf_id seat)
{
    size_t n = 0;

    for (size_t i = 0; i < deed->seats.n; i++)
        n += deed->seats.at[i].id != seat && wf_seat_is_live(&deed->seats.at[i])
             && deed->seats.at[i].asker != seat;
    return n;
}

/* Of a seat that was added, or one of several at a step, nobody needs to have
 * it; a level's own vote is not lost unless the level says so. */
static bool vacate(struct wf_flow *flow, struct wf_doc *doc,
                   const struct wf_seat *seat, struct wf_deed *deed,
                   weft_error *err)
{
    struct wf_who_list instead = { NULL, 0, 0 };
    bool is_spare = seat->tie != WF_TIE_NONE || !doc->level;
    bool skip;
    wf_id next;

    if (is_spare && (seat->tie != WF_TIE_NONE || n_others(deed, seat->id) > 0))
        return wf_unseat(flow, doc, seat->id, "left", err);
    if (!find_instead(flow, doc, &instead, &skip, err))
        return false;
    if (skip)
        return wf_unseat(flow, doc, seat->id, "left", err);
    next = choose(deed, &instead);
    if (next)
        return wf_reseat(flow, doc, seat->id, next, "left", err);
    /* Where only they themselves are left to decide it, nobody does: as a level
     * that would ask its submitter. Without anybody the seat has to stay. */
    return instead.n == 0 || wf_unseat(flow, doc, seat->id, "left", err);
}

static bool settle_seat(struct wf_flow *flow, const struct wf_held_seat *held,
                        weft_error *err)
{
    const struct wf_seat *seat;
    struct wf_deed deed;
    struct wf_doc *doc;
    wf_id heir;

    if (!wf_doc_load(flow->call, held->document, &doc, err))
        return false;
    if (!doc)
        return true;
    if (!wf_deed_begin(&deed, flow, doc, NULL, err))
        return false;
    seat = wf_seats_find(&deed.seats, held->id);
    if (!seat || !wf_seat_is_live(seat))
        return true;
    if (!wf_successor_find(flow->call, seat->person, &heir, err))
        return false;
    if (heir && !wf_is_own(doc, heir))
        return wf_reseat(flow, doc, seat->id, heir, "handover", err);
    return vacate(flow, doc, seat, &deed, err);
}

bool wf_leavers_settle(struct wf_flow *flow, weft_error *err)
{
    struct wf_held_seats gone = { NULL, 0, 0 };

    if (!load_gone(flow->call, &gone, err))
        return false;
    for (size_t i = 0; i < gone.n; i++)
        if (!settle_seat(flow, &gone.at[i], err))
            return false;
    return true;
}

/* --- Handover */

static bool check(struct wf_flow *flow, wf_id person, wf_id heir,
                  weft_error *err)
{
    const struct wf_person *to;

    if (!wf_person_find(flow->call, heir, &to, err))
        return false;
    if (person == heir)
        wf_diag_field(flow->call->findings, "to", "circle",
                      "Nobody takes over from themselves.");
    else if (!to || !to->active)
        wf_diag_field(flow->call->findings, "to", "inactive",
                      "%s is no longer here.", to ? to->name : "");
    return wf_settle_findings(flow, err);
}

/* What is the heir's own stays, until its holder is gone. */
static bool give_seats(struct wf_flow *flow, wf_id person, wf_id heir, int *n,
                       weft_error *err)
{
    struct wf_held_seats seats;

    if (!wf_seats_of_person(flow, person, false, &seats, err))
        return false;
    for (size_t i = 0; i < seats.n; i++) {
        struct wf_doc *doc;

        if (!wf_doc_load(flow->call, seats.at[i].document, &doc, err))
            return false;
        if (!doc || wf_is_own(doc, heir))
            continue;
        if (!wf_reseat(flow, doc, seats.at[i].id, heir, "handover", err))
            return false;
        ++*n;
    }
    return true;
}

static void write_counts(const struct wf_inherited *counts, int seats,
                         struct wf_json_writer *out)
{
    wf_jw_open(out, '{');
    wf_jw_key(out, "roles");
    wf_jw_int(out, counts->roles);
    wf_jw_key(out, "units");
    wf_jw_int(out, counts->units);
    wf_jw_key(out, "reports");
    wf_jw_int(out, counts->reports);
    wf_jw_key(out, "seats");
    wf_jw_int(out, seats);
    wf_jw_close(out, '}');
}

bool wf_handover(struct wf_flow *flow, wf_id person, wf_id heir,
                 struct wf_json_writer *out, weft_error *err)
{
    struct wf_event event = {
        .kind = "handover", .for_person = person, .people = &heir, .n_people = 1
    };
    struct wf_inherited counts = { 0, 0, 0 };
    int seats = 0;

    if (!check(flow, person, heir, err)
        || !wf_history_add(flow->call, &event, err)
        || !wf_successor_set(flow->call, person, heir, err)
        || !wf_successor_inherit(flow->call, person, heir, &counts, err)
        || !wf_delegations_inherit(flow, person, heir, err)
        || !give_seats(flow, person, heir, &seats, err)
        || !wf_leavers_settle(flow, err))
        return false;
    write_counts(&counts, seats, out);
    return true;
}
