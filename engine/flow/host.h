/* flow/host.h - what hooks may ask of the engine, by subject; host.c holds the
 * table of them all.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_HOST_H
#define WF_FLOW_HOST_H

#include "flow/hook.h"

/* The n-th argument, from 0; NULL where absent or null. */
const struct wf_json *wf_host_arg(const struct wf_json *args, size_t n);

/* The n-th argument as text. Errors: WEFT_E_INVALID, naming the function. */
WF_MUST_CHECK bool wf_host_text(const struct wf_host *host,
                                const struct wf_json *args, size_t n,
                                const char **out, weft_error *err);

/* Documents: host_doc.c, host_override.c */
wf_host_fn wf_host_find, wf_host_get, wf_host_create, wf_host_update,
    wf_host_act, wf_host_link, wf_host_sum, wf_host_override;

/* People: host_people.c */
wf_host_fn wf_host_people, wf_host_manager, wf_host_notify;

/* Points of metrics: host_series.c. Whether call->me sees those of a subject
 * (an id or key, as points have it). */
extern wf_host_fn wf_host_series;
struct wf_metric;
WF_MUST_CHECK bool wf_series_may_read(struct wf_flow *flow,
                                      const struct wf_metric *metric,
                                      const char *subject, bool *out,
                                      weft_error *err);

/* What is said and known: host_say.c */
wf_host_fn wf_host_fail, wf_host_warn, wf_host_t, wf_host_log, wf_host_now,
    wf_host_setting, wf_host_formula;

#endif
