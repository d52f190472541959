/* def/expr_math.c - the functions of formulas that round and choose.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/expr_math.h"

#include <math.h>

enum {
    ROUND_DIGITS = 15
};

struct wf_value wf_fn_clamp(struct wf_fn_call *call)
{
    double x = call->args[0].u.number;
    double low = call->args[1].u.number;
    double high = call->args[2].u.number;

    return wf_value_number(x < low ? low : x > high ? high : x);
}

struct wf_value wf_fn_round(struct wf_fn_call *call)
{
    double digits = call->n_args == 2 ? trunc(call->args[1].u.number) : 0;

    if (fabs(digits) > ROUND_DIGITS)
        digits = copysign(ROUND_DIGITS, digits);
    return wf_value_number(
        wf_number_round(call->args[0].u.number, (int)digits));
}

struct wf_value wf_fn_floor(struct wf_fn_call *call)
{
    return wf_value_number(floor(wf_number_rounded(call->args[0].u.number)));
}

struct wf_value wf_fn_ceil(struct wf_fn_call *call)
{
    return wf_value_number(ceil(wf_number_rounded(call->args[0].u.number)));
}

/* --- band(x, threshold, value, …, otherwise) */

/* A threshold that is not below the one before it is never reached. */
static void check_falling(struct wf_linker *l, const struct wf_node *call)
{
    for (size_t i = 3; i + 1 < call->n_args; i += 2) {
        const struct wf_node *above = call->args[i - 2], *at = call->args[i];

        if (above->op == WF_OP_CONST && at->op == WF_OP_CONST
            && at->type == WF_T_NUMBER && above->type == WF_T_NUMBER
            && at->value.u.number >= above->value.u.number)
            wf_diag_at(l->diags, wf_link_place(l, at), "arguments",
                       "The threshold `%s` is never reached: thresholds of "
                       "`band` fall, the highest comes first.",
                       wf_link_text(l, at));
    }
}

static void check_thresholds(struct wf_linker *l, const struct wf_node *call)
{
    for (size_t i = 1; i + 1 < call->n_args; i += 2) {
        const struct wf_node *at = call->args[i];

        if (at->type != WF_T_NUMBER && !wf_type_is_unknown(at->type))
            wf_diag_at(l->diags, wf_link_place(l, at), "type",
                       "`%s` stands where `band` takes a threshold, a number: "
                       "`%s`.",
                       wf_link_text(l, at), call->function->help.signature);
    }
}

void wf_check_band(struct wf_linker *l, struct wf_node *call)
{
    const struct wf_node *last = call->args[call->n_args - 1];

    if (call->n_args % 2) {
        wf_diag_at(l->diags, wf_link_place(l, call), "arguments",
                   "`band` ends with the value for what reaches no threshold: "
                   "`%s`.",
                   call->function->help.signature);
        return;
    }
    check_thresholds(l, call);
    check_falling(l, call);
    call->type = last->type;
    call->of = last->of;
    for (size_t i = 2; i + 1 < call->n_args; i += 2)
        wf_link_unify(call, call, call->args[i]);
    call->present = false;
}

struct wf_value wf_fn_band(struct wf_fn_call *call)
{
    const struct wf_value *args = call->args;
    size_t i = 1;
    int order;

    if (args[0].type == WF_T_NIL)
        return wf_value_nil;
    for (; i + 1 < call->n_args; i += 2)
        if (wf_value_order(args[0], args[i], &order) && order >= 0)
            return args[i + 1];
    return args[i];
}

/* --- if_(condition, then, else) */

void wf_check_if(struct wf_linker *linker, struct wf_node *call)
{
    bool has_else = call->n_args == 3;

    (void)linker;
    call->type = call->args[1]->type;
    call->of = call->args[1]->of;
    if (has_else)
        wf_link_unify(call, call->args[1], call->args[2]);
    call->present =
        has_else && call->args[1]->present && call->args[2]->present;
}

struct wf_value wf_fn_if(struct wf_fn_call *call)
{
    struct wf_node *const *args = call->node->args;
    struct wf_value value = wf_value_nil;

    call->failed = !wf_node_eval(args[0], call->env, &value, call->err);
    if (call->failed)
        return wf_value_nil;
    if (wf_value_holds(value))
        call->failed = !wf_node_eval(args[1], call->env, &value, call->err);
    else if (call->n_args == 3)
        call->failed = !wf_node_eval(args[2], call->env, &value, call->err);
    else
        value = wf_value_nil;
    return value;
}
