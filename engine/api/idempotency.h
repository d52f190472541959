/* api/idempotency.h - the same person, key and request: done once, answered
 * the same. Kept for 48 hours, in the transaction of the command itself.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_IDEMPOTENCY_H
#define WF_API_IDEMPOTENCY_H

#include "api/turn.h"
#include "base/hash.h"

/* The key of a command and all that makes its request; zeroed: no key. */
struct wf_once {
    const char *key;
    struct wf_hasher hasher;
};

/* Errors: WEFT_E_MALFORMED a key that is empty or over 200 bytes. */
WF_MUST_CHECK bool wf_once_init(struct wf_once *once, struct wf_arena *arena,
                                const char *key, weft_error *err);
void wf_once_add(struct wf_once *once, const char *part, size_t len);

/* Fills the reply with the kept answer, if there is one (`found`). Errors:
 * WEFT_E_INVALID the key was used for another request. */
WF_MUST_CHECK bool wf_once_find(const struct wf_once *once,
                                struct wf_turn *turn, bool *found,
                                weft_error *err);

/* Keeps the answer of the turn, and forgets some that are old. */
WF_MUST_CHECK bool wf_once_save(const struct wf_once *once,
                                struct wf_turn *turn, weft_error *err);

#endif
