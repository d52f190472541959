/* def/check_access.c - access is part of every query: what grants and hides ask
 * must be something that a query can ask. Private fields are shown by name
 * only.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/check.h"
#include "def/expr_tree.h"

static bool is_known_to_queries(enum wf_name name)
{
    switch (name) {
    case WF_NAME_STATE:
    case WF_NAME_STEP:
    case WF_NAME_LEVEL:
    case WF_NAME_FORM:
    case WF_NAME_VERSION:
    case WF_NAME_HEALTH:
    case WF_NAME_FROZEN:
    case WF_NAME_REVEALED:
    case WF_NAME_ME:
        return true;
    default:
        return false;
    }
}

/* A field of the document with one value, a name, or a constant. */
static bool is_operand(const struct wf_node *node)
{
    switch (node->op) {
    case WF_OP_CONST:
        return true;
    case WF_OP_NAME:
        return is_known_to_queries(node->name);
    case WF_OP_FIELD:
        return node->field->type != WF_F_JSON && node->type != WF_T_LIST
               && node->type != WF_T_TABLE;
    default:
        return false;
    }
}

/* The first part that no query can ask; NULL: all of it can be. */
static const struct wf_node *foreign_part(const struct wf_node *node)
{
    switch (node->op) {
    case WF_OP_AND:
    case WF_OP_OR:
    case WF_OP_NOT:
    case WF_OP_EQ:
    case WF_OP_NE:
    case WF_OP_LT:
    case WF_OP_LE:
    case WF_OP_GT:
    case WF_OP_GE:
        for (size_t i = 0; i < node->n_args; i++) {
            const struct wf_node *found = foreign_part(node->args[i]);

            if (found)
                return found;
        }
        return NULL;
    default:
        return is_operand(node) ? NULL : node;
    }
}

static void check_query(struct wf_load *load, const struct wf_expr *when)
{
    const struct wf_node *part = when ? foreign_part(when->root) : NULL;

    if (part)
        wf_diag_at(load->diags, wf_expr_place(when, part->begin), "query",
                   "lists are filtered by this condition, so it may only "
                   "compare fields, constants and state, step, level, form, "
                   "version, health, frozen, revealed, me, joined by and, or, "
                   "not");
}

static bool shows_private(const struct wf_load *load)
{
    for (size_t i = 0; i < load->fields.n; i++)
        if (load->fields.at[i].field->hidden_by_default)
            return true;
    return false;
}

/* fields="*" reads as all of them, which private ones are not part of. */
static void check_all(struct wf_load *load, const struct wf_grant *grant)
{
    if (grant->fields_said && grant->fields.all && shows_private(load))
        wf_diag_at(load->diags, grant->place, "private",
                   "fields=\"*\" does not show private fields; name those "
                   "that are meant, or leave out fields=\"…\"");
}

void wf_check_access(struct wf_load *load)
{
    const struct wf_access *access = &load->form->access;

    for (const struct wf_grant *at = access->grants; at; at = at->next) {
        check_query(load, at->when);
        check_all(load, at);
    }
    for (const struct wf_hide *at = access->hides; at; at = at->next)
        check_query(load, at->when);
}
