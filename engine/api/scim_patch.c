/* api/scim_patch.c - a PatchOp made to a resource: add, replace and remove, by
 * the paths of RFC 7644 and as the large directories write them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <strings.h>

#include "api/scim.h"
#include "base/error.h"
#include "base/messages.h"

enum op {
    ADD,
    REPLACE,
    REMOVE
};

/* A path taken apart: name[filter].sub */
struct path {
    const char *name; /* "" the whole */
    const struct wf_scim_filter *filter;
    const char *sub; /* NULL: none */
    bool in_extension;
};

struct patching {
    struct wf_call *call;
    struct wf_json *resource;
    enum op op;
};

static bool fail_path(struct wf_call *call, weft_error *err)
{
    return wf_scim_fail(call, err, "invalidPath",
                        WF_MESSAGE("The path of an operation cannot be read."));
}

static bool read_path(struct wf_call *call, const char *text, struct path *out,
                      weft_error *err)
{
    const char *open = strchr(text, '[');
    const char *close = open ? strrchr(open, ']') : NULL;
    const char *dot;

    *out = (struct path){ .name = text };
    if (open && !close)
        return fail_path(call, err);
    if (open) {
        out->name = wf_arena_mem(call->arena, text, (size_t)(open - text));
        if (!wf_scim_filter_parse(
                call,
                wf_arena_mem(call->arena, open + 1, (size_t)(close - open - 1)),
                &out->filter, err))
            return fail_path(call, err);
        if (close[1] == '.')
            out->sub = close + 2;
        else if (close[1])
            return fail_path(call, err);
    }
    out->in_extension = wf_scim_cut_schema(&out->name);
    dot = open ? NULL : strchr(out->name, '.');
    if (dot) {
        out->sub = dot + 1;
        out->name =
            wf_arena_mem(call->arena, out->name, (size_t)(dot - out->name));
    }
    return true;
}

/* The member's own spelling, if it is there in another case. */
static const char *spelling(const struct wf_json *object, const char *name)
{
    for (size_t i = 0; i < wf_json_len(object); i++)
        if (strcasecmp(object->u.object.at[i].key.at, name) == 0)
            return object->u.object.at[i].key.at;
    return name;
}

static bool is_listed(const struct wf_json *list, const struct wf_json *value)
{
    const struct wf_json *key = wf_scim_get(value, "value");

    for (size_t i = 0; i < wf_json_len(list); i++) {
        const struct wf_json *other = list->u.array.at[i];

        if (wf_json_equal(other, value)
            || (key && wf_scim_get(other, "value")
                && wf_json_equal(wf_scim_get(other, "value"), key)))
            return true;
    }
    return false;
}

/* Lists are added to, each value once; all else is replaced. */
static void put(struct patching *p, struct wf_json *object, const char *name,
                struct wf_json *value)
{
    struct wf_arena *arena = p->call->arena;
    const char *key = spelling(object, name);
    struct wf_json *old = wf_json_get(object, key);

    if (p->op == REMOVE) {
        wf_json_remove(object, key);
    } else if (p->op == ADD && wf_json_is(old, WF_JSON_ARRAY)) {
        size_t n = wf_json_is(value, WF_JSON_ARRAY) ? wf_json_len(value) : 1;

        for (size_t i = 0; i < n; i++) {
            struct wf_json *one =
                wf_json_is(value, WF_JSON_ARRAY) ? value->u.array.at[i] : value;

            if (!is_listed(old, one))
                wf_json_push(arena, old, one);
        }
    } else {
        wf_json_set(arena, object, key, value);
    }
}

/* remove with a list as value takes just these out of the list. */
static void take_out(struct patching *p, struct wf_json *object,
                     const char *name, const struct wf_json *values)
{
    const char *key = spelling(object, name);
    const struct wf_json *old = wf_json_get(object, key);
    struct wf_json *left = wf_json_array(p->call->arena);

    for (size_t i = 0; wf_json_is(old, WF_JSON_ARRAY) && i < wf_json_len(old);
         i++)
        if (!is_listed(values, old->u.array.at[i]))
            wf_json_push(p->call->arena, left, old->u.array.at[i]);
    wf_json_set(p->call->arena, object, key, left);
}

/* Those of a list that the filter holds for. */
static bool change_matching(struct patching *p, struct wf_json *object,
                            const struct path *path, struct wf_json *value,
                            weft_error *err)
{
    struct wf_arena *arena = p->call->arena;
    const char *key = spelling(object, path->name);
    const struct wf_json *list = wf_json_get(object, key);
    struct wf_json *left = wf_json_array(arena);
    bool found = false;

    for (size_t i = 0; wf_json_is(list, WF_JSON_ARRAY) && i < wf_json_len(list);
         i++) {
        struct wf_json *item = list->u.array.at[i];
        bool holds = wf_scim_filter_holds(path->filter, item);

        found = found || holds;
        if (holds && path->sub)
            put(p, item, path->sub, value);
        else if (holds && p->op != REMOVE)
            item = value;
        if (!holds || path->sub || p->op != REMOVE)
            wf_json_push(arena, left, item);
    }
    if (!found && p->op != REMOVE) { /* as directories mean it: a new one */
        struct wf_json *made = wf_json_object(arena);

        if (path->filter->op == WF_SCIM_EQ)
            wf_json_set(arena, made, path->filter->path,
                        wf_json_copy(arena, path->filter->value));
        if (!path->sub)
            return wf_scim_fail(
                p->call, err, "noTarget",
                WF_MESSAGE("There is no value that this filter holds for."));
        wf_json_set(arena, made, path->sub, value);
        wf_json_push(arena, left, made);
    }
    wf_json_set(arena, object, key, left);
    return true;
}

/* The object that a member is in, made where it is not there. */
static struct wf_json *part_of(struct patching *p, struct wf_json *object,
                               const char *name)
{
    const char *key = spelling(object, name);
    struct wf_json *part = wf_json_get(object, key);

    if (!wf_json_is(part, WF_JSON_OBJECT)) {
        part = wf_json_object(p->call->arena);
        wf_json_set(p->call->arena, object, key, part);
    }
    return part;
}

static bool change_path(struct patching *p, const char *text,
                        struct wf_json *value, weft_error *err);

static bool change_members(struct patching *p, const struct wf_json *value,
                           bool in_extension, weft_error *err)
{
    if (!wf_json_is(value, WF_JSON_OBJECT))
        return wf_scim_fail(
            p->call, err, "invalidValue",
            WF_MESSAGE("An operation without a path takes an object."));
    for (size_t i = 0; i < wf_json_len(value); i++) {
        const char *name = value->u.object.at[i].key.at;

        if (in_extension)
            put(p, part_of(p, p->resource, WF_SCIM_ENTERPRISE), name,
                value->u.object.at[i].value);
        else if (!change_path(p, name, value->u.object.at[i].value, err))
            return false;
    }
    return true;
}

static bool change_path(struct patching *p, const char *text,
                        struct wf_json *value, weft_error *err)
{
    struct wf_json *object = p->resource;
    struct path path;

    if (!read_path(p->call, text, &path, err))
        return false;
    if (!*path.name)
        return change_members(p, value, path.in_extension, err);
    if (path.in_extension)
        object = part_of(p, object, WF_SCIM_ENTERPRISE);
    if (path.filter)
        return change_matching(p, object, &path, value, err);
    if (path.sub)
        put(p, part_of(p, object, path.name), path.sub, value);
    else if (p->op == REMOVE && wf_json_is(value, WF_JSON_ARRAY))
        take_out(p, object, path.name, value);
    else
        put(p, object, path.name, value);
    return true;
}

static bool read_op(const struct wf_json *operation, enum op *out)
{
    static const char *const words[] = { "add", "replace", "remove" };
    const char *word = wf_json_str(wf_scim_get(operation, "op"));

    for (size_t i = 0; word && i < WF_COUNT(words); i++)
        if (strcasecmp(word, words[i]) == 0) {
            *out = (enum op)i;
            return true;
        }
    return false;
}

bool wf_scim_patch(struct wf_call *call, struct wf_json *resource,
                   const struct wf_json *body, weft_error *err)
{
    const struct wf_json *operations = wf_scim_get(body, "Operations");
    struct patching p = { .call = call, .resource = resource };

    if (!wf_json_is(operations, WF_JSON_ARRAY))
        return wf_scim_fail(call, err, "invalidSyntax",
                            WF_MESSAGE("A PatchOp has a list \"Operations\"."));
    for (size_t i = 0; i < wf_json_len(operations); i++) {
        const struct wf_json *operation = operations->u.array.at[i];
        const char *path = wf_json_str(wf_scim_get(operation, "path"));
        struct wf_json *value = wf_scim_get(operation, "value");

        if (!read_op(operation, &p.op))
            return wf_scim_fail(
                call, err, "invalidSyntax",
                WF_MESSAGE("An operation is add, replace or remove."));
        if (!value && p.op != REMOVE)
            return wf_scim_fail(call, err, "invalidValue",
                                WF_MESSAGE("The value is missing."));
        if (!path && p.op == REMOVE)
            return wf_scim_fail(
                call, err, "noTarget",
                WF_MESSAGE("What is to be removed needs a path."));
        if (!(path ? change_path(&p, path, value, err)
                   : change_members(&p, value, false, err)))
            return false;
    }
    return true;
}
