/* def/expr_course.h - which way a condition goes while nothing but time
 * changes.
 *
 * Source: docs/definition-language.md, "Alerts".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_EXPR_COURSE_H
#define WF_DEF_EXPR_COURSE_H

#include "def/expr.h"

/* From one day to the next, at the same time of day. */
enum wf_course {
    WF_COURSE_STILL, /* time does not touch it */
    WF_COURSE_UP,    /* a number never falls; what holds goes on holding */
    WF_COURSE_DOWN,  /* the other way round */
    WF_COURSE_ANY,   /* it may go either way, or hang on what is elsewhere */
};

enum wf_course wf_expr_course(const struct wf_expr *expr);

#endif
