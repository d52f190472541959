/* base/json_parse.c - JSON text to tree, by jansson.
 *
 * A scan over the bytes comes first and refuses what is too deep, too much or
 * not kept exactly, before jansson spends memory on it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json_object.h"

#include <jansson.h>

#include "base/error.h"

enum {
    DIGITS_MAX = 15
};

struct scan {
    const char *at;
    const char *end;
    const char *line_start;
    int line;
    size_t depth;
    size_t n_nodes;
    bool empty; /* nothing stands in the innermost container yet */
};

/* Leaves `scan` behind the string that begins at it, or at the end: jansson
 * will say what is wrong. */
static void skip_string(struct scan *scan)
{
    for (scan->at++; scan->at < scan->end && *scan->at != '"'; scan->at++)
        if (*scan->at == '\\')
            scan->at++;
    scan->at = scan->at < scan->end ? scan->at + 1 : scan->end;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_of_fraction(char c)
{
    return is_digit(c) || c == '.' || c == 'e' || c == 'E' || c == '+'
           || c == '-';
}

/* Leaves `scan` behind the number whose digits begin at it. An integer with
 * more of them than are kept would silently become another one; in a fraction
 * or an exponent rounding is what everybody expects. */
static bool scan_number(struct scan *scan, weft_error *err)
{
    const char *start = scan->at;
    const char *significant = start; /* its end */

    for (; scan->at < scan->end && is_digit(*scan->at); scan->at++)
        if (*scan->at != '0')
            significant = scan->at + 1;
    if (scan->at == scan->end || !is_of_fraction(*scan->at)) {
        if (significant - start <= DIGITS_MAX)
            return true;
        return wf_fail(err, WEFT_E_MALFORMED,
                       "The JSON has an integer of more than 15 digits at line "
                       "%d, column %d. Send it as a text.",
                       scan->line, (int)(start - scan->line_start) + 1);
    }
    while (scan->at < scan->end && is_of_fraction(*scan->at))
        scan->at++;
    return true;
}

static bool scan_open(struct scan *scan, const struct wf_json_limits *limits,
                      weft_error *err)
{
    if (++scan->depth > limits->max_depth)
        return wf_fail(err, WEFT_E_TOO_LARGE,
                       "The JSON is nested deeper than %zu levels.",
                       limits->max_depth);
    scan->empty = true;
    scan->at++;
    return true;
}

/* Takes one token, or a byte of one. */
static bool scan_token(struct scan *scan, const struct wf_json_limits *limits,
                       weft_error *err)
{
    switch (*scan->at) {
    case '{':
    case '[':
        return scan_open(scan, limits, err);
    case '"':
        skip_string(scan);
        return true;
    case ',':
        scan->empty = true;
        break;
    case '}':
    case ']':
        scan->depth -= scan->depth > 0;
        break;
    case '\n':
        scan->line++;
        scan->line_start = scan->at + 1;
        break;
    default:
        if (is_digit(*scan->at))
            return scan_number(scan, err);
    }
    scan->at++;
    return true;
}

/* Whether a value or a key begins with `c`; a value may also be a key's, which
 * then counts alone. */
static bool begins(char c)
{
    return c != ' ' && c != '\t' && c != '\r' && c != '\n' && c != ','
           && c != '}' && c != ']';
}

static bool scan_all(const char *text, size_t len,
                     const struct wf_json_limits *limits, weft_error *err)
{
    struct scan scan = { text, text + len, text, 1, 0, 0, true };

    while (scan.at < scan.end) {
        if (scan.empty && begins(*scan.at)) {
            scan.empty = false;
            if (++scan.n_nodes > limits->max_nodes)
                return wf_fail(err, WEFT_E_TOO_LARGE,
                               "The JSON has more than %zu values.",
                               limits->max_nodes);
        }
        if (!scan_token(&scan, limits, err))
            return false;
    }
    return true;
}

static bool refuse(const json_error_t *why, weft_error *err)
{
    switch (json_error_code(why)) {
    case json_error_premature_end_of_input:
        return wf_fail(err, WEFT_E_MALFORMED,
                       "The JSON ends too early, at line %d, column %d.",
                       why->line, why->column);
    case json_error_duplicate_key:
        return wf_fail(err, WEFT_E_MALFORMED,
                       "The JSON has the same key twice in one object, at line "
                       "%d, column %d.",
                       why->line, why->column);
    case json_error_invalid_utf8:
        return wf_fail(err, WEFT_E_MALFORMED,
                       "The JSON is not UTF-8 at line %d, column %d.",
                       why->line, why->column);
    case json_error_null_character:
    case json_error_null_byte_in_key:
        return wf_fail(err, WEFT_E_MALFORMED,
                       "The JSON has the character U+0000, which no text may "
                       "have, at line %d, column %d.",
                       why->line, why->column);
    case json_error_numeric_overflow:
        return wf_fail(err, WEFT_E_MALFORMED,
                       "The JSON has a number that is too large, at line %d, "
                       "column %d.",
                       why->line, why->column);
    default:
        return wf_fail(err, WEFT_E_MALFORMED,
                       "The JSON is broken at line %d, column %d.", why->line,
                       why->column);
    }
}

static struct wf_json *convert(struct wf_arena *arena, json_t *from);

static struct wf_json *convert_array(struct wf_arena *arena, json_t *from)
{
    struct wf_json *array = wf_json_array(arena);
    size_t n = json_array_size(from);

    array->u.array.at = WF_NEW_N(arena, struct wf_json *, n);
    array->u.array.n = array->u.array.cap = n;
    for (size_t i = 0; i < n; i++)
        array->u.array.at[i] = convert(arena, json_array_get(from, i));
    return array;
}

static struct wf_json *convert_object(struct wf_arena *arena, json_t *from)
{
    struct wf_json *object = wf_json_object(arena);

    for (void *i = json_object_iter(from); i;
         i = json_object_iter_next(from, i)) {
        struct wf_str key = { json_object_iter_key(i),
                              json_object_iter_key_len(i) };

        key.at = wf_arena_slice(arena, key);
        wf_json_append(arena, object, key,
                       convert(arena, json_object_iter_value(i)));
    }
    return object;
}

/* Its depth is that of the text, which the scan has bounded. */
static struct wf_json *convert(struct wf_arena *arena, json_t *from)
{
    switch (json_typeof(from)) {
    case JSON_OBJECT:
        return convert_object(arena, from);
    case JSON_ARRAY:
        return convert_array(arena, from);
    case JSON_STRING:
        return wf_json_text_n(arena, json_string_value(from),
                              json_string_length(from));
    case JSON_INTEGER:
    case JSON_REAL:
        return wf_json_number(arena, json_number_value(from));
    case JSON_TRUE:
    case JSON_FALSE:
        return wf_json_bool(arena, json_is_true(from));
    case JSON_NULL:
        break;
    }
    return wf_json_null(arena);
}

static bool load(struct wf_arena *arena, const char *text, size_t len,
                 struct wf_json **out, weft_error *err)
{
    json_error_t why;
    json_t *json =
        json_loadb(text, len, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &why);

    if (!json)
        return refuse(&why, err);
    *out = convert(arena, json);
    json_decref(json);
    return true;
}

bool wf_json_parse(struct wf_arena *arena, const char *text, size_t len,
                   const struct wf_json_limits *limits, struct wf_json **out,
                   weft_error *err)
{
    return scan_all(text, len, limits, err) && load(arena, text, len, out, err);
}

/* It met the limits of strangers when it came, bit by bit. */
bool wf_json_read_stored(struct wf_arena *arena, const char *text,
                         struct wf_json **out, weft_error *err)
{
    return load(arena, text, strlen(text), out, err);
}
