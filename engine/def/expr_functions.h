/* def/expr_functions.h - the table of functions, as the linker, the evaluator
 * and the functions themselves see it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_EXPR_FUNCTIONS_H
#define WF_DEF_EXPR_FUNCTIONS_H

#include "def/expr_tree.h"

enum wf_aggregate {
    WF_AGG_NONE,
    WF_AGG_SUM,
    WF_AGG_AVG,
    WF_AGG_SD,
    WF_AGG_WEIGHTED,
    WF_AGG_MIN,
    WF_AGG_MAX,
    WF_AGG_COUNT,
    WF_AGG_ANY,
    WF_AGG_ALL,
    WF_AGG_FIRST,
    WF_AGG_LAST,
};

/* What an argument may be. */
enum wf_param {
    WF_P_UNSAID,
    WF_P_ANY,
    WF_P_NUMBER,
    WF_P_TEXT,
    WF_P_DAY,    /* date or datetime */
    WF_P_MOMENT, /* date, datetime or period */
    WF_P_PERIOD,
    WF_P_PERSON,
    WF_P_COUNTED, /* text, list or table */
};

struct wf_linker;

/* A call while it is worked out. */
struct wf_fn_call {
    const struct wf_node *node;
    const struct wf_env *env;
    const struct wf_value *args; /* NULL where the function is lazy */
    size_t n_args;
    weft_error *err;
    bool failed; /* with err filled */
};

/* One function: the parser's arity, the linker's types, the evaluator's code
 * and the person's help. */
struct wf_function {
    struct wf_function_help help;
    enum wf_aggregate aggregate; /* expr_aggregate.c does it all */
    unsigned min_args, max_args;
    enum wf_param params[4]; /* the last one stands for all that follow */
    enum wf_type result;
    bool strict; /* nil if any argument is */
    bool sure;   /* never nil where no argument is */
    bool lazy;   /* eval works its arguments out itself, and is given none */
    /* What the columns above cannot say; NULL for most. */
    void (*check)(struct wf_linker *linker, struct wf_node *call);
    /* Its arguments are worked out and fit to the parameters, else nil. */
    struct wf_value (*eval)(struct wf_fn_call *call);
};
const struct wf_function *wf_function_find(const char *name);
const struct wf_function *wf_function_at(size_t i); /* NULL at the end */
enum wf_param wf_function_param(const struct wf_function *function, size_t i);
bool wf_param_takes(enum wf_param param, enum wf_type type);
const char *wf_param_phrase(enum wf_param param); /* "a date" */

#endif
