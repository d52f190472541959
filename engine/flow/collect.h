/* flow/collect.h - a collect: whom its groups ask, when it closes, and what
 * comes of the answers.
 *
 * Once it is closed, its table stands in the data of the document, a row a
 * group; nothing that happens to an answer afterwards changes it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_COLLECT_H
#define WF_FLOW_COLLECT_H

#include "flow/errand.h"
#include "flow/timer.h"

/* Asks the people of doc->step; sets *next where nobody is to be waited for,
 * or too few can answer. */
WF_MUST_CHECK bool wf_collect_enter(struct wf_flow *flow, struct wf_doc *doc,
                                    int64_t round, const struct wf_step **next,
                                    weft_error *err);

/* One more answer of the round is in, or given up: closes it if all are, or
 * enough. *to NULL: it waits on. */
WF_MUST_CHECK bool wf_collect_answered(struct wf_flow *flow, struct wf_doc *doc,
                                       int64_t round, const struct wf_step **to,
                                       weft_error *err);

/* Closes it with what is in, for a reason (all, enough, time). */
WF_MUST_CHECK bool wf_collect_close(struct wf_flow *flow, struct wf_doc *doc,
                                    int64_t round, const char *reason,
                                    const struct wf_step **to, weft_error *err);

/* Its time is over: closes with what is in. */
extern wf_timer_fn wf_collect_fire;

#endif
