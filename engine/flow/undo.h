/* flow/undo.h - the acts of a walk that can be withdrawn: who did each, and
 * what it changed.
 *
 * They stand in doc->flow, the newest last:
 *   "acts"  [{"verb","by","level","walk","resume","at",
 *             "was": [[id, state, person, giver, source], …], "made": [id, …]}]
 *   "cut"   true once some are not kept: there were too many, or what they
 *           were about is no more
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_UNDO_H
#define WF_FLOW_UNDO_H

#include "flow/seat.h"

/* Notes from here on what the act of call->me changes of the seats of this
 * walk; wf_undo_end() keeps it with the document, if it is still in its
 * approval. */
void wf_undo_begin(struct wf_flow *flow, const struct wf_doc *doc,
                   const char *verb, const struct wf_seats *walk);
void wf_undo_end(struct wf_flow *flow, struct wf_doc *doc);

/* For seat.c: what a seat was before its first change; that it is new. */
void wf_undo_was(struct wf_flow *flow, const struct wf_seat *seat);
/* The same of all seats of a level, or with NULL of whatever was live. */
void wf_undo_were(struct wf_flow *flow, const char *level);
void wf_undo_made(struct wf_flow *flow, wf_id seat);

/* A new walk begins: nothing of an earlier one can be withdrawn. */
void wf_undo_forget(struct wf_doc *doc);

/* The seats or the levels that acts were about are no more: those acts, and all
 * before them, stay done. Of wf_undo_keep_levels() whatever stands at levels
 * that the document's step does not have. */
void wf_undo_close(struct wf_flow *flow, struct wf_doc *doc);
void wf_undo_keep_levels(struct wf_flow *flow, struct wf_doc *doc);

/* Whether nobody has acted in this walk. */
bool wf_undo_is_empty(const struct wf_doc *doc);

/* Whether the last act was of `person`, and the document stands where it put
 * it. */
bool wf_undo_is_last(const struct wf_doc *doc, wf_id person);

/* Whether one of the acts that are kept was of `person`. */
bool wf_undo_has_acted(const struct wf_doc *doc, wf_id person);

/* Whether there were acts of which none is kept any more. */
bool wf_undo_is_spent(const struct wf_doc *doc);

/* Whether it can be taken back: whoever would be asked again is still here.
 * Errors: WEFT_E_CONFLICT somebody has left. */
WF_MUST_CHECK bool wf_undo_is_possible(struct wf_flow *flow,
                                       const struct wf_doc *doc,
                                       weft_error *err);

/* Takes the last act back: seats, level and walk are as they were. */
WF_MUST_CHECK bool wf_undo_last(struct wf_flow *flow, struct wf_doc *doc,
                                weft_error *err);

#endif
