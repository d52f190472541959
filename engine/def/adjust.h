/* def/adjust.h - what somebody may change of forms without being able to deploy
 * them: <adjust> of a package.
 *
 * A rule names forms, people, and parts of these forms (def/diff.h) with the
 * attributes that may be set and their limits. A change is not a text but a
 * list of such settings, and it is read twice: once while it is applied, and
 * once more by comparing what came of it with what there was, so that nothing
 * else can have come along.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_ADJUST_H
#define WF_DEF_ADJUST_H

#include "base/list.h"
#include "base/pattern.h"
#include "def/form.h"
#include "markup/elem.h"

struct wf_may_bound {
    bool given;
    double at;
};

/* <value>: an attribute that may be set. */
struct wf_may_value {
    const char *of;
    struct wf_may_bound min, max; /* of its number */
    struct wf_may_bound sum;      /* of all parts beside one another */
    const char **one_of;          /* NULL: whatever the language takes */
    const char *pattern_text;
    const struct wf_pattern *pattern;
    struct wf_place place;
    struct wf_may_value *next;
};

/* <may>: parts of one kind. */
struct wf_may {
    const char *part;       /* "level" */
    const char *path;       /* "long.lead", or "long.*": all within "long" */
    bool add, remove, move; /* only of all within another */
    int min, max;           /* how many there are; 0: not said */
    struct wf_may_value *values;
    struct wf_place place;
    struct wf_may *next;
};

/* <adjust> */
struct wf_adjust {
    const char *id;
    const char **forms;      /* ids, NULL at the end */
    const struct wf_who *by; /* without a document */
    struct wf_words *words;
    struct wf_may *mays;
    struct wf_place place, forms_place;
    struct wf_adjust *next;
};

/* Whether the rule is about the form. */
bool wf_adjust_is_of(const struct wf_adjust *rule, const char *form);

/* Whether a rule's path ("long.*") means the part at `path`. */
bool wf_adjust_is_path_of(const char *rule, const char *path);

/* Whether an element that is such a part has attributes of this name. */
bool wf_adjust_takes(const struct wf_elem *elem, const char *name);

/* Rules that somebody has on one form. */
struct wf_adjusting {
    struct wf_arena *arena;
    const struct wf_form *form; /* as it is now */
    const char *raw;            /* its text; of an overlay as it was written */
    WF_LIST(const struct wf_adjust *) rules;
    struct wf_diags *findings; /* of fields: "changes[0].set.max" */
};

/* The text of the form after `changes`, an array of
 *   {"part","path","set":{NAME: value or null}}
 *   {"part","path","add":{NAME: value},"before"?: KEY}
 *   {"part","path","remove":true}
 *   {"part","path","before": KEY, or null for the end}
 * NULL with findings where one does not fit, or goes beyond the rules. */
const char *wf_adjust_apply(const struct wf_adjusting *with,
                            const struct wf_json *changes);

/* Compares `to`, compiled of that text, with the form: whatever the rules do
 * not allow is a finding, numbers of parts and sums as well. */
void wf_adjust_check(const struct wf_adjusting *with, const struct wf_form *to);

/* Appends to an open object what may be changed: "parts":[{"rule","part",
 * "path","label","within","remove","move","values":[{"of","value","min","max",
 * "sum","one_of","pattern"}]}] and "adds":[{"rule","part","within","count",
 * "min","max","values"}]. */
void wf_adjust_write(const struct wf_adjusting *with, const char *lang,
                     struct wf_json_writer *out);

#endif
