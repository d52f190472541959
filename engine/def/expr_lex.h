/* def/expr_lex.h - the words of an expression.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_EXPR_LEX_H
#define WF_DEF_EXPR_LEX_H

#include "def/expr_tree.h"

enum wf_token {
    WF_TOK_END,
    WF_TOK_BAD, /* a finding was made */
    WF_TOK_NUMBER,
    WF_TOK_TEXT,
    WF_TOK_NAME,
    WF_TOK_NIL,
    WF_TOK_TRUE,
    WF_TOK_FALSE,
    WF_TOK_OPEN,
    WF_TOK_CLOSE,
    WF_TOK_COMMA,
    WF_TOK_DOT,
    WF_TOK_OP, /* op; `not` and binary operators, "-" as WF_OP_SUB */
};

/* Reads one token after the other. `begin` and `end` are its bytes. */
struct wf_lexer {
    struct wf_arena *arena;
    const struct wf_expr *expr;
    struct wf_diags *diags;
    size_t len;

    enum wf_token token;
    size_t begin, end;
    enum wf_op op;
    double number;
    struct wf_str text; /* of a text: what it means; of a name */
};

/* Moves to the next token; stays at WF_TOK_BAD once there. */
void wf_lex_next(struct wf_lexer *lexer);

#endif
