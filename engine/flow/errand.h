/* flow/errand.h - the documents that a step of another one waits for.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_ERRAND_H
#define WF_FLOW_ERRAND_H

#include "flow/flow.h"

enum wf_errand_state {
    WF_ERRAND_OPEN,
    WF_ERRAND_IN,      /* it has ended, whatever its end */
    WF_ERRAND_DROPPED, /* nobody waits for it any more */
};

struct wf_errand {
    wf_id document, parent;
    const char *step; /* of the parent */
    int64_t round;
    const char *party; /* of a collect: the group; "" of a call */
    enum wf_errand_state state;
};

struct wf_errands {
    struct wf_errand *at;
    size_t n, cap;
};

WF_MUST_CHECK bool wf_errand_add(struct wf_flow *flow,
                                 const struct wf_errand *errand,
                                 weft_error *err);
WF_MUST_CHECK bool wf_errand_set(struct wf_flow *flow, wf_id document,
                                 enum wf_errand_state state, weft_error *err);

/* What `document` is wanted for; *found is false if for nothing. */
WF_MUST_CHECK bool wf_errand_find(struct wf_flow *flow, wf_id document,
                                  struct wf_errand *out, bool *found,
                                  weft_error *err);

/* Asks ahead for what wf_errand_find() will want (store/ahead.h). */
WF_MUST_CHECK bool wf_errand_ahead(struct wf_flow *flow, wf_id document,
                                   weft_error *err);

/* Until when whoever asked for it waits; 0: as long as it takes. */
WF_MUST_CHECK bool wf_errand_due(struct wf_flow *flow, wf_id document,
                                 int64_t *out, weft_error *err);

/* The last round of a step; 0: it never asked. */
WF_MUST_CHECK bool wf_errand_round(struct wf_flow *flow, wf_id parent,
                                   const char *step, int64_t *out,
                                   weft_error *err);

/* How many documents above `document` wait, each for the next one down to it;
 * counted as far as `most`. */
WF_MUST_CHECK bool wf_errand_depth(struct wf_flow *flow, wf_id document,
                                   int64_t most, int64_t *out, weft_error *err);

/* Of one round, by document. */
WF_MUST_CHECK bool wf_errands_load(struct wf_flow *flow, wf_id parent,
                                   const char *step, int64_t round,
                                   struct wf_errands *out, weft_error *err);

/* {"items":[{"id","form"}]}: the anonymous documents under `parent` that are
 * not shown, in an order that tells nothing. */
WF_MUST_CHECK bool wf_errands_veiled(struct wf_flow *flow, wf_id parent,
                                     struct wf_json_writer *out,
                                     weft_error *err);

/* How many of the round of `like` there are, are open, have ended well. */
struct wf_errand_count {
    int64_t all, open, done;
};
WF_MUST_CHECK bool wf_errands_count(struct wf_flow *flow,
                                    const struct wf_errand *like,
                                    struct wf_errand_count *out,
                                    weft_error *err);

#endif
