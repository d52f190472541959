/* org/heard.h - what chat tools have called with, so that nothing counts twice,
 * and what somebody was asked there to confirm.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_HEARD_H
#define WF_ORG_HEARD_H

#include "org/call.h"

/* Notes that `what` has come by `channel`; *first: it had not. Kept for two
 * days, of which a call is good for two hours at most. */
WF_MUST_CHECK bool wf_heard_take(struct wf_call *call, const char *channel,
                                 const char *what, bool *first,
                                 weft_error *err);

/* What a person is asked to confirm: one thing at a time in each channel. */
struct wf_pending {
    const char *channel;
    wf_id person;
    const char *code;  /* that they say */
    const char *token; /* that it is done by */
    int64_t until;
};
WF_MUST_CHECK bool wf_pending_set(struct wf_call *call,
                                  const struct wf_pending *pending,
                                  weft_error *err);
/* Takes away what is asked under `code`; *token NULL: nothing is, or it is too
 * late. */
WF_MUST_CHECK bool wf_pending_take(struct wf_call *call, const char *channel,
                                   wf_id person, const char *code,
                                   const char **token, weft_error *err);

#endif
