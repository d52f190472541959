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
    const char *source; /* rule, manager, admin, person, again */
    int64_t walk, made, decided;
    int place;
    enum wf_seat_state state;
    double weight; /* grade, else 1 */
};

/* Who is to be asked, for wf_seats_make(). */
struct wf_asking {
    const struct wf_who_list *people;
    const struct wf_who_list *again; /* have approved already; NULL: nobody */
    const char *source;
    bool one_by_one;
};

/* Makes the seats of the document's present step and level: all open, or the
 * first of them; those of `again` are approved from the start. */
WF_MUST_CHECK bool wf_seats_make(struct wf_flow *flow, const struct wf_doc *doc,
                                 const struct wf_asking *asking,
                                 weft_error *err);

/* Seats of the document by age and place: of this walk, step and level
 * (`level` NULL: of a step), or, with `all` set, of every level of the walk. */
struct wf_seats {
    struct wf_seat *at;
    size_t n, cap;
};
WF_MUST_CHECK bool wf_seats_load(struct wf_flow *flow, const struct wf_doc *doc,
                                 bool all, struct wf_seats *out,
                                 weft_error *err);

/* A seat's new state, now. */
WF_MUST_CHECK bool wf_seat_set(struct wf_flow *flow, struct wf_seat *seat,
                               enum wf_seat_state state, weft_error *err);

/* Closes all that is open or waiting on the document. */
WF_MUST_CHECK bool wf_seats_close(struct wf_flow *flow,
                                  const struct wf_doc *doc, weft_error *err);

/* Closes every seat that this walk has made at the present level: it is about
 * to be asked anew. */
WF_MUST_CHECK bool wf_seats_retire(struct wf_flow *flow,
                                   const struct wf_doc *doc, weft_error *err);

/* The open seat of `person` among `seats`; NULL: none. */
struct wf_seat *wf_seats_open_of(const struct wf_seats *seats, wf_id person);

#endif
