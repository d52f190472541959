/* def/expr_eval.c - works an expression out, under a budget of one unit a
 * node. Nothing is allocated for numbers and conditions.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/error.h"
#include "base/text.h"
#include "def/expr_functions.h"

enum {
    BYTES_PER_UNIT = 16 /* of a text that is made, as in scripts */
};

bool wf_eval_spend(const struct wf_env *env, int64_t n, weft_error *err)
{
    *env->units -= n;
    if (*env->units >= 0)
        return true;
    return wf_fail(err, WEFT_E_SCRIPT,
                   "The formula took too long: its budget is used up.");
}

bool wf_eval_spend_text(const struct wf_env *env, size_t len, weft_error *err)
{
    if (len > WF_EVAL_TEXT_MAX)
        return wf_fail(err, WEFT_E_SCRIPT,
                       "The formula makes a text of more than %d bytes.",
                       WF_EVAL_TEXT_MAX);
    return wf_eval_spend(env, (int64_t)(len / BYTES_PER_UNIT), err);
}

struct wf_json *const *wf_env_rows(const struct wf_env *env,
                                   const struct wf_field *items, size_t *n)
{
    const struct wf_json *rows = NULL;

    if (wf_json_is(env->data, WF_JSON_OBJECT))
        rows = wf_json_get(env->data, items->id);
    if (!wf_json_is(rows, WF_JSON_ARRAY)) {
        *n = 0;
        return NULL;
    }
    *n = rows->u.array.n;
    return rows->u.array.at;
}

/* --- What is read */

static struct wf_value read_member(const struct wf_env *env,
                                   const struct wf_json *object,
                                   const struct wf_field *field)
{
    const struct wf_json *json = NULL;

    if (wf_json_is(object, WF_JSON_OBJECT))
        json = wf_json_get(object, field->id);
    return wf_value_of(env->arena, field, json);
}

/* A cell of the row called `word`. */
static struct wf_value read_cell(const struct wf_node *node,
                                 const struct wf_env *env)
{
    size_t n;
    struct wf_json *const *rows = wf_env_rows(env, node->field->items, &n);

    for (size_t i = 0; i < n; i++)
        if (wf_streq(wf_json_str(wf_json_get(rows[i], "id")), node->word))
            return read_member(env, rows[i], node->field);
    return wf_value_nil;
}

/* A column as a list, for what is no aggregate: contains(lines.title, 'x'). */
static bool read_column(const struct wf_node *node, const struct wf_env *env,
                        struct wf_value *out, weft_error *err)
{
    size_t n;
    struct wf_json *const *rows = wf_env_rows(env, node->field->items, &n);
    struct wf_value *members = WF_NEW_N(env->arena, struct wf_value, n);

    if (!wf_eval_spend(env, (int64_t)n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        members[i] = read_member(env, rows[i], node->field);
    out->type = WF_T_LIST;
    out->of = node->of;
    out->u.list.at = members;
    out->u.list.n = n;
    return true;
}

static bool read_name(const struct wf_node *node, const struct wf_env *env,
                      struct wf_value *out, weft_error *err)
{
    if (!env->source || !env->source->name)
        return true;
    return env->source->name(env->source->self, node->name, out, err);
}

static bool read_setting(const struct wf_node *node, const struct wf_env *env,
                         struct wf_value *out, weft_error *err)
{
    if (!env->source || !env->source->setting)
        return true;
    return env->source->setting(env->source->self, node->word, out, err);
}

static bool read_person(const struct wf_node *node, const struct wf_env *env,
                        struct wf_value *out, weft_error *err)
{
    struct wf_value person;

    if (!wf_node_eval(node->args[0], env, &person, err))
        return false;
    if (person.type != WF_T_PERSON || !env->source || !env->source->person)
        return true;
    return env->source->person(env->source->self, person.u.text, node->part,
                               out, err);
}

static bool read_through(const struct wf_node *node, const struct wf_env *env,
                         struct wf_value *out, weft_error *err)
{
    struct wf_value link;

    if (!wf_node_eval(node->args[0], env, &link, err))
        return false;
    if (link.type != WF_T_LINK || !env->source || !env->source->follow)
        return true;
    return env->source->follow(env->source->self, link.u.text, node->field, out,
                               err);
}

/* --- Operators */

static double floored_modulo(double a, double b)
{
    double rest = fmod(a, b);

    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

static struct wf_value calculate(enum wf_op op, double a, double b)
{
    switch (op) {
    case WF_OP_ADD:
        return wf_value_number(a + b);
    case WF_OP_SUB:
        return wf_value_number(a - b);
    case WF_OP_MUL:
        return wf_value_number(a * b);
    case WF_OP_DIV:
        return b == 0 ? wf_value_nil : wf_value_number(a / b);
    default:
        return b == 0 ? wf_value_nil : wf_value_number(floored_modulo(a, b));
    }
}

static bool eval_concat(const struct wf_env *env, struct wf_value a,
                        struct wf_value b, struct wf_value *out,
                        weft_error *err)
{
    struct wf_buf text = WF_BUF_INIT(env->arena);

    if (!wf_value_write(&text, a) || !wf_value_write(&text, b))
        return true;
    *out = wf_value_text(env->arena, WF_T_TEXT, wf_buf_text(&text));
    return wf_eval_spend_text(env, text.len, err);
}

static bool compare(enum wf_op op, struct wf_value a, struct wf_value b)
{
    int order;

    if (op == WF_OP_EQ || op == WF_OP_NE)
        return wf_value_equal(a, b) == (op == WF_OP_EQ);
    if (!wf_value_order(a, b, &order))
        return false;
    switch (op) {
    case WF_OP_LT:
        return order < 0;
    case WF_OP_LE:
        return order <= 0;
    case WF_OP_GT:
        return order > 0;
    default:
        return order >= 0;
    }
}

static bool eval_binary(const struct wf_node *node, const struct wf_env *env,
                        struct wf_value *out, weft_error *err)
{
    struct wf_value a, b;

    if (!wf_node_eval(node->args[0], env, &a, err)
        || !wf_node_eval(node->args[1], env, &b, err))
        return false;
    switch (node->op) {
    case WF_OP_CONCAT:
        return eval_concat(env, a, b, out, err);
    case WF_OP_ADD:
    case WF_OP_SUB:
    case WF_OP_MUL:
    case WF_OP_DIV:
    case WF_OP_MOD:
        if (a.type == WF_T_NUMBER && b.type == WF_T_NUMBER)
            *out = calculate(node->op, a.u.number, b.u.number);
        return true;
    default:
        *out = wf_value_boolean(compare(node->op, a, b));
        return true;
    }
}

static bool eval_unary(const struct wf_node *node, const struct wf_env *env,
                       struct wf_value *out, weft_error *err)
{
    struct wf_value value;

    if (!wf_node_eval(node->args[0], env, &value, err))
        return false;
    if (node->op == WF_OP_NOT)
        *out = wf_value_boolean(!wf_value_holds(value));
    else if (value.type == WF_T_NUMBER)
        *out = wf_value_number(-value.u.number);
    return true;
}

/* `and` and `or`: the second operand only if it decides. */
static bool eval_either(const struct wf_node *node, const struct wf_env *env,
                        struct wf_value *out, weft_error *err)
{
    if (!wf_node_eval(node->args[0], env, out, err))
        return false;
    if (wf_value_holds(*out) == (node->op == WF_OP_OR))
        return true;
    return wf_node_eval(node->args[1], env, out, err);
}

/* --- Calls */

/* False where the function fails, or where an argument does. */
static bool run(const struct wf_function *f, struct wf_fn_call *call,
                struct wf_value *out)
{
    *out = f->eval(call);
    return !call->failed;
}

static bool eval_strictly(struct wf_fn_call *call, struct wf_value *out)
{
    const struct wf_function *f = call->node->function;
    struct wf_value args[WF_EXPR_ARGS_MAX];
    bool absent = false;

    for (size_t i = 0; i < call->n_args; i++) {
        if (!wf_node_eval(call->node->args[i], call->env, &args[i], call->err))
            return false;
        if (!wf_param_takes(wf_function_param(f, i), args[i].type))
            args[i].type = WF_T_NIL; /* data that its form no longer allows */
        absent = absent || args[i].type == WF_T_NIL;
    }
    if (absent && f->strict)
        return true;
    call->args = args;
    return run(f, call, out);
}

static bool eval_call(const struct wf_node *node, const struct wf_env *env,
                      struct wf_value *out, weft_error *err)
{
    struct wf_fn_call call = { node, env, NULL, node->n_args, err, false };

    if (node->function->aggregate)
        return wf_aggregate_eval(node, env, out, err);
    if (node->function->lazy)
        return run(node->function, &call, out);
    return eval_strictly(&call, out);
}

bool wf_node_eval(const struct wf_node *node, const struct wf_env *env,
                  struct wf_value *out, weft_error *err)
{
    out->type = out->of = WF_T_NIL;
    if (--*env->units < 0)
        return wf_eval_spend(env, 0, err);
    switch (node->op) {
    case WF_OP_CONST:
        *out = node->value;
        return true;
    case WF_OP_FIELD:
        if (env->field) {
            *out = env->field(env->source->self, node->field);
            return true;
        }
        *out = read_member(env, env->data, node->field);
        return true;
    case WF_OP_TABLE:
        *out = read_member(env, env->data, node->field);
        return true;
    case WF_OP_ROW:
        *out = read_member(env, env->row, node->field);
        return true;
    case WF_OP_MINE:
        *out = read_member(env, env->mine, node->field);
        return true;
    case WF_OP_COLUMN:
        return read_column(node, env, out, err);
    case WF_OP_CELL:
        *out = read_cell(node, env);
        return true;
    case WF_OP_NAME:
        return read_name(node, env, out, err);
    case WF_OP_SETTING:
        return read_setting(node, env, out, err);
    case WF_OP_PERSON:
        return read_person(node, env, out, err);
    case WF_OP_FOLLOW:
        return read_through(node, env, out, err);
    case WF_OP_NEG:
    case WF_OP_NOT:
        return eval_unary(node, env, out, err);
    case WF_OP_AND:
    case WF_OP_OR:
        return eval_either(node, env, out, err);
    case WF_OP_CALL:
        return eval_call(node, env, out, err);
    default:
        return eval_binary(node, env, out, err);
    }
}

bool wf_expr_eval(const struct wf_expr *expr, const struct wf_env *env,
                  struct wf_value *out, weft_error *err)
{
    return wf_node_eval(expr->root, env, out, err);
}

bool wf_expr_holds(const struct wf_expr *expr, const struct wf_env *env,
                   bool *out, weft_error *err)
{
    struct wf_value value;

    if (!wf_node_eval(expr->root, env, &value, err))
        return false;
    *out = wf_value_holds(value);
    return true;
}
