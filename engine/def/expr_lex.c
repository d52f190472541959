/* def/expr_lex.c - cuts an expression into words, and teaches those who write
 * another language: each mark that Lua or C has and formulas have not is
 * answered with what to write instead.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/expr_lex.h"

#include <math.h>
#include <string.h>

#include "def/expr_text.h"

/* clang-format off */

/* Marks, longer ones first; those that are wrong with what to write. */
static const struct mark {
    const char *text;
    enum wf_token token;
    enum wf_op op;
    const char *instead;
} marks[] = {
    { "==", WF_TOK_OP, WF_OP_EQ, NULL },
    { "~=", WF_TOK_OP, WF_OP_NE, NULL },
    { "<=", WF_TOK_OP, WF_OP_LE, NULL },
    { ">=", WF_TOK_OP, WF_OP_GE, NULL },
    { "..", WF_TOK_OP, WF_OP_CONCAT, NULL },
    { "!=", WF_TOK_BAD, 0, "~=" },
    { "<>", WF_TOK_BAD, 0, "~=" },
    { "&&", WF_TOK_BAD, 0, "and" },
    { "||", WF_TOK_BAD, 0, "or" },
    { "--", WF_TOK_BAD, 0, "- -" },
    { "//", WF_TOK_BAD, 0, "floor(a / b)" },
    { "=",  WF_TOK_BAD, 0, "==" },
    { "!",  WF_TOK_BAD, 0, "not" },
    { "?",  WF_TOK_BAD, 0, "if_(condition, then, else)" },
    { ":",  WF_TOK_BAD, 0, "function(value)" },
    { "^",  WF_TOK_BAD, 0, "x * x" },
    { "#",  WF_TOK_BAD, 0, "count(list)" },
    { "&",  WF_TOK_BAD, 0, "and" },
    { "|",  WF_TOK_BAD, 0, "or" },
    { "~",  WF_TOK_BAD, 0, "not" },
    { "[",  WF_TOK_BAD, 0, "table.column" },
    { "“",  WF_TOK_BAD, 0, "\"" },
    { "”",  WF_TOK_BAD, 0, "\"" },
    { "‘",  WF_TOK_BAD, 0, "'" },
    { "’",  WF_TOK_BAD, 0, "'" },
    { "（", WF_TOK_BAD, 0, "(" },
    { "）", WF_TOK_BAD, 0, ")" },
    { "，", WF_TOK_BAD, 0, "," },
    { "＝", WF_TOK_BAD, 0, "==" },
    { "＞", WF_TOK_BAD, 0, ">" },
    { "＜", WF_TOK_BAD, 0, "<" },
    { "＋", WF_TOK_BAD, 0, "+" },
    { "－", WF_TOK_BAD, 0, "-" },
    { "≥",  WF_TOK_BAD, 0, ">=" },
    { "≤",  WF_TOK_BAD, 0, "<=" },
    { "≠",  WF_TOK_BAD, 0, "~=" },
    { "×",  WF_TOK_BAD, 0, "*" },
    { "÷",  WF_TOK_BAD, 0, "/" },
    { "<",  WF_TOK_OP, WF_OP_LT, NULL },
    { ">",  WF_TOK_OP, WF_OP_GT, NULL },
    { "+",  WF_TOK_OP, WF_OP_ADD, NULL },
    { "-",  WF_TOK_OP, WF_OP_SUB, NULL },
    { "*",  WF_TOK_OP, WF_OP_MUL, NULL },
    { "/",  WF_TOK_OP, WF_OP_DIV, NULL },
    { "%",  WF_TOK_OP, WF_OP_MOD, NULL },
    { "(",  WF_TOK_OPEN, 0, NULL },
    { ")",  WF_TOK_CLOSE, 0, NULL },
    { ",",  WF_TOK_COMMA, 0, NULL },
    { ".",  WF_TOK_DOT, 0, NULL },
};

static const struct word {
    const char *text;
    enum wf_token token;
    enum wf_op op;
} words[] = {
    { "and",   WF_TOK_OP,    WF_OP_AND },
    { "or",    WF_TOK_OP,    WF_OP_OR },
    { "not",   WF_TOK_OP,    WF_OP_NOT },
    { "nil",   WF_TOK_NIL,   0 },
    { "true",  WF_TOK_TRUE,  0 },
    { "false", WF_TOK_FALSE, 0 },
};

/* Lua's words for what a formula has not. */
static const char *const statements[] = {
    "break", "do", "else", "elseif", "end", "for", "function", "goto", "if",
    "in", "local", "repeat", "return", "then", "until", "while",
};
/* clang-format on */

bool wf_expr_is_keyword(const char *word)
{
    for (size_t i = 0; i < WF_COUNT(words); i++)
        if (wf_streq(words[i].text, word))
            return true;
    for (size_t i = 0; i < WF_COUNT(statements); i++)
        if (wf_streq(statements[i], word))
            return true;
    return false;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static char at(const struct wf_lexer *lexer, size_t i)
{
    return i < lexer->len ? lexer->expr->text[i] : '\0';
}

static struct wf_place place(const struct wf_lexer *lexer, size_t i)
{
    return wf_expr_place(lexer->expr, i);
}

static struct wf_str slice(const struct wf_lexer *lexer)
{
    struct wf_str s = { lexer->expr->text + lexer->begin,
                        lexer->end - lexer->begin };

    return s;
}

/* A character that no formula has. */
static void read_stranger(struct wf_lexer *lexer, const char *rest)
{
    size_t len = 1;

    while (((unsigned char)rest[len] & 0xC0) == 0x80)
        len++;
    lexer->token = WF_TOK_BAD;
    wf_diag_at(lexer->diags, place(lexer, lexer->begin), "syntax",
               "`%.*s` means nothing in a formula. Texts stand in quotes; "
               "fields are named by their id.",
               (int)len, rest);
}

static void read_mark(struct wf_lexer *lexer)
{
    const char *rest = lexer->expr->text + lexer->begin;
    const struct mark *mark = marks;

    while (mark < marks + WF_COUNT(marks) && !wf_str_starts(rest, mark->text))
        mark++;
    if (mark == marks + WF_COUNT(marks)) {
        read_stranger(lexer, rest);
        return;
    }
    lexer->token = mark->token;
    lexer->op = mark->op;
    lexer->end = lexer->begin + strlen(mark->text);
    if (wf_streq(mark->text, "="))
        wf_diag_at(lexer->diags, place(lexer, lexer->begin), "syntax",
                   "`=` compares nothing here; write `==`. A formula assigns "
                   "nothing either.");
    else if (mark->instead)
        wf_diag_at(lexer->diags, place(lexer, lexer->begin), "syntax",
                   "`%s` is written `%s` here.", mark->text, mark->instead);
}

static void read_name(struct wf_lexer *lexer)
{
    while (is_letter(at(lexer, lexer->end)) || is_digit(at(lexer, lexer->end)))
        lexer->end++;
    lexer->text = slice(lexer);
    lexer->token = WF_TOK_NAME;
    for (size_t i = 0; i < WF_COUNT(words); i++) {
        if (wf_str_is(lexer->text, words[i].text)) {
            lexer->token = words[i].token;
            lexer->op = words[i].op;
        }
    }
    for (size_t i = 0; i < WF_COUNT(statements); i++) {
        if (!wf_str_is(lexer->text, statements[i]))
            continue;
        lexer->token = WF_TOK_BAD;
        wf_diag_at(lexer->diags, place(lexer, lexer->begin), "syntax",
                   "There is no `%s`: a formula is one expression, without "
                   "loops, functions or assignments. Choose with "
                   "`if_(condition, then, else)`.",
                   statements[i]);
    }
}

/* Digits, a fraction, an exponent: what JSON and Lua have in common. */
static void read_number(struct wf_lexer *lexer)
{
    const char *text = lexer->expr->text;
    char *end = NULL;
    size_t i = lexer->begin;

    while (is_digit(at(lexer, i)))
        i++;
    if (at(lexer, i) == '.' && at(lexer, i + 1) != '.')
        i++;
    while (is_digit(at(lexer, i)))
        i++;
    if (at(lexer, i) == 'e' || at(lexer, i) == 'E') {
        i++;
        if (at(lexer, i) == '+' || at(lexer, i) == '-')
            i++;
        while (is_digit(at(lexer, i)))
            i++;
    }
    lexer->end = i;
    lexer->token = WF_TOK_NUMBER;
    lexer->number = wf_number_parse(text + lexer->begin, &end);
    if (end == text + i && isfinite(lexer->number) && !is_letter(at(lexer, i))
        && !(at(lexer, i) == '.' && is_digit(at(lexer, i + 1))))
        return;
    while (is_letter(at(lexer, lexer->end)) || is_digit(at(lexer, lexer->end))
           || at(lexer, lexer->end) == '.')
        lexer->end++;
    lexer->token = WF_TOK_BAD;
    wf_diag_at(lexer->diags, place(lexer, lexer->begin), "syntax",
               "`%.*s` is not a number; numbers are decimal, such as 12.5 or "
               "1e6.",
               (int)(lexer->end - lexer->begin), text + lexer->begin);
}

void wf_lex_next(struct wf_lexer *lexer)
{
    char c;

    if (lexer->token == WF_TOK_BAD)
        return;
    while (at(lexer, lexer->end) && strchr(" \t\r\n", at(lexer, lexer->end)))
        lexer->end++;
    lexer->begin = lexer->end;
    c = at(lexer, lexer->begin);
    if (!c)
        lexer->token = WF_TOK_END;
    else if (is_letter(c))
        read_name(lexer);
    else if (is_digit(c) || (c == '.' && is_digit(at(lexer, lexer->end + 1))))
        read_number(lexer);
    else if (c == '\'' || c == '"')
        wf_lex_text(lexer);
    else
        read_mark(lexer);
}
