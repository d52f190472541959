/* flow/timer.h - what happens because a time has come: rows, fired in order of
 * due, each exactly once.
 *
 * A timer is set and cancelled in the transaction of whatever it belongs to.
 * When it is due, the row is removed and its handler called in one transaction
 * with what the handler does; so a crash leaves both or neither, and whoever
 * comes second finds no row. Handlers are rows of a table by kind; a layer
 * above flow has one of its own, and api/engine.c hands all of them down.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_TIMER_H
#define WF_FLOW_TIMER_H

#include "flow/flow.h"

/* One timer. What it is about may be left out, but kind and due. */
struct wf_timer {
    wf_id id;
    const char *kind;
    const char *key; /* at most one timer of a kind has it; NULL: any number */
    wf_id document, seat;
    const char *step, *level;
    int64_t walk;
    int64_t due;                   /* ms; it may fire later, never before */
    const struct wf_json *payload; /* its handler's; NULL: {} */
    int attempt;                   /* failures before this one */
};

/* Does what is to be done at timer->due; flow->call->now is the present, the
 * engine itself acts. A failure undoes all of it, and the timer is tried again
 * after a pause. */
typedef bool wf_timer_fn(struct wf_flow *flow, const struct wf_timer *timer,
                         weft_error *err);
struct wf_timer_kind {
    const char *id;
    wf_timer_fn *fire;
};

/* The kinds of one layer; id NULL at the end. */
extern const struct wf_timer_kind wf_flow_timers[];

/* --- Setting, in a transaction */

/* Sets a timer; one of the same kind and key is replaced, also if it had
 * failed for good. */
WF_MUST_CHECK bool wf_timer_set(struct wf_flow *flow,
                                const struct wf_timer *timer, weft_error *err);

/* Cancels what there is: by its key, of a seat, of the document's step, of the
 * document. */
WF_MUST_CHECK bool wf_timer_cancel(struct wf_flow *flow, const char *kind,
                                   const char *key, weft_error *err);
WF_MUST_CHECK bool wf_timers_cancel_seat(struct wf_flow *flow, wf_id document,
                                         wf_id seat, weft_error *err);
WF_MUST_CHECK bool wf_timers_cancel_step(struct wf_flow *flow, wf_id document,
                                         const char *step, weft_error *err);
WF_MUST_CHECK bool wf_timers_cancel(struct wf_flow *flow, wf_id document,
                                    weft_error *err);

/* --- Firing */

/* The next timers to fire, those at or before `to`, in the order in which they
 * fire; at most `max`. */
struct wf_timer_due {
    wf_id id;
    int64_t at;
};
WF_MUST_CHECK bool wf_timers_due(struct wf_call *call, int64_t to,
                                 struct wf_timer_due *out, size_t max,
                                 size_t *n, weft_error *err);

/* Fires one that waits and whose time has come by flow->call->now: removes it
 * and calls the handler of its kind among those of all layers (NULL at the
 * end). *fired is false if it has been fired, cancelled or put off since it
 * was seen. */
WF_MUST_CHECK bool wf_timer_fire(struct wf_flow *flow,
                                 const struct wf_timer_kind *const *layers,
                                 wf_id id, bool *fired, weft_error *err);

/* --- After a failure */

/* How backlog.h finds one row of a table (kind, step, level, document, and how
 * often it has failed), tries it again at $2 as often as a new one, and drops
 * it. The statements stand with the others of their table. */
struct wf_failing {
    const char *find, *revive, *drop;
};
extern const struct wf_failing wf_failing_timers;

/* After a failure: the next attempt with a growing pause, or dead after 8. */
WF_MUST_CHECK bool wf_timer_put_off(struct wf_call *call, wf_id id,
                                    const char *problem, weft_error *err);

#endif
