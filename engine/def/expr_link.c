/* def/expr_link.c - gives every name of an expression its meaning and every
 * node its type. After a finding a node is of any type, so that one mistake is
 * told once. expr_names.c has the names, expr_link_call.c the calls,
 * expr_link_aggregate.c the calls that go through rows.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>

#include "base/messages.h"
#include "base/text.h"
#include "def/expr_names.h"
#include "def/suggest.h"

enum {
    SHOWN_MAX = 60
};

/* clang-format off */
static const struct type_words {
    const char *word, *phrase;
} type_words[] = {
    [WF_T_NIL]      = { "nil",      WF_MESSAGE("nil") },
    [WF_T_BOOLEAN]  = { "boolean",  WF_MESSAGE("true or false") },
    [WF_T_NUMBER]   = { "number",   WF_MESSAGE("a number") },
    [WF_T_TEXT]     = { "text",     WF_MESSAGE("a text") },
    [WF_T_DATE]     = { "date",     WF_MESSAGE("a date") },
    [WF_T_DATETIME] = { "datetime", WF_MESSAGE("a date with time") },
    [WF_T_PERIOD]   = { "period",   WF_MESSAGE("a period") },
    [WF_T_PERSON]   = { "person",   WF_MESSAGE("a person") },
    [WF_T_UNIT]     = { "unit",     WF_MESSAGE("a unit") },
    [WF_T_LINK]     = { "link",     WF_MESSAGE("a link to a document") },
    [WF_T_LIST]     = { "list",     WF_MESSAGE("a list") },
    [WF_T_TABLE]    = { "table",    WF_MESSAGE("a table") },
    [WF_T_ANY]      = { "any",      WF_MESSAGE("any value") },
};
/* clang-format on */

const char *wf_type_name(enum wf_type type)
{
    return type_words[type].word;
}

const char *wf_link_type(const struct wf_linker *linker, enum wf_type type)
{
    return wf_message(linker->diags->lang, type_words[type].phrase);
}

struct wf_place wf_link_place(const struct wf_linker *linker,
                              const struct wf_node *node)
{
    return wf_expr_place(linker->expr, node->begin);
}

const char *wf_link_text(const struct wf_linker *linker,
                         const struct wf_node *node)
{
    struct wf_str s = { linker->expr->text + node->begin,
                        node->end - node->begin };
    const char *cut = "";

    if (linker->plain)
        return wf_json_dump(linker->arena,
                            wf_value_plain(linker->arena, node->value));
    if (s.len > SHOWN_MAX) {
        s.len = wf_utf8_cut(s.at, s.len, SHOWN_MAX);
        cut = "…";
    }
    return wf_arena_printf(linker->arena, "%.*s%s", (int)s.len, s.at, cut);
}

bool wf_type_is_unknown(enum wf_type type)
{
    return type == WF_T_NIL || type == WF_T_ANY;
}

bool wf_node_is_text(const struct wf_node *node)
{
    return node->op == WF_OP_CONST && node->type == WF_T_TEXT;
}

bool wf_link_retype(struct wf_node *node, enum wf_type type)
{
    struct wf_str text = node->value.u.text;
    struct wf_period period;
    int32_t day;
    int64_t ms;

    if (!wf_node_is_text(node))
        return false;
    if ((type == WF_T_DATE && !wf_date_parse(text, &day))
        || (type == WF_T_DATETIME && !wf_time_parse(text, &ms))
        || (type == WF_T_PERIOD && !wf_period_parse(text, &period)))
        return false;
    node->type = node->value.type = type;
    return true;
}

/* A constant text beside a day or a period is one as well, if it can be. */
static void retype_beside(struct wf_node *text, const struct wf_node *other)
{
    if (other->type == WF_T_DATE || other->type == WF_T_DATETIME
        || other->type == WF_T_PERIOD)
        wf_link_retype(text, other->type);
}

void wf_link_unify(struct wf_node *node, struct wf_node *a, struct wf_node *b)
{
    const struct wf_node *known = a->type == WF_T_NIL ? b : a;

    retype_beside(a, b);
    retype_beside(b, a);
    node->of = known->of;
    if (a->type != b->type && a->type != WF_T_NIL && b->type != WF_T_NIL)
        node->type = WF_T_ANY;
    else
        node->type = known->type;
}

/* A column where one value is needed is the commonest mistake of all. */
static void say_not_a_number(struct wf_linker *l, const struct wf_node *node,
                             const struct wf_node *arg)
{
    const char *op = wf_op_text(node->op);
    const char *text = wf_link_text(l, arg);

    if (arg->op == WF_OP_COLUMN)
        wf_diag_at(l->diags, wf_link_place(l, arg), "type",
                   "`%s` takes numbers, but `%s` is a whole column; name the "
                   "table and what to work out in each row, as in "
                   "`sum(table, a * b)`.",
                   op, text);
    else if (arg->type == WF_T_DATE || arg->type == WF_T_DATETIME)
        wf_diag_at(l->diags, wf_link_place(l, arg), "type",
                   "`%s` takes numbers, but `%s` is a date; the days between "
                   "two are `days(a, b)`.",
                   op, text);
    else
        wf_diag_at(l->diags, wf_link_place(l, arg), "type",
                   "`%s` takes numbers, but `%s` is %s.", op, text,
                   wf_link_type(l, arg->type));
}

static void link_arithmetic(struct wf_linker *l, struct wf_node *node)
{
    node->type = WF_T_NUMBER;
    node->present = true;
    for (size_t i = 0; i < node->n_args; i++) {
        const struct wf_node *arg = node->args[i];

        node->present = node->present && arg->present;
        if (arg->type != WF_T_NUMBER && !wf_type_is_unknown(arg->type))
            say_not_a_number(l, node, arg);
    }
    if (node->op == WF_OP_DIV || node->op == WF_OP_MOD) {
        const struct wf_node *by = node->args[1];

        node->present =
            node->present && by->op == WF_OP_CONST && by->value.u.number != 0;
    }
}

static void link_concat(struct wf_linker *l, struct wf_node *node)
{
    node->type = WF_T_TEXT;
    node->present = true;
    for (size_t i = 0; i < node->n_args; i++) {
        const struct wf_node *arg = node->args[i];

        node->present = node->present && arg->present;
        if (arg->type == WF_T_LIST || arg->type == WF_T_TABLE)
            wf_diag_at(l->diags, wf_link_place(l, arg), "type",
                       "`..` joins single values, but `%s` is %s; write "
                       "`concat(list, ', ')`.",
                       wf_link_text(l, arg), wf_link_type(l, arg->type));
        else if (arg->type == WF_T_PERSON)
            wf_diag_at(l->diags, wf_link_place(l, arg), "type",
                       "`%s` is a person; write `%s.name`.",
                       wf_link_text(l, arg), wf_link_text(l, arg));
    }
}

static void link_and(struct wf_node *node)
{
    struct wf_node *a = node->args[0], *b = node->args[1];

    wf_link_unify(node, a, b);
    if (a->type == WF_T_BOOLEAN) { /* `when and value`: the value or false */
        node->type = b->type;
        node->of = b->of;
    }
    node->present = a->present && b->present;
}

static void link_or(struct wf_node *node)
{
    struct wf_node *a = node->args[0], *b = node->args[1];

    wf_link_unify(node, a, b);
    node->present = b->present;
}

static void link_args(struct wf_linker *linker, struct wf_node *node)
{
    for (size_t i = 0; i < node->n_args; i++)
        wf_link_node(linker, node->args[i]);
}

static void link_operator(struct wf_linker *linker, struct wf_node *node)
{
    link_args(linker, node);
    switch (node->op) {
    case WF_OP_NOT:
        node->type = WF_T_BOOLEAN;
        node->present = true;
        break;
    case WF_OP_AND:
        link_and(node);
        break;
    case WF_OP_OR:
        link_or(node);
        break;
    case WF_OP_CONCAT:
        link_concat(linker, node);
        break;
    case WF_OP_EQ:
    case WF_OP_NE:
    case WF_OP_LT:
    case WF_OP_LE:
    case WF_OP_GT:
    case WF_OP_GE:
        node->type = WF_T_BOOLEAN;
        node->present = true;
        wf_link_compare(linker, node);
        break;
    default:
        link_arithmetic(linker, node);
    }
}

void wf_link_node(struct wf_linker *linker, struct wf_node *node)
{
    switch (node->op) {
    case WF_OP_CONST:
        break;
    case WF_OP_WORD:
        wf_link_word(linker, node);
        break;
    case WF_OP_DOT:
        wf_link_dot(linker, node);
        break;
    case WF_OP_CALL:
        wf_link_call(linker, node);
        break;
    default:
        link_operator(linker, node);
    }
}

/* Whether a value of the root's type can be kept where `want` is needed. */
static bool may_be(struct wf_node *root, enum wf_type want)
{
    enum wf_type type = root->type;

    if (type == want || want == WF_T_ANY || wf_type_is_unknown(type))
        return true;
    switch (want) {
    case WF_T_BOOLEAN: /* a condition: nil is false, but 0 is not */
        return !root->present;
    case WF_T_TEXT:
        return type == WF_T_PERIOD || type == WF_T_UNIT || type == WF_T_DATE
               || type == WF_T_DATETIME;
    case WF_T_DATE:
    case WF_T_DATETIME:
    case WF_T_PERIOD:
        return wf_link_retype(root, want);
    case WF_T_UNIT:
        return type == WF_T_TEXT;
    default:
        return false;
    }
}

static void check_wanted(struct wf_linker *l, struct wf_node *root,
                         enum wf_type want)
{
    if (may_be(root, want))
        return;
    if (want == WF_T_BOOLEAN)
        wf_diag_at(l->diags, wf_link_place(l, root), "type",
                   "`%s` is %s and never nil, so that this always holds; "
                   "compare it with something.",
                   wf_link_text(l, root), wf_link_type(l, root->type));
    else
        wf_diag_at(l->diags, wf_link_place(l, root), "type",
                   "`%s` is %s, but %s is needed here.", wf_link_text(l, root),
                   wf_link_type(l, root->type), wf_link_type(l, want));
}

bool wf_expr_link(struct wf_arena *arena, struct wf_expr *expr,
                  const struct wf_scope *scope, enum wf_type want,
                  struct wf_diags *diags)
{
    struct wf_linker linker = { 0 };
    size_t n_errors = diags->n_errors;

    assert(!expr->linked);
    expr->linked = true;
    linker.arena = arena;
    linker.expr = expr;
    linker.scope = scope;
    linker.items = scope->items;
    linker.diags = diags;
    wf_link_node(&linker, expr->root);
    if (diags->n_errors == n_errors)
        check_wanted(&linker, expr->root, want);
    return diags->n_errors == n_errors;
}
