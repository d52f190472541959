/* flow/seat.h - seats: who is asked. Whatever makes one goes through
 * wf_seats_make(), so that nothing is forgotten at any of the ways.
 *
 * A seat may hang on another, its asker: an added approver or a delegate.
 * What that means for the vote is vote.h's.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_SEAT_H
#define WF_FLOW_SEAT_H

#include "flow/flow.h"

enum wf_seat_state {
    WF_SEAT_WAITING, /* its turn comes later, or comes back */
    WF_SEAT_OPEN,
    WF_SEAT_APPROVED,
    WF_SEAT_REJECTED,
    WF_SEAT_DONE,   /* of a step: this person took the action */
    WF_SEAT_CLOSED, /* decided by others, returned, withdrawn, removed */
};
const char *wf_seat_state_name(enum wf_seat_state state);
enum wf_seat_state wf_seat_state_of(const char *name);

/* How a seat hangs on its asker. */
enum wf_tie {
    WF_TIE_NONE,
    WF_TIE_BEFORE,   /* added: decides, then it comes back to the asker */
    WF_TIE_BESIDE,   /* added: a vote like the asker's */
    WF_TIE_AFTER,    /* added: asked once the asker has approved */
    WF_TIE_DELEGATE, /* decides for the asker, who has the last word */
};

const char *wf_tie_name(enum wf_tie tie); /* NULL: none */

struct wf_seat {
    wf_id id, person;
    wf_id giver;    /* in whose name, by delegation; 0: in their own */
    wf_id asker;    /* the seat that it hangs on; 0: none */
    wf_id added_by; /* 0: the level itself asks */
    const char *step, *level;
    const char *source; /* rule manager admin person again added delegate
                           transfer delegation delegation-end handover timeout
                           …; expired: the engine has decided */
    int64_t walk, made, decided;
    int64_t asks; /* from when on it waits for them; 0: from its making */
    int place;
    enum wf_seat_state state;
    enum wf_tie tie;
    double weight; /* the grade of whose vote it is, else 1 */
    const char
        *unseen; /* fields that it does not show (doc/unseen.h), or NULL */
};

/* Neither decided nor over. */
bool wf_seat_is_live(const struct wf_seat *seat);

/* Whether it waits for whoever has it: it is open, and its time has come. */
bool wf_seat_is_asked(const struct wf_seat *seat, int64_t now);

/* Decided by the engine, because its time was over. */
bool wf_seat_is_expired(const struct wf_seat *seat);

/* Seats of a document by age. */
struct wf_seats {
    struct wf_seat *at;
    size_t n, cap;
};

/* Who is to be asked, for wf_seats_make(). */
struct wf_asking {
    const struct wf_who_list *people;
    const struct wf_who_list *again; /* have approved already; NULL: nobody */
    const char *source;
    bool one_by_one;
    /* of seats that hang on one */
    enum wf_tie tie;
    wf_id asker, added_by, giver;
    const struct wf_seat *from; /* of whose holder they have it; NULL: nobody */
    int place;                  /* 0: from 1 on */
};

/* Makes the seats of the document's present step and level: all open, or the
 * first of them; those of `again` are approved from the start, those that wait
 * for their asker (after) wait. Whoever has a substitute is asked through them,
 * and nobody has two seats. */
WF_MUST_CHECK bool wf_seats_make(struct wf_flow *flow, const struct wf_doc *doc,
                                 const struct wf_asking *asking,
                                 weft_error *err);

/* Gives a live seat to another person, for good, through the same code: their
 * substitute has it then, and their time starts anew. The seat keeps its place,
 * and what hangs on it. What people give (transfer, a delegation) shows nothing
 * that they do not see; what the engine gives, what it showed before. */
WF_MUST_CHECK bool wf_seat_give(struct wf_flow *flow, const struct wf_doc *doc,
                                struct wf_seat *seat, wf_id person,
                                const char *source, weft_error *err);

/* The seats of this walk, step and level (`level` NULL: of a step), or, with
 * `all` set, of every level of the walk. */
WF_MUST_CHECK bool wf_seats_load(struct wf_flow *flow, const struct wf_doc *doc,
                                 bool all, struct wf_seats *out,
                                 weft_error *err);

/* Looks at the lane of `doc` that the seat is in, if it is in one. */
WF_MUST_CHECK bool wf_seat_look(struct wf_flow *flow, struct wf_doc *doc,
                                wf_id seat, weft_error *err);

/* A seat's new state, now. */
WF_MUST_CHECK bool wf_seat_set(struct wf_flow *flow, struct wf_seat *seat,
                               enum wf_seat_state state, weft_error *err);

/* The same in the engine's name, because its time is over. */
WF_MUST_CHECK bool wf_seat_expire(struct wf_flow *flow, struct wf_seat *seat,
                                  enum wf_seat_state state, weft_error *err);

/* Tells whoever has the seat outward that it waits for them, if it does and
 * they have not come so far themselves. */
WF_MUST_CHECK bool wf_seat_tell(struct wf_flow *flow,
                                const struct wf_seat *seat, weft_error *err);

/* Makes a seat again what it was: its state, person, giver, source, and what it
 * does not show. */
WF_MUST_CHECK bool wf_seat_restore(struct wf_flow *flow,
                                   const struct wf_seat *seat, weft_error *err);

/* Closes all that is open or waiting at the document's step. */
WF_MUST_CHECK bool wf_seats_close(struct wf_flow *flow,
                                  const struct wf_doc *doc, weft_error *err);

/* Those of this walk that were made at the step `was` are of the present one:
 * it has another name now. */
WF_MUST_CHECK bool wf_seats_rename(struct wf_flow *flow,
                                   const struct wf_doc *doc, const char *was,
                                   weft_error *err);

/* Closes every seat that this walk has made at the present level: it is about
 * to be asked anew. */
WF_MUST_CHECK bool wf_seats_retire(struct wf_flow *flow,
                                   const struct wf_doc *doc, weft_error *err);

/* Whether a seat that waits may be open now: what was before it has been
 * decided. */
bool wf_seat_has_turn(const struct wf_level *level,
                      const struct wf_seats *seats, const struct wf_seat *seat);

/* The seat of this id, the open one of `person`, any live one of theirs; NULL:
 * none. */
struct wf_seat *wf_seats_find(const struct wf_seats *seats, wf_id id);
struct wf_seat *wf_seats_open_of(const struct wf_seats *seats, wf_id person);
struct wf_seat *wf_seats_live_of(const struct wf_seats *seats, wf_id person);

#endif
