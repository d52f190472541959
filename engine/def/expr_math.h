/* def/expr_math.h - the functions of formulas that round and choose; rows of
 * the table in expr_functions.c.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_EXPR_MATH_H
#define WF_DEF_EXPR_MATH_H

#include "def/expr_functions.h"

struct wf_value wf_fn_clamp(struct wf_fn_call *call);
struct wf_value wf_fn_round(struct wf_fn_call *call);
struct wf_value wf_fn_floor(struct wf_fn_call *call);
struct wf_value wf_fn_ceil(struct wf_fn_call *call);
struct wf_value wf_fn_band(struct wf_fn_call *call);
struct wf_value wf_fn_if(struct wf_fn_call *call);

/* band: pairs, falling thresholds; both: the type of the result. */
void wf_check_band(struct wf_linker *linker, struct wf_node *call);
void wf_check_if(struct wf_linker *linker, struct wf_node *call);

#endif
