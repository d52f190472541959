/* doc/shape.h - from what people send to stored values.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_SHAPE_H
#define WF_DOC_SHAPE_H

#include "doc/doc.h"

/* Who writes decides what may be written. */
struct wf_writable {
    const struct wf_field_set *edit; /* of the step; NULL: everything (hooks) */
    bool hook;                       /* hooks write readonly fields too */
    bool each; /* what is wrong with one does not keep the others out */
    /* Fields that the writer may not see answer as unknown. */
    bool (*may_see)(void *self, const struct wf_field *field);
    void *self;
};

/* Applies the merge patch `patch` (RFC 7396; an array of rows replaces the
 * table, rows keep their "id") to doc->data: each value checked against its
 * field's type, options, limits and pattern, people and links found, text
 * made NFC. Findings (codes unknown readonly derived locked type range length
 * pattern option person link currency digits) say what is wrong; doc->data is
 * changed only if there are none, or with `each` by what has none. Whether a
 * field is read-only, or a rollup gives its value, is judged as the document
 * would stand with all of it, its own value as it was. False: findings
 * (WEFT_E_INVALID; never with `each`) or the store. */
WF_MUST_CHECK bool wf_shape_patch(struct wf_call *call, struct wf_doc *doc,
                                  const struct wf_json *patch,
                                  const struct wf_writable *writable,
                                  weft_error *err);

/* Defaults of a new document; those made by Lua are flow's. */
WF_MUST_CHECK bool wf_shape_defaults(struct wf_call *call, struct wf_doc *doc,
                                     weft_error *err);

#endif
