/* flow/deed.c - whom a verb names, and who of them can hold a seat.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/error.h"
#include "flow/approval.h"
#include "flow/ask.h"
#include "flow/delegation.h"
#include "flow/settle.h"
#include "flow/verb.h"

/* One act names so many. */
enum {
    NAMED_MAX = 100
};

static const char UNIT[] = "unit:";

/* --- Naming */

/* The member of the body that names whom something is given to. */
static const char *field_of(const struct wf_deed *deed)
{
    return deed->act->to && !deed->act->people ? "to" : "people";
}

static bool add_unit(struct wf_deed *deed, const char *key, weft_error *err)
{
    struct wf_call *call = deed->flow->call;
    struct wf_unit unit;
    bool found;

    if (!wf_unit_find(call, key, &unit, &found, err))
        return false;
    if (found)
        wf_who_list_add(call->arena, &deed->units, unit.id);
    else
        wf_diag_field(call->findings, field_of(deed), "unknown",
                      "There is no unit \"%s\".", key);
    return true;
}

static bool add_named(struct wf_deed *deed, const struct wf_verb *verb,
                      const struct wf_json *name, weft_error *err)
{
    struct wf_call *call = deed->flow->call;
    const char *text = wf_json_str(name);
    const struct wf_person *person;

    if (verb->bit == WF_VERB_CC && text && wf_str_starts(text, UNIT))
        return add_unit(deed, text + strlen(UNIT), err);
    if (!wf_person_named(call, name, &person, err))
        return false;
    if (person)
        wf_who_list_add(call->arena, &deed->people, person->id);
    else
        wf_diag_field(call->findings, field_of(deed), "unknown",
                      "\"%s\" is no login here.", text ? text : "");
    return true;
}

static bool add_all(struct wf_deed *deed, const struct wf_verb *verb,
                    weft_error *err)
{
    const struct wf_act *act = deed->act;
    size_t n =
        wf_json_is(act->people, WF_JSON_ARRAY) ? wf_json_len(act->people) : 0;

    if (n > NAMED_MAX) {
        wf_diag_field(deed->flow->call->findings, "people", "max",
                      "At most %d people can be named at once.", NAMED_MAX);
        return true;
    }
    if (act->to && verb->names_people
        && !add_named(deed, verb,
                      wf_json_text(deed->flow->call->arena, act->to), err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!add_named(deed, verb, act->people->u.array.at[i], err))
            return false;
    return true;
}

bool wf_deed_people(struct wf_deed *deed, const struct wf_verb *verb,
                    weft_error *err)
{
    struct wf_diags *findings = deed->flow->call->findings;

    if (!add_all(deed, verb, err))
        return false;
    if (verb->names_people && deed->people.n + deed->units.n == 0
        && findings->n_errors == 0)
        wf_diag_field(findings, field_of(deed), "required",
                      "Please say who: a login, or several.");
    return wf_settle_findings(deed->flow, err);
}

/* --- Seats */

bool wf_is_own(const struct wf_doc *doc, wf_id person)
{
    return person == doc->subject || person == doc->creator
           || person == wf_approval_submitter(doc);
}

bool wf_deed_takes_part(const struct wf_deed *deed)
{
    const struct wf_person *me = deed->flow->call->me;

    for (size_t i = 0; me && i < deed->walk.n; i++)
        if (deed->walk.at[i].person == me->id)
            return true;
    return me && wf_is_own(deed->doc, me->id);
}

/* Whether they are asked here, or have decided at this level. */
static bool has_seat(const struct wf_deed *deed, wf_id person)
{
    for (size_t i = 0; i < deed->seats.n; i++) {
        const struct wf_seat *seat = &deed->seats.at[i];

        if (seat->person == person
            && (wf_seat_is_live(seat)
                || (deed->level && seat->state != WF_SEAT_CLOSED)))
            return true;
    }
    return false;
}

/* Whether they would decide what is their own, which nobody is given by
 * another. A level with self="ask" lets its submitter be asked, beside others,
 * but in nobody's place. */
static bool is_barred(const struct wf_deed *deed, wf_id person, bool giving)
{
    if (giving)
        return wf_is_own(deed->doc, person)
               && !wf_is_own(deed->doc, deed->mine->person);
    return wf_is_own(deed->doc, person)
           && !(deed->level->self == WF_SELF_ASK
                && person == wf_approval_submitter(deed->doc));
}

static bool check_seatable(struct wf_deed *deed, wf_id id, bool giving,
                           weft_error *err)
{
    struct wf_call *call = deed->flow->call;
    const char *field = field_of(deed);
    const struct wf_person *person, *taker;
    wf_id taker_id;

    if (!wf_person_find(call, id, &person, err)
        || !wf_delegation_taker(deed->flow, deed->doc, id, &taker_id, err)
        || !wf_person_find(call, taker_id, &taker, err))
        return false;
    if (!person->active)
        wf_diag_field(call->findings, field, "inactive",
                      "%s is no longer here.", person->name);
    else if (has_seat(deed, id))
        wf_diag_field(call->findings, field, "duplicate",
                      "%s is asked here already, or has decided here.",
                      person->name);
    else if (is_barred(deed, id, giving))
        wf_diag_field(call->findings, field, "own",
                      "It is %s's own document: somebody else has to decide.",
                      person->name);
    else if (taker_id != id && has_seat(deed, taker_id))
        wf_diag_field(call->findings, field, "duplicate",
                      "%s stands in for %s and is asked here already.",
                      taker->name, person->name);
    return true;
}

bool wf_deed_seatable(struct wf_deed *deed, bool giving, weft_error *err)
{
    for (size_t i = 0; i < deed->people.n; i++)
        if (!check_seatable(deed, deed->people.at[i], giving, err))
            return false;
    if (giving && deed->people.n > 1)
        wf_diag_field(deed->flow->call->findings, field_of(deed), "max",
                      "It can be given to one person only.");
    return wf_settle_findings(deed->flow, err);
}

bool wf_deed_drop(struct wf_deed *deed, wf_id asker, weft_error *err)
{
    for (size_t i = 0; i < deed->seats.n; i++) {
        struct wf_seat *seat = &deed->seats.at[i];

        if (seat->asker != asker || !wf_seat_is_live(seat)
            || seat->tie == WF_TIE_BESIDE)
            continue;
        if (!wf_seat_set(deed->flow, seat, WF_SEAT_CLOSED, err)
            || !wf_deed_drop(deed, seat->id, err))
            return false;
    }
    return true;
}
