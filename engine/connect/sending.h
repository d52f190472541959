/* connect/sending.h - one letter on its way out, by the kind of its channel.
 *
 * A kind is a row of a table: what is configured of it and what of that is
 * secret, how often a minute it may be asked, and how it sends.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_CONNECT_SENDING_H
#define WF_CONNECT_SENDING_H

#include "base/diag.h"
#include "flow/outbox.h"

/* How it went, as far as it says what to do next. */
enum wf_sent {
    WF_SENT,
    WF_SENT_NOT,  /* this letter is refused; others may go */
    WF_SENT_BUSY, /* nobody answers, or not now: the channel rests */
    WF_SENT_GONE, /* the other end wants no more letters at all */
};
struct wf_outcome {
    enum wf_sent how;
    const char *problem;   /* for administrators; none of what the other end
                            * said, but its codes */
    int64_t retry_after_s; /* as it asks for; 0: it does not */
};

/* Sends it, outside of any transaction; takes at most a few times what
 * outgoing.h says. `channel` has its secrets. `*token` is NULL before the first
 * letter to a channel, and keeps what that one was given for those after it. */
struct wf_outcome wf_send(struct wf_arena *arena,
                          const struct wf_channel *channel,
                          const struct wf_letter *letter, const char **token,
                          const char *lang);

/* How many letters may go to it in a minute. */
int wf_send_per_minute(const struct wf_channel *channel);

/* Whether what is configured fits its kind; findings name the members.
 * Errors: WEFT_E_INVALID. */
WF_MUST_CHECK bool wf_send_check(const struct wf_channel *channel,
                                 struct wf_diags *findings, weft_error *err);

#endif
