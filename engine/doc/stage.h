/* doc/stage.h - the times that the documents of a cycle's stage share.
 *
 * They stand in a row of their own, not in each document: what freezes or is
 * revealed does so for all at one moment, without a document being touched.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_STAGE_H
#define WF_DOC_STAGE_H

#include "doc/doc.h"
#include "store/query.h"

/* Times in ms; 0: none is said. */
struct wf_stage_times {
    wf_id id, run;
    const char *name;
    int64_t opens, due, freezes, reveals, closes;
};

/* `*out` is NULL where there is none. */
WF_MUST_CHECK bool wf_stage_load(struct wf_call *call, wf_id id,
                                 const struct wf_stage_times **out,
                                 weft_error *err);

/* Inserts it, or gives the one of this run and name its times. */
WF_MUST_CHECK bool wf_stage_save(struct wf_call *call,
                                 const struct wf_stage_times *stage,
                                 weft_error *err);

/* What has come to pass for `doc` by call->now. An answer that rests on it is
 * true only until the next of its times. */
bool wf_stage_frozen(const struct wf_call *call, const struct wf_doc *doc);
bool wf_stage_revealed(const struct wf_call *call, const struct wf_doc *doc);

/* Appends the same as 1 or 0, for the document row `d`. */
void wf_stage_query_frozen(const struct wf_call *call, struct wf_query *query);
void wf_stage_query_revealed(const struct wf_call *call,
                             struct wf_query *query);

#endif
