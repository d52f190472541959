/* doc/listing.h - one list of documents as a query: its conditions and order.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_LISTING_H
#define WF_DOC_LISTING_H

#include "doc/cursor.h"
#include "doc/list.h"
#include "doc/target.h"

struct wf_listing {
    struct wf_call *call;
    const struct wf_list_query *asked;
    struct wf_target sort;
    bool descending;
    struct wf_cursor cursor;
    bool few; /* what call->me may read is found by who they are, by: */
    struct wf_query found; /* all of their ids, and perhaps some more */
    bool there; /* only what has a value to sort by, and one that is seen */
};

/* Understands sort and cursor. Errors: WEFT_E_MALFORMED. */
WF_MUST_CHECK bool wf_listing_begin(struct wf_listing *listing,
                                    struct wf_call *call,
                                    const struct wf_list_query *asked,
                                    weft_error *err);

/* Whether it is worth the try to look only for what has a value, in the order
 * of an index: `there`. What is found so comes before all else, so that a page
 * that it fills is the page. */
bool wf_listing_may_walk(const struct wf_listing *listing);

/* Appends " FROM document d … ORDER BY … LIMIT" of one page and a row more;
 * `s` and `c` are the subject, where it is seen, and the creator, `o` the index
 * row sorted by. */
WF_MUST_CHECK bool wf_listing_add_page(const struct wf_listing *listing,
                                       struct wf_query *query, weft_error *err);

/* Appends " FROM document d WHERE …" of the whole list. */
WF_MUST_CHECK bool wf_listing_add_all(const struct wf_listing *listing,
                                      struct wf_query *query, weft_error *err);

/* Appends " FROM document d WHERE …" of all that hang right beneath one of
 * `parents`, as far as a reader sees it, and are like what is listed. */
WF_MUST_CHECK bool wf_listing_add_below(const struct wf_listing *listing,
                                        const wf_id *parents, size_t n,
                                        struct wf_query *query,
                                        weft_error *err);

/* Appends what the list is sorted by, NULL where it is not seen. */
WF_MUST_CHECK bool wf_listing_add_value(const struct wf_listing *listing,
                                        struct wf_query *query,
                                        weft_error *err);

/* Appends `value`, NULL where `ask` is not met by a document that is listed. */
WF_MUST_CHECK bool wf_listing_add_guarded(const struct wf_listing *listing,
                                          struct wf_ask ask,
                                          struct wf_sql value,
                                          struct wf_query *query,
                                          weft_error *err);

/* Appends the condition that documents hold all words of `search` in fields
 * which call->me sees on them. */
WF_MUST_CHECK bool wf_search_add(struct wf_call *call, const char *form,
                                 const char *search, struct wf_query *query,
                                 weft_error *err);

#endif
