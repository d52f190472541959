/* flow/verb_add.c - add-approver: before, beside or after oneself;
 * remove-approver: whom one has added and who has not decided.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "flow/approval.h"
#include "flow/ask.h"
#include "flow/settle.h"
#include "flow/verb.h"

/* A level has at most so many added approvers: who needs more wants a level of
 * the form. */
enum {
    ADDED_MAX = 100
};

/* --- Adding */

static bool read_place(const struct wf_deed *deed, enum wf_tie *out,
                       weft_error *err)
{
    const char *place = deed->act->place;

    *out = WF_TIE_BEFORE;
    if (!place || wf_streq(place, "before"))
        return true;
    *out = wf_streq(place, "beside") ? WF_TIE_BESIDE : WF_TIE_AFTER;
    if (*out == WF_TIE_AFTER && !wf_streq(place, "after"))
        wf_diag_field(deed->flow->call->findings, "place", "unknown",
                      "\"%s\" is no place: write before, beside or after.",
                      place);
    return wf_settle_findings(deed->flow, err);
}

static bool check_room(const struct wf_deed *deed, weft_error *err)
{
    size_t n = deed->people.n;

    for (size_t i = 0; i < deed->seats.n; i++)
        n += deed->seats.at[i].added_by != 0
             && deed->seats.at[i].state != WF_SEAT_CLOSED;
    if (n > ADDED_MAX)
        wf_diag_field(deed->flow->call->findings, "people", "max",
                      "A level takes at most %d added approvers.", ADDED_MAX);
    return wf_settle_findings(deed->flow, err);
}

/* Beside somebody whose own word is only for their asker, one hangs on the same
 * asker. */
static void set_tie(struct wf_asking *asking, const struct wf_seat *mine,
                    enum wf_tie tie)
{
    bool hangs = mine->tie != WF_TIE_NONE && mine->tie != WF_TIE_BESIDE;

    asking->tie = tie;
    asking->asker = mine->id;
    asking->place = mine->place;
    if (tie != WF_TIE_BESIDE || !hangs)
        return;
    asking->tie = mine->tie == WF_TIE_DELEGATE ? WF_TIE_BEFORE : mine->tie;
    asking->asker = mine->asker;
}

bool wf_verb_add(struct wf_deed *deed, weft_error *err)
{
    struct wf_seat *mine = deed->mine;
    struct wf_asking asking = { .people = &deed->people,
                                .source = "added",
                                .added_by = mine->person,
                                .from = mine };
    enum wf_tie tie;

    if (!read_place(deed, &tie, err) || !check_room(deed, err)
        || !wf_deed_seatable(deed, false, err))
        return false;
    set_tie(&asking, mine, tie);
    if (tie == WF_TIE_BEFORE
        && !wf_seat_set(deed->flow, mine, WF_SEAT_WAITING, err))
        return false;
    return wf_seats_make(deed->flow, deed->doc, &asking, err)
           && wf_approval_count(deed->flow, deed->doc, &deed->to, err);
}

/* --- Removing */

static bool is_removable(const struct wf_deed *deed, const struct wf_seat *seat)
{
    const struct wf_person *me = deed->flow->call->me;

    return me && seat->added_by == me->id && wf_seat_is_live(seat);
}

bool wf_may_remove(struct wf_deed *deed, weft_error *err)
{
    for (size_t i = 0; i < deed->seats.n; i++)
        if (is_removable(deed, &deed->seats.at[i]))
            return true;
    return wf_fail(err, WEFT_E_CONFLICT,
                   "You have added nobody here who has not decided yet.");
}

/* The seat that was added for this person: theirs, or their substitute's. */
static struct wf_seat *added_seat(const struct wf_deed *deed, wf_id person)
{
    for (size_t i = 0; i < deed->seats.n; i++) {
        struct wf_seat *seat = &deed->seats.at[i];

        if ((seat->person == person || seat->giver == person)
            && is_removable(deed, seat))
            return seat;
    }
    return NULL;
}

static bool check_removable(struct wf_deed *deed, weft_error *err)
{
    struct wf_call *call = deed->flow->call;

    for (size_t i = 0; i < deed->people.n; i++) {
        const struct wf_person *person;

        if (!wf_person_find(call, deed->people.at[i], &person, err))
            return false;
        if (!added_seat(deed, person->id))
            wf_diag_field(call->findings, "people", "added",
                          "%s was not added by you, or has decided.",
                          person->name);
    }
    return wf_settle_findings(deed->flow, err);
}

static bool remove_one(struct wf_deed *deed, struct wf_seat *seat,
                       weft_error *err)
{
    return wf_seat_set(deed->flow, seat, WF_SEAT_CLOSED, err)
           && wf_deed_drop(deed, seat->id, err);
}

/* Those who are named; all of mine where nobody is. */
bool wf_verb_remove(struct wf_deed *deed, weft_error *err)
{
    if (!check_removable(deed, err))
        return false;
    for (size_t i = 0; i < deed->people.n; i++) {
        struct wf_seat *seat = added_seat(deed, deed->people.at[i]);

        if (seat && !remove_one(deed, seat, err))
            return false;
    }
    for (size_t i = 0; deed->people.n == 0 && i < deed->seats.n; i++)
        if (is_removable(deed, &deed->seats.at[i])
            && !remove_one(deed, &deed->seats.at[i], err))
            return false;
    return wf_approval_count(deed->flow, deed->doc, &deed->to, err);
}
