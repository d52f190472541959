/* base/buf.h - bytes that grow, in an arena.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_BUF_H
#define WF_BASE_BUF_H

#include <stddef.h>

#include "base/arena.h"

/* `data` is always NUL-terminated after `len` bytes once something was added;
 * before that it is NULL. */
struct wf_buf {
    struct wf_arena *arena;
    char *data;
    size_t len;
    size_t cap;
};

#define WF_BUF_INIT(arena)                                                     \
    {                                                                          \
        (arena), NULL, 0, 0                                                    \
    }

void wf_buf_add(struct wf_buf *buf, const void *data, size_t len);
void wf_buf_str(struct wf_buf *buf, const char *text);
void wf_buf_char(struct wf_buf *buf, char c);
void wf_buf_printf(struct wf_buf *buf, const char *fmt, ...) WF_PRINTF(2, 3);

/* Makes room for `len` more bytes at once, where many parts are to come. */
void wf_buf_reserve(struct wf_buf *buf, size_t len);

/* Room for `len` more bytes, to be filled by the caller, who then adds to
 * buf->len. */
char *wf_buf_room(struct wf_buf *buf, size_t len);

/* Takes back all behind the first `len` bytes. */
void wf_buf_cut(struct wf_buf *buf, size_t len);

/* The text so far; "" where nothing was added. Valid until the next add. */
const char *wf_buf_text(const struct wf_buf *buf);

#endif
