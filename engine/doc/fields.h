/* doc/fields.h - going through the fields of a form, columns among them, and
 * naming their places in a document.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_FIELDS_H
#define WF_DOC_FIELDS_H

#include "doc/doc.h"

/* The field behind `field` (NULL: the first one), a table before its columns;
 * NULL at the end. The order of wf_field_number(). */
const struct wf_field *wf_field_after(const struct wf_form *form,
                                      const struct wf_field *field);

/* "lines[2].weight", or "lines[2]" where `column` is ""; rows from 1. */
const char *wf_row_place(struct wf_arena *arena, const struct wf_field *table,
                         size_t row, const char *column);

/* "weight", or "lines[2].weight" for a column in its row, rows from 1. */
const char *wf_field_place(struct wf_arena *arena, const struct wf_field *field,
                           size_t row);

/* The field that a place names ("lines[2].weight"; "lines[2]" is the table);
 * NULL where the form has none. */
const struct wf_field *wf_field_placed(const struct wf_form *form,
                                       struct wf_arena *arena,
                                       const char *place);

/* What a document holds in `field`; of a column in `row`. NULL: absent. */
struct wf_json *wf_field_value(const struct wf_field *field,
                               const struct wf_json *data,
                               const struct wf_json *row);

/* The rows of a table by their ids. */
void wf_rows_by_id(struct wf_arena *arena, const struct wf_json *rows,
                   struct wf_map *out);

/* Whether `form` is the form `id` or an overlay of it, near or far. */
bool wf_form_is_of(const struct wf_registry *registry,
                   const struct wf_form *form, const char *id);

/* Its label in the language of the call. */
const char *wf_field_label(const struct wf_call *call,
                           const struct wf_field *field);

#endif
