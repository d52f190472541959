/* markup/selector.h - finds the one node that a patch operation means.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_MARKUP_SELECTOR_H
#define WF_MARKUP_SELECTOR_H

#include <stdbool.h>

#include "markup/elem.h"

/* What a selector names: an element, or an attribute of it. */
struct wf_selected {
    struct wf_elem *elem;
    struct wf_attr *attr; /* NULL: the element itself */
};

/* Follows the selector `sel` (see patch.h) from `root`. A mistake in it, no
 * node or several are a finding at `place`, and false. */
bool wf_selector_find(struct wf_elem *root, const char *sel,
                      struct wf_place place, struct wf_selected *out,
                      struct wf_diags *diags);

/* Whether `text` can name an attribute: a word of ASCII, or "xml:lang". */
bool wf_selector_is_name(const char *text);

#endif
