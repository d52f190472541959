/* def/expr_parse.c - from text to the tree of an expression, by precedence
 * climbing. Names and functions are not looked up here: expr_link.c does.
 *
 * Precedence, lowest first, as in Lua 5.4: or; and; comparisons; ..; + -;
 * * / %; not and unary minus. `..` groups from the right, the others from the
 * left; comparisons do not chain.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/list.h"
#include "base/text.h"
#include "def/expr_lex.h"

enum {
    UNARY_PRECEDENCE = 7,
    COMPARISON = 3
};

/* clang-format off */
static const struct operator {
    const char *text;
    int left, right; /* of an operand on that side; 0: not binary */
} operators[] = {
    [WF_OP_NEG]    = { "-",   0, 0 },
    [WF_OP_NOT]    = { "not", 0, 0 },
    [WF_OP_OR]     = { "or",  1, 1 },
    [WF_OP_AND]    = { "and", 2, 2 },
    [WF_OP_EQ]     = { "==",  3, 3 },
    [WF_OP_NE]     = { "~=",  3, 3 },
    [WF_OP_LT]     = { "<",   3, 3 },
    [WF_OP_LE]     = { "<=",  3, 3 },
    [WF_OP_GT]     = { ">",   3, 3 },
    [WF_OP_GE]     = { ">=",  3, 3 },
    [WF_OP_CONCAT] = { "..",  4, 3 },
    [WF_OP_ADD]    = { "+",   5, 5 },
    [WF_OP_SUB]    = { "-",   5, 5 },
    [WF_OP_MUL]    = { "*",   6, 6 },
    [WF_OP_DIV]    = { "/",   6, 6 },
    [WF_OP_MOD]    = { "%",   6, 6 },
};
/* clang-format on */

const char *wf_op_text(enum wf_op op)
{
    return op < WF_COUNT(operators) ? operators[op].text : NULL;
}

struct parser {
    struct wf_lexer lexer;
    int depth; /* of open calls of parse_binary() */
};

static struct wf_node *parse_binary(struct parser *p, int limit);

static struct wf_place here(const struct parser *p)
{
    return wf_expr_place(p->lexer.expr, p->lexer.begin);
}

/* After a finding nothing more is read. */
static struct wf_node *stop(struct parser *p)
{
    p->lexer.token = WF_TOK_BAD;
    return NULL;
}

static struct wf_node *too_deep(struct parser *p)
{
    wf_diag_at(p->lexer.diags, here(p), "limit",
               "The formula is nested deeper than %d; split it into fields.",
               WF_EXPR_DEPTH_MAX);
    return stop(p);
}

static struct wf_node *no_value(struct parser *p)
{
    const struct wf_lexer *lexer = &p->lexer;

    if (lexer->token == WF_TOK_END)
        wf_diag_at(lexer->diags, here(p), "syntax",
                   "The formula ends where a value is missing.");
    else if (lexer->token != WF_TOK_BAD)
        wf_diag_at(lexer->diags, here(p), "syntax",
                   "`%.*s` stands where a value is missing.",
                   (int)(lexer->end - lexer->begin),
                   lexer->expr->text + lexer->begin);
    return stop(p);
}

static bool take(struct parser *p, enum wf_token token)
{
    if (p->lexer.token != token)
        return false;
    wf_lex_next(&p->lexer);
    return true;
}

static struct wf_node *leaf(struct parser *p, enum wf_op op)
{
    struct wf_node *node = WF_NEW(p->lexer.arena, struct wf_node);

    node->op = op;
    node->depth = 1;
    node->begin = (unsigned)p->lexer.begin;
    node->end = (unsigned)p->lexer.end;
    return node;
}

/* A constant of what the lexer has just read, which it then leaves. */
static struct wf_node *constant(struct parser *p, enum wf_type type)
{
    struct wf_node *node = leaf(p, WF_OP_CONST);

    node->type = node->value.type = type;
    node->present = type != WF_T_NIL;
    if (type == WF_T_NUMBER)
        node->value.u.number = p->lexer.number;
    else if (type == WF_T_TEXT)
        node->value.u.text = p->lexer.text;
    else
        node->value.u.boolean = p->lexer.token == WF_TOK_TRUE;
    wf_lex_next(&p->lexer);
    return node;
}

/* NULL if an operand is, or if the tree gets too high. */
static struct wf_node *branch(struct parser *p, enum wf_op op,
                              struct wf_node **args, size_t n)
{
    struct wf_node *node = leaf(p, op);

    for (size_t i = 0; i < n; i++) {
        if (!args[i])
            return NULL;
        if (args[i]->depth >= node->depth)
            node->depth = args[i]->depth + 1;
        if (args[i]->begin < node->begin)
            node->begin = args[i]->begin;
    }
    if (node->depth > WF_EXPR_DEPTH_MAX)
        return too_deep(p);
    if (!n)
        return node;
    node->args = WF_NEW_N(p->lexer.arena, struct wf_node *, n);
    memcpy(node->args, args, n * sizeof *args);
    node->n_args = n;
    node->end = args[n - 1]->end;
    return node;
}

/* The ")" of what was opened at `open`. */
static bool close_parenthesis(struct parser *p, struct wf_place open)
{
    if (take(p, WF_TOK_CLOSE))
        return true;
    if (p->lexer.token == WF_TOK_END)
        wf_diag_at(p->lexer.diags, open, "syntax",
                   "This `(` is not closed; add `)`.");
    else if (p->lexer.token != WF_TOK_BAD)
        wf_diag_at(p->lexer.diags, here(p), "syntax",
                   "Before `%.*s` an operator, `,` or `)` is missing.",
                   (int)(p->lexer.end - p->lexer.begin),
                   p->lexer.expr->text + p->lexer.begin);
    stop(p);
    return false;
}

static struct wf_node *too_many_arguments(struct parser *p)
{
    wf_diag_at(p->lexer.diags, here(p), "limit",
               "A function takes at most %d arguments.", WF_EXPR_ARGS_MAX);
    return stop(p);
}

/* At the "(" behind the name `name`. */
static struct wf_node *parse_call(struct parser *p, struct wf_node *name)
{
    WF_LIST(struct wf_node *) args = { 0 };
    struct wf_place open = here(p);
    struct wf_node *call;
    unsigned end;

    wf_lex_next(&p->lexer);
    while (p->lexer.token != WF_TOK_CLOSE) {
        if (args.n == WF_EXPR_ARGS_MAX)
            return too_many_arguments(p);
        *WF_PUSH(p->lexer.arena, &args) = parse_binary(p, 0);
        if (!take(p, WF_TOK_COMMA))
            break;
        if (p->lexer.token == WF_TOK_CLOSE)
            return no_value(p);
    }
    end = (unsigned)p->lexer.end;
    if (!close_parenthesis(p, open))
        return NULL;
    call = branch(p, WF_OP_CALL, args.at, args.n);
    if (!call)
        return NULL;
    call->word = name->word;
    call->begin = name->begin;
    call->end = end;
    return call;
}

static struct wf_node *parse_name(struct parser *p)
{
    struct wf_node *node = leaf(p, WF_OP_WORD);

    node->word = wf_arena_slice(p->lexer.arena, p->lexer.text);
    wf_lex_next(&p->lexer);
    return p->lexer.token == WF_TOK_OPEN ? parse_call(p, node) : node;
}

static struct wf_node *parse_parenthesis(struct parser *p)
{
    struct wf_place open = here(p);
    unsigned begin = (unsigned)p->lexer.begin;
    struct wf_node *node;
    unsigned end;

    wf_lex_next(&p->lexer);
    node = parse_binary(p, 0);
    end = (unsigned)p->lexer.end;
    if (!node || !close_parenthesis(p, open))
        return NULL;
    node->begin = begin;
    node->end = end;
    return node;
}

static struct wf_node *parse_primary(struct parser *p)
{
    switch (p->lexer.token) {
    case WF_TOK_NUMBER:
        return constant(p, WF_T_NUMBER);
    case WF_TOK_TEXT:
        return constant(p, WF_T_TEXT);
    case WF_TOK_NIL:
        return constant(p, WF_T_NIL);
    case WF_TOK_TRUE:
    case WF_TOK_FALSE:
        return constant(p, WF_T_BOOLEAN);
    case WF_TOK_NAME:
        return parse_name(p);
    case WF_TOK_OPEN:
        return parse_parenthesis(p);
    default:
        return no_value(p);
    }
}

/* At a dot: the name behind it, of `left`. */
static struct wf_node *parse_dot(struct parser *p, struct wf_node *left)
{
    struct wf_node *node;

    wf_lex_next(&p->lexer);
    if (p->lexer.token != WF_TOK_NAME) {
        if (p->lexer.token != WF_TOK_BAD)
            wf_diag_at(p->lexer.diags, here(p), "syntax",
                       "Behind `.` the name of a part is missing.");
        return stop(p);
    }
    node = branch(p, WF_OP_DOT, &left, 1);
    if (!node)
        return NULL;
    node->word = wf_arena_slice(p->lexer.arena, p->lexer.text);
    node->end = (unsigned)p->lexer.end;
    wf_lex_next(&p->lexer);
    return node;
}

static struct wf_node *parse_postfix(struct parser *p)
{
    struct wf_node *node = parse_primary(p);

    while (node && p->lexer.token == WF_TOK_DOT)
        node = parse_dot(p, node);
    return node;
}

static struct wf_node *parse_unary(struct parser *p)
{
    bool is_op = p->lexer.token == WF_TOK_OP;
    unsigned begin = (unsigned)p->lexer.begin;
    struct wf_node *node;
    enum wf_op op;

    if (!is_op || (p->lexer.op != WF_OP_NOT && p->lexer.op != WF_OP_SUB))
        return parse_postfix(p);
    op = p->lexer.op == WF_OP_NOT ? WF_OP_NOT : WF_OP_NEG;
    wf_lex_next(&p->lexer);
    node = parse_binary(p, UNARY_PRECEDENCE);
    node = branch(p, op, &node, 1);
    if (node)
        node->begin = begin;
    return node;
}

static bool is_comparison(enum wf_op op)
{
    return operators[op].left == COMPARISON;
}

/* The binary operator that comes next, if it binds closer than `limit`. */
static bool next_operator(const struct parser *p, int limit, enum wf_op *op)
{
    *op = p->lexer.op;
    return p->lexer.token == WF_TOK_OP && operators[*op].left > limit;
}

static struct wf_node *parse_operators(struct parser *p, int limit)
{
    struct wf_node *left = parse_unary(p);
    bool compared = false; /* left is a comparison without parentheses */
    enum wf_op op;

    while (left && next_operator(p, limit, &op)) {
        struct wf_node *both[2] = { left, NULL };

        if (compared && is_comparison(op)) {
            wf_diag_at(p->lexer.diags, here(p), "syntax",
                       "Comparisons do not chain; write `a %s b and b %s c`.",
                       wf_op_text(left->op), wf_op_text(op));
            return stop(p);
        }
        wf_lex_next(&p->lexer);
        both[1] = parse_binary(p, operators[op].right);
        left = branch(p, op, both, 2);
        compared = is_comparison(op);
    }
    return left;
}

/* Operators that bind closer than `limit`. */
static struct wf_node *parse_binary(struct parser *p, int limit)
{
    struct wf_node *node;

    if (p->depth == WF_EXPR_DEPTH_MAX)
        return too_deep(p);
    p->depth++;
    node = parse_operators(p, limit);
    p->depth--;
    return node;
}

static bool fits(const struct wf_expr *expr, struct wf_diags *diags)
{
    size_t len = strlen(expr->text);

    if (len > WF_EXPR_TEXT_MAX) {
        wf_diag_at(diags, expr->place, "limit",
                   "The formula is longer than %d bytes; split it into "
                   "fields.",
                   WF_EXPR_TEXT_MAX);
        return false;
    }
    if (!wf_utf8_is_valid(expr->text, len)) {
        wf_diag_at(diags, expr->place, "syntax", "The formula is not UTF-8.");
        return false;
    }
    if (!wf_str_trim(wf_str_of(expr->text)).len) {
        wf_diag_at(diags, expr->place, "syntax",
                   "The formula is empty; write a value, or leave the "
                   "attribute out.");
        return false;
    }
    return true;
}

struct wf_expr *wf_expr_parse(struct wf_arena *arena, struct wf_place place,
                              const char *text, struct wf_diags *diags)
{
    struct wf_expr *expr = WF_NEW(arena, struct wf_expr);
    struct parser p = { 0 };

    expr->place = place;
    expr->text = text;
    if (!fits(expr, diags))
        return NULL;
    expr->text = wf_arena_str(arena, text);
    p.lexer.arena = arena;
    p.lexer.expr = expr;
    p.lexer.diags = diags;
    p.lexer.len = strlen(text);
    p.lexer.token = WF_TOK_END; /* nothing is read yet */
    wf_lex_next(&p.lexer);
    expr->root = parse_binary(&p, 0);
    if (!expr->root)
        return NULL;
    if (p.lexer.token == WF_TOK_END)
        return expr;
    if (p.lexer.token != WF_TOK_BAD)
        wf_diag_at(diags, here(&p), "syntax",
                   "`%.*s` stands where the formula should end; an operator "
                   "is missing before it, or a `(` is.",
                   (int)(p.lexer.end - p.lexer.begin),
                   expr->text + p.lexer.begin);
    return NULL;
}
