/* doc/override.h - values that somebody has set over those of a document, with
 * a reason: by calibration, or by the hook of an appeal.
 *
 * The document's own value goes on being worked out and stands beside it; all
 * that is computed of the field is computed of the value set over it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_OVERRIDE_H
#define WF_DOC_OVERRIDE_H

#include "doc/access.h"

/* Sets `value`, in its stored shape, over that of `field`, which is none of a
 * table's; NULL takes away what was set. Derives nothing yet. */
void wf_override_set(struct wf_call *call, struct wf_doc *doc,
                     const struct wf_field *field, struct wf_json *value,
                     const char *reason);

/* Whether one is set over `field`. */
bool wf_override_is_set(const struct wf_doc *doc, const struct wf_field *field);

/* In the course of deriving: `field` has the value that is its own; where one
 * is set over it, that is put in its place and its own beside it. */
void wf_override_apply(struct wf_call *call, struct wf_doc *doc,
                       const struct wf_field *field);

/* "overrides":[{"field","computed","value","reason","by","at"}], those of
 * fields that are seen. */
WF_MUST_CHECK bool wf_override_write(struct wf_call *call,
                                     const struct wf_doc *doc,
                                     const struct wf_rights *rights,
                                     struct wf_json_writer *out,
                                     weft_error *err);

/* The one of a field, in the same shape; null where there is none. */
WF_MUST_CHECK bool wf_override_write_one(struct wf_call *call,
                                         const struct wf_doc *doc,
                                         const struct wf_rights *rights,
                                         const struct wf_field *field,
                                         struct wf_json_writer *out,
                                         weft_error *err);

#endif
