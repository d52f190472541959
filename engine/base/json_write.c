/* base/json_write.c - JSON as compact text, from a tree or streamed.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/id.h"

enum {
    NUMBER_TEXT = 32
};

/* Drops the exponent's plus sign and leading zeros, and makes the decimal
 * point of any locale a point. */
static void tidy(char *text)
{
    char *to = text;

    for (const char *from = text; *from; from++) {
        bool in_exponent = to > text && (to[-1] == 'e' || to[-1] == '-')
                           && memchr(text, 'e', (size_t)(to - text));

        if (*from == '+' || (in_exponent && *from == '0'))
            continue;
        *to++ = *from == ',' ? '.' : *from;
    }
    *to = '\0';
}

/* Printed from its end, which is much faster than snprintf(). */
static void write_int(int64_t value, char *text)
{
    char digits[NUMBER_TEXT];
    char *at = digits + sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    *--at = '\0';
    do
        *--at = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0)
        *--at = '-';
    memcpy(text, at, (size_t)(digits + sizeof digits - at));
}

/* Millionths as a decimal: at least 100 of them, or printf() would take an
 * exponent. */
static void write_millionths(int64_t value, char text[NUMBER_TEXT])
{
    int64_t size = value < 0 ? -value : value;
    int64_t fraction = size % 1000000;
    size_t len;

    text[0] = '-';
    write_int(size / 1000000, text + (value < 0));
    len = strlen(text);
    text[len++] = '.';
    for (int64_t unit = 100000; fraction; unit /= 10) {
        text[len++] = (char)('0' + fraction / unit);
        fraction %= unit;
    }
    text[len] = '\0';
}

void wf_number_write(double value, char text[32])
{
    double millionths = nearbyint(value * 1e6);

    if (fabs(value) < 1e15 && value == trunc(value)) {
        write_int((int64_t)value, text);
        return;
    }
    if (fabs(millionths) < 1e15 && fabs(millionths) >= 100
        && millionths / 1e6 == value) {
        write_millionths((int64_t)millionths, text);
        return;
    }
    snprintf(text, NUMBER_TEXT, "%.15g", value);
    tidy(text);
}

/* What stands for a character behind a backslash; 0 where it stands for
 * itself, 'u' where it has no short form. */
/* clang-format off */
static const char escapes[256] = {
    'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'b', 't', 'n', 'u', 'f', 'r', 'u',
    'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u',
    'u', 'u', ['"'] = '"', ['\\'] = '\\',
};
/* clang-format on */

/* How many bytes stand for themselves. */
static size_t plain_len(const char *text, size_t len)
{
    size_t n = 0;

    while (n < len && !escapes[(unsigned char)text[n]])
        n++;
    return n;
}

/* Writes `text`, whose first `plain` bytes stand for themselves. */
static void write_escaped(struct wf_buf *buf, const char *text, size_t len,
                          size_t plain)
{
    size_t start = 0;

    wf_buf_char(buf, '"');
    for (size_t i = plain; i < len;
         i += 1 + plain_len(text + i + 1, len - i - 1)) {
        unsigned char c = (unsigned char)text[i];

        wf_buf_add(buf, text + start, i - start);
        start = i + 1;
        if (escapes[c] == 'u')
            wf_buf_printf(buf, "\\u%04x", c);
        else
            wf_buf_add(buf, (char[]){ '\\', escapes[c] }, 2);
    }
    wf_buf_add(buf, text + start, len - start);
    wf_buf_char(buf, '"');
}

/* Most texts need no escape: one copy, between two quotes. */
static void write_text(struct wf_buf *buf, const char *text, size_t len)
{
    size_t plain = plain_len(text, len);
    char *to;

    if (plain < len) {
        write_escaped(buf, text, len, plain);
        return;
    }
    wf_buf_reserve(buf, len + 2);
    to = buf->data + buf->len;
    to[0] = '"';
    if (len)
        memcpy(to + 1, text, len);
    to[len + 1] = '"';
    to[len + 2] = '\0';
    buf->len += len + 2;
}

static void write_number(struct wf_buf *buf, double value)
{
    char text[NUMBER_TEXT];

    if (!isfinite(value)) {
        wf_buf_str(buf, "null");
        return;
    }
    wf_number_write(value, text);
    wf_buf_str(buf, text);
}

static int compare_keys(const void *a, const void *b)
{
    const struct wf_json_member *const *x = a;
    const struct wf_json_member *const *y = b;

    return strcmp((*x)->key.at, (*y)->key.at);
}

static void write_tree(struct wf_buf *buf, const struct wf_json *json,
                       bool sorted);

static void write_member(struct wf_buf *buf,
                         const struct wf_json_member *member, bool sorted)
{
    write_text(buf, member->key.at, member->key.len);
    wf_buf_char(buf, ':');
    write_tree(buf, member->value, sorted);
}

static void write_object(struct wf_buf *buf, const struct wf_json *json,
                         bool sorted)
{
    size_t n = json->u.object.n;
    const struct wf_json_member **order = NULL;

    if (sorted) {
        order = WF_NEW_N(buf->arena, const struct wf_json_member *, n);
        for (size_t i = 0; i < n; i++)
            order[i] = &json->u.object.at[i];
        qsort(order, n, sizeof *order, compare_keys);
    }
    wf_buf_char(buf, '{');
    for (size_t i = 0; i < n; i++) {
        if (i)
            wf_buf_char(buf, ',');
        write_member(buf, order ? order[i] : &json->u.object.at[i], sorted);
    }
    wf_buf_char(buf, '}');
}

static void write_array(struct wf_buf *buf, const struct wf_json *json,
                        bool sorted)
{
    wf_buf_char(buf, '[');
    for (size_t i = 0; i < json->u.array.n; i++) {
        if (i)
            wf_buf_char(buf, ',');
        write_tree(buf, json->u.array.at[i], sorted);
    }
    wf_buf_char(buf, ']');
}

/* NULL is written as null. */
static void write_tree(struct wf_buf *buf, const struct wf_json *json,
                       bool sorted)
{
    switch (json ? json->type : WF_JSON_NULL) {
    case WF_JSON_NULL:
        wf_buf_str(buf, "null");
        break;
    case WF_JSON_FALSE:
        wf_buf_str(buf, "false");
        break;
    case WF_JSON_TRUE:
        wf_buf_str(buf, "true");
        break;
    case WF_JSON_NUMBER:
        write_number(buf, json->u.number);
        break;
    case WF_JSON_TEXT:
        write_text(buf, json->u.text.at, json->u.text.len);
        break;
    case WF_JSON_ARRAY:
        write_array(buf, json, sorted);
        break;
    case WF_JSON_OBJECT:
        write_object(buf, json, sorted);
        break;
    }
}

void wf_json_write(struct wf_buf *buf, const struct wf_json *json)
{
    write_tree(buf, json, false);
}

const char *wf_json_dump(struct wf_arena *arena, const struct wf_json *json)
{
    struct wf_buf buf = WF_BUF_INIT(arena);

    wf_json_write(&buf, json);
    return wf_buf_text(&buf);
}

void wf_json_write_canonical(struct wf_buf *buf, const struct wf_json *json)
{
    write_tree(buf, json, true);
}

/* Before each value and key: the comma after the one before it. */
static void separate(struct wf_json_writer *w)
{
    if (w->comma)
        wf_buf_char(w->buf, ',');
    w->comma = true;
}

void wf_jw_open(struct wf_json_writer *w, char bracket)
{
    separate(w);
    wf_buf_char(w->buf, bracket);
    w->comma = false;
}

void wf_jw_close(struct wf_json_writer *w, char bracket)
{
    wf_buf_char(w->buf, bracket);
    w->comma = true;
}

void wf_jw_key(struct wf_json_writer *w, const char *key)
{
    wf_jw_text(w, key);
    wf_buf_char(w->buf, ':');
    w->comma = false;
}

void wf_jw_null(struct wf_json_writer *w)
{
    wf_jw_raw(w, "null", 4);
}

void wf_jw_bool(struct wf_json_writer *w, bool value)
{
    separate(w);
    wf_buf_str(w->buf, value ? "true" : "false");
}

void wf_jw_int(struct wf_json_writer *w, int64_t value)
{
    char text[NUMBER_TEXT];

    write_int(value, text);
    separate(w);
    wf_buf_str(w->buf, text);
}

void wf_jw_number(struct wf_json_writer *w, double value)
{
    separate(w);
    write_number(w->buf, value);
}

void wf_jw_text(struct wf_json_writer *w, const char *text)
{
    wf_jw_text_n(w, text, strlen(text));
}

void wf_jw_text_n(struct wf_json_writer *w, const char *text, size_t len)
{
    separate(w);
    write_text(w->buf, text, len);
}

void wf_jw_tree(struct wf_json_writer *w, const struct wf_json *json)
{
    separate(w);
    write_tree(w->buf, json, false);
}

void wf_jw_raw(struct wf_json_writer *w, const char *json, size_t len)
{
    separate(w);
    wf_buf_add(w->buf, json, len);
}

void wf_jw_id(struct wf_json_writer *w, int64_t id)
{
    char text[WF_ID_TEXT];

    wf_id_write(id, text);
    wf_jw_text(w, text);
}

void wf_jw_key_text(struct wf_json_writer *w, const char *key, const char *text)
{
    if (text)
        wf_jw_key_text_or_null(w, key, text);
}

void wf_jw_key_text_or_null(struct wf_json_writer *w, const char *key,
                            const char *text)
{
    wf_jw_key(w, key);
    if (text)
        wf_jw_text(w, text);
    else
        wf_jw_null(w);
}

void wf_jw_key_id_or_null(struct wf_json_writer *w, const char *key, int64_t id)
{
    wf_jw_key(w, key);
    if (id)
        wf_jw_id(w, id);
    else
        wf_jw_null(w);
}

void wf_jw_key_time(struct wf_json_writer *w, const char *key, int64_t ms)
{
    char text[WF_TIME_TEXT];

    if (ms)
        wf_time_write(ms, text);
    wf_jw_key_text_or_null(w, key, ms ? text : NULL);
}
