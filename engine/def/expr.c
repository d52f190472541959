/* def/expr.c - what is asked of an expression as a whole, and calls of single
 * functions by hooks.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/expr.h"

#include "base/error.h"
#include "base/text.h"
#include "def/expr_tree.h"

struct wf_place wf_expr_place(const struct wf_expr *expr, size_t at)
{
    struct wf_place place = expr->place;
    const char *line = expr->text;

    for (size_t i = 0; i < at; i++) {
        if (expr->text[i] != '\n')
            continue;
        place.line++;
        place.column = 1;
        line = expr->text + i + 1;
    }
    if (place.column > 0)
        place.column +=
            (int)wf_utf8_count(line, at - (size_t)(line - expr->text));
    return place;
}

const char *wf_expr_text(const struct wf_expr *expr)
{
    return expr->text;
}

typedef void see_fn(void *self, const struct wf_field *field);

static void see_node(const struct wf_node *node, see_fn *see, void *self)
{
    bool is_own = node->op == WF_OP_FIELD || node->op == WF_OP_ROW
                  || node->op == WF_OP_TABLE || node->op == WF_OP_COLUMN
                  || node->op == WF_OP_CELL;

    if (is_own)
        see(self, node->field);
    if (node->rows)
        see(self, node->rows);
    for (size_t i = 0; i < node->n_args; i++)
        see_node(node->args[i], see, self);
}

void wf_expr_uses(const struct wf_expr *expr, see_fn *see, void *self)
{
    see_node(expr->root, see, self);
}

static void see_mine(const struct wf_node *node, see_fn *see, void *self)
{
    if (node->op == WF_OP_MINE)
        see(self, node->field);
    for (size_t i = 0; i < node->n_args; i++)
        see_mine(node->args[i], see, self);
}

void wf_expr_uses_mine(const struct wf_expr *expr, see_fn *see, void *self)
{
    see_mine(expr->root, see, self);
}

/* --- One function for a hook: a call of constants, linked like any other. */

static struct wf_node *constant_of(const struct wf_env *env,
                                   const struct wf_json *json)
{
    struct wf_node *node = WF_NEW(env->arena, struct wf_node);

    node->op = WF_OP_CONST;
    node->depth = 1;
    node->value = wf_value_of_plain(env->arena, json);
    node->type = node->value.type;
    node->of = node->value.of;
    node->present = node->type != WF_T_NIL;
    if (node->type != WF_T_LIST)
        return node;
    for (size_t i = 0; i < node->value.u.list.n; i++)
        node->present =
            node->present && !wf_value_is_absent(node->value.u.list.at[i]);
    return node;
}

static struct wf_node *call_of(const struct wf_env *env, const char *name,
                               const struct wf_json *args)
{
    struct wf_node *call = WF_NEW(env->arena, struct wf_node);

    call->op = WF_OP_CALL;
    call->depth = 2;
    call->word = name;
    call->n_args = wf_json_is(args, WF_JSON_ARRAY) ? wf_json_len(args) : 0;
    call->args = WF_NEW_N(env->arena, struct wf_node *, call->n_args);
    for (size_t i = 0; i < call->n_args; i++)
        call->args[i] = constant_of(env, args->u.array.at[i]);
    return call;
}

bool wf_function_call(const struct wf_env *env, const char *name,
                      const struct wf_json *args, struct wf_json **out,
                      weft_error *err)
{
    struct wf_diags diags = WF_DIAGS_INIT(env->arena, err->lang);
    struct wf_expr expr = { 0 };
    struct wf_scope scope = { 0 };
    struct wf_linker linker = { 0 };
    struct wf_value value;

    expr.text = "";
    expr.root = call_of(env, name, args);
    linker.arena = env->arena;
    linker.expr = &expr;
    linker.scope = &scope;
    linker.diags = &diags;
    linker.plain = true;
    if (expr.root->n_args > WF_EXPR_ARGS_MAX)
        return wf_fail(err, WEFT_E_INVALID,
                       "A function takes at most %d arguments.",
                       WF_EXPR_ARGS_MAX);
    wf_link_call(&linker, expr.root);
    if (diags.n_errors)
        return wf_fail(err, WEFT_E_INVALID, "%s", diags.at[0].message);
    if (!wf_node_eval(expr.root, env, &value, err))
        return false;
    *out = wf_value_plain(env->arena, value);
    return true;
}
