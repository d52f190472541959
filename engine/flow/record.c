/* flow/record.c - noting the calls of a job's hook, and making them good.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/record.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/list.h"
#include "flow/host.h"

void wf_record_init(struct wf_record *record, struct wf_arena *arena)
{
    *record = (struct wf_record){ .arena = arena };
    memcpy(record->mark, "new-", 4);
    memcpy(record->mark + 4, wf_random_text(arena, 12), 17);
}

struct wf_hash wf_record_hash(struct wf_arena *arena,
                              const struct wf_json *json)
{
    struct wf_buf buf = WF_BUF_INIT(arena);

    if (json)
        wf_json_write_canonical(&buf, json);
    return wf_hash_of(wf_buf_text(&buf), buf.len);
}

/* --- Recording */

enum kind {
    HARMLESS, /* says something, or only computes: made at once */
    READS,
    WRITES
};

static enum kind kind_of(const struct wf_host *host)
{
    static wf_host_fn *const writing[] = { wf_host_create, wf_host_update,
                                           wf_host_act,    wf_host_link,
                                           wf_host_notify, wf_host_override };
    static const char *const reading[] = { "find",         "get",     "sum",
                                           "people",       "setting", "unit",
                                           "grade",        "manager", "today",
                                           "working_days", "series" };

    for (size_t i = 0; i < WF_COUNT(writing); i++)
        if (host->call == writing[i])
            return WRITES;
    for (size_t i = 0; i < WF_COUNT(reading); i++)
        if (wf_streq(host->name, reading[i]))
            return READS;
    return HARMLESS;
}

static struct wf_recorded *note(struct wf_record *record,
                                const struct wf_host *host,
                                const struct wf_json *args)
{
    struct wf_recorded *call = WF_PUSH(record->arena, &record->calls);

    call->host = host;
    call->args = wf_json_copy(record->arena, args);
    return call;
}

/* What the hook gets for a change that is not made yet: of create() the data
 * it gave, with a placeholder for the id; else its first argument. */
static struct wf_json *placeholder(struct wf_record *record,
                                   const struct wf_host *host,
                                   const struct wf_json *args)
{
    const struct wf_json *data = wf_host_arg(args, 1);
    struct wf_json *doc;

    if (host->call != wf_host_create)
        return wf_host_arg(args, 0)
                   ? wf_json_copy(record->arena, wf_host_arg(args, 0))
                   : NULL;
    doc = wf_json_is(data, WF_JSON_OBJECT) ? wf_json_copy(record->arena, data)
                                           : wf_json_object(record->arena);
    wf_json_set(record->arena, doc, "form",
                wf_json_copy(record->arena, args->u.array.at[0]));
    wf_json_set(
        record->arena, doc, "id",
        wf_json_text(record->arena,
                     wf_arena_printf(record->arena, "%s-%zu", record->mark,
                                     record->calls.n - 1)));
    return doc;
}

static bool record_call(void *self, const struct wf_host *row,
                        struct wf_arena *arena, const struct wf_json *args,
                        struct wf_json **result, weft_error *err)
{
    struct wf_hooks *hooks = self;
    struct wf_record *record = hooks->flow->record;
    const struct wf_host *host = &wf_hook_hosts[row - hooks->hosts];
    enum kind kind = kind_of(host);
    const char *form;

    if (kind == WRITES) {
        if (host->call == wf_host_create
            && !wf_host_text(host, args, 0, &form, err))
            return false;
        note(record, host, args)->writes = true;
        *result = placeholder(record, host, args);
        return true;
    }
    if (record->trial && host->call == wf_host_log) {
        note(record, host, args);
        return true;
    }
    if (!host->call(self, host, arena, args, result, err))
        return false;
    if (kind == READS)
        note(record, host, args)->answer = wf_record_hash(arena, *result);
    return true;
}

const struct wf_host *wf_record_hosts(struct wf_arena *arena)
{
    struct wf_host *rows = WF_NEW_N(arena, struct wf_host, wf_n_hook_hosts);

    for (size_t i = 0; i < wf_n_hook_hosts; i++) {
        rows[i] = wf_hook_hosts[i];
        rows[i].call = record_call;
    }
    return rows;
}

/* --- Making it good */

/* The ids of documents created so far, by number of their call. */
struct made {
    const struct wf_record *record;
    const char **ids;
};

/* `json` with placeholders replaced by what was made of them. */
static struct wf_json *resolve(struct wf_arena *arena, const struct made *made,
                               const struct wf_json *json)
{
    size_t mark = strlen(made->record->mark);
    struct wf_json *copy = wf_json_copy(arena, json);
    const char *text = wf_json_str(json);

    if (text && strncmp(text, made->record->mark, mark) == 0) {
        size_t n = strtoul(text + mark + 1, NULL, 10);

        if (n < made->record->calls.n && made->ids[n])
            return wf_json_text(arena, made->ids[n]);
    }
    if (wf_json_is(json, WF_JSON_ARRAY))
        for (size_t i = 0; i < copy->u.array.n; i++)
            copy->u.array.at[i] = resolve(arena, made, json->u.array.at[i]);
    if (wf_json_is(json, WF_JSON_OBJECT))
        for (size_t i = 0; i < copy->u.object.n; i++)
            copy->u.object.at[i].value =
                resolve(arena, made, json->u.object.at[i].value);
    return copy;
}

static bool read_again(struct wf_hooks *hooks, const struct wf_recorded *call,
                       weft_error *err)
{
    struct wf_arena *arena = hooks->flow->call->arena;
    struct wf_json *result = NULL;
    struct wf_hash answer;

    if (!call->host->call(hooks, call->host, arena, call->args, &result, err))
        return false;
    answer = wf_record_hash(arena, result);
    if (wf_hash_equal(&answer, &call->answer))
        return true;
    return wf_fail(err, WEFT_E_CONFLICT,
                   "What %s had answered has changed meanwhile.",
                   call->host->signature);
}

static bool write_now(struct wf_hooks *hooks, struct made *made, size_t n,
                      weft_error *err)
{
    const struct wf_recorded *call = &made->record->calls.at[n];
    struct wf_arena *arena = hooks->flow->call->arena;
    struct wf_json *result = NULL;

    if (!call->host->call(hooks, call->host, arena,
                          resolve(arena, made, call->args), &result, err))
        return false;
    made->ids[n] = wf_json_str(wf_json_get(result, "id"));
    return true;
}

bool wf_record_apply(struct wf_hooks *hooks, const struct wf_record *record,
                     weft_error *err)
{
    struct made made = { record, WF_NEW_N(hooks->flow->call->arena,
                                          const char *, record->calls.n + 1) };

    for (size_t i = 0; i < record->calls.n; i++)
        if (!record->calls.at[i].writes
            && !read_again(hooks, &record->calls.at[i], err))
            return false;
    for (size_t i = 0; i < record->calls.n; i++)
        if (record->calls.at[i].writes && !write_now(hooks, &made, i, err))
            return false;
    return true;
}
