/* flow/parallel.h - the lanes of a parallel begin, join, and are given up.
 *
 * A lane is over when a step in it leads to its join, or out of the parallel.
 * When as many have joined as the parallel asks for, the others are given up
 * and it goes on behind it. A way out of one lane gives up all of them: their
 * seats, timers, and the documents they have asked for, and nothing else.
 *
 * In the flow of what is around a parallel stand, besides approval.h's:
 *   "here"     the parallel in which lanes go on where they were, when it is
 *              entered next: somebody returned it with resume="here"
 *   "was_here" the parallel was entered so
 * and in that of a lane:
 *   "moved"    somebody's act has led it on
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_PARALLEL_H
#define WF_FLOW_PARALLEL_H

#include "doc/doc_lane.h"
#include "flow/flow.h"

/* Begins the lanes of doc->step, one after the other. *next is set if that
 * leads on at once. */
WF_MUST_CHECK bool wf_parallel_enter(struct wf_flow *flow, struct wf_doc *doc,
                                     const struct wf_step **next,
                                     weft_error *err);

/* The lane that is looked at, its step left already, leads to `*to` outside of
 * it: its join, or a way out. Looks at what is around the lane. *to is where
 * that goes now; NULL: it waits for other lanes. */
WF_MUST_CHECK bool wf_parallel_out(struct wf_flow *flow, struct wf_doc *doc,
                                   const struct wf_step **to, weft_error *err);

/* Gives up the lanes of doc->step that are open. */
WF_MUST_CHECK bool wf_parallel_clear(struct wf_flow *flow, struct wf_doc *doc,
                                     weft_error *err);

/* Begins those lanes of doc->step, a parallel of a new version of the form,
 * in which it neither is nor has joined. *next as above, also where as many
 * have joined as it asks for now. */
WF_MUST_CHECK bool wf_parallel_complete(struct wf_flow *flow,
                                        struct wf_doc *doc,
                                        const struct wf_step **next,
                                        weft_error *err);

/* Looks at what is around the lane that is looked at. */
void wf_parallel_look_around(struct wf_doc *doc);

/* The lane at hand is about to lead to `to`: where that is outside, its lanes
 * go on where they are when the document comes back to the parallel. */
void wf_parallel_stay_here(struct wf_flow *flow, struct wf_doc *doc,
                           const struct wf_step *to);

/* Whether the parallels that a way from here to `to` leaves were entered by a
 * return that went on here. */
bool wf_parallel_was_here(const struct wf_doc *doc, const struct wf_step *to);

/* Notes that somebody's act leads the lane at hand, if there is one, on. */
void wf_parallel_note_move(struct wf_flow *flow, struct wf_doc *doc);

/* Whether nobody has acted in any lane of the parallels that a way from here to
 * `to` leaves. */
bool wf_parallel_is_untouched(const struct wf_doc *doc,
                              const struct wf_step *to);

/* In order, how many lanes of `parallel` have joined. */
int wf_parallel_joined(const struct wf_doc *doc,
                       const struct wf_step *parallel);

#endif
