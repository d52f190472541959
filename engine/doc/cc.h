/* doc/cc.h - copies sent: a row with an audience, which may read the document
 * from then on, and who of them has.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_CC_H
#define WF_DOC_CC_H

#include "doc/access.h"
#include "doc/cursor.h"

/* Sends a copy to a person, or to a unit with all units below it; the other is
 * 0. Sent twice is sent once: `*is_new` says whether it was the first time. */
WF_MUST_CHECK bool wf_cc_add(struct wf_call *call, wf_id document, wf_id person,
                             wf_id unit, bool *is_new, weft_error *err);

/* Whether call->me is in an audience of the document. */
WF_MUST_CHECK bool wf_cc_reaches(struct wf_call *call, wf_id document,
                                 bool *out, weft_error *err);

/* call->me has read it; once is enough. Who got no copy marks nothing. */
WF_MUST_CHECK bool wf_cc_mark_read(struct wf_call *call, wf_id document,
                                   weft_error *err);

/* {"items":[{"person"|"unit","by","at","read"}]} of a document: for a person
 * when they read it, null if they have not; for a unit how many have. */
WF_MUST_CHECK bool wf_cc_list(struct wf_call *call, wf_id document,
                              struct wf_json_writer *out, weft_error *err);

/* {"items":[{"document":{"id","form","title"},"by","at","read"}],"next"}: what
 * call->me has got, the newest first. */
WF_MUST_CHECK bool wf_cc_mine(struct wf_call *call, const struct wf_page *page,
                              struct wf_json_writer *out, weft_error *err);

/* Appends a condition over the document row `d`: call->me is in an audience. */
void wf_cc_query(struct wf_call *call, struct wf_query *query);

/* Appends statements that give the ids of these, each behind " UNION ALL ". */
void wf_cc_find(struct wf_call *call, struct wf_query *query);

WF_MUST_CHECK bool wf_cc_remove(struct wf_call *call, wf_id document,
                                weft_error *err);

#endif
