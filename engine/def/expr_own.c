/* def/expr_own.c - whether a value follows from the document alone.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/expr_own.h"

#include "base/str.h"
#include "def/expr_functions.h"

/* clang-format off */
static const char *const of_others[] = {
    "today", "now", "working_days", "expected", "behind", "stale", "unit",
    "manager", "grade",
};
/* clang-format on */

static bool is_of_others(const struct wf_function *function)
{
    for (size_t i = 0; i < WF_COUNT(of_others); i++)
        if (wf_streq(function->help.name, of_others[i]))
            return true;
    return false;
}

/* As text these are names, which change. */
static bool has_name(const struct wf_node *node)
{
    return node->type == WF_T_PERSON || node->type == WF_T_UNIT
           || node->type == WF_T_LINK || node->type == WF_T_LIST;
}

static bool makes_text(const struct wf_node *node)
{
    return node->op == WF_OP_CONCAT
           || (node->op == WF_OP_CALL && node->type == WF_T_TEXT);
}

static bool is_own(const struct wf_node *node)
{
    switch (node->op) {
    case WF_OP_SETTING:
    case WF_OP_PERSON:
    case WF_OP_FOLLOW:
    case WF_OP_MINE:
        return false;
    case WF_OP_NAME:
        return node->name == WF_NAME_ID || node->name == WF_NAME_FORM
               || node->name == WF_NAME_CREATOR
               || node->name == WF_NAME_CREATED;
    case WF_OP_CALL:
        if (is_of_others(node->function))
            return false;
        break;
    default:
        break;
    }
    for (size_t i = 0; i < node->n_args; i++)
        if (!is_own(node->args[i])
            || (makes_text(node) && has_name(node->args[i])))
            return false;
    return true;
}

bool wf_expr_is_own(const struct wf_expr *expr)
{
    return is_own(expr->root);
}
