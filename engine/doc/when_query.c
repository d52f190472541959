/* doc/when_query.c - conditions of access as SQL over the document row and its
 * index rows.
 *
 * The compiler lets only such conditions stand in access that can be said so:
 * comparisons of names, fields, settings and constants with and, or, not.
 * Formulas know no third truth value, so every comparison is made two-valued.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "def/expr_tree.h"
#include "doc/access_ask.h"
#include "doc/stage.h"

struct writing {
    struct wf_call *call;
    const struct wf_form *form;
    struct wf_query *query;
};

static bool refuse(const struct wf_node *node, weft_error *err)
{
    return wf_fail(err, WEFT_E_INTERNAL,
                   "A condition of access cannot be asked of the store (%d).",
                   (int)node->op);
}

static bool add_name(const struct writing *w, const struct wf_node *node,
                     weft_error *err)
{
    struct wf_query *q = w->query;
    char me[WF_ID_TEXT];

    switch (node->name) {
    case WF_NAME_FORM:
        wf_query_add(q, WF_SQL("d.form"));
        break;
    case WF_NAME_VERSION:
        wf_query_add(q, WF_SQL("d.version"));
        break;
    case WF_NAME_STEP:
        wf_query_add(q, WF_SQL("d.step"));
        break;
    case WF_NAME_STATE:
        wf_query_add(q, WF_SQL("d.state"));
        break;
    case WF_NAME_LEVEL:
        wf_query_add(q, WF_SQL("d.level"));
        break;
    case WF_NAME_HEALTH:
        wf_query_add(q, WF_SQL("d.health"));
        break;
    case WF_NAME_CREATOR:
        wf_query_add(q, WF_SQL("CAST(d.creator AS TEXT)"));
        break;
    case WF_NAME_REVEALED:
        wf_stage_query_revealed(w->call, q);
        break;
    case WF_NAME_FROZEN:
        wf_stage_query_frozen(w->call, q);
        break;
    case WF_NAME_ME:
        wf_id_write(w->call->me->id, me);
        wf_query_bind_text(q, wf_arena_str(w->call->arena, me));
        break;
    default:
        return refuse(node, err);
    }
    return true;
}

static bool add_field(const struct writing *w, const struct wf_node *node)
{
    wf_query_add(w->query,
                 node->type == WF_T_NUMBER || node->type == WF_T_BOOLEAN
                     ? WF_SQL("(SELECT num FROM field_index WHERE")
                     : WF_SQL("(SELECT text FROM field_index WHERE"));
    wf_query_add(w->query, WF_SQL(" document = d.id AND row = 0 AND field = "));
    wf_query_bind_text(w->query, node->field->path);
    wf_query_add(w->query, WF_SQL(")"));
    return true;
}

static bool add_constant(const struct writing *w, struct wf_value value)
{
    switch (value.type) {
    case WF_T_NIL:
        wf_query_bind_text(w->query, NULL);
        break;
    case WF_T_BOOLEAN:
        wf_query_bind_int(w->query, value.u.boolean);
        break;
    case WF_T_NUMBER:
        wf_query_bind_real(w->query, value.u.number);
        break;
    default:
        wf_query_bind_text(w->query,
                           wf_arena_slice(w->call->arena, value.u.text));
    }
    return true;
}

static bool add_setting(const struct writing *w, const struct wf_node *node)
{
    const struct wf_json *json = wf_registry_setting(
        w->call->registry, w->form->package->id, node->word);

    if (wf_json_is(json, WF_JSON_NUMBER))
        wf_query_bind_real(w->query, json->u.number);
    else if (wf_json_is(json, WF_JSON_TRUE) || wf_json_is(json, WF_JSON_FALSE))
        wf_query_bind_int(w->query, wf_json_is_true(json));
    else
        wf_query_bind_text(w->query, wf_json_str(json));
    return true;
}

static bool add_condition(const struct writing *w, const struct wf_node *node,
                          weft_error *err);
static bool add_operand(const struct writing *w, const struct wf_node *node,
                        weft_error *err);

/* `a or 0`: the first that is not nil. `a and b`: b where a holds. What is true
 * or false is 1 or 0. */
static bool add_choice(const struct writing *w, const struct wf_node *node,
                       weft_error *err)
{
    bool is_or = node->op == WF_OP_OR && node->type != WF_T_BOOLEAN;
    bool is_and = node->op == WF_OP_AND && node->type != WF_T_BOOLEAN;

    wf_query_add(w->query, is_or ? WF_SQL("COALESCE(") : WF_SQL("CASE WHEN "));
    if (is_or ? !add_operand(w, node->args[0], err)
              : !add_condition(w, is_and ? node->args[0] : node, err))
        return false;
    wf_query_add(w->query, is_or ? WF_SQL(", ") : WF_SQL(" THEN "));
    if (!is_or && !is_and) {
        wf_query_add(w->query, WF_SQL("1 ELSE 0 END"));
        return true;
    }
    if (!add_operand(w, node->args[1], err))
        return false;
    wf_query_add(w->query, is_or ? WF_SQL(")") : WF_SQL(" END"));
    return true;
}

/* A value; NULL where it is nil. */
static bool add_operand(const struct writing *w, const struct wf_node *node,
                        weft_error *err)
{
    switch (node->op) {
    case WF_OP_CONST:
        return add_constant(w, node->value);
    case WF_OP_FIELD:
        return add_field(w, node);
    case WF_OP_NAME:
        return add_name(w, node, err);
    case WF_OP_SETTING:
        return add_setting(w, node);
    case WF_OP_AND:
    case WF_OP_OR:
    case WF_OP_NOT:
    case WF_OP_EQ:
    case WF_OP_NE:
    case WF_OP_LT:
    case WF_OP_LE:
    case WF_OP_GT:
    case WF_OP_GE:
        return add_choice(w, node, err);
    default:
        return refuse(node, err);
    }
}

static bool add_comparison(const struct writing *w, const struct wf_node *node,
                           struct wf_sql sign, weft_error *err)
{
    wf_query_add(w->query, WF_SQL("CASE WHEN "));
    if (!add_operand(w, node->args[0], err))
        return false;
    wf_query_add(w->query, sign);
    if (!add_operand(w, node->args[1], err))
        return false;
    wf_query_add(w->query, WF_SQL(" THEN 1 ELSE 0 END = 1"));
    return true;
}

static bool is_nil(const struct wf_node *node)
{
    return node->op == WF_OP_CONST && node->value.type == WF_T_NIL;
}

/* Equal, or both nil. */
static bool add_equal(const struct writing *w, const struct wf_node *node,
                      weft_error *err)
{
    struct wf_query *q = w->query;

    wf_query_add(q, WF_SQL("("));
    if (!is_nil(node->args[0]) && !is_nil(node->args[1])) {
        if (!add_comparison(w, node, WF_SQL(" = "), err))
            return false;
        wf_query_add(q, WF_SQL(" OR "));
    }
    for (size_t i = 0; i < 2; i++) {
        if (is_nil(node->args[i])) {
            wf_query_add(q, WF_SQL("1 = 1"));
        } else {
            if (!add_operand(w, node->args[i], err))
                return false;
            wf_query_add(q, WF_SQL(" IS NULL"));
        }
        wf_query_add(q, i == 0 ? WF_SQL(" AND ") : WF_SQL(")"));
    }
    return true;
}

static bool add_pair(const struct writing *w, const struct wf_node *node,
                     struct wf_sql word, weft_error *err)
{
    wf_query_add(w->query, WF_SQL("("));
    if (!add_condition(w, node->args[0], err))
        return false;
    wf_query_add(w->query, word);
    if (!add_condition(w, node->args[1], err))
        return false;
    wf_query_add(w->query, WF_SQL(")"));
    return true;
}

static bool add_not(const struct writing *w, const struct wf_node *node,
                    bool (*add)(const struct writing *w,
                                const struct wf_node *node, weft_error *err),
                    weft_error *err)
{
    wf_query_add(w->query, WF_SQL("NOT ("));
    if (!add(w, node, err))
        return false;
    wf_query_add(w->query, WF_SQL(")"));
    return true;
}

/* A value that stands for itself holds unless it is nil or false. */
static bool add_truth(const struct writing *w, const struct wf_node *node,
                      weft_error *err)
{
    wf_query_add(w->query, WF_SQL("CASE WHEN "));
    if (!add_operand(w, node, err))
        return false;
    wf_query_add(w->query, node->type == WF_T_BOOLEAN
                               ? WF_SQL(" = 1 THEN 1 ELSE 0 END = 1")
                               : WF_SQL(" IS NULL THEN 0 ELSE 1 END = 1"));
    return true;
}

static bool add_condition(const struct writing *w, const struct wf_node *node,
                          weft_error *err)
{
    switch (node->op) {
    case WF_OP_AND:
        return add_pair(w, node, WF_SQL(" AND "), err);
    case WF_OP_OR:
        return add_pair(w, node, WF_SQL(" OR "), err);
    case WF_OP_NOT:
        return add_not(w, node->args[0], add_condition, err);
    case WF_OP_EQ:
        return add_equal(w, node, err);
    case WF_OP_NE:
        return add_not(w, node, add_equal, err);
    case WF_OP_LT:
        return add_comparison(w, node, WF_SQL(" < "), err);
    case WF_OP_LE:
        return add_comparison(w, node, WF_SQL(" <= "), err);
    case WF_OP_GT:
        return add_comparison(w, node, WF_SQL(" > "), err);
    case WF_OP_GE:
        return add_comparison(w, node, WF_SQL(" >= "), err);
    default:
        return add_truth(w, node, err);
    }
}

bool wf_when_query(struct wf_call *call, const struct wf_form *form,
                   const struct wf_expr *when, struct wf_query *query,
                   weft_error *err)
{
    const struct writing w = { call, form, query };

    return add_condition(&w, when->root, err);
}
