/* doc/rows.h - item tables that somebody sent.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_ROWS_H
#define WF_DOC_ROWS_H

#include "doc/shape.h"

/* One patch being applied. */
struct wf_patching {
    struct wf_call *call;
    const struct wf_doc *doc;
    const struct wf_writable *writable;
};

/* Why a field may not be written, whatever the values are: a code, or NULL
 * where it may. */
const char *wf_patch_refusal(const struct wf_patching *p,
                             const struct wf_field *field);

/* Adds the finding for such a code, in the words of the field; NULL: there is
 * none at `place`. */
void wf_patch_refuse(const struct wf_patching *p, const struct wf_field *field,
                     const char *place, const char *code);

/* The stored rows of `table` that `in` makes of the ones that are there: an
 * array replaces the table; a row with a known id stays that row, and keeps
 * what its writer may not write. New rows get ids. */
WF_MUST_CHECK bool wf_rows_shape(const struct wf_patching *p,
                                 const struct wf_field *table,
                                 const struct wf_json *in, struct wf_json **out,
                                 weft_error *err);

/* Of `rows` that wf_rows_shape() has made of `in`: what a readonly-when of a
 * column keeps as it was, where the document stands as in `after`. */
WF_MUST_CHECK bool wf_rows_judge(const struct wf_patching *p,
                                 const struct wf_field *table,
                                 const struct wf_json *in, struct wf_json *rows,
                                 const struct wf_doc *after, weft_error *err);

/* Where what somebody writes in `field` stands: in the data, or apart where a
 * rollup gives the value that is shown. */
struct wf_json *wf_shape_holder(struct wf_call *call, struct wf_doc *doc,
                                const struct wf_field *field);

/* The default of a field that is absent, NULL where it has none (or one that
 * Lua makes). */
WF_MUST_CHECK bool wf_shape_default(struct wf_call *call,
                                    const struct wf_doc *doc,
                                    const struct wf_field *field,
                                    const struct wf_json *row,
                                    struct wf_json **out, weft_error *err);

/* Of a new document, the fields that have what their default formula gives, as
 * an object; NULL where no field has such a formula. Once `said` has been
 * applied, those that it does not name are worked out anew: a due day that
 * counts from the period is that of the period that somebody has chosen. */
WF_MUST_CHECK bool wf_defaults_held(struct wf_call *call, struct wf_doc *doc,
                                    struct wf_json **out, weft_error *err);
WF_MUST_CHECK bool wf_defaults_follow(struct wf_call *call, struct wf_doc *doc,
                                      const struct wf_json *held,
                                      const struct wf_json *said,
                                      weft_error *err);

#endif
