/* doc/convert.h - what a document holds, carried over to another version of its
 * form.
 *
 * What both versions have in the same type stays as it is. What has changed
 * its type is turned into the new one where that says the same; what cannot be
 * is lost, like what the new version has no place for. Nothing is guessed.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_CONVERT_H
#define WF_DOC_CONVERT_H

#include "doc/doc.h"

/* What became of the values; each a JSON array, rows by place. */
struct wf_conversion {
    struct wf_json *lost;    /* [{"field","value"}] */
    struct wf_json *changed; /* [{"field","from","to"}]: of another type */
    struct wf_json *unfit;   /* [{"field","value"}]: kept, though no option */
};

struct wf_converting {
    const struct wf_form *to;
    const struct wf_json *fields; /* {"old": "new"} of renamed ones; or NULL */
};

/* Puts doc->form and doc->data over. Derived values are not worked out. */
WF_MUST_CHECK bool wf_convert(struct wf_call *call, struct wf_doc *doc,
                              const struct wf_converting *how,
                              struct wf_conversion *out, weft_error *err);

/* Where `field` of the old version goes; NULL: nowhere. */
const struct wf_field *wf_convert_target(const struct wf_converting *how,
                                         const struct wf_field *field);

/* Whether a value of the one needs no turning into the other. */
bool wf_convert_same(const struct wf_field *from, const struct wf_field *to);

#endif
