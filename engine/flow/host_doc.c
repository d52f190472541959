/* flow/host_doc.c - documents, as hooks find, read, make and move them: with
 * the rights of whoever fired the hook.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/list.h"
#include "doc/list.h"
#include "doc/shape.h"
#include "doc/target.h"
#include "flow/host.h"
#include "flow/settle.h"

enum {
    CREATED_MAX = 1000, /* by all hooks of one command */
    READ_MAX = 10000,
    DEPTH_MAX = 8,
    FIND_LIMIT = 50,
    FIND_MAX = 1000,
};

/* --- Helpers */

static bool count_read(struct wf_flow *flow, size_t n, weft_error *err)
{
    flow->n_read += (int)n;
    if (flow->n_read <= READ_MAX)
        return true;
    return wf_fail(err, WEFT_E_SCRIPT,
                   "Hooks of one action may read at most %d documents.",
                   READ_MAX);
}

/* The id of a document given as a table with `id`, or as the id itself. */
static bool id_of(const struct wf_json *json, wf_id *out)
{
    const char *text = wf_json_str(
        wf_json_is(json, WF_JSON_OBJECT) ? wf_json_get(json, "id") : json);

    return text && wf_id_parse(wf_str_of(text), out);
}

static bool open_arg(struct wf_flow *flow, const struct wf_host *host,
                     const struct wf_json *args, struct wf_doc **doc,
                     struct wf_rights *rights, weft_error *err)
{
    wf_id id;

    if (!id_of(wf_host_arg(args, 0), &id))
        return wf_fail(err, WEFT_E_INVALID,
                       "%s: the first argument must be a document.",
                       host->signature);
    if (!count_read(flow, 1, err)
        || !wf_doc_open(flow->call, id, doc, rights, err))
        return false;
    return !(*doc)->veil
           || wf_fail(err, WEFT_E_NOTFOUND, "There is no document %lld.",
                      (long long)id);
}

/* Hooks that change other documents fire their hooks: so deep, no deeper. */
static bool go_deeper(struct wf_flow *flow, weft_error *err)
{
    if (flow->depth < DEPTH_MAX) {
        flow->depth++;
        return true;
    }
    return wf_fail(err, WEFT_E_SCRIPT,
                   "Hooks have fired hooks %d deep; do they call each other?",
                   DEPTH_MAX);
}

/* The document in hand is still being changed by this very command. */
static bool check_other(struct wf_hooks *hooks, wf_id id, weft_error *err)
{
    if (!hooks->doc || hooks->doc->id != id)
        return true;
    return wf_fail(err, WEFT_E_INVALID,
                   "A hook changes its own document by assigning to its "
                   "fields: doc.field = value.");
}

/* --- where = { field = value, other = { gte = 1 } } */

static const char *value_text(struct wf_arena *arena,
                              const struct wf_json *value)
{
    const struct wf_json *id =
        wf_json_is(value, WF_JSON_OBJECT) ? wf_json_get(value, "id") : value;

    if (wf_json_str(id))
        return wf_json_str(id);
    return wf_json_dump(arena, id);
}

struct filters {
    struct wf_filter *at;
    size_t n, cap;
};

static void add_filters(struct wf_arena *arena, struct filters *filters,
                        const char *field, const struct wf_json *value)
{
    bool is_operators =
        wf_json_is(value, WF_JSON_OBJECT) && !wf_json_get(value, "id");

    if (!is_operators) {
        *WF_PUSH(arena, filters) =
            (struct wf_filter){ field, NULL, value_text(arena, value) };
        return;
    }
    for (size_t i = 0; i < value->u.object.n; i++)
        *WF_PUSH(arena, filters) =
            (struct wf_filter){ field, value->u.object.at[i].key.at,
                                value_text(arena,
                                           value->u.object.at[i].value) };
}

/* Built-in columns are asked for by the query's own members, all else by
 * filters on indexed fields. */
static struct wf_list_query list_query(struct wf_arena *arena, const char *form,
                                       const struct wf_json *where,
                                       const struct wf_json *opts,
                                       struct filters *filters)
{
    struct wf_list_query query = { .form = form,
                                   .limit = FIND_LIMIT,
                                   .signed_ = true };
    int64_t limit;

    for (size_t i = 0;
         wf_json_is(where, WF_JSON_OBJECT) && i < where->u.object.n; i++)
        add_filters(arena, filters, where->u.object.at[i].key.at,
                    where->u.object.at[i].value);
    query.filters = filters->at;
    query.n_filters = filters->n;
    query.sort = wf_json_str(wf_json_get(opts, "sort"));
    if (wf_json_to_int(wf_json_get(opts, "limit"), &limit) && limit > 0)
        query.limit = limit < FIND_MAX ? (int)limit : FIND_MAX;
    return query;
}

struct found {
    wf_id *ids;
    size_t n;
};

/* Lists refuse a field that their reader sees on no document at all, as if it
 * were not there. Whoever wrote the hook knows the form: to them it is a list
 * of nothing. */
static bool are_indexed(struct wf_flow *flow, const char *form,
                        const struct filters *filters)
{
    const struct wf_form *live = wf_registry_form(flow->call->registry, form);

    for (size_t i = 0; i < filters->n; i++) {
        const struct wf_field *field =
            live ? wf_form_field(live, filters->at[i].field) : NULL;

        if (!wf_column_named(filters->at[i].field) && !(field && field->index))
            return false;
    }
    return true;
}

static bool list_ids(struct wf_flow *flow, const struct wf_list_query *query,
                     const struct filters *filters, struct found *out,
                     weft_error *err)
{
    if (wf_list_ids(flow->call, query, &out->ids, &out->n, err))
        return true;
    if (err->code != WEFT_E_MALFORMED
        || !are_indexed(flow, query->form, filters))
        return false;
    err->code = WEFT_OK;
    out->n = 0;
    return true;
}

static bool find_ids(struct wf_flow *flow, const struct wf_host *host,
                     const struct wf_json *args, const struct wf_json *opts,
                     struct found *out, weft_error *err)
{
    struct filters filters = { NULL, 0, 0 };
    struct wf_list_query query;
    const char *form;

    if (!wf_host_text(host, args, 0, &form, err))
        return false;
    query = list_query(flow->call->arena, form, wf_host_arg(args, 1), opts,
                       &filters);
    return list_ids(flow, &query, &filters, out, err)
           && count_read(flow, out->n, err);
}

bool wf_host_find(void *self, const struct wf_host *host,
                  struct wf_arena *arena, const struct wf_json *args,
                  struct wf_json **result, weft_error *err)
{
    struct wf_flow *flow = ((struct wf_hooks *)self)->flow;
    struct found found;

    if (!find_ids(flow, host, args, wf_host_arg(args, 2), &found, err))
        return false;
    *result = wf_json_array(arena);
    for (size_t i = 0; i < found.n; i++) {
        struct wf_doc *doc;
        struct wf_rights rights;
        struct wf_json *seen;

        if (!wf_doc_open(flow->call, found.ids[i], &doc, &rights, err)
            || !wf_hook_doc(flow, doc, &rights, &seen, err))
            return false;
        wf_json_push(arena, *result, seen);
    }
    return true;
}

bool wf_host_get(void *self, const struct wf_host *host, struct wf_arena *arena,
                 const struct wf_json *args, struct wf_json **result,
                 weft_error *err)
{
    struct wf_flow *flow = ((struct wf_hooks *)self)->flow;
    struct wf_rights rights;
    struct wf_doc *doc;

    (void)arena;
    if (open_arg(flow, host, args, &doc, &rights, err))
        return wf_hook_doc(flow, doc, &rights, result, err);
    if (err->code != WEFT_E_NOTFOUND)
        return false;
    err->code = WEFT_OK;
    *result = NULL;
    return true;
}

/* As formulas read it: money in major units, a rating by its value. */
static double number_of(struct wf_arena *arena, const struct wf_field *field,
                        const struct wf_json *data)
{
    struct wf_value value =
        wf_value_of(arena, field, wf_json_get(data, field->id));

    return value.type == WF_T_NUMBER ? value.u.number : 0;
}

/* sum(form, where, field) over documents; anything else is the formula's. */
bool wf_host_sum(void *self, const struct wf_host *host, struct wf_arena *arena,
                 const struct wf_json *args, struct wf_json **result,
                 weft_error *err)
{
    static const char every[] = "{\"limit\":1000}";
    struct wf_flow *flow = ((struct wf_hooks *)self)->flow;
    struct wf_json_limits limits = WF_JSON_LIMITS;
    struct wf_json *opts;
    const char *field;
    struct found found;
    double sum = 0;

    if (!wf_json_str(wf_host_arg(args, 0)))
        return wf_host_formula(self, host, arena, args, result, err);
    if (!wf_host_text(host, args, 2, &field, err)
        || !wf_json_parse(arena, every, sizeof every - 1, &limits, &opts, err)
        || !find_ids(flow, host, args, opts, &found, err))
        return false;
    for (size_t i = 0; i < found.n; i++) {
        struct wf_doc *doc;
        struct wf_rights rights;
        const struct wf_field *column;

        if (!wf_doc_open(flow->call, found.ids[i], &doc, &rights, err))
            return false;
        column = wf_form_field(doc->form, field);
        if (column && !column->items
            && wf_rights_see(&rights, doc->form, column))
            sum += number_of(arena, column, doc->data);
    }
    *result = wf_json_number(arena, sum);
    return true;
}

/* --- Changing */

/* A key may name somebody ("wallet lina"), so what is kept of it is a digest,
 * which outlives them as a number does. Stores from before have keys as they
 * were given. */
static const char SQL_FIND_KEY[] =
    "SELECT document FROM made_once WHERE key IN ($1, $2)";
static const char SQL_ADD_KEY[] =
    "INSERT INTO made_once (key, document) VALUES ($1, $2)";

static const char *digest_of(struct wf_arena *arena, const char *key)
{
    char *out = wf_arena_alloc(arena, WF_HASH_TEXT);
    struct wf_hash hash = wf_hash_of(key, strlen(key));

    wf_hash_write(&hash, out);
    return out;
}

/* The document that was made with this key; 0: none yet. */
static bool find_key(struct wf_flow *flow, const char *key, wf_id *out,
                     weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    *out = 0;
    if (!wf_stmt_begin(flow->call->db, SQL_FIND_KEY, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, digest_of(flow->call->arena, key));
    wf_stmt_bind_text(&q, 2, key);
    switch (wf_stmt_step(&q, err)) {
    case WF_FETCH_ROW:
        *out = wf_stmt_int(&q, 0);
        return true;
    case WF_FETCH_DONE:
        return true;
    default:
        return false;
    }
}

static bool add_key(struct wf_flow *flow, const char *key, wf_id document,
                    weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(flow->call->db, SQL_ADD_KEY, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, digest_of(flow->call->arena, key));
    wf_stmt_bind_id(&q, 2, document);
    return wf_stmt_run(&q, err);
}

static bool create_one(struct wf_flow *flow, const char *form,
                       const struct wf_json *data, const struct wf_json *opts,
                       struct wf_doc **out, weft_error *err)
{
    struct wf_creation creation = { .data = data,
                                    .by_engine = flow->call->system,
                                    .by_hook = true };
    bool ok;

    (void)id_of(wf_json_get(opts, "parent"), &creation.parent);
    if (flow->n_created++ >= CREATED_MAX)
        return wf_fail(err, WEFT_E_SCRIPT,
                       "Hooks of one action may create at most %d documents.",
                       CREATED_MAX);
    if (!wf_flow_pick_form(flow, form, &creation.form, err)
        || !go_deeper(flow, err))
        return false;
    ok = wf_flow_create(flow, &creation, out, err);
    flow->depth--;
    return ok;
}

bool wf_host_create(void *self, const struct wf_host *host,
                    struct wf_arena *arena, const struct wf_json *args,
                    struct wf_json **result, weft_error *err)
{
    struct wf_flow *flow = ((struct wf_hooks *)self)->flow;
    const struct wf_json *opts = wf_host_arg(args, 2);
    const char *key = wf_json_str(wf_json_get(opts, "key"));
    const char *form;
    struct wf_doc *doc;
    wf_id known = 0;

    (void)arena;
    if (!wf_host_text(host, args, 0, &form, err)
        || (key && !find_key(flow, key, &known, err)))
        return false;
    if (known) {
        if (!wf_doc_load(flow->call, known, &doc, err))
            return false;
        return !doc || wf_hook_doc(flow, doc, NULL, result, err);
    }
    return create_one(flow, form, wf_host_arg(args, 1), opts, &doc, err)
           && (!key || add_key(flow, key, doc->id, err))
           && wf_hook_doc(flow, doc, NULL, result, err);
}

/* Saves fields of a document as a hook may: all but derived ones. */
static bool change(struct wf_flow *flow, struct wf_doc *doc,
                   const struct wf_json *data, weft_error *err)
{
    struct wf_writable writable = { .hook = true };

    return wf_shape_patch(flow->call, doc, data, &writable, err)
           && wf_settle_edit(flow, doc, true, err);
}

bool wf_host_update(void *self, const struct wf_host *host,
                    struct wf_arena *arena, const struct wf_json *args,
                    struct wf_json **result, weft_error *err)
{
    struct wf_hooks *hooks = self;
    struct wf_rights rights;
    struct wf_doc *doc;
    bool ok;

    (void)arena;
    if (!open_arg(hooks->flow, host, args, &doc, &rights, err)
        || !check_other(hooks, doc->id, err) || !go_deeper(hooks->flow, err))
        return false;
    ok = change(hooks->flow, doc, wf_host_arg(args, 1), err);
    hooks->flow->depth--;
    return ok && wf_hook_doc(hooks->flow, doc, &rights, result, err);
}

bool wf_host_link(void *self, const struct wf_host *host,
                  struct wf_arena *arena, const struct wf_json *args,
                  struct wf_json **result, weft_error *err)
{
    struct wf_hooks *hooks = self;
    struct wf_rights rights;
    struct wf_json *data;
    struct wf_doc *doc;
    char parent[WF_ID_TEXT];
    wf_id id;

    (void)result;
    if (!open_arg(hooks->flow, host, args, &doc, &rights, err)
        || !check_other(hooks, doc->id, err))
        return false;
    if (!doc->form->parent || !id_of(wf_host_arg(args, 1), &id))
        return wf_fail(err, WEFT_E_INVALID,
                       "%s: a document whose form has a parent, and the "
                       "parent.",
                       host->signature);
    wf_id_write(id, parent);
    data = wf_json_object(arena);
    wf_json_set(arena, data, doc->form->parent->id,
                wf_json_text(arena, parent));
    return change(hooks->flow, doc, data, err);
}

bool wf_host_act(void *self, const struct wf_host *host, struct wf_arena *arena,
                 const struct wf_json *args, struct wf_json **result,
                 weft_error *err)
{
    struct wf_hooks *hooks = self;
    struct wf_act act = { .data = wf_host_arg(args, 2) };
    struct wf_rights rights;
    struct wf_doc *doc;
    bool ok;

    (void)arena;
    if (!wf_host_text(host, args, 1, &act.action, err)
        || !open_arg(hooks->flow, host, args, &doc, &rights, err)
        || !check_other(hooks, doc->id, err) || !go_deeper(hooks->flow, err))
        return false;
    act.rights = hooks->flow->call->system ? NULL : &rights;
    ok = wf_flow_act(hooks->flow, doc, &act, err);
    hooks->flow->depth--;
    return ok && wf_hook_doc(hooks->flow, doc, &rights, result, err);
}
