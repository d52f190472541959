/* org/closure_parts.h - the statements of a closure, and the two ways to keep
 * one true.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_CLOSURE_PARTS_H
#define WF_ORG_CLOSURE_PARTS_H

#include "org/closure.h"

struct wf_closure {
    const char *edges;   /* all of them: id, above */
    const char *clear;   /* the rows of $1 */
    const char *add;     /* $1 has above it $2 at distance $3 */
    const char *edge;    /* what is above $1 */
    const char *itself;  /* adds $1 at distance 0, if it is new */
    const char *detach;  /* takes $1 and all below it from those above it */
    const char *attach;  /* hangs $1 and all below it under $2 */
    const char *is_up;   /* a row if $2 is $1 or above it */
    const char *deepest; /* below $1: id, distance */
    const char *height;  /* how many are above $1 */
};

/* closure_move.c: the same as wf_closure_update(), for a few. What lies below
 * them is moved as it is, whatever its size. */
WF_MUST_CHECK bool wf_closure_move(struct wf_call *call,
                                   const struct wf_closure *closure,
                                   const struct wf_idset *touched,
                                   struct wf_closure_flaw *flaw,
                                   weft_error *err);

#endif
