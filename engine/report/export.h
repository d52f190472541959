/* report/export.h - documents of a form as a file: what their reader may take
 * out, by the right `export`.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_REPORT_EXPORT_H
#define WF_REPORT_EXPORT_H

#include "base/buf.h"
#include "doc/list.h"

enum wf_format {
    WF_FORMAT_JSON,
    WF_FORMAT_CSV,
    WF_FORMAT_XLSX,
    WF_FORMAT_XES, /* what happened to them */
};

/* "json", "csv", "xlsx", "xes". */
bool wf_format_of(const char *word, enum wf_format *out);
const char *wf_format_word(enum wf_format format);
/* Its media type. */
const char *wf_format_type(enum wf_format format);

struct wf_export {
    struct wf_list_query query; /* its form and conditions; no page */
    enum wf_format format;      /* any but JSON */
    const char *table;          /* of a CSV: its rows; NULL: the fields */
    /* Told of each document that the file shows; or NULL. */
    void (*shows)(void *self, wf_id document);
    void *self;
};

/* Documents of the form by the conditions, which call->me may read and may take
 * out, in order of id: a row a document, a column a field that call->me sees
 * somewhere, empty where they do not. A CSV is for programs: ids and logins; a
 * workbook for people: labels and names, its tables on sheets of their own; an
 * event log is the history of each of them (report/xes.h).
 * One query whatever its length.
 * Errors: WEFT_E_NOTFOUND no such form, or none that call->me sees;
 * WEFT_E_DENIED nobody grants call->me to take out any document of it;
 * WEFT_E_MALFORMED conditions or the table; WEFT_E_TOO_LARGE. */
WF_MUST_CHECK bool wf_export_documents(struct wf_call *call,
                                       const struct wf_export *asked,
                                       struct wf_buf *out, weft_error *err);

#endif
