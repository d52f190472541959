/* def/head.h - what all definitions of the kinds of def/kind.h have in common:
 * the first member of each one's struct.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_HEAD_H
#define WF_DEF_HEAD_H

#include "def/form.h"

struct wf_kind;

/* What every definition of such a kind begins with. Its parser fills id and
 * words, the rest is there before. */
struct wf_head {
    const struct wf_kind *kind;
    const char *id; /* never NULL */
    int version;
    const struct wf_package *package;
    struct wf_words *words;
    const char *file;
    const char *hook_file, *hook; /* NULL: no hooks */
    struct wf_map hook_functions; /* name → itself */
};

/* What a level tells people, in one of the languages that it has. */
struct wf_say {
    const char *lang;
    struct wf_template *text;
    struct wf_say *next; /* the first one is the package's own */
};
/* In `lang`, else in the package's own; NULL: nothing is said. */
const struct wf_template *wf_say_in(const struct wf_say *says,
                                    const char *lang);

const char *wf_head_kind(const struct wf_head *head); /* "metric" */

#endif
