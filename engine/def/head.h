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

const char *wf_head_kind(const struct wf_head *head); /* "metric" */

#endif
