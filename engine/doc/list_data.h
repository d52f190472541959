/* doc/list_data.h - the fields that a list shows beside its summaries.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_LIST_DATA_H
#define WF_DOC_LIST_DATA_H

#include "org/call.h"

/* Writes the member "data" of the document `id` in a list: what its reader sees
 * of `fields` (ids, by spaces). It is opened as if it were looked at, so that a
 * list shows of it what its own page shows, no more. */
WF_MUST_CHECK bool wf_list_data(struct wf_call *call, wf_id id,
                                const char *fields, struct wf_json_writer *out,
                                weft_error *err);

#endif
