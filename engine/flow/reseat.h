/* flow/reseat.h - the engine gives a seat to somebody else: a substitution
 * begins or ends, a time is over, somebody leaves.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_RESEAT_H
#define WF_FLOW_RESEAT_H

#include "flow/seat.h"

/* Gives one live seat of `doc` to `person`, or to their substitute, says so in
 * the history with `reason` and both names, and does what follows: who has a
 * seat there already gets no second one, so the level may be decided by it; a
 * substitute ("delegation") is passed over then, and the seat stays whose it
 * is, and so is whoever wf_reseat_may() says no of. The document is saved. */
WF_MUST_CHECK bool wf_reseat(struct wf_flow *flow, struct wf_doc *doc,
                             wf_id seat, wf_id person, const char *reason,
                             weft_error *err);

/* Whether `person`, or their substitute, may have that seat: not if they have
 * been added there, or are a delegate, for somebody else who waits for their
 * word; it is to be heard. */
WF_MUST_CHECK bool wf_reseat_may(struct wf_flow *flow, struct wf_doc *doc,
                                 wf_id seat, wf_id person, bool *out,
                                 weft_error *err);

/* The same as wf_reseat(), told in the history as an event of another kind than
 * "assign". */
struct wf_why {
    const char *kind, *reason;
};
WF_MUST_CHECK bool wf_reseat_as(struct wf_flow *flow, struct wf_doc *doc,
                                wf_id seat, wf_id person, struct wf_why why,
                                weft_error *err);

/* Takes the seat away: nobody has it any more. What follows as above. */
WF_MUST_CHECK bool wf_unseat(struct wf_flow *flow, struct wf_doc *doc,
                             wf_id seat, const char *reason, weft_error *err);

/* The engine refuses in its holder's place, at a level. What follows as above.
 */
WF_MUST_CHECK bool wf_seat_refuse(struct wf_flow *flow, struct wf_doc *doc,
                                  wf_id seat, const char *reason,
                                  weft_error *err);

/* After seats of `doc` were changed by the engine: counts, moves, saves. */
WF_MUST_CHECK bool wf_reseat_settle(struct wf_flow *flow, struct wf_doc *doc,
                                    weft_error *err);

/* Whose seat it is: whoever its holder stands in for by a standing delegation,
 * or the holder. */
wf_id wf_seat_principal(const struct wf_seat *seat);

/* The live seats of somebody, all documents, oldest first. `giver` set: those
 * that are held in their name by others. */
struct wf_held_seat {
    wf_id id, document;
};
struct wf_held_seats {
    struct wf_held_seat *at;
    size_t n, cap;
};
WF_MUST_CHECK bool wf_seats_of_person(struct wf_flow *flow, wf_id person,
                                      bool giver, struct wf_held_seats *out,
                                      weft_error *err);

#endif
