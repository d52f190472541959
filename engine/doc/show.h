/* doc/show.h - stored values as people see them: persons with their names,
 * tables without the columns that are not seen.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_SHOW_H
#define WF_DOC_SHOW_H

#include "doc/access.h"

/* What a reader is shown of documents of one form. */
struct wf_showing {
    struct wf_call *call;
    const struct wf_form *form;
    const struct wf_rights *rights;
    const struct wf_map *files; /* of the document; NULL: not looked for */
};

/* The shown shape of what `field` holds: of a table its rows, or a single one.
 * NULL where there is nothing. It shares with `json` what looks the same. */
WF_MUST_CHECK bool wf_show_value(const struct wf_showing *s,
                                 const struct wf_field *field,
                                 struct wf_json *json, struct wf_json **out,
                                 weft_error *err);

bool wf_show_sees(const struct wf_showing *s, const struct wf_field *field);

/* Loads all files that `doc` holds, at once. */
WF_MUST_CHECK bool wf_show_files(struct wf_showing *s, const struct wf_doc *doc,
                                 weft_error *err);

/* Loads all persons that are named in `doc`, and all files that it holds, at
 * once. */
WF_MUST_CHECK bool wf_show_prepare(struct wf_showing *s,
                                   const struct wf_doc *doc, weft_error *err);

#endif
