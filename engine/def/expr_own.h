/* def/expr_own.h - whether a value follows from the document's own entries
 * alone: then it is today what it was when it was stored.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_EXPR_OWN_H
#define WF_DEF_EXPR_OWN_H

#include "def/expr.h"

/* False where time, a person, a setting, a calendar, another document or where
 * the document stands has a part in it. What the fields are that it reads is
 * wf_expr_uses()'. */
bool wf_expr_is_own(const struct wf_expr *expr);

#endif
