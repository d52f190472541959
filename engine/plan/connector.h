/* plan/connector.h - when connectors fetch, and how it went.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_PLAN_CONNECTOR_H
#define WF_PLAN_CONNECTOR_H

#include "def/connector.h"
#include "org/call.h"

struct wf_connector_state {
    const struct wf_connector *connector;
    int64_t due;     /* 0: never tried, so now */
    int64_t fetched; /* 0: never */
    int failures;
    int64_t n_rows;
    const char *problem; /* NULL: none */
};

/* All that are live, in order of id. */
WF_MUST_CHECK bool wf_connectors_load(struct wf_call *call,
                                      struct wf_connector_state **out,
                                      size_t *n, weft_error *err);

/* Takes the turn of one that is due by call->now: it is due again after its
 * pause, whatever becomes of it. *mine false: another has taken it. */
WF_MUST_CHECK bool wf_connector_claim(struct wf_call *call,
                                      const struct wf_connector *connector,
                                      bool *mine, weft_error *err);

/* What became of it. After a failure it is tried after five minutes, then
 * longer, and at its own pause at the latest. */
struct wf_connector_end {
    int64_t n_rows;
    const char *problem; /* NULL: it went well */
    bool partly;         /* it went well but for some rows, which `problem`
                          * tells of */
};
WF_MUST_CHECK bool wf_connector_note(struct wf_call *call,
                                     const struct wf_connector *connector,
                                     const struct wf_connector_end *end,
                                     weft_error *err);

#endif
