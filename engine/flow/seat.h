/* flow/seat.h - seats: who is asked. Whatever makes one goes through
 * wf_seats_make(), so that nothing is forgotten at any of the ways.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_SEAT_H
#define WF_FLOW_SEAT_H

#include "flow/flow.h"

enum wf_seat_state {
    WF_SEAT_WAITING, /* its turn comes later (one-by-one) */
    WF_SEAT_OPEN,
    WF_SEAT_APPROVED,
    WF_SEAT_REJECTED,
    WF_SEAT_DONE,   /* of a step: this person took the action */
    WF_SEAT_CLOSED, /* decided by others, returned, withdrawn */
};

struct wf_seat {
    wf_id id, person;
    const char *step, *level;
    const char *source; /* rule, manager, admin, person */
    int64_t walk, made, decided;
    int place;
    enum wf_seat_state state;
    double weight; /* grade, else 1 */
};

/* Makes the seats of a step (level NULL) or a level for these people, all open
 * or one by one. */
WF_MUST_CHECK bool wf_seats_make(struct wf_flow *flow, struct wf_doc *doc,
                                 const struct wf_level *level,
                                 const struct wf_who_list *people,
                                 const char *source, weft_error *err);

/* Seats of the document in its present step and level, by place. */
WF_MUST_CHECK bool wf_seats_load(struct wf_flow *flow, const struct wf_doc *doc,
                                 struct wf_seat **out, size_t *n,
                                 weft_error *err);
WF_MUST_CHECK bool wf_seat_set(struct wf_flow *flow, struct wf_seat *seat,
                               enum wf_seat_state state, weft_error *err);

/* Closes all that is open or waiting on the document. */
WF_MUST_CHECK bool wf_seats_close(struct wf_flow *flow,
                                  const struct wf_doc *doc, weft_error *err);

#endif
