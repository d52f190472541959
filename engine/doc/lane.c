/* doc/lane.c - the hashes that hold the history together.
 *
 * Every part is hashed with its length, and what is absent apart from what is
 * empty, so that no two events have the same bytes.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/lane.h"

#include <string.h>

static void add_text(struct wf_hasher *hasher, const char *text)
{
    wf_hasher_add_int(hasher, text ? 1 : 0);
    if (text)
        wf_hasher_add_text(hasher, text, strlen(text));
}

struct wf_hash wf_chained_digest(const struct wf_chained *event)
{
    struct wf_hasher hasher;

    wf_hasher_init(&hasher);
    if (event->salt)
        wf_hasher_add_text(&hasher, event->salt, event->salt_len);
    add_text(&hasher, event->payload);
    return wf_hasher_end(&hasher);
}

struct wf_hash wf_chained_hash(const struct wf_chained *event,
                               const struct wf_hash *before)
{
    struct wf_hasher hasher;

    wf_hasher_init(&hasher);
    wf_hasher_add(&hasher, before->at, WF_HASH_LEN);
    wf_hasher_add_int(&hasher, event->lane);
    wf_hasher_add_int(&hasher, event->seq);
    wf_hasher_add_int(&hasher, event->document);
    wf_hasher_add_int(&hasher, event->at);
    wf_hasher_add_int(&hasher, event->actor);
    add_text(&hasher, event->kind);
    add_text(&hasher, event->step);
    add_text(&hasher, event->level);
    add_text(&hasher, event->reason);
    wf_hasher_add(&hasher, event->digest.at, WF_HASH_LEN);
    return wf_hasher_end(&hasher);
}

void wf_chain_append(struct wf_chain *chain, struct wf_chained *event)
{
    event->seq = ++chain->n;
    event->hash = wf_chained_hash(event, &chain->head);
    chain->head = event->hash;
}
