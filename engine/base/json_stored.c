/* base/json_stored.c - reads back what json_write.c wrote.
 *
 * What the store has kept needs no judge: it is compact, its keys differ, its
 * numbers have few digits. So it is read where it stands, in one pass, in a
 * tenth of the time. Whatever looks otherwise is left to json_parse.c, which
 * says what is wrong with it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json_object.h"

enum {
    DEPTH_MAX = 64,
    DIGITS_MAX = 15 /* a double keeps them, and their power of ten */
};

/* What a stored tree may be: more than what strangers may send, for tables
 * are filled bit by bit. */
static const struct wf_json_limits stored_limits = { DEPTH_MAX, 2000000 };

/* `at` goes through a copy of the text, which ends with a zero and whose
 * strings become those of the tree. */
struct reader {
    struct wf_arena *arena;
    char *at;
    int depth;
};

static bool read_value(struct reader *r, struct wf_json **out);

static bool take(struct reader *r, const char *word)
{
    size_t len = strlen(word);

    if (strncmp(r->at, word, len) != 0)
        return false;
    r->at += len;
    return true;
}

/* What `c` stands for behind a backslash; 0: not one of the short forms. */
static char unescaped(char c)
{
    switch (c) {
    case '"':
    case '\\':
        return c;
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case 'r':
        return '\r';
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    default:
        return 0;
    }
}

/* Leaves `r` behind the closing quote, in whose place there is a zero. */
static bool read_text(struct reader *r, struct wf_str *out)
{
    char *from = r->at + 1, *to = from;

    out->at = from;
    for (; *from != '"'; from++) {
        if ((unsigned char)*from < ' ')
            return false;
        *to = *from == '\\' ? unescaped(*++from) : *from;
        if (!*to++)
            return false;
    }
    *to = '\0';
    out->len = (size_t)(to - out->at);
    r->at = from + 1;
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits as an integer, then divided by the power of ten of those behind the
 * point: both are exact, and so is the result, rounded once. */
static bool read_number(struct reader *r, double *out)
{
    static const double powers[DIGITS_MAX + 1] = { 1e0,  1e1,  1e2,  1e3,
                                                   1e4,  1e5,  1e6,  1e7,
                                                   1e8,  1e9,  1e10, 1e11,
                                                   1e12, 1e13, 1e14, 1e15 };
    bool negative = take(r, "-");
    int64_t value = 0;
    int n_digits = 0, n_places = 0;
    bool has_point = false;

    for (; is_digit(*r->at) || (*r->at == '.' && !has_point); r->at++) {
        if (*r->at == '.') {
            has_point = true;
            continue;
        }
        value = value * 10 + (*r->at - '0');
        n_places += has_point;
        if (++n_digits > DIGITS_MAX)
            return false;
    }
    *out = (double)(negative ? -value : value) / powers[n_places];
    return n_digits > 0 && *r->at != 'e';
}

static bool read_array(struct reader *r, struct wf_json *array)
{
    struct wf_json *value;

    if (take(r, "]"))
        return true;
    do {
        if (!read_value(r, &value))
            return false;
        wf_json_push(r->arena, array, value);
    } while (take(r, ","));
    return take(r, "]");
}

static bool read_object(struct reader *r, struct wf_json *object)
{
    struct wf_json *value;
    struct wf_str key;

    if (take(r, "}"))
        return true;
    do {
        if (*r->at != '"' || !read_text(r, &key) || !take(r, ":")
            || !read_value(r, &value))
            return false;
        wf_json_append(r->arena, object, key, value);
    } while (take(r, ","));
    return take(r, "}");
}

static bool read_inside(struct reader *r, struct wf_json *json)
{
    bool read;

    if (r->depth == DEPTH_MAX)
        return false;
    r->at++;
    r->depth++;
    read = json->type == WF_JSON_ARRAY ? read_array(r, json)
                                       : read_object(r, json);
    r->depth--;
    return read;
}

static bool read_value(struct reader *r, struct wf_json **out)
{
    struct wf_json *json = *out = WF_NEW(r->arena, struct wf_json);

    switch (*r->at) {
    case '"':
        json->type = WF_JSON_TEXT;
        return read_text(r, &json->u.text);
    case '{':
        json->type = WF_JSON_OBJECT;
        return read_inside(r, json);
    case '[':
        json->type = WF_JSON_ARRAY;
        return read_inside(r, json);
    case 't':
        json->type = WF_JSON_TRUE;
        return take(r, "true");
    case 'f':
        json->type = WF_JSON_FALSE;
        return take(r, "false");
    case 'n':
        return take(r, "null");
    default:
        json->type = WF_JSON_NUMBER;
        return read_number(r, &json->u.number);
    }
}

bool wf_json_read_stored(struct wf_arena *arena, const char *text,
                         struct wf_json **out, weft_error *err)
{
    size_t len = strlen(text);
    struct reader r = { arena, wf_arena_mem(arena, text, len), 0 };

    return (read_value(&r, out) && !*r.at)
           || wf_json_parse(arena, text, len, &stored_limits, out, err);
}
