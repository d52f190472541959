/* api/scim.c - the calls of SCIM: a list, one resource, and what is done to it.
 * What a resource is made of is its kind's to know.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/scim.h"

#include <stdio.h>
#include <strings.h>

#include <weft/scim.h>

#include "api/command.h"
#include "base/date.h"
#include "base/error.h"
#include "base/hash.h"
#include "doc/history.h"

enum {
    COUNT_MAX = 200,
    PIECE = 200 /* resources looked at with one arena */
};

#define LIST_SCHEMA "urn:ietf:params:scim:api:messages:2.0:ListResponse"

static const struct wf_scim_kind *kind_of(const char *name)
{
    return wf_streq(name, "Users") ? &wf_scim_users : &wf_scim_groups;
}

static bool fail_absent(const struct wf_scim_kind *kind, weft_error *err)
{
    return wf_fail(err, WEFT_E_NOTFOUND, "There is no such %s.", kind->name);
}

/* --- One resource, with its meta. */

/* The entity tag is of what is shown; its text without quotes. */
static void tag_of(struct wf_arena *arena, const struct wf_json *resource,
                   char tag[WF_HASH_TEXT])
{
    const char *text = wf_json_dump(arena, resource);
    struct wf_hash hash = wf_hash_of(text, strlen(text));

    wf_hash_write(&hash, tag);
    tag[32] = '\0';
}

static bool show(struct wf_call *call, const struct wf_scim_kind *kind,
                 wf_id id, struct wf_json **out, char tag[WF_HASH_TEXT],
                 weft_error *err)
{
    struct wf_arena *arena = call->arena;
    struct wf_json *meta = wf_json_object(arena);
    char text[WF_TIME_TEXT];
    int64_t changed = 0;

    if (!kind->show(call, id, out, &changed, err))
        return false;
    if (!*out)
        return true;
    tag_of(arena, *out, tag);
    wf_time_write(changed, text);
    wf_json_set(arena, meta, "resourceType", wf_json_text(arena, kind->name));
    wf_json_set(arena, meta, "lastModified", wf_json_text(arena, text));
    wf_json_set(
        arena, meta, "location",
        wf_json_text(arena, wf_arena_printf(arena, "%s/%lld", kind->place,
                                            (long long)id)));
    wf_json_set(arena, meta, "version",
                wf_json_text(arena, wf_arena_printf(arena, "\"%s\"", tag)));
    wf_json_set(arena, *out, "meta", meta);
    return true;
}

/* --- Which attributes are wanted. */

struct wishes {
    const char *only, *without; /* lists with commas, or NULL */
};

static bool is_in(const char *list, const char *name)
{
    struct wf_str rest = wf_str_of(list);
    struct wf_str part;

    while (wf_str_split(&rest, ',', &part)) {
        part = wf_str_trim(part);
        if (part.len == strlen(name)
            && strncasecmp(part.at, name, part.len) == 0)
            return true;
        if (part.len > strlen(name) && part.at[strlen(name)] == '.'
            && strncasecmp(part.at, name, strlen(name)) == 0)
            return true;
    }
    return false;
}

static void prune(struct wf_json *resource, const struct wishes *wishes)
{
    static const char *const always[] = { "schemas", "id", "meta" };

    for (size_t i = wf_json_len(resource); i > 0; i--) {
        const char *name = resource->u.object.at[i - 1].key.at;
        bool stays = false;

        for (size_t k = 0; k < WF_COUNT(always); k++)
            stays = stays || wf_streq(name, always[k]);
        if (!stays
            && ((wishes->only && !is_in(wishes->only, name))
                || (wishes->without && is_in(wishes->without, name))))
            wf_json_remove(resource, name);
    }
}

/* --- Lists. */

struct listing {
    const struct wf_scim_kind *kind;
    const struct wf_scim_filter *filter;
    struct wishes wishes;
    int64_t start, count; /* from 1 */
    int64_t n_found, n_shown;
    struct wf_json_writer *out;
};

struct asked {
    const char *kind, *id;
    const weft_param *params;
    size_t n;
};

static const char *param(const struct asked *asked, const char *name)
{
    for (size_t i = 0; i < asked->n; i++)
        if (wf_streq(asked->params[i].name, name))
            return asked->params[i].value;
    return NULL;
}

static int64_t number(const struct asked *asked, const char *name,
                      int64_t usual)
{
    const char *text = param(asked, name);
    int64_t n;

    return text && wf_str_to_int(wf_str_of(text), &n) ? n : usual;
}

/* Whether `id` is on the page by its place alone, without being looked at. */
static bool is_beside(struct listing *listing)
{
    if (listing->filter)
        return false;
    listing->n_found++;
    return listing->n_found < listing->start
           || listing->n_shown == listing->count;
}

static bool list_one(struct wf_call *call, struct listing *listing, wf_id id,
                     weft_error *err)
{
    char tag[WF_HASH_TEXT];
    struct wf_json *resource;

    if (is_beside(listing))
        return true;
    if (!show(call, listing->kind, id, &resource, tag, err))
        return false;
    if (!resource)
        return true;
    if (listing->filter) {
        if (!wf_scim_filter_holds(listing->filter, resource))
            return true;
        if (++listing->n_found < listing->start
            || listing->n_shown == listing->count)
            return true;
    }
    listing->n_shown++;
    prune(resource, &listing->wishes);
    wf_jw_tree(listing->out, resource);
    return true;
}

/* Each piece with memory of its own. */
static bool list_piece(const struct wf_call *whole, struct listing *listing,
                       const wf_id *ids, size_t n, weft_error *err)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_call call = *whole;

    call.arena = arena;
    call.people = wf_people_new(arena, NULL);
    for (size_t i = 0; i < n; i++)
        if (!list_one(&call, listing, ids[i], err))
            return false;
    return true;
}

static bool read_listing(struct wf_turn *turn, const struct asked *asked,
                         struct listing *out, weft_error *err)
{
    const char *filter = param(asked, "filter");

    *out = (struct listing){ .kind = kind_of(asked->kind),
                             .wishes = { param(asked, "attributes"),
                                         param(asked, "excludedAttributes") },
                             .start = number(asked, "startIndex", 1),
                             .count = number(asked, "count", 100),
                             .out = &turn->out };
    if (out->start < 1)
        out->start = 1;
    if (out->count < 0)
        out->count = 0;
    if (out->count > COUNT_MAX)
        out->count = COUNT_MAX;
    return !filter
           || wf_scim_filter_parse(&turn->call, filter, &out->filter, err);
}

static void write_number(struct wf_json_writer *out, const char *key, int64_t n)
{
    wf_jw_key(out, key);
    wf_jw_int(out, n);
}

static bool list(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct wf_json_writer *out = &turn->out;
    struct wf_who_list ids = { NULL, 0, 0 };
    struct listing listing;

    if (!read_listing(turn, with, &listing, err)
        || !listing.kind->find(&turn->call, listing.filter, &ids, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key(out, "schemas");
    wf_jw_raw(out, "[\"" LIST_SCHEMA "\"]", strlen("[\"" LIST_SCHEMA "\"]"));
    wf_jw_key(out, "Resources");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < ids.n; i += PIECE)
        if (!list_piece(&turn->call, &listing, ids.at + i,
                        ids.n - i < PIECE ? ids.n - i : PIECE, err))
            return false;
    wf_jw_close(out, ']');
    write_number(out, "totalResults", listing.n_found);
    write_number(out, "startIndex", listing.start);
    write_number(out, "itemsPerPage", listing.n_shown);
    wf_jw_close(out, '}');
    return true;
}

weft_reply *weft_scim_list(weft_session *session, const char *kind,
                           const weft_param *params, size_t n)
{
    struct asked asked = { kind, NULL, params, n };

    return wf_question(session, WEFT_SCOPE_SCIM, list, &asked);
}

/* --- One. */

static bool answer(struct wf_turn *turn, const struct wf_scim_kind *kind,
                   wf_id id, const struct wishes *wishes, weft_error *err)
{
    char tag[WF_HASH_TEXT];
    struct wf_json *resource;

    if (!show(&turn->call, kind, id, &resource, tag, err))
        return false;
    if (!resource)
        return fail_absent(kind, err);
    snprintf(turn->reply->etag, sizeof turn->reply->etag, "%.32s", tag);
    turn->reply->id = id;
    if (wishes)
        prune(resource, wishes);
    wf_jw_tree(&turn->out, resource);
    return true;
}

static bool get(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct asked *asked = with;
    const struct wf_scim_kind *kind = kind_of(asked->kind);
    const struct wishes wishes = { param(asked, "attributes"),
                                   param(asked, "excludedAttributes") };
    wf_id id;

    if (!wf_id_parse(wf_str_of(asked->id), &id))
        return fail_absent(kind, err);
    return answer(turn, kind, id, &wishes, err);
}

weft_reply *weft_scim_get(weft_session *session, const char *kind,
                          const char *id, const weft_param *params, size_t n)
{
    struct asked asked = { kind, id, params, n };

    return wf_question(session, WEFT_SCOPE_SCIM, get, &asked);
}

/* --- Changes. */

struct order {
    const struct wf_scim_kind *kind;
    wf_id id; /* 0: a new one */
    weft_scim_verb verb;
    struct wf_json *body;
    const char *if_match;
};

static bool record(struct wf_turn *turn, const struct order *order, wf_id id,
                   weft_error *err)
{
    static const char *const verbs[] = { "replaced", "patched", "removed" };
    struct wf_event event = { .kind = "directory",
                              .reason =
                                  order->id ? verbs[order->verb] : "added" };

    event.comment = wf_arena_printf(turn->call.arena, "%s %lld",
                                    order->kind->name, (long long)id);
    return wf_history_add(&turn->call, &event, err);
}

static bool add(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct order *order = with;
    wf_id id = 0;

    return order->kind->save(&turn->call, &id, order->body, err)
           && record(turn, order, id, err)
           && answer(turn, order->kind, id, NULL, err);
}

/* A tag as it was sent: in quotes, maybe weak, or "*". */
static bool tag_matches(const char *if_match, const char *tag)
{
    return !if_match || wf_streq(if_match, "*") || strstr(if_match, tag);
}

static bool change_it(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct order *order = with;
    const struct wf_scim_kind *kind = order->kind;
    struct wf_json *body = order->body, *now;
    char tag[WF_HASH_TEXT];
    wf_id id = order->id;

    if (!show(&turn->call, kind, id, &now, tag, err))
        return false;
    if (!now)
        return fail_absent(kind, err);
    if (!tag_matches(order->if_match, tag))
        return wf_fail(err, WEFT_E_STALE,
                       "It has changed since you read it. Read it again.");
    if (order->verb == WEFT_SCIM_REMOVE)
        return kind->remove(&turn->call, id, err)
               && record(turn, order, id, err);
    if (order->verb == WEFT_SCIM_PATCH) {
        if (!wf_scim_patch(&turn->call, now, body, err))
            return false;
        body = now;
    }
    return kind->save(&turn->call, &id, body, err)
           && record(turn, order, id, err) && answer(turn, kind, id, NULL, err);
}

static void read_body(weft_command *command, struct order *order,
                      const char *body, size_t len)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;

    if (wf_command_is_sound(command)
        && wf_json_parse(command->arena, body, len, &limits, &order->body,
                         &command->err)
        && !wf_json_is(order->body, WF_JSON_OBJECT))
        wf_fail(&command->err, WEFT_E_MALFORMED,
                "The body is to be an object.");
}

weft_command *weft_scim_add(weft_session *session, const char *kind,
                            const char *body, size_t len)
{
    weft_command *command = wf_command_new(session, WEFT_SCOPE_SCIM, add);
    struct order *order = WF_NEW(command->arena, struct order);

    order->kind = kind_of(kind);
    command->with = order;
    read_body(command, order, body, len);
    return command;
}

weft_command *weft_scim_change_it(weft_session *session,
                                  const weft_scim_change *change)
{
    weft_command *command = wf_command_new(session, WEFT_SCOPE_SCIM, change_it);
    struct order *order = WF_NEW(command->arena, struct order);

    order->kind = kind_of(change->kind);
    order->verb = change->verb;
    order->if_match = wf_arena_str(command->arena, change->if_match);
    command->with = order;
    if (!wf_id_parse(wf_str_of(change->id), &order->id)
        && wf_command_is_sound(command))
        (void)fail_absent(order->kind, &command->err);
    if (change->verb != WEFT_SCIM_REMOVE)
        read_body(command, order, change->body, change->len);
    return command;
}
