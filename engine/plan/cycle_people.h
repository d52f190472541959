/* plan/cycle_people.h - whom a run is for, looked at piece by piece in the
 * order of their ids: so it can be broken off at any instant and goes on where
 * it was, however many they are.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_PLAN_CYCLE_PEOPLE_H
#define WF_PLAN_CYCLE_PEOPLE_H

#include "plan/cycle.h"

/* The next people after one: active ones, and members of the run (0: of
 * none). */
struct wf_people_piece {
    struct wf_looked {
        wf_id id;
        bool active, member, gone;
    } at[WF_CYCLE_PEOPLE];
    size_t n;
};
WF_MUST_CHECK bool wf_people_piece(struct wf_call *call, wf_id run, wf_id after,
                                   struct wf_people_piece *out,
                                   weft_error *err);

/* Who is meant: the audience, and in it a pilot's part. */
struct wf_joining {
    const struct wf_cycle *cycle;
    const struct wf_who *pilot; /* NULL: all of it */
};
WF_MUST_CHECK bool wf_joining_includes(struct wf_call *call,
                                       const struct wf_joining *joining,
                                       wf_id person, bool *out,
                                       weft_error *err);

/* The words of a pilot, NULL for NULL. Errors: WEFT_E_INVALID with a
 * finding. */
WF_MUST_CHECK bool wf_joining_pilot(struct wf_call *call, const char *text,
                                    const struct wf_who **out, weft_error *err);

#endif
