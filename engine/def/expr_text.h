/* def/expr_text.h - texts in an expression: '…' and "…" with Lua's escapes.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_EXPR_TEXT_H
#define WF_DEF_EXPR_TEXT_H

#include "def/expr_lex.h"

/* Reads the text that begins at lexer->begin. */
void wf_lex_text(struct wf_lexer *lexer);

#endif
