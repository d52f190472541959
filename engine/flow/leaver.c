/* flow/leaver.c - the seats of people who have left, and the handover of one
 * who leaves.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/leaver.h"

#include "base/error.h"
#include "base/list.h"
#include "doc/history.h"
#include "doc/veil.h"
#include "flow/approval.h"
#include "flow/ask.h"
#include "flow/delegation_rows.h"
#include "flow/reseat.h"
#include "flow/settle.h"
#include "flow/step.h"
#include "flow/verb.h"
#include "flow/vote.h"
#include "flow/wanted.h"
#include "org/successor.h"

static const char SQL_GONE[] =
    "SELECT s.id, s.document FROM person p JOIN seat s ON s.person = p.id"
    " WHERE p.active = 0 AND s.state IN ('open', 'waiting') ORDER BY s.id";
static const char SQL_GONE_GIVERS[] =
    "SELECT DISTINCT d.giver FROM delegation d JOIN person p ON p.id = d.giver"
    " WHERE p.active = 0 AND d.ended IS NULL AND d.until >= $1"
    " ORDER BY d.giver";

static const char SQL_GONE_RATERS[] =
    "SELECT DISTINCT r.person FROM rater r JOIN person p ON p.id = r.person"
    " WHERE p.active = 0 AND r.box IS NOT NULL ORDER BY r.person";

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

static bool load_gone_givers(struct wf_call *call, struct wf_who_list *out,
                             weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_GONE_GIVERS, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, wf_delegation_today(call, NULL));
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        wf_who_list_add(call->arena, out, wf_stmt_int(&q, 0));
    return got == WF_FETCH_DONE;
}

/* --- Who is asked instead */

/* Whether they are asked here already, but by this very seat. */
static bool is_asked(const struct wf_deed *deed, wf_id seat, wf_id person)
{
    for (size_t i = 0; i < deed->seats.n; i++) {
        const struct wf_seat *other = &deed->seats.at[i];

        if (other->id != seat && other->person == person
            && wf_seat_is_live(other))
            return true;
    }
    return false;
}

/* Leaves out who is asked here already, themselves or as a substitute, and at
 * a level whose own document it is. */
static bool only_free(struct wf_flow *flow, const struct wf_deed *deed,
                      wf_id seat, struct wf_who_list *list, weft_error *err)
{
    for (size_t i = list->n; i-- > 0;) {
        wf_id taker, person = list->at[i];

        if (!wf_delegation_taker(flow, deed->doc, person, &taker, err))
            return false;
        if ((deed->level && wf_is_own(deed->doc, person))
            || is_asked(deed, seat, person) || is_asked(deed, seat, taker))
            wf_who_list_remove(list, person);
    }
    return true;
}

/* The people of the step, or as the level says for when nobody is found; the
 * administrators where that is nobody either. `*skip`: nobody is to be. */
static bool find_instead(struct wf_flow *flow, const struct wf_deed *deed,
                         wf_id seat, struct wf_who_list *out, bool *skip,
                         weft_error *err)
{
    static const struct wf_who admin = { .kind = WF_WHO_ROLE, .name = "admin" };
    const struct wf_doc *doc = deed->doc;
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
    if (!only_free(flow, deed, seat, out, err))
        return false;
    return *skip || out->n > 0
           || (wf_ask_people(flow, doc, &admin, out, err)
               && only_free(flow, deed, seat, out, err));
}

/* Whether others go on deciding what this seat was asked about. */
static bool has_others(const struct wf_deed *deed, wf_id seat)
{
    for (size_t i = 0; i < deed->seats.n; i++) {
        const struct wf_seat *other = &deed->seats.at[i];

        if (other->id != seat
            && (deed->level ? wf_seat_has_vote(other)
                            : wf_seat_is_live(other) && other->asker != seat))
            return true;
    }
    return false;
}

static bool note_beside(struct wf_flow *flow, const struct wf_doc *doc,
                        wf_id gone, const struct wf_who_list *people,
                        weft_error *err)
{
    struct wf_event event = { .document = doc->id,
                              .kind = "assign",
                              .step = doc->step->id,
                              .level = doc->level,
                              .reason = "left",
                              .for_person = gone,
                              .people = people->at,
                              .n_people = people->n,
                              .by_system = true };

    return wf_history_add(flow->call, &event, err);
}

/* The first of them has the seat and what hangs on it; the rest are asked
 * beside, as all would be if nobody had been found. */
static bool seat_all(struct wf_flow *flow, struct wf_doc *doc,
                     const struct wf_seat *seat,
                     const struct wf_who_list *instead, weft_error *err)
{
    const struct wf_who_list rest = { instead->at + 1, instead->n - 1, 0 };
    const struct wf_asking asking = { .people = &rest,
                                      .source = "admin",
                                      .place = seat->place };

    if (rest.n > 0
        && (!note_beside(flow, doc, seat->person, &rest, err)
            || !wf_seats_make(flow, doc, &asking, err)))
        return false;
    return wf_reseat(flow, doc, seat->id, instead->at[0], "left", err);
}

/* Of a seat that was added, or one of several at a step, nobody needs to have
 * it; a level's own vote is not lost unless the level says so. */
static bool vacate(struct wf_flow *flow, struct wf_doc *doc,
                   const struct wf_seat *seat, struct wf_deed *deed,
                   weft_error *err)
{
    struct wf_who_list instead = { NULL, 0, 0 };
    bool others = has_others(deed, seat->id);
    bool skip;

    if (seat->tie != WF_TIE_NONE || (!doc->level && others))
        return wf_unseat(flow, doc, seat->id, "left", err);
    if (!find_instead(flow, deed, seat->id, &instead, &skip, err))
        return false;
    if (skip || (instead.n == 0 && others))
        return wf_unseat(flow, doc, seat->id, "left", err);
    /* A document does not pass for its approver having been sent away. */
    if (instead.n == 0)
        return !doc->level || wf_seat_refuse(flow, doc, seat->id, "left", err);
    return others ? wf_reseat(flow, doc, seat->id, instead.at[0], "left", err)
                  : seat_all(flow, doc, seat, &instead, err);
}

/* What is somebody's own they do not decide, and who is awaited there already
 * is to be heard. */
static bool may_have(struct wf_flow *flow, struct wf_doc *doc, wf_id seat,
                     wf_id person, bool *out, weft_error *err)
{
    *out = false;
    return wf_is_own(doc, person)
           || wf_reseat_may(flow, doc, seat, person, out, err);
}

/* Of a substitute who leaves, the giver is asked, or whoever stands in for them
 * now. */
static bool settle_seat(struct wf_flow *flow, const struct wf_held_seat *held,
                        weft_error *err)
{
    const struct wf_seat *seat;
    struct wf_deed deed;
    const struct wf_person *whose;
    struct wf_doc *doc;
    wf_id heir;
    bool may;

    if (!wf_doc_load(flow->call, held->document, &doc, err))
        return false;
    if (!doc)
        return true;
    if (!wf_seat_look(flow, doc, held->id, err)
        || !wf_deed_begin(&deed, flow, doc, NULL, err))
        return false;
    seat = wf_seats_find(&deed.seats, held->id);
    if (!seat || !wf_seat_is_live(seat))
        return true;
    if (!wf_person_find(flow->call, wf_seat_principal(seat), &whose, err))
        return false;
    if (!wf_reseat_may(flow, doc, seat->id, whose->id, &may, err))
        return false;
    if (may && whose->active && whose->id != seat->person)
        return wf_reseat(flow, doc, seat->id, whose->id, "left", err);
    if (!wf_successor_find(flow->call, whose->id, &heir, err)
        || (heir && !may_have(flow, doc, seat->id, heir, &may, err)))
        return false;
    if (heir && may)
        return wf_reseat(flow, doc, seat->id, heir, "handover", err);
    return vacate(flow, doc, seat, &deed, err);
}

static bool settle_seats(struct wf_flow *flow, const struct wf_held_seats *gone,
                         weft_error *err)
{
    for (size_t i = 0; i < gone->n; i++)
        if (!settle_seat(flow, &gone->at[i], err))
            return false;
    return true;
}

/* Nobody decides in the name of who has left. */
static bool settle_givers(struct wf_flow *flow, weft_error *err)
{
    struct wf_who_list givers = { NULL, 0, 0 };

    if (!load_gone_givers(flow->call, &givers, err))
        return false;
    for (size_t i = 0; i < givers.n; i++) {
        struct wf_held_seats held;

        if (!wf_delegations_end_given(flow, givers.at[i], err)
            || !wf_seats_of_person(flow, givers.at[i], true, &held, err)
            || !settle_seats(flow, &held, err))
            return false;
    }
    return true;
}

/* --- Answers that nobody may know of */

static bool load_gone_raters(struct wf_call *call, struct wf_who_list *out,
                             weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_GONE_RATERS, &q, err))
        return false;
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        wf_who_list_add(call->arena, out, wf_stmt_int(&q, 0));
    return got == WF_FETCH_DONE;
}

/* Which are theirs is known to the one who writes them, and to the engine for
 * as long as it is them. */
static bool find_veiled(struct wf_call *call, wf_id person,
                        struct wf_veiled *out, weft_error *err)
{
    const struct wf_person *me = call->me, *gone;
    bool found;

    if (!wf_person_find(call, person, &gone, err))
        return false;
    call->me = gone;
    found = wf_veil_mine(call, out, err);
    call->me = me;
    return found;
}

/* What they have not handed in is given up; what they have stays. The reason is
 * that of all answers which nobody wants any more: another one would tell whose
 * it was. */
static bool give_up_answers(struct wf_flow *flow, weft_error *err)
{
    struct wf_who_list gone = { NULL, 0, 0 };

    if (!load_gone_raters(flow->call, &gone, err))
        return false;
    for (size_t i = 0; i < gone.n; i++) {
        struct wf_veiled theirs;

        if (!find_veiled(flow->call, gone.at[i], &theirs, err))
            return false;
        for (size_t k = 0; k < theirs.n; k++) {
            if (!wf_wanted_drop(flow, theirs.at[k], "unwanted", err))
                return false;
            wf_wanted_ended(flow, theirs.at[k]);
        }
    }
    return true;
}

bool wf_leavers_settle(struct wf_flow *flow, weft_error *err)
{
    struct wf_held_seats gone = { NULL, 0, 0 };

    return settle_givers(flow, err) && load_gone(flow->call, &gone, err)
           && settle_seats(flow, &gone, err) && give_up_answers(flow, err)
           && wf_wanted_settle(flow, NULL, err);
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

/* What the heir may not have stays, until its holder is gone. `given`: what
 * others have in the leaver's name. */
static bool give_seats(struct wf_flow *flow, wf_id person, wf_id heir,
                       bool given, int *n, weft_error *err)
{
    struct wf_held_seats seats;

    if (!wf_seats_of_person(flow, person, given, &seats, err))
        return false;
    for (size_t i = 0; i < seats.n; i++) {
        struct wf_doc *doc;
        bool may;

        if (!wf_doc_load(flow->call, seats.at[i].document, &doc, err)
            || (doc && !may_have(flow, doc, seats.at[i].id, heir, &may, err)))
            return false;
        if (!doc || (!may && !given))
            continue;
        if (!may) {
            if (!wf_reseat(flow, doc, seats.at[i].id, person, "delegation-end",
                           err))
                return false;
            continue;
        }
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
        || !give_seats(flow, person, heir, false, &seats, err)
        || !give_seats(flow, person, heir, true, &seats, err)
        || !wf_leavers_settle(flow, err))
        return false;
    write_counts(&counts, seats, out);
    return true;
}
