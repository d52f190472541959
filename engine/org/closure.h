/* org/closure.h - who is above whom, at which distance: made from the edges in
 * memory and kept as rows, for the part that a change has touched.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_CLOSURE_H
#define WF_ORG_CLOSURE_H

#include "org/call.h"
#include "org/idmap.h"

/* The tables of one closure. */
struct wf_closure;
extern const struct wf_closure wf_closure_people;
extern const struct wf_closure wf_closure_units;

enum {
    WF_LINE_MAX = 200 /* levels above somebody */
};

/* What keeps a closure from being made. */
struct wf_closure_flaw {
    struct wf_idset circle; /* each below the one that follows; empty: none */
    wf_id too_deep;         /* has more than WF_LINE_MAX above; 0: none */
};

/* Brings the closure up to date for `touched`, which are new or have a new
 * edge, and for all below them. With a flaw it is left half done: the caller
 * takes back what it began. */
WF_MUST_CHECK bool wf_closure_update(struct wf_call *call,
                                     const struct wf_closure *closure,
                                     const struct wf_idset *touched,
                                     struct wf_closure_flaw *flaw,
                                     weft_error *err);

#endif
