/* org/difference.c - what an import would change, member by member.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/difference.h"

#include "org/import.h"

bool wf_difference_add(struct wf_call *call, wf_differences *list,
                       wf_record_fn *record, int64_t row, const char *key,
                       weft_error *err)
{
    struct wf_difference *difference;

    if (list->n >= WF_DIFFERENCES_MAX)
        return true;
    difference = WF_PUSH(call->arena, list);
    difference->row = row;
    difference->key = key;
    return record(call, key, &difference->after, err);
}

/* null, "" and an empty list are as good as nothing. */
static bool is_same(const struct wf_json *a, const struct wf_json *b)
{
    return (wf_json_is_nothing(a) && wf_json_is_nothing(b))
           || (a && b && wf_json_equal(a, b));
}

static struct wf_json *or_null(struct wf_arena *arena, struct wf_json *value)
{
    return value ? value : wf_json_null(arena);
}

static struct wf_json *changes_of(struct wf_arena *arena,
                                  const struct wf_difference *difference)
{
    struct wf_json *changes = wf_json_array(arena);
    const struct wf_json *after = difference->after;

    for (size_t i = 0; i < wf_json_len(after); i++) {
        const char *key = after->u.object.at[i].key.at;
        struct wf_json *to = after->u.object.at[i].value;
        struct wf_json *from =
            difference->before ? wf_json_get(difference->before, key) : NULL;
        struct wf_json *change;

        if (is_same(from, to))
            continue;
        change = wf_json_object(arena);
        wf_json_set(arena, change, "field", wf_json_text(arena, key));
        wf_json_set(arena, change, "from", or_null(arena, from));
        wf_json_set(arena, change, "to", to);
        wf_json_push(arena, changes, change);
    }
    return changes;
}

static bool is_active(const struct wf_json *record)
{
    return wf_json_is_true(wf_json_get(record, "active"));
}

static const char *kind_of(const struct wf_difference *difference)
{
    if (!difference->before)
        return "added";
    return is_active(difference->before) && !is_active(difference->after)
               ? "left"
               : "changed";
}

const struct wf_json *wf_differences_between(struct wf_call *call,
                                             const wf_differences *list)
{
    struct wf_arena *arena = call->arena;
    struct wf_json *told = wf_json_array(arena);

    for (size_t i = 0; i < list->n; i++) {
        const struct wf_difference *difference = &list->at[i];
        struct wf_json *item = wf_json_object(arena);

        wf_json_set(arena, item, "row", wf_json_int(arena, difference->row));
        wf_json_set(arena, item, "id", wf_json_text(arena, difference->key));
        wf_json_set(arena, item, "kind",
                    wf_json_text(arena, kind_of(difference)));
        wf_json_set(arena, item, "changes", changes_of(arena, difference));
        wf_json_push(arena, told, item);
    }
    return told;
}

bool wf_differences_tell(struct wf_call *call, const wf_differences *list,
                         wf_record_fn *record, const struct wf_json **out,
                         weft_error *err)
{
    for (size_t i = 0; i < list->n; i++)
        if (!record(call, list->at[i].key, &list->at[i].before, err))
            return false;
    *out = wf_differences_between(call, list);
    return true;
}
