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

/* What part of a list is asked for. */
struct wf_page {
    const char *cursor; /* `next` of the page before; NULL: the beginning */
    int limit;          /* 1–200 */
};

/* Reads `text` into `*out`, whose `list` says what it must be of; NULL is the
 * beginning, and its id stays 0. Errors: WEFT_E_MALFORMED. */
WF_MUST_CHECK bool wf_cursor_read(struct wf_arena *arena, const char *text,
                                  struct wf_cursor *out, weft_error *err);

/* The limit of a page, checked, and its cursor, read. Errors:
 * WEFT_E_MALFORMED. */
WF_MUST_CHECK bool wf_page_read(struct wf_arena *arena,
                                const struct wf_page *page,
                                struct wf_cursor *out, weft_error *err);

/* Writes the member "next": the cursor, or null where `cursor` is NULL. */
void wf_cursor_write(struct wf_arena *arena, const struct wf_cursor *cursor,
                     struct wf_json_writer *out);

#endif
