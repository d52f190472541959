/* def/learnt.h - what the sentences that intents bring as examples (<said>)
 * teach together: of which intent a text is most likely to be.
 *
 * It is learnt once for the intents that are deployed together, when somebody
 * first asks, and kept until others are. Counted, so that who asks while others
 * are deployed keeps what it has.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_LEARNT_H
#define WF_DEF_LEARNT_H

#include "base/likeness.h"
#include "def/intent.h"

struct wf_learning; /* the holder, one an engine; any thread */
struct wf_learnt;

struct wf_learning *wf_learning_new(void);
void wf_learning_free(struct wf_learning *learning);

/* What `intents` teach, in this order; they live as long as the holder. The
 * kinds of the likeness are ids of intents, with a choice that the sentences
 * make where they do: "my-work", "my-work only=approve". Counted up: give it
 * back with wf_learnt_release(), which takes NULL. */
struct wf_learnt *wf_learning_acquire(struct wf_learning *learning,
                                      const struct wf_intents *const *intents,
                                      size_t n);
void wf_learnt_release(struct wf_learning *learning, struct wf_learnt *learnt);

const struct wf_likeness *wf_learnt_likeness(const struct wf_learnt *learnt);

#endif
