/* def/expr_link_call.c - calls and comparisons: arity, types, and the mistakes
 * that can be seen before anything runs.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages.h"
#include "def/expr_functions.h"
#include "def/suggest.h"

/* --- Comparisons */

static bool has_order(enum wf_type type)
{
    return type == WF_T_NUMBER || type == WF_T_TEXT || type == WF_T_DATE
           || type == WF_T_DATETIME || type == WF_T_PERIOD;
}

static bool is_order(enum wf_op op)
{
    return op != WF_OP_EQ && op != WF_OP_NE;
}

/* Texts that spell a key or an id may be compared with it. */
static bool is_key(enum wf_type type)
{
    return type == WF_T_UNIT || type == WF_T_LINK || type == WF_T_TEXT;
}

/* A text beside a day or a period is read as one. False after a finding. */
static bool retype_beside(struct wf_linker *l, struct wf_node *text,
                          const struct wf_node *other)
{
    enum wf_type type = other->type;

    if (!wf_node_is_text(text)
        || (type != WF_T_DATE && type != WF_T_DATETIME && type != WF_T_PERIOD))
        return true;
    if (wf_link_retype(text, type))
        return true;
    wf_diag_at(l->diags, wf_link_place(l, text), "type",
               "`%s` is compared with %s and is none; write '2026-12-31' for "
               "a date, '2026-12-31T09:00:00Z' for a time, '2026-Q4' for a "
               "period.",
               wf_link_text(l, text), wf_link_type(l, type));
    return false;
}

/* A time beside a date, the date being the other. NULL: it is not that. */
static const struct wf_node *time_beside_date(const struct wf_node *node)
{
    for (size_t i = 0; i < 2; i++)
        if (node->args[i]->type == WF_T_DATETIME
            && node->args[1 - i]->type == WF_T_DATE)
            return node->args[i];
    return NULL;
}

static void say_unlike(struct wf_linker *l, const struct wf_node *node)
{
    const struct wf_node *a = node->args[0], *b = node->args[1];
    const struct wf_node *time = time_beside_date(node);

    if (time)
        wf_diag_at(l->diags, wf_link_place(l, time), "type",
                   "`%s` is a time and is compared with a date; write "
                   "`date(%s)`.",
                   wf_link_text(l, time), wf_link_text(l, time));
    else if (a->type == WF_T_PERSON || b->type == WF_T_PERSON)
        wf_diag_at(l->diags, wf_link_place(l, node), "type",
                   "A person is compared only with a person; for a text "
                   "compare the login: `%s.login`.",
                   wf_link_text(l, a->type == WF_T_PERSON ? a : b));
    else
        wf_diag_at(l->diags, wf_link_place(l, node), "type",
                   "`%s` is %s and `%s` is %s: `%s` compares like with like.",
                   wf_link_text(l, a), wf_link_type(l, a->type),
                   wf_link_text(l, b), wf_link_type(l, b->type),
                   wf_op_text(node->op));
}

static void check_order(struct wf_linker *l, const struct wf_node *node)
{
    for (size_t i = 0; i < 2; i++) {
        const struct wf_node *arg = node->args[i];

        if (arg->type == WF_T_NIL)
            wf_diag_at(l->diags, wf_link_place(l, node), "type",
                       "`%s` with nil never holds; write `== nil` or "
                       "`~= nil`.",
                       wf_op_text(node->op));
        else if (arg->type != WF_T_ANY && !has_order(arg->type))
            wf_diag_at(l->diags, wf_link_place(l, arg), "type",
                       "`%s` is %s, which is neither more nor less than "
                       "another.",
                       wf_link_text(l, arg), wf_link_type(l, arg->type));
    }
}

static bool is_many(const struct wf_node *node)
{
    return node->type == WF_T_LIST || node->type == WF_T_TABLE;
}

/* False after a finding. */
static bool check_single(struct wf_linker *l, const struct wf_node *node)
{
    for (size_t i = 0; i < 2; i++) {
        const struct wf_node *arg = node->args[i];

        if (!is_many(arg)
            || (!is_order(node->op) && node->args[1 - i]->type == WF_T_NIL))
            continue;
        wf_diag_at(l->diags, wf_link_place(l, arg), "type",
                   "`%s` is %s; ask `count(…)`, `contains(list, value)` or "
                   "`any(table, condition)`.",
                   wf_link_text(l, arg), wf_link_type(l, arg->type));
        return false;
    }
    return true;
}

static void check_option(struct wf_linker *l, const struct wf_node *node)
{
    wf_link_check_option(l, node->args[0], node->args[1]);
    wf_link_check_option(l, node->args[1], node->args[0]);
}

void wf_link_compare(struct wf_linker *l, struct wf_node *node)
{
    struct wf_node *a = node->args[0], *b = node->args[1];
    size_t n = l->diags->n_errors;

    if (!check_single(l, node) || !retype_beside(l, a, b)
        || !retype_beside(l, b, a))
        return;
    if (is_order(node->op))
        check_order(l, node);
    if (l->diags->n_errors != n || wf_type_is_unknown(a->type)
        || wf_type_is_unknown(b->type))
        return;
    if (a->type == b->type)
        check_option(l, node);
    else if (is_order(node->op) || !is_key(a->type) || !is_key(b->type))
        say_unlike(l, node);
}

/* --- Options: what a text may be compared with */

static void say_no_option(const struct wf_linker *l, const struct wf_node *node,
                          const char *of, const struct wf_suggest *suggest)
{
    if (suggest->best)
        wf_diag_at(l->diags, wf_link_place(l, node), "unknown",
                   "`%s` has no option '%s'; did you mean '%s'?", of,
                   suggest->word, suggest->best);
    else
        wf_diag_at(l->diags, wf_link_place(l, node), "unknown",
                   "`%s` has no option '%s'.", of, suggest->word);
}

static void check_step(const struct wf_linker *l, const struct wf_node *node)
{
    const char *id = wf_arena_slice(l->arena, node->value.u.text);
    struct wf_suggest suggest = WF_SUGGEST_INIT(id);
    const struct wf_form *form = l->scope->form;

    if (!form || !form->steps)
        return;
    for (const struct wf_step *step = form->steps; step; step = step->next) {
        if (wf_streq(step->id, id))
            return;
        wf_suggest_offer(&suggest, step->id);
    }
    say_no_option(l, node, "step", &suggest);
}

static void check_state(const struct wf_linker *l, const struct wf_node *node)
{
    static const char *const states[] = { "open", "done", "void" };
    const char *id = wf_arena_slice(l->arena, node->value.u.text);
    struct wf_suggest suggest = WF_SUGGEST_INIT(id);

    for (size_t i = 0; i < WF_COUNT(states); i++) {
        if (wf_streq(states[i], id))
            return;
        wf_suggest_offer(&suggest, states[i]);
    }
    say_no_option(l, node, "state", &suggest);
}

void wf_link_check_option(const struct wf_linker *l,
                          const struct wf_node *choice,
                          const struct wf_node *node)
{
    struct wf_suggest suggest = WF_SUGGEST_INIT(NULL);
    const struct wf_choices *choices;

    if (!wf_node_is_text(node))
        return;
    if (choice->op == WF_OP_NAME && choice->name == WF_NAME_STEP)
        check_step(l, node);
    if (choice->op == WF_OP_NAME && choice->name == WF_NAME_STATE)
        check_state(l, node);
    choices = choice->field ? choice->field->choices : NULL;
    if (!choices || choice->op == WF_OP_CALL)
        return;
    suggest.word = wf_arena_slice(l->arena, node->value.u.text);
    if (wf_choices_find(choices, suggest.word))
        return;
    for (const struct wf_option *o = choices->options; o; o = o->next)
        wf_suggest_offer(&suggest, o->id);
    say_no_option(l, node, choice->field->path, &suggest);
}

/* --- Calls */

static void say_no_function(struct wf_linker *l, const struct wf_node *node)
{
    struct wf_suggest suggest = WF_SUGGEST_INIT(node->word);
    const struct wf_function *f;

    for (size_t i = 0; (f = wf_function_at(i)); i++)
        wf_suggest_offer(&suggest, f->help.name);
    if (suggest.best)
        wf_diag_at(l->diags, wf_link_place(l, node), "unknown",
                   "unknown function `%s`; did you mean `%s`?", node->word,
                   suggest.best);
    else
        wf_diag_at(l->diags, wf_link_place(l, node), "unknown",
                   "unknown function `%s`; a field is named without `(`.",
                   node->word);
}

/* False after a finding. */
static bool check_arity(struct wf_linker *l, const struct wf_node *node)
{
    const struct wf_function *f = node->function;

    if (node->n_args >= f->min_args && node->n_args <= f->max_args)
        return true;
    wf_diag_at(l->diags, wf_link_place(l, node), "arguments",
               "`%s` is called with %zu arguments; it is `%s`.", f->help.name,
               node->n_args, f->help.signature);
    return false;
}

static bool fits(enum wf_param param, struct wf_node *arg, bool plain)
{
    static const enum wf_type spelled[] = { WF_T_DATE, WF_T_DATETIME,
                                            WF_T_PERIOD };

    if (wf_type_is_unknown(arg->type) || wf_param_takes(param, arg->type))
        return true;
    for (size_t i = 0; i < WF_COUNT(spelled); i++)
        if (wf_param_takes(param, spelled[i])
            && wf_link_retype(arg, spelled[i]))
            return true;
    return plain && param == WF_P_PERSON && wf_link_retype(arg, WF_T_PERSON);
}

static void link_arg(struct wf_linker *l, struct wf_node *call, size_t i)
{
    enum wf_param param = wf_function_param(call->function, i);
    struct wf_node *arg = call->args[i];

    wf_link_node(l, arg);
    if (!fits(param, arg, l->plain))
        wf_diag_at(l->diags, wf_link_place(l, arg), "type",
                   "Argument %zu of `%s` is %s, but `%s` is %s: `%s`.", i + 1,
                   call->function->help.name,
                   wf_message(l->diags->lang, wf_param_phrase(param)),
                   wf_link_text(l, arg), wf_link_type(l, arg->type),
                   call->function->help.signature);
}

static void link_plain_call(struct wf_linker *l, struct wf_node *node)
{
    const struct wf_function *f = node->function;
    size_t n = l->diags->n_errors;

    node->type = f->result;
    node->present = f->sure;
    for (size_t i = 0; i < node->n_args; i++) {
        link_arg(l, node, i);
        node->present = node->present && node->args[i]->present;
    }
    if (f->check && l->diags->n_errors == n)
        f->check(l, node);
}

void wf_link_call(struct wf_linker *l, struct wf_node *node)
{
    const struct wf_function *f = wf_function_find(node->word);

    node->type = WF_T_ANY;
    node->function = f;
    if (!f) {
        say_no_function(l, node);
        return;
    }
    if (!check_arity(l, node))
        return;
    if (f->aggregate)
        wf_link_aggregate(l, node);
    else
        link_plain_call(l, node);
}
