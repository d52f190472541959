/* def/expr_explain.c - tells how a value came about: the expression worked out
 * once more, part by part.
 *
 *   {"text":"a + b","value":3,"parts":[…]}
 *   {"text":"lines.price","value":50,"field":"lines.price"}
 *   {"row":1,"parts":[…]}      a row that an aggregate went through
 *   {"rows":N}                 so many further ones
 *   {"hidden":true}            a part that reads what may not be seen
 *
 * Constants are no parts, nor is the side of if_ that was not taken.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/expr_functions.h"

enum {
    ROWS_MAX = 100,
    UNITS_PER_PART = 16 /* what is told takes more room than what is */
};

struct teller {
    const struct wf_expr *expr;
    bool (*may_see)(void *self, const struct wf_field *field);
    void *self;
    weft_error *err;
};

static bool tell(const struct teller *teller, const struct wf_node *node,
                 const struct wf_env *env, struct wf_json **out);

/* Whether a node reads a field that may not be seen, itself or below. */
static bool reads_hidden(const struct teller *teller,
                         const struct wf_node *node)
{
    if (node->field && node->op != WF_OP_CALL
        && !teller->may_see(teller->self, node->field))
        return true;
    if (node->rows && !teller->may_see(teller->self, node->rows))
        return true;
    for (size_t i = 0; i < node->n_args; i++)
        if (reads_hidden(teller, node->args[i]))
            return true;
    return false;
}

static struct wf_json *hidden(struct wf_arena *arena)
{
    struct wf_json *part = wf_json_object(arena);

    wf_json_set(arena, part, "hidden", wf_json_bool(arena, true));
    return part;
}

/* Adds what `node` has to tell, unless it is a constant. */
static bool push_part(const struct teller *teller, const struct wf_node *node,
                      const struct wf_env *env, struct wf_json *parts)
{
    struct wf_json *part;

    if (node->op == WF_OP_CONST)
        return true;
    if (reads_hidden(teller, node))
        part = hidden(env->arena);
    else if (!tell(teller, node, env, &part))
        return false;
    wf_json_push(env->arena, parts, part);
    return true;
}

static bool push_args(const struct teller *teller, const struct wf_node *node,
                      const struct wf_env *env, struct wf_json *parts)
{
    for (size_t i = 0; i < node->n_args; i++)
        if (!push_part(teller, node->args[i], env, parts))
            return false;
    return true;
}

static bool push_choice(const struct teller *teller, const struct wf_node *node,
                        const struct wf_env *env, struct wf_json *parts)
{
    struct wf_value condition;
    size_t taken;

    if (!wf_node_eval(node->args[0], env, &condition, teller->err)
        || !push_part(teller, node->args[0], env, parts))
        return false;
    taken = wf_value_holds(condition) ? 1 : 2;
    return taken == node->n_args
           || push_part(teller, node->args[taken], env, parts);
}

static struct wf_json *count_of(struct wf_arena *arena, const char *key,
                                size_t n)
{
    struct wf_json *object = wf_json_object(arena);

    wf_json_set(arena, object, key, wf_json_int(arena, (int64_t)n));
    return object;
}

static bool push_rows(const struct teller *teller, const struct wf_node *call,
                      const struct wf_env *env, struct wf_json *parts)
{
    struct wf_env inner = *env;
    size_t n;
    struct wf_json *const *rows = wf_env_rows(env, call->rows, &n);

    for (size_t i = 0; i < n && i < ROWS_MAX; i++) {
        struct wf_json *row = count_of(env->arena, "row", i + 1);
        struct wf_json *own = wf_json_array(env->arena);

        inner.row = rows[i];
        if (!push_args(teller, call, &inner, own))
            return false;
        wf_json_set(env->arena, row, "parts", own);
        wf_json_push(env->arena, parts, row);
    }
    if (n > ROWS_MAX)
        wf_json_push(env->arena, parts,
                     count_of(env->arena, "rows", n - ROWS_MAX));
    return true;
}

static bool push_parts(const struct teller *teller, const struct wf_node *node,
                       const struct wf_env *env, struct wf_json *parts)
{
    if (node->op == WF_OP_CALL && node->function->aggregate
        && node->over == WF_OVER_ROWS)
        return push_rows(teller, node, env, parts);
    if (node->op == WF_OP_CALL && wf_streq(node->word, "if_"))
        return push_choice(teller, node, env, parts);
    return push_args(teller, node, env, parts);
}

static bool tell(const struct teller *teller, const struct wf_node *node,
                 const struct wf_env *env, struct wf_json **out)
{
    struct wf_arena *arena = env->arena;
    struct wf_json *object = wf_json_object(arena);
    struct wf_json *parts = wf_json_array(arena);
    struct wf_value value;

    if (!wf_eval_spend(env, UNITS_PER_PART, teller->err)
        || !wf_eval_spend_text(env, node->end - node->begin, teller->err)
        || !wf_node_eval(node, env, &value, teller->err)
        || !push_parts(teller, node, env, parts))
        return false;
    wf_json_set(arena, object, "text",
                wf_json_text_n(arena, teller->expr->text + node->begin,
                               node->end - node->begin));
    wf_json_set(arena, object, "value", wf_value_plain(arena, value));
    if (node->field && node->op != WF_OP_CALL)
        wf_json_set(arena, object, "field",
                    wf_json_text(arena, node->field->path));
    if (wf_json_len(parts))
        wf_json_set(arena, object, "parts", parts);
    *out = object;
    return true;
}

bool wf_expr_explain(const struct wf_expr *expr, const struct wf_env *env,
                     bool (*may_see)(void *self, const struct wf_field *field),
                     void *self, struct wf_json **out, weft_error *err)
{
    const struct teller teller = { expr, may_see, self, err };
    const struct wf_node *root = expr->root;

    if (!root->n_args && !root->rows && reads_hidden(&teller, root)) {
        *out = hidden(env->arena);
        return true;
    }
    return tell(&teller, root, env, out);
}
