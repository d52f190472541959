/* base/buf.c - bytes that grow, in an arena.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"

/* Room for `len` more bytes and the zero behind them. */
static void reserve(struct wf_buf *buf, size_t len)
{
    size_t cap = buf->cap ? buf->cap : 64;
    char *data;

    if (buf->cap - buf->len > len)
        return;
    if (len >= SIZE_MAX / 2 - buf->len)
        wf_oom();
    while (cap - buf->len <= len)
        cap *= 2;
    data = wf_arena_room(buf->arena, cap);
    if (buf->len)
        memcpy(data, buf->data, buf->len);
    buf->data = data;
    buf->cap = cap;
}

void wf_buf_add(struct wf_buf *buf, const void *data, size_t len)
{
    reserve(buf, len);
    if (len)
        memcpy(buf->data + buf->len, data, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
}

void wf_buf_str(struct wf_buf *buf, const char *text)
{
    wf_buf_add(buf, text, strlen(text));
}

void wf_buf_char(struct wf_buf *buf, char c)
{
    reserve(buf, 1);
    buf->data[buf->len++] = c;
    buf->data[buf->len] = '\0';
}

void wf_buf_printf(struct wf_buf *buf, const char *fmt, ...)
{
    va_list args;
    int len;

    va_start(args, fmt);
    len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (len < 0)
        return;
    reserve(buf, (size_t)len);
    va_start(args, fmt);
    vsnprintf(buf->data + buf->len, (size_t)len + 1, fmt, args);
    va_end(args);
    buf->len += (size_t)len;
}

void wf_buf_reserve(struct wf_buf *buf, size_t len)
{
    reserve(buf, len);
}

char *wf_buf_room(struct wf_buf *buf, size_t len)
{
    reserve(buf, len);
    /* However much of it the caller fills, a zero follows. */
    return memset(buf->data + buf->len, 0, len + 1);
}

const char *wf_buf_text(const struct wf_buf *buf)
{
    return buf->data ? buf->data : "";
}

void wf_buf_cut(struct wf_buf *buf, size_t len)
{
    if (len >= buf->len)
        return;
    buf->len = len;
    buf->data[len] = '\0';
}
