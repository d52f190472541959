/* flow/reindex.h - index rows for documents that were there before something
 * began to ask by their fields.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_REINDEX_H
#define WF_FLOW_REINDEX_H

#include "flow/timer.h"

/* Has the rows made that are missing, by timers, some documents at a time.
 * Asked again it changes nothing. Until they are done whoever needs them
 * all may ask wf_reindex_is_done(). */
WF_MUST_CHECK bool wf_reindex_begin(struct wf_flow *flow, weft_error *err);
WF_MUST_CHECK bool wf_reindex_is_done(struct wf_call *call, const char *family,
                                      bool *out, weft_error *err);

extern wf_timer_fn wf_reindex_fire;

#endif
