/* def/expr_names.h - what the names and dots of an expression mean.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_EXPR_NAMES_H
#define WF_DEF_EXPR_NAMES_H

#include "def/expr_tree.h"

/* A bare name: a column of the row in turn, else a field of the document, else
 * a built-in name. */
void wf_link_word(struct wf_linker *linker, struct wf_node *node);

/* `a.b`: a column of a table, a setting, a part of a person, a field of the
 * document that a link leads to; `doc.b` is the document's own. */
void wf_link_dot(struct wf_linker *linker, struct wf_node *node);

#endif
