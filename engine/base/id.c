/* base/id.c - ids: ordered by time, never going back.
 *
 * What is kept is the last "tick": the milliseconds and, below them, the 12
 * bits of sequence. The node is put between the two in the id itself.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/id.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

static const int64_t EPOCH_MS = 1577836800000; /* 2020-01-01 UTC */

enum {
    SEQUENCE_BITS = 12,
    NODE_BITS = 10,
    MS_BITS = 41
};
static const int64_t SEQUENCE_MASK = (1 << SEQUENCE_BITS) - 1;
static const int64_t MS_MAX = (INT64_C(1) << MS_BITS) - 1;

struct wf_ids {
    const struct wf_clock *clock;
    int64_t node;
    _Atomic int64_t last; /* tick of the newest id */
};

struct wf_ids *wf_ids_new(const struct wf_clock *clock, unsigned node)
{
    struct wf_ids *ids = malloc(sizeof *ids);

    if (!ids)
        wf_oom();
    assert(node < 1U << NODE_BITS);
    ids->clock = clock;
    ids->node = node;
    atomic_init(&ids->last, 0);
    return ids;
}

void wf_ids_free(struct wf_ids *ids)
{
    free(ids);
}

static int64_t tick_now(const struct wf_ids *ids)
{
    int64_t ms = wf_clock_now(ids->clock) - EPOCH_MS;

    if (ms < 0)
        ms = 0;
    if (ms > MS_MAX)
        ms = MS_MAX;
    return ms << SEQUENCE_BITS;
}

wf_id wf_id_next(struct wf_ids *ids)
{
    int64_t now = tick_now(ids);
    int64_t last = atomic_load(&ids->last);
    int64_t tick;

    do
        tick = now > last ? now : last + 1;
    while (!atomic_compare_exchange_weak(&ids->last, &last, tick));
    assert(tick >> SEQUENCE_BITS <= MS_MAX);
    return (tick >> SEQUENCE_BITS) << (NODE_BITS + SEQUENCE_BITS)
           | ids->node << SEQUENCE_BITS | (tick & SEQUENCE_MASK);
}

void wf_ids_after(struct wf_ids *ids, wf_id id)
{
    int64_t ms = id >> (NODE_BITS + SEQUENCE_BITS);
    /* The whole millisecond: `id` may be of a higher node than ours. */
    int64_t tick = ms << SEQUENCE_BITS | SEQUENCE_MASK;
    int64_t last = atomic_load(&ids->last);

    while (last < tick
           && !atomic_compare_exchange_weak(&ids->last, &last, tick))
        ;
}

void wf_id_write(wf_id id, char text[WF_ID_TEXT])
{
    char digits[WF_ID_TEXT];
    size_t n = sizeof digits;
    uint64_t rest = (uint64_t)id;

    /* By hand: every row of every list has some of them. */
    do
        digits[--n] = (char)('0' + rest % 10);
    while (rest /= 10);
    memcpy(text, digits + n, sizeof digits - n);
    text[sizeof digits - n] = '\0';
}

bool wf_id_parse(struct wf_str text, wf_id *out)
{
    int64_t id;

    /* One spelling for each id: a first digit of 1 to 9. */
    if (!text.len || text.at[0] < '1' || text.at[0] > '9'
        || !wf_str_to_int(text, &id))
        return false;
    *out = id;
    return true;
}
