/* doc/cursor.h - where the next page of a list begins: opaque to clients.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_CURSOR_H
#define WF_DOC_CURSOR_H

#include <stdbool.h>

#include <weft/error.h>

#include "base/id.h"
#include "base/json.h"

/* The last row of the page before: its sorted value (null: it had none), and
 * its id. `list` tells lists apart: a cursor of one order is none of another.
 */
struct wf_cursor {
    const char *list;
    struct wf_json *value;
    wf_id id;
};
#define WF_CURSOR_INIT                                                         \
    {                                                                          \
        "", NULL, 0                                                            \
    }

/* Reads `text` into `*out`, whose `list` says what it must be of. NULL text
 * is the beginning: id stays 0. Errors: WEFT_E_MALFORMED. */
WF_MUST_CHECK bool wf_cursor_read(struct wf_arena *arena, const char *text,
                                  struct wf_cursor *out, weft_error *err);

/* Writes the member "next": the cursor, or null where `cursor` is NULL. */
void wf_cursor_write(struct wf_arena *arena, const struct wf_cursor *cursor,
                     struct wf_json_writer *out);

/* 1–200, else WEFT_E_MALFORMED. */
WF_MUST_CHECK bool wf_limit_check(int limit, weft_error *err);

#endif
