/* markup/patch.h - the operations of RFC 5261 that overlays are made of.
 *
 * A selector is a path of element names below the root, each with at most one
 * predicate: `fields/section[@id='plan']/field[2]`, its last part may be
 * `@NAME`; `.` is the root. It must name exactly one node. No XPath engine is
 * involved.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_MARKUP_PATCH_H
#define WF_MARKUP_PATCH_H

#include "markup/elem.h"

enum {
    WF_PATCH_OPS = 1000
};

/* Applies the <add sel pos type>, <replace sel> and <remove sel> children of
 * `ops`, in order, to `root`, which is changed in place. add: as the last
 * child, or pos="before|after|prepend" beside the selected element;
 * type="@NAME" adds an attribute. replace: one element by one element, or an
 * attribute's value by the operation's text. A selector that names none or
 * several is a finding at the operation, as is a tree that grows deeper than
 * WF_XML_DEPTH. Other children of `ops` are left alone; they and the operations
 * are at most WF_PATCH_OPS. False if any operation failed; then `root` is of no
 * use. */
bool wf_patch_apply(struct wf_arena *arena, struct wf_elem *root,
                    const struct wf_elem *ops, struct wf_diags *diags);

#endif
