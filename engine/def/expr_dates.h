/* def/expr_dates.h - the functions of formulas that know the calendar; rows of
 * the table in expr_functions.c.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_EXPR_DATES_H
#define WF_DEF_EXPR_DATES_H

#include "def/expr_functions.h"

struct wf_value wf_fn_today(struct wf_fn_call *call);
struct wf_value wf_fn_now(struct wf_fn_call *call);
struct wf_value wf_fn_date(struct wf_fn_call *call);
struct wf_value wf_fn_days(struct wf_fn_call *call);
struct wf_value wf_fn_working_days(struct wf_fn_call *call);
struct wf_value wf_fn_year(struct wf_fn_call *call);
struct wf_value wf_fn_quarter(struct wf_fn_call *call);
struct wf_value wf_fn_week(struct wf_fn_call *call);
struct wf_value wf_fn_prev(struct wf_fn_call *call);
struct wf_value wf_fn_start_of(struct wf_fn_call *call);
struct wf_value wf_fn_end_of(struct wf_fn_call *call);
struct wf_value wf_fn_expected(struct wf_fn_call *call);
struct wf_value wf_fn_behind(struct wf_fn_call *call);
struct wf_value wf_fn_stale(struct wf_fn_call *call);

/* stale() takes names of fields, not values. */
void wf_check_stale(struct wf_linker *linker, struct wf_node *call);

#endif
