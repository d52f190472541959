/* doc/lane.h - the hashes that hold the history together.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_LANE_H
#define WF_DOC_LANE_H

#include "base/hash.h"
#include "base/id.h"

/* The end of a lane: the hash of its last event, and how many there are. All
 * zeros before the first. */
struct wf_chain {
    struct wf_hash head;
    int64_t n;
};

/* One event as its row is. Texts may be NULL. */
struct wf_chained {
    int64_t lane, seq;
    wf_id document;
    int64_t at;
    wf_id actor;
    const char *kind, *step, *level, *reason;
    const char *payload; /* NULL: none, or erased with its salt */
    const void *salt;
    size_t salt_len;
    struct wf_hash digest;
    struct wf_hash hash;
};

/* Of salt and payload; of nothing where there is none. */
struct wf_hash wf_chained_digest(const struct wf_chained *event);

/* The hash of `event` behind `before`. */
struct wf_hash wf_chained_hash(const struct wf_chained *event,
                               const struct wf_hash *before);

/* Gives `event` its place and hash and moves the end of the chain to it. */
void wf_chain_append(struct wf_chain *chain, struct wf_chained *event);

#endif
