/* def/moment.h - TIME of the language: "start + 7d", "due 18:00", "2wd".
 *
 * A day or a moment to count from, durations that are added or taken away, and
 * a time of day. What it is for a document is doc/when.h's to say.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_MOMENT_H
#define WF_DEF_MOMENT_H

#include "base/date.h"
#include "base/diag.h"
#include "def/field.h"

struct wf_form;

/* What is counted from. The last four are of the cycle's stage. */
enum wf_anchor {
    WF_ANCHOR_ENTERED, /* a duration alone: the step is entered */
    WF_ANCHOR_NOW,
    WF_ANCHOR_DAY,
    WF_ANCHOR_FIELD,
    WF_ANCHOR_START, /* of the period */
    WF_ANCHOR_END,
    WF_ANCHOR_OPENS,
    WF_ANCHOR_DUE,
    WF_ANCHOR_FREEZE,
    WF_ANCHOR_REVEAL,
};

struct wf_shift {
    struct wf_duration by;
    bool back;
};

struct wf_moment {
    const char *text; /* as it was written */
    enum wf_anchor anchor;
    int32_t day;                  /* of WF_ANCHOR_DAY */
    const struct wf_field *field; /* of WF_ANCHOR_FIELD: a date or a time */
    struct wf_shift *shifts;
    size_t n_shifts;
    int clock; /* minutes since midnight at the end; -1: none */
};

/* Reads one; names are fields of `form` (NULL: none there) first. NULL if it is
 * none, with a finding at `place`. */
struct wf_moment *wf_moment_parse(struct wf_arena *arena, struct wf_place place,
                                  const char *text, const struct wf_form *form,
                                  struct wf_diags *diags);

/* The word of an anchor: "start"; NULL for those without. */
const char *wf_anchor_word(enum wf_anchor anchor);

#endif
