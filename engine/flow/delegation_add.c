/* flow/delegation_add.c - standing delegations made and ended, and the seats
 * that follow them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/date.h"
#include "base/error.h"
#include "doc/history.h"
#include "flow/ask.h"
#include "flow/delegation_rows.h"
#include "flow/delegation_timer.h"
#include "flow/leaver.h"
#include "flow/reseat.h"
#include "flow/settle.h"
#include "flow/wanted.h"

static const char SQL_ADD[] =
    "INSERT INTO delegation (id, giver, taker, since, until, forms, made,"
    " made_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
static const char SQL_END[] =
    "UPDATE delegation SET ended = $2 WHERE id = $1 AND ended IS NULL";
static const char SQL_TAKEN[] =
    "SELECT id, giver, taker, since, until, forms FROM delegation"
    " WHERE taker = $1 AND until >= $2 AND ended IS NULL ORDER BY id";

/* One person gives so many at a time. */
enum {
    GIVEN_MAX = 50
};

/* --- Making */

static void check_forms(struct wf_call *call, const struct wf_json *forms)
{
    for (size_t i = 0; i < wf_json_len(forms); i++) {
        const char *id = wf_json_str(forms->u.array.at[i]);

        if (!id || !wf_registry_form(call->registry, id))
            wf_diag_field(call->findings, "forms", "unknown",
                          "There is no form \"%s\".", id ? id : "");
    }
}

static void check_day(struct wf_call *call, const char *field, const char *day)
{
    int32_t ignored;

    if (!wf_date_parse(wf_str_of(day), &ignored))
        wf_diag_field(call->findings, field, "type",
                      "\"%s\" is no day: write one like 2026-10-12.", day);
}

static bool check_people(struct wf_flow *flow, const struct wf_delegation *d,
                         weft_error *err)
{
    struct wf_call *call = flow->call;
    const struct wf_person *taker;
    bool circle;

    if (!wf_person_find(call, d->taker, &taker, err)
        || !wf_delegation_circles(call, d, &circle, err))
        return false;
    if (d->taker == d->giver)
        wf_diag_field(call->findings, "to", "circle",
                      "Nobody stands in for themselves.");
    else if (!taker || !taker->active)
        wf_diag_field(call->findings, "to", "inactive", "%s is no longer here.",
                      taker ? taker->name : "");
    else if (circle)
        wf_diag_field(call->findings, "to", "circle",
                      "It would come back to the giver in these days: %s has "
                      "a substitute too. End that, or choose other days.",
                      taker->name);
    return true;
}

static bool check(struct wf_flow *flow, const struct wf_delegation *d,
                  weft_error *err)
{
    struct wf_call *call = flow->call;
    struct wf_delegations given;

    check_day(call, "from", d->since);
    check_day(call, "until", d->until);
    check_forms(call, d->forms);
    if (call->findings->n_errors == 0 && strcmp(d->since, d->until) > 0)
        wf_diag_field(call->findings, "until", "min",
                      "The last day is before the first.");
    if (call->findings->n_errors == 0
        && strcmp(d->until, wf_delegation_today(call, NULL)) < 0)
        wf_diag_field(call->findings, "until", "min",
                      "These days are over: the last day is today or later.");
    if (call->findings->n_errors == 0
        && (!check_people(flow, d, err)
            || !wf_delegations_given(call, d->giver, d->since, &given, err)))
        return false;
    if (call->findings->n_errors == 0 && given.n >= GIVEN_MAX)
        wf_diag_field(call->findings, "to", "max",
                      "At most %d substitutes at a time.", GIVEN_MAX);
    return wf_settle_findings(flow, err);
}

static bool insert(struct wf_call *call, const struct wf_delegation *d,
                   weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_ADD, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, d->id);
    wf_stmt_bind_id(&q, 2, d->giver);
    wf_stmt_bind_id(&q, 3, d->taker);
    wf_stmt_bind_text(&q, 4, d->since);
    wf_stmt_bind_text(&q, 5, d->until);
    wf_stmt_bind_text(&q, 6,
                      d->forms ? wf_json_dump(call->arena, d->forms) : "[]");
    wf_stmt_bind_int(&q, 7, call->now);
    wf_stmt_bind_id(&q, 8, call->me ? call->me->id : 0);
    return wf_stmt_run(&q, err);
}

/* Days are counted in the zone of each package: where it is earliest, so that
 * it holds in all of them at once. */
static const char *first_day(struct wf_call *call)
{
    const char *zone = NULL, *first = NULL;
    const struct wf_form *form;
    size_t cursor = 0;

    while ((form = wf_registry_next(call->registry, &cursor))) {
        const char *today;

        if (wf_streq(form->package->timezone, zone))
            continue;
        zone = form->package->timezone;
        today = wf_delegation_today(call, zone);
        if (!first || strcmp(today, first) < 0)
            first = today;
    }
    return first ? first : wf_delegation_today(call, NULL);
}

bool wf_delegation_add(struct wf_flow *flow, struct wf_delegation *delegation,
                       weft_error *err)
{
    struct wf_event event = { .kind = "delegate-all",
                              .for_person = delegation->giver,
                              .people = &delegation->taker,
                              .n_people = 1 };

    if (!delegation->since)
        delegation->since = first_day(flow->call);
    if (!delegation->until)
        delegation->until = WF_DELEGATION_OPEN;
    delegation->id = wf_id_next(flow->call->ids);
    return check(flow, delegation, err) && insert(flow->call, delegation, err)
           && wf_history_add(flow->call, &event, err)
           && wf_delegation_set_timers(flow, delegation, err)
           && wf_delegation_refresh(flow, delegation->giver, err);
}

/* --- Seats */

/* The seat as what holds today wants it: whose it is stays. */
static bool refresh_seat(struct wf_flow *flow, const struct wf_held_seat *held,
                         weft_error *err)
{
    struct wf_seats seats;
    struct wf_seat *seat;
    struct wf_doc *doc;
    wf_id giver, taker;

    if (!wf_doc_load(flow->call, held->document, &doc, err))
        return false;
    if (!doc)
        return true;
    if (!wf_seat_look(flow, doc, held->id, err)
        || !wf_seats_load(flow, doc, false, &seats, err))
        return false;
    seat = wf_seats_find(&seats, held->id);
    if (!seat || !wf_seat_is_live(seat))
        return true;
    giver = wf_seat_principal(seat);
    if (!wf_delegation_taker(flow, doc, giver, &taker, err))
        return false;
    if (seat->person == taker)
        return true;
    return wf_reseat(flow, doc, seat->id, giver,
                     taker == giver ? "delegation-end" : "delegation", err);
}

static bool refresh_seats(struct wf_flow *flow, wf_id person, bool giver,
                          size_t *n, weft_error *err)
{
    struct wf_held_seats seats;

    if (!wf_seats_of_person(flow, person, giver, &seats, err))
        return false;
    for (size_t i = 0; i < seats.n; i++)
        if (!refresh_seat(flow, &seats.at[i], err))
            return false;
    *n += seats.n;
    return true;
}

/* Whoever may be asked through `giver`: those they stand in for, and who stands
 * in through these. */
static bool add_upstream(struct wf_flow *flow, struct wf_who_list *givers,
                         weft_error *err)
{
    const char *today = wf_delegation_today(flow->call, NULL);

    for (size_t i = 0; i < givers->n; i++) {
        struct wf_delegations taken;

        if (!wf_delegations_load(flow->call, SQL_TAKEN, givers->at[i], today,
                                 &taken, err))
            return false;
        for (size_t j = 0; j < taken.n; j++)
            wf_who_list_add(flow->call->arena, givers, taken.at[j].giver);
    }
    return true;
}

bool wf_delegation_refresh(struct wf_flow *flow, wf_id giver, weft_error *err)
{
    struct wf_who_list givers = { NULL, 0, 0 };
    size_t own = 0, given = 0;

    wf_who_list_add(flow->call->arena, &givers, giver);
    if (!add_upstream(flow, &givers, err)
        || !refresh_seats(flow, giver, false, &own, err))
        return false;
    for (size_t i = 0; i < givers.n; i++)
        if (!refresh_seats(flow, givers.at[i], true, &given, err))
            return false;
    /* What came back to somebody who has left meanwhile goes on from them. */
    return (given == 0 || wf_leavers_settle(flow, err))
           && wf_wanted_settle(flow, NULL, err);
}

/* --- Ending */

static bool end_row(struct wf_flow *flow, const struct wf_delegation *d,
                    weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_event event = { .kind = "delegate-end",
                              .for_person = d->giver,
                              .people = &d->taker,
                              .n_people = 1 };

    if (!wf_stmt_begin(flow->call->db, SQL_END, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, d->id);
    wf_stmt_bind_int(&q, 2, flow->call->now);
    return wf_stmt_run(&q, err) && wf_delegation_cancel_timers(flow, d->id, err)
           && wf_history_add(flow->call, &event, err);
}

bool wf_delegation_end(struct wf_flow *flow, wf_id id, bool own_only,
                       weft_error *err)
{
    struct wf_call *call = flow->call;
    struct wf_delegation d;
    bool may;

    if (!wf_delegation_load(call, id, &d, err) || !wf_is_admin(call, &may, err))
        return false;
    may = (may && !own_only) || (call->me && (call->me->id == d.giver));
    if (!may && call->me && call->me->id == d.taker)
        return wf_fail(err, WEFT_E_DENIED,
                       "Only who gave it can end a delegation.");
    if (!may)
        return wf_fail(err, WEFT_E_NOTFOUND, "There is no delegation %lld.",
                       (long long)id);
    return end_row(flow, &d, err) && wf_delegation_refresh(flow, d.giver, err);
}

bool wf_delegations_end_given(struct wf_flow *flow, wf_id giver,
                              weft_error *err)
{
    const char *today = wf_delegation_today(flow->call, NULL);
    struct wf_delegations given;

    if (!wf_delegations_given(flow->call, giver, today, &given, err))
        return false;
    for (size_t i = 0; i < given.n; i++)
        if (!end_row(flow, &given.at[i], err))
            return false;
    return true;
}

bool wf_delegations_inherit(struct wf_flow *flow, wf_id giver, wf_id heir,
                            weft_error *err)
{
    const char *today = wf_delegation_today(flow->call, NULL);
    struct wf_delegations taken;

    if (!wf_delegations_end_given(flow, giver, err)
        || !wf_delegations_load(flow->call, SQL_TAKEN, giver, today, &taken,
                                err))
        return false;
    for (size_t i = 0; i < taken.n; i++) {
        struct wf_delegation d = taken.at[i];
        bool circle;

        if (!end_row(flow, &d, err))
            return false;
        d.taker = heir;
        d.id = wf_id_next(flow->call->ids);
        if (!wf_delegation_circles(flow->call, &d, &circle, err))
            return false;
        if (!circle
            && (!insert(flow->call, &d, err)
                || !wf_delegation_set_timers(flow, &d, err)))
            return false;
        if (!wf_delegation_refresh(flow, d.giver, err))
            return false;
    }
    return true;
}
