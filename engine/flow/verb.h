/* flow/verb.h - the verbs of a work item: one row and one function each.
 *
 * Source: docs/verbs.md.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_VERB_H
#define WF_FLOW_VERB_H

#include "flow/seat.h"

/* One verb on its way: whoever takes it, where, and whom it names. */
struct wf_deed {
    struct wf_flow *flow;
    struct wf_doc *doc;
    const struct wf_act *act;
    const struct wf_level *level; /* NULL: at a step or an end */
    struct wf_seats walk;         /* of every level of this walk */
    struct wf_seats seats;        /* of the present step or level */
    struct wf_seat *mine;         /* my open one; NULL: none */
    struct wf_who_list people;    /* whom act->to and act->people name */
    struct wf_who_list units;     /* of cc */
    const struct wf_step *to;     /* set by run(): where the document moves */
};

enum wf_verb_place {
    WF_AT_LEVEL = 1,
    WF_AT_STEP = 2, /* one that asks people */
    WF_AT_END = 4,
    WF_AT_LANES = 8, /* of a parallel: all of them, not in one */
};

struct wf_verb {
    const char *id;
    unsigned bit;    /* enum wf_verb_bit */
    unsigned places; /* enum wf_verb_place */
    bool needs_seat; /* open to whoever is asked now */
    bool names_people;
    bool is_undone; /* withdraw takes it back */
    /* Whether it is possible now, beyond the seat; false with the reason.
     * NULL: always. */
    bool (*may)(struct wf_deed *deed, weft_error *err);
    bool (*run)(struct wf_deed *deed, weft_error *err);
    const char *label; /* an English word known to base/messages.c */
};

const struct wf_verb *wf_verb_find(const char *id);
const struct wf_verb *wf_verb_next(
    const struct wf_verb *verb); /* NULL: first */

/* Whether it is still a draft in its maker's hands, which has gone nowhere: no
 * verb is possible there. */
bool wf_is_draft(const struct wf_doc *doc, const struct wf_person *me);

/* Makes a deed of `act` (NULL: only to ask what may be done). */
WF_MUST_CHECK bool wf_deed_begin(struct wf_deed *deed, struct wf_flow *flow,
                                 struct wf_doc *doc, const struct wf_act *act,
                                 weft_error *err);

/* Whether the verb may be taken now, by call->me, here; false with the reason.
 * Errors: WEFT_E_CONFLICT not here, or too late; WEFT_E_DENIED not this
 * person, or not by this level; WEFT_E_LIMITED too often. */
WF_MUST_CHECK bool wf_verb_may(const struct wf_verb *verb, struct wf_deed *deed,
                               weft_error *err);

/* The same as a question, which fails only if it could not be answered. */
WF_MUST_CHECK bool wf_verb_is_possible(const struct wf_verb *verb,
                                       struct wf_deed *deed, bool *out,
                                       weft_error *err);

/* Takes it: does it, counts what it has changed, notes it for a withdrawal. */
WF_MUST_CHECK bool wf_verb_take(const struct wf_verb *verb,
                                struct wf_deed *deed, weft_error *err);

/* --- What the verbs share */

/* Whom the act names, into deed->people and deed->units: act->to of who gives
 * something away, then act->people.
 * Errors: WEFT_E_INVALID with findings: nobody, or who is not known. */
WF_MUST_CHECK bool wf_deed_people(struct wf_deed *deed,
                                  const struct wf_verb *verb, weft_error *err);

/* Whether the document is somebody's own: they submitted or made it, or it is
 * about them. */
bool wf_is_own(const struct wf_doc *doc, wf_id person);

/* Whether call->me has a part in it: it is their own, or this walk asks or has
 * asked them. */
bool wf_deed_takes_part(const struct wf_deed *deed);

/* Finds fault with people among deed->people who could not hold a seat here:
 * who has left, is asked already, or whose own document it is. `giving`: they
 * would decide in the place of another.
 * Errors: WEFT_E_INVALID with findings. */
WF_MUST_CHECK bool wf_deed_seatable(struct wf_deed *deed, bool giving,
                                    weft_error *err);

/* Closes what hangs on a seat and has not been decided: whoever was added to
 * it, or decides for it. */
WF_MUST_CHECK bool wf_deed_drop(struct wf_deed *deed, wf_id asker,
                                weft_error *err);

/* --- The verbs, in files of their own */

bool wf_verb_approve(struct wf_deed *deed, weft_error *err);
bool wf_verb_reject(struct wf_deed *deed, weft_error *err);
bool wf_verb_return(struct wf_deed *deed, weft_error *err);
bool wf_verb_transfer(struct wf_deed *deed, weft_error *err);
bool wf_verb_delegate(struct wf_deed *deed, weft_error *err);
bool wf_verb_add(struct wf_deed *deed, weft_error *err);
bool wf_verb_remove(struct wf_deed *deed, weft_error *err);
bool wf_verb_withdraw(struct wf_deed *deed, weft_error *err);
bool wf_verb_urge(struct wf_deed *deed, weft_error *err);
bool wf_verb_cc(struct wf_deed *deed, weft_error *err);
bool wf_verb_attach(struct wf_deed *deed, weft_error *err);
bool wf_verb_reopen(struct wf_deed *deed, weft_error *err);
bool wf_verb_appeal(struct wf_deed *deed, weft_error *err);

bool wf_may_remove(struct wf_deed *deed, weft_error *err);
bool wf_may_withdraw(struct wf_deed *deed, weft_error *err);
bool wf_may_urge(struct wf_deed *deed, weft_error *err);
bool wf_may_cc(struct wf_deed *deed, weft_error *err);
bool wf_may_attach(struct wf_deed *deed, weft_error *err);
bool wf_may_reopen(struct wf_deed *deed, weft_error *err);
bool wf_may_appeal(struct wf_deed *deed, weft_error *err);

/* Until when may be appealed against `doc`, which has ended; 0: ever. */
int64_t wf_appeal_until(const struct wf_call *call, const struct wf_doc *doc);

#endif
