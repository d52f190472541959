/* doc/audit.h - what was done in the store and by whom, for whoever watches
 * over it.
 *
 * It tells that somebody acted on a document, not what stands in it: neither
 * values nor words; its title, and whom an act names, only to who may read it.
 * Anonymous answers have no history, so there is nothing to tell of them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_AUDIT_H
#define WF_DOC_AUDIT_H

#include "doc/cursor.h"
#include "org/call.h"

struct wf_audit_query {
    int64_t from, until; /* instants; what happens at `until` is not told */
    wf_id person;        /* who did it; 0: anybody */
    const char *form;    /* on documents of it and of its overlays; NULL: of
                          * all, and what is of none */
    bool engine;         /* also what the engine itself does to documents */
    bool records;        /* call->me may see all that is stored of people */
};

/* {"items":[{"at","actor","kind","label","reason","via","document",…}],"next"},
 * newest first (docs/http.md, "Audit trail"). */
WF_MUST_CHECK bool wf_audit_list(struct wf_call *call,
                                 const struct wf_audit_query *query,
                                 const struct wf_page *page,
                                 struct wf_json_writer *out, weft_error *err);

/* The same as RFC 4180, without titles: documents by their ids. Errors:
 * WEFT_E_TOO_LARGE more than 100,000 rows. */
WF_MUST_CHECK bool wf_audit_csv(struct wf_call *call,
                                const struct wf_audit_query *query,
                                struct wf_buf *out, weft_error *err);

#endif
