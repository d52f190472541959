/* def/fact.c - what formulas of reports may read.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/fact.h"

#include "base/str.h"
#include "def/expr_functions.h"
#include "def/load.h"

static bool is_known(enum wf_name name)
{
    switch (name) {
    case WF_NAME_FORM:
    case WF_NAME_VERSION:
    case WF_NAME_STEP:
    case WF_NAME_STATE:
    case WF_NAME_LEVEL:
    case WF_NAME_HEALTH:
    case WF_NAME_CREATOR:
    case WF_NAME_CREATED:
    case WF_NAME_UPDATED:
        return true;
    default:
        return false;
    }
}

static bool is_single(const struct wf_field *field)
{
    enum wf_type type = wf_field_kind(field->type)->type;

    return !field->items && type != WF_T_LIST && type != WF_T_TABLE
           && type != WF_T_ANY;
}

static bool is_list(const struct wf_field *field)
{
    return !field->items && wf_field_kind(field->type)->type == WF_T_LIST;
}

static bool is_call(const struct wf_node *node, const char *name)
{
    return node->op == WF_OP_CALL && wf_streq(node->function->help.name, name);
}

/* A person that stands in the document itself. */
static bool is_person(const struct wf_node *node)
{
    return node->type == WF_T_PERSON
           && ((node->op == WF_OP_FIELD && is_single(node->field))
               || (node->op == WF_OP_NAME && node->name == WF_NAME_CREATOR));
}

static bool is_part(const struct wf_node *node, enum wf_person_part *part)
{
    static const struct {
        const char *name;
        enum wf_person_part part;
    } calls[] = { { "unit", WF_PERSON_UNIT },
                  { "grade", WF_PERSON_GRADE },
                  { "manager", WF_PERSON_MANAGER } };

    if (node->n_args != 1 || !is_person(node->args[0]))
        return false;
    *part = node->part;
    if (node->op == WF_OP_PERSON)
        return true;
    for (size_t i = 0; i < WF_COUNT(calls); i++)
        if (is_call(node, calls[i].name)) {
            *part = calls[i].part;
            return true;
        }
    return false;
}

/* contains(tags, 'fast') */
static bool is_has(const struct wf_node *node)
{
    return is_call(node, "contains") && node->n_args == 2
           && node->args[0]->op == WF_OP_FIELD && is_list(node->args[0]->field)
           && wf_node_is_text(node->args[1]);
}

bool wf_fact_of(const struct wf_node *node, struct wf_fact *out)
{
    *out = (struct wf_fact){ .type = node->type };
    if (node->op == WF_OP_NAME && is_known(node->name)) {
        out->kind = WF_FACT_NAME;
        out->name = node->name;
        return true;
    }
    if (node->op == WF_OP_FIELD && is_single(node->field)) {
        out->kind = WF_FACT_FIELD;
        out->field = node->field;
        return true;
    }
    if (is_part(node, &out->part)) {
        out->kind = WF_FACT_PERSON;
        out->of = node->args[0];
        return true;
    }
    if (is_has(node)) {
        out->kind = WF_FACT_HAS;
        out->field = node->args[0]->field;
        out->word = node->args[1]->value.u.text.at;
        return true;
    }
    return false;
}

const struct wf_field *wf_expr_field(const struct wf_expr *expr)
{
    return expr->root->op == WF_OP_FIELD ? expr->root->field : NULL;
}

bool wf_fact_is_column(const struct wf_form *form, const struct wf_field *field)
{
    return field == form->subject || field == form->period
           || field == form->progress || field == form->score;
}

/* --- Findings */

static bool reads_more(const struct wf_node *node)
{
    switch (node->op) {
    case WF_OP_FIELD:
    case WF_OP_ROW:
    case WF_OP_TABLE:
    case WF_OP_COLUMN:
    case WF_OP_MINE:
    case WF_OP_CELL:
    case WF_OP_FOLLOW:
    case WF_OP_PERSON:
        return true;
    case WF_OP_NAME:
        return node->name != WF_NAME_ME;
    case WF_OP_CALL:
        return is_call(node, "stale") || is_call(node, "unit")
               || is_call(node, "manager") || is_call(node, "grade");
    default:
        return false;
    }
}

static void check_node(struct wf_load *load, const struct wf_expr *expr,
                       const struct wf_node *node)
{
    struct wf_fact fact;
    int len = (int)(node->end - node->begin);

    if (wf_fact_of(node, &fact))
        return;
    if (reads_more(node)) {
        wf_diag_at(load->diags, wf_expr_place(expr, node->begin), "type",
                   "a report cannot read `%.*s`: it reads fields outside of "
                   "tables, parts of the people in them, contains(list, "
                   "'word'), and what is known of every document; give the "
                   "form a formula for it",
                   len > 60 ? 60 : len, wf_expr_text(expr) + node->begin);
        return;
    }
    for (size_t i = 0; i < node->n_args; i++)
        check_node(load, expr, node->args[i]);
}

void wf_facts_check(struct wf_load *load, const struct wf_expr *expr)
{
    check_node(load, expr, expr->root);
}

/* --- Index rows */

struct using_ {
    const struct wf_form *form;
    wf_kind_see_fn *see;
    void *self;
};

static void use(void *self, const struct wf_field *field)
{
    const struct using_ *u = self;

    if (!wf_fact_is_column(u->form, field))
        u->see(u->self, u->form, field);
}

void wf_facts_use(const struct wf_form *form, const struct wf_expr *expr,
                  wf_kind_see_fn *see, void *self)
{
    struct using_ u = { form, see, self };

    if (expr)
        wf_expr_uses(expr, use, &u);
}
