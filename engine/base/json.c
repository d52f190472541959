/* base/json.c - the JSON tree: making it, asking it, comparing and merging.
 * json_object.c keeps the members of objects, json_parse.c reads, json_write.c
 * writes.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json_object.h"
#include "base/list.h"

static struct wf_json *node(struct wf_arena *arena, enum wf_json_type type)
{
    struct wf_json *json = WF_NEW(arena, struct wf_json);

    json->type = type;
    return json;
}

struct wf_json *wf_json_null(struct wf_arena *arena)
{
    return node(arena, WF_JSON_NULL);
}

struct wf_json *wf_json_bool(struct wf_arena *arena, bool value)
{
    return node(arena, value ? WF_JSON_TRUE : WF_JSON_FALSE);
}

/* A decimal of at most six places and 15 digits, which nearly all are, is told
 * apart without printing it. */
double wf_number_rounded(double value)
{
    double millionths = nearbyint(value * 1e6);
    char text[32];

    if (fabs(millionths) < 1e15 && millionths / 1e6 == value)
        return value + 0.0; /* -0 becomes 0 */
    snprintf(text, sizeof text, "%.15g", value);
    return strtod(text, NULL);
}

/* The locale "C" is always there: making it neither fails nor allocates. */
double wf_number_parse(const char *text, char **end)
{
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    locale_t before = uselocale(plain);
    double value = strtod(text, end);

    uselocale(before);
    freelocale(plain);
    return value;
}

struct wf_json *wf_json_number(struct wf_arena *arena, double value)
{
    struct wf_json *json;
    double number = isfinite(value) ? wf_number_rounded(value) : value;

    if (!isfinite(number)) /* the greatest doubles round up to infinity */
        return wf_json_null(arena);
    json = node(arena, WF_JSON_NUMBER);
    json->u.number = number;
    return json;
}

struct wf_json *wf_json_int(struct wf_arena *arena, int64_t value)
{
    return wf_json_number(arena, (double)value);
}

struct wf_json *wf_json_text(struct wf_arena *arena, const char *text)
{
    return wf_json_text_n(arena, text, strlen(text));
}

struct wf_json *wf_json_text_n(struct wf_arena *arena, const char *text,
                               size_t len)
{
    struct wf_json *json = node(arena, WF_JSON_TEXT);

    json->u.text.at = wf_arena_mem(arena, text, len);
    json->u.text.len = len;
    return json;
}

struct wf_json *wf_json_array(struct wf_arena *arena)
{
    return node(arena, WF_JSON_ARRAY);
}

struct wf_json *wf_json_object(struct wf_arena *arena)
{
    return node(arena, WF_JSON_OBJECT);
}

void wf_json_push(struct wf_arena *arena, struct wf_json *array,
                  struct wf_json *value)
{
    *WF_PUSH(arena, &array->u.array) = value;
}

bool wf_json_is(const struct wf_json *json, enum wf_json_type type)
{
    return json && json->type == type;
}

bool wf_json_is_nothing(const struct wf_json *json)
{
    if (!json || json->type == WF_JSON_NULL)
        return true;
    return (json->type == WF_JSON_TEXT && !json->u.text.len)
           || (json->type == WF_JSON_ARRAY && !json->u.array.n);
}

bool wf_json_is_true(const struct wf_json *json)
{
    return wf_json_is(json, WF_JSON_TRUE);
}

const char *wf_json_str(const struct wf_json *json)
{
    return wf_json_is(json, WF_JSON_TEXT) ? json->u.text.at : NULL;
}

double wf_json_num(const struct wf_json *json, double otherwise)
{
    return wf_json_is(json, WF_JSON_NUMBER) ? json->u.number : otherwise;
}

bool wf_json_to_int(const struct wf_json *json, int64_t *out)
{
    /* Numbers have 15 digits, so any within these bounds is exact. */
    double number = wf_json_num(json, NAN);

    if (!(fabs(number) < 0x1p63) || number != trunc(number))
        return false;
    *out = (int64_t)number;
    return true;
}

size_t wf_json_len(const struct wf_json *json)
{
    if (wf_json_is(json, WF_JSON_ARRAY))
        return json->u.array.n;
    return wf_json_is(json, WF_JSON_OBJECT) ? json->u.object.n : 0;
}

static bool arrays_equal(const struct wf_json *a, const struct wf_json *b)
{
    for (size_t i = 0; i < a->u.array.n; i++)
        if (!wf_json_equal(a->u.array.at[i], b->u.array.at[i]))
            return false;
    return true;
}

/* Of objects with as many members each. */
static bool objects_equal(const struct wf_json *a, const struct wf_json *b)
{
    for (size_t i = 0; i < a->u.object.n; i++) {
        const struct wf_json_member *member = &a->u.object.at[i];
        const struct wf_json *other = wf_json_get(b, member->key.at);

        if (!other || !wf_json_equal(member->value, other))
            return false;
    }
    return true;
}

bool wf_json_equal(const struct wf_json *a, const struct wf_json *b)
{
    if (a == b)
        return true;
    if (!a || !b || a->type != b->type || wf_json_len(a) != wf_json_len(b))
        return false;
    switch (a->type) {
    case WF_JSON_NUMBER:
        return a->u.number == b->u.number;
    case WF_JSON_TEXT:
        return a->u.text.len == b->u.text.len
               && !memcmp(a->u.text.at, b->u.text.at, a->u.text.len);
    case WF_JSON_ARRAY:
        return arrays_equal(a, b);
    case WF_JSON_OBJECT:
        return objects_equal(a, b);
    default:
        return true;
    }
}

static void copy_array(struct wf_arena *arena, const struct wf_json *from,
                       struct wf_json *to)
{
    size_t n = from->u.array.n;

    to->u.array.at = WF_NEW_N(arena, struct wf_json *, n);
    to->u.array.n = to->u.array.cap = n;
    for (size_t i = 0; i < n; i++)
        to->u.array.at[i] = wf_json_copy(arena, from->u.array.at[i]);
}

static void copy_object(struct wf_arena *arena, const struct wf_json *from,
                        struct wf_json *to)
{
    for (size_t i = 0; i < from->u.object.n; i++) {
        const struct wf_json_member *member = &from->u.object.at[i];

        struct wf_str key = { wf_arena_slice(arena, member->key),
                              member->key.len };

        wf_json_append(arena, to, key, wf_json_copy(arena, member->value));
    }
}

struct wf_json *wf_json_copy(struct wf_arena *arena, const struct wf_json *json)
{
    struct wf_json *copy;

    if (!json)
        return NULL;
    copy = node(arena, json->type);
    if (json->type == WF_JSON_TEXT)
        return wf_json_text_n(arena, json->u.text.at, json->u.text.len);
    if (json->type == WF_JSON_NUMBER)
        copy->u.number = json->u.number;
    if (json->type == WF_JSON_ARRAY)
        copy_array(arena, json, copy);
    if (json->type == WF_JSON_OBJECT)
        copy_object(arena, json, copy);
    return copy;
}

/* What is shared is not changed: a tree that was merged is read, or its own
 * new objects are written. The cast says no more than this. */
static struct wf_json *shared(const struct wf_json *json)
{
    union {
        const struct wf_json *in;
        struct wf_json *out;
    } cast = { json };

    return cast.out;
}

/* What becomes of `old` (NULL: absent) under `patch` (NULL: says nothing); NULL
 * if it goes. */
static struct wf_json *merge_member(struct wf_arena *arena,
                                    const struct wf_json *old,
                                    const struct wf_json *patch)
{
    if (wf_json_is(patch, WF_JSON_NULL))
        return NULL;
    return wf_json_merge(arena, old, patch);
}

static void merge_into(struct wf_arena *arena, struct wf_json *merged,
                       const struct wf_json_member *member,
                       struct wf_json *value)
{
    if (value)
        wf_json_append(arena, merged, member->key, value);
}

struct wf_json *wf_json_merge(struct wf_arena *arena,
                              const struct wf_json *target,
                              const struct wf_json *patch)
{
    struct wf_json *merged;
    bool known = wf_json_is(target, WF_JSON_OBJECT);

    if (!wf_json_is(patch, WF_JSON_OBJECT))
        return shared(patch ? patch : target);
    merged = wf_json_object(arena);
    for (size_t i = 0; known && i < target->u.object.n; i++) {
        const struct wf_json_member *old = &target->u.object.at[i];

        merge_into(
            arena, merged, old,
            merge_member(arena, old->value, wf_json_get(patch, old->key.at)));
    }
    for (size_t i = 0; i < patch->u.object.n; i++) {
        const struct wf_json_member *change = &patch->u.object.at[i];

        if (!known || !wf_json_get(target, change->key.at))
            merge_into(arena, merged, change,
                       merge_member(arena, NULL, change->value));
    }
    return merged;
}
