/* doc/list.h - lists of documents: filters, order, pages, access in the query.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_LIST_H
#define WF_DOC_LIST_H

#include "doc/access.h"

/* One filter[FIELD][OP]=VALUE; op NULL: equal. */
struct wf_filter {
    const char *field, *op, *value;
};

struct wf_list_query {
    const char *form, *step, *state, *subject, *unit, *period, *search;
    bool mine;
    wf_id parent; /* children of; 0: any */
    bool tree;    /* without `parent` only what hangs beneath nothing listed;
                     each with how many of the list are right beneath it */
    bool signed_; /* none that is or was anonymous */
    const wf_id *ids; /* of these alone; NULL: any */
    size_t n_ids;
    unsigned right; /* beyond reading, of enum wf_right; 0: none */
    const struct wf_filter *filters;
    size_t n_filters;
    const char *fields; /* whose values are shown too, by spaces; NULL: none */
    const char *sort;   /* "-due"; NULL: "-updated" */
    const char *cursor;
    int limit;   /* 1–200 */
    bool count;  /* up to 10,000 */
    bool walked; /* as if one might read many: slow where that is not so */
};

/* {"items":[summaries],"next":…,"total":…}. A summary is a document without
 * data (but for `fields`), can and warnings. One statement for the page,
 * whatever its length. Errors: WEFT_E_MALFORMED limit, cursor, unknown or
 * unseen field. */
WF_MUST_CHECK bool wf_list_documents(struct wf_call *call,
                                     const struct wf_list_query *query,
                                     struct wf_json_writer *out,
                                     weft_error *err);

/* The ids only, for hooks' find() and sum(): at most `limit`. */
WF_MUST_CHECK bool wf_list_ids(struct wf_call *call,
                               const struct wf_list_query *query, wf_id **out,
                               size_t *n, weft_error *err);

#endif
