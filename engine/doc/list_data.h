/* doc/list_data.h - the fields that a list shows beside its summaries.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_LIST_DATA_H
#define WF_DOC_LIST_DATA_H

#include "base/list.h"
#include "org/call.h"

/* A row of the page that has been read: its members, without braces. */
struct wf_listed {
    wf_id id;
    struct wf_str members;
};
typedef WF_LIST(struct wf_listed) wf_listed_list;

/* Writes each of `rows` as an object with "data": what its reader sees of
 * `fields` (ids, by spaces). Each document is opened as if it were looked at,
 * so that a list shows of it what its own page shows, no more. */
WF_MUST_CHECK bool wf_list_data(struct wf_call *call, const char *fields,
                                const wf_listed_list *rows,
                                struct wf_json_writer *out, weft_error *err);

#endif
