/* def/alert.h - a watch on the documents of a form: levels with colours, and
 * who hears of it.
 *
 * Source: docs/definition-language.md, "Alerts".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_ALERT_H
#define WF_DEF_ALERT_H

#include "def/expr_course.h"
#include "def/metric.h"

struct wf_alert_level {
    const char *id;
    struct wf_words *words; /* label */
    enum wf_colour colour;
    struct wf_expr *when;
    enum wf_course course;     /* of `when`, while nothing is saved */
    const struct wf_who *tell; /* NULL: nobody */
    struct wf_say *says;       /* NULL: the label, the title */
    struct wf_place place;
    struct wf_alert_level *next;
};

struct wf_alert {
    struct wf_head head;
    const char *form_id;
    const struct wf_form *form; /* NULL: it is not here */
    const struct wf_step *step; /* NULL: any; the documents that are open */
    int at;                     /* minutes since midnight of its look */
    struct wf_alert_level *levels;
    size_t n_levels;
    /* The fields that its conditions read. */
    const struct wf_field **fields;
    size_t n_fields;
};

#endif
