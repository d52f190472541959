/* report/xes.h - what happened to documents as an event log that process mining
 * reads (XES, IEEE 1849).
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_REPORT_XES_H
#define WF_REPORT_XES_H

#include "base/buf.h"
#include "def/form.h"
#include "doc/list.h"

/* The documents of `form` that `query` finds, in order of id: a trace each,
 * with its events in order of time. An event's activity (concept:name) is the
 * label of where it happened and the verb; who did it (org:resource) is u1, u2
 * … by first appearance in the file, the engine itself "weft". Nothing of what
 * was written is in it. A document whose writer nobody may know has no history,
 * and is left out. Errors: WEFT_E_MALFORMED the conditions; WEFT_E_TOO_LARGE.
 */
WF_MUST_CHECK bool wf_xes_write(struct wf_call *call,
                                const struct wf_form *form,
                                const struct wf_list_query *query,
                                struct wf_buf *out, weft_error *err);

#endif
