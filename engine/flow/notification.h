/* flow/notification.h - what people are told, and whether they have read it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_NOTIFICATION_H
#define WF_FLOW_NOTIFICATION_H

#include "flow/flow.h"

/* Tells `person`, in the caller's transaction. `document` 0: none. */
WF_MUST_CHECK bool wf_notification_add(struct wf_call *call, wf_id person,
                                       wf_id document, const char *text,
                                       weft_error *err);

/* {"items":[{"id","document","text","at","read"}],"next"} of call->me, newest
 * first. `cursor` NULL: from the newest on.
 * Errors: WEFT_E_MALFORMED the cursor. */
WF_MUST_CHECK bool wf_notification_list(struct wf_call *call,
                                        const char *cursor, int limit,
                                        struct wf_json_writer *out,
                                        weft_error *err);

/* Marks those of call->me up to `upto` (0: all) as read. */
WF_MUST_CHECK bool wf_notification_read(struct wf_call *call, wf_id upto,
                                        weft_error *err);

#endif
