/* flow/level.h - the levels of an approval as they would be asked now: who,
 * in whose place, or skipped and why. The walk of a real chain and the preview
 * of a possible one read the same answer.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_LEVEL_H
#define WF_FLOW_LEVEL_H

#include "flow/flow.h"

/* One turn of a walk. */
struct wf_level_turn {
    const struct wf_level *level;
    int climb;                 /* 1, 2 … within a <climb>; 0 elsewhere */
    const char *name;          /* the level's id; within a climb "ID-2" */
    struct wf_who_list people; /* to be asked, those of `again` among them */
    struct wf_who_list again;  /* have approved in this walk already */
    const char *source;        /* why they: rule, manager, admin, person */
    const char *instead; /* why others than it names: nobody, self; NULL */
    const char *skipped; /* reason code; NULL: it is asked */
};

/* A walk through the levels of `step`. `approved` are those who have approved
 * in it so far, `before` those of the level before. */
struct wf_walk {
    struct wf_flow *flow;
    const struct wf_doc *doc;
    const struct wf_step *step;
    wf_id submitter;
    struct wf_who_list approved, before;
    const struct wf_fast_track *fast;
};

/* Starts a walk: finds the fast track that holds. */
WF_MUST_CHECK bool wf_walk_begin(struct wf_walk *walk, struct wf_flow *flow,
                                 const struct wf_doc *doc,
                                 const struct wf_step *step, wf_id submitter,
                                 weft_error *err);

/* The turn after `turn` (in place); one with level NULL is before the first.
 * At the end turn->level is NULL. One that is not skipped and has no people
 * cannot be asked: nobody is there and the level says "fail", or no
 * administrator is there either. That may change until it is reached, so
 * only whoever asks it refuses. */
WF_MUST_CHECK bool wf_walk_next(struct wf_walk *walk,
                                struct wf_level_turn *turn, weft_error *err);

/* Whom the turn's level names for when nobody is found, of `fail` the
 * administrators, but never who submitted: turn->people, which may stay empty,
 * or turn->skipped. */
WF_MUST_CHECK bool wf_walk_instead(struct wf_walk *walk,
                                   struct wf_level_turn *turn, weft_error *err);

/* The turn called `name`, not resolved: only level, climb and name. False if
 * the approval has none. */
bool wf_level_turn_find(const struct wf_step *step, const char *name,
                        struct wf_level_turn *out);

/* What people read: "Manager", of a climb "Manager 2". */
const char *wf_level_turn_label(const struct wf_level_turn *turn,
                                struct wf_call *call);

#endif
