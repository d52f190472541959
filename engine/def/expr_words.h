/* def/expr_words.h - the functions of formulas on texts, lists and people;
 * rows of the table in expr_functions.c.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_EXPR_WORDS_H
#define WF_DEF_EXPR_WORDS_H

#include "def/expr_functions.h"

struct wf_value wf_fn_len(struct wf_fn_call *call);
struct wf_value wf_fn_lower(struct wf_fn_call *call);
struct wf_value wf_fn_upper(struct wf_fn_call *call);
struct wf_value wf_fn_contains(struct wf_fn_call *call);
struct wf_value wf_fn_concat(struct wf_fn_call *call);
struct wf_value wf_fn_text(struct wf_fn_call *call);
struct wf_value wf_fn_number(struct wf_fn_call *call);
struct wf_value wf_fn_money(struct wf_fn_call *call);
struct wf_value wf_fn_scale_label(struct wf_fn_call *call);
struct wf_value wf_fn_unit(struct wf_fn_call *call);
struct wf_value wf_fn_manager(struct wf_fn_call *call);
struct wf_value wf_fn_grade(struct wf_fn_call *call);

void wf_check_date(struct wf_linker *linker, struct wf_node *call);
void wf_check_contains(struct wf_linker *linker, struct wf_node *call);
void wf_check_concat(struct wf_linker *linker, struct wf_node *call);
void wf_check_text(struct wf_linker *linker, struct wf_node *call);
void wf_check_number(struct wf_linker *linker, struct wf_node *call);
void wf_check_money(struct wf_linker *linker, struct wf_node *call);
void wf_check_scale_label(struct wf_linker *linker, struct wf_node *call);

#endif
