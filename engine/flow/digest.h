/* flow/digest.h - letters to people: what they are told is added to the one
 * that waits for them, and looked up again when it is sent. For outbox.h alone;
 * what others call is there.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_DIGEST_H
#define WF_FLOW_DIGEST_H

#include "flow/outbox.h"

/* Queues a letter, and has whoever sends woken for it. */
WF_MUST_CHECK bool wf_outbox_add(struct wf_call *call,
                                 const struct wf_job_new *job, wf_id *id,
                                 weft_error *err);

/* Whom the letter of parcel->job goes to, in their language; parcel->is_empty
 * where they cannot be reached any more. *who (NULL: not asked for): the
 * person. */
struct wf_person;
WF_MUST_CHECK bool wf_digest_address(struct wf_call *call,
                                     const struct wf_channel *channel,
                                     struct wf_parcel *parcel,
                                     const struct wf_person **who,
                                     weft_error *err);

/* Fills the letter of parcel->job, which is to a person, with what they have
 * neither read nor done; parcel->is_empty where that is nothing, or they cannot
 * be reached any more. */
WF_MUST_CHECK bool wf_digest_make(struct wf_call *call,
                                  const struct wf_channel *channel,
                                  struct wf_parcel *parcel, weft_error *err);

#endif
