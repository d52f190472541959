/* base/id.h - ids: 63-bit, ordered by time, never going back.
 *
 * 41 bits of milliseconds since 2020-01-01 UTC, 10 of node, 12 of sequence.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_ID_H
#define WF_BASE_ID_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/str.h"

/* 0 is no id. */
typedef int64_t wf_id;

struct wf_ids;

/* Makes ids of `node` (0–1023, leased from the store by the caller) by
 * `clock`. Safe from any thread. A clock behind the last id counts on from
 * that id. */
struct wf_ids *wf_ids_new(const struct wf_clock *clock, unsigned node);
void wf_ids_free(struct wf_ids *ids);
wf_id wf_id_next(struct wf_ids *ids);

/* Ids from now on are greater than `id` (the store's greatest, at opening). */
void wf_ids_after(struct wf_ids *ids, wf_id id);

/* Decimal text. Parsing refuses signs, spaces, 0 and what overflows. */
enum {
    WF_ID_TEXT = 24
};
void wf_id_write(wf_id id, char text[WF_ID_TEXT]);
bool wf_id_parse(struct wf_str text, wf_id *out);

#endif
