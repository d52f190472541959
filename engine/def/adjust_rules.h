/* def/adjust_rules.h - what the rules of adjusting allow, for both readings of
 * a change.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_ADJUST_RULES_H
#define WF_DEF_ADJUST_RULES_H

#include "def/adjust.h"
#include "def/diff.h"

enum wf_adjust_deed {
    WF_ADJUST_ADD,
    WF_ADJUST_REMOVE,
    WF_ADJUST_MOVE
};
bool wf_adjust_may(const struct wf_adjusting *with, const char *part,
                   const char *path, enum wf_adjust_deed deed);

/* The first rule by which the attribute may be set at all; NULL: none. */
const struct wf_may_value *wf_adjust_value(const struct wf_adjusting *with,
                                           const char *part, const char *path,
                                           const char *name);

/* Whether a value is within its limits; else a finding at the field `at`.
 * `text` NULL: the attribute is left out. */
bool wf_adjust_fits(const struct wf_adjusting *with,
                    const struct wf_may_value *value, const char *text,
                    const char *at);

const struct wf_part *wf_adjust_part(const struct wf_parts *parts,
                                     struct wf_arena *arena, const char *kind,
                                     const char *path);

#endif
