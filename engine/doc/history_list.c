/* doc/history_list.c - what happened to a document, as its reader sees it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/hash.h"
#include "base/list.h"
#include "doc/fields.h"
#include "doc/history.h"
#include "doc/show.h"

static const char SQL_LIST[] =
    "SELECT e.lane, e.seq, e.at, e.actor, p.login, p.name, e.kind, e.step,"
    " e.level, e.reason, e.payload, e.hash, COALESCE(e.ordinal, e.at)"
    " FROM event e LEFT JOIN person p ON p.id = e.actor WHERE e.document = $1"
    " AND (COALESCE(e.ordinal, e.at), e.lane, e.seq) > ($2, $3, $4)"
    " ORDER BY COALESCE(e.ordinal, e.at), e.lane, e.seq LIMIT $5";

struct event {
    int64_t lane, seq, at, ordinal;
    struct wf_person actor;
    const char *kind, *step, *level, *reason, *payload;
    struct wf_hash hash;
};

struct events {
    struct event *at;
    size_t n, cap;
};

static void read_event(struct wf_arena *arena, struct wf_stmt *q,
                       struct event *event)
{
    size_t len;
    const void *hash = wf_stmt_blob(q, 11, &len);

    event->lane = wf_stmt_int(q, 0);
    event->seq = wf_stmt_int(q, 1);
    event->at = wf_stmt_int(q, 2);
    event->actor.id = wf_stmt_int(q, 3);
    event->actor.login = wf_stmt_str(q, 4, arena);
    event->actor.name = wf_stmt_str(q, 5, arena);
    event->kind = wf_stmt_str(q, 6, arena);
    event->step = wf_stmt_str(q, 7, arena);
    event->level = wf_stmt_str(q, 8, arena);
    event->reason = wf_stmt_str(q, 9, arena);
    event->payload = wf_stmt_str(q, 10, arena);
    event->ordinal = wf_stmt_int(q, 12);
    if (len == WF_HASH_LEN)
        memcpy(event->hash.at, hash, len);
}

/* Where a page begins: [ordinal, lane, seq] of the event before it. */
static void bind_start(struct wf_stmt *q, const struct wf_cursor *cursor)
{
    int64_t ordinal = -1, lane = 0;

    if (cursor->id && wf_json_len(cursor->value) == 2) {
        (void)wf_json_to_int(cursor->value->u.array.at[0], &ordinal);
        (void)wf_json_to_int(cursor->value->u.array.at[1], &lane);
    }
    wf_stmt_bind_int(q, 2, ordinal);
    wf_stmt_bind_int(q, 3, lane);
    wf_stmt_bind_int(q, 4, cursor->id);
}

static bool fetch(struct wf_call *call, wf_id document,
                  const struct wf_cursor *cursor, int limit, struct events *out,
                  weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_LIST, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, document);
    bind_start(&q, cursor);
    wf_stmt_bind_int(&q, 5, limit + 1);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        read_event(call->arena, &q, WF_PUSH(call->arena, out));
    return got == WF_FETCH_DONE;
}

/* What is written of one document: as its version shows it, and, of fields that
 * only earlier ones have, as these do. */
struct reading {
    struct wf_showing now;
    const struct wf_doc *doc;
    const struct wf_form *const *versions; /* newest first, once asked for */
    size_t n_versions;
    struct wf_showing *past; /* one a version; no form: not decided yet */
};

/* The rights that its reader would have if it were still on version `i`. */
static bool decide_past(struct reading *r, size_t i, weft_error *err)
{
    struct wf_doc then = *r->doc;
    struct wf_rights *rights = WF_NEW(r->now.call->arena, struct wf_rights);

    then.form = r->versions[i];
    if (!wf_access_decide(r->now.call, &then, rights, err))
        return false;
    r->past[i] = (struct wf_showing){ .call = r->now.call,
                                      .form = then.form,
                                      .rights = rights,
                                      .files = r->now.files };
    return true;
}

/* Finds the field at `place`, and who shows it; *out NULL: no version has it.
 */
static bool find_field(struct reading *r, const char *place,
                       const struct wf_showing **s, const struct wf_field **out,
                       weft_error *err)
{
    struct wf_call *call = r->now.call;

    *s = &r->now;
    *out = wf_field_placed(r->now.form, call->arena, place);
    if (*out)
        return true;
    if (!r->past) {
        if (!wf_registry_versions(call->registry, call->db, r->now.form->id,
                                  &r->versions, &r->n_versions, err))
            return false;
        r->past = WF_NEW_N(call->arena, struct wf_showing, r->n_versions);
    }
    for (size_t i = 0; i < r->n_versions && !*out; i++) {
        if (r->versions[i]->version >= r->now.form->version)
            continue;
        *out = wf_field_placed(r->versions[i], call->arena, place);
        *s = &r->past[i];
        if (*out && !r->past[i].form && !decide_past(r, i, err))
            return false;
    }
    return true;
}

static bool write_side(const struct wf_showing *s, const char *key,
                       const struct wf_field *field, struct wf_json *json,
                       struct wf_json_writer *out, weft_error *err)
{
    struct wf_json *shown;

    if (!wf_show_value(s, field, json, &shown, err))
        return false;
    wf_jw_key(out, key);
    if (shown)
        wf_jw_tree(out, shown);
    else
        wf_jw_null(out);
    return true;
}

static bool write_change(struct reading *r, const struct wf_json *change,
                         struct wf_json_writer *out, weft_error *err)
{
    const char *place = wf_json_str(wf_json_get(change, "field"));
    const struct wf_field *field = NULL;
    const struct wf_showing *s;

    if (place && !find_field(r, place, &s, &field, err))
        return false;
    if (!field || !wf_show_sees(s, field))
        return true;
    wf_jw_open(out, '{');
    wf_jw_key_text(out, "field", place);
    if (!write_side(s, "from", field, wf_json_get(change, "from"), out, err)
        || !write_side(s, "to", field, wf_json_get(change, "to"), out, err))
        return false;
    wf_jw_close(out, '}');
    return true;
}

static bool write_person(struct wf_call *call, const struct wf_json *id,
                         struct wf_json_writer *out, weft_error *err)
{
    const struct wf_person *person = NULL;
    const char *digits = wf_json_str(id);
    wf_id number;

    if (digits && wf_id_parse(wf_str_of(digits), &number)
        && !wf_person_find(call, number, &person, err))
        return false;
    wf_person_json(person, out);
    return true;
}

bool wf_history_named(struct wf_call *call, const struct wf_json *payload,
                      struct wf_json_writer *out, weft_error *err)
{
    const struct wf_json *people = wf_json_get(payload, "people");

    wf_jw_key(out, "for");
    if (!write_person(call, wf_json_get(payload, "for"), out, err))
        return false;
    wf_jw_key(out, "people");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < wf_json_len(people); i++)
        if (!write_person(call, people->u.array.at[i], out, err))
            return false;
    wf_jw_close(out, ']');
    return true;
}

static bool write_payload(struct reading *r, const char *text,
                          struct wf_json_writer *out, weft_error *err)
{
    struct wf_call *call = r->now.call;
    static const struct wf_json_limits limits = { 64, 2000000 };
    struct wf_json *payload = NULL;
    const struct wf_json *changes;

    if (text
        && !wf_json_parse(call->arena, text, strlen(text), &limits, &payload,
                          err))
        return false;
    changes = payload ? wf_json_get(payload, "changes") : NULL;
    wf_jw_key_text_or_null(
        out, "comment",
        payload ? wf_json_str(wf_json_get(payload, "comment")) : NULL);
    wf_jw_key_text(out, "via", wf_json_str(wf_json_get(payload, "via")));
    if (!wf_history_named(call, payload, out, err))
        return false;
    wf_jw_key(out, "changes");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < wf_json_len(changes); i++)
        if (!write_change(r, changes->u.array.at[i], out, err))
            return false;
    wf_jw_close(out, ']');
    return true;
}

static bool write_event(struct reading *r, const struct event *event,
                        struct wf_json_writer *out, weft_error *err)
{
    char hash[WF_HASH_TEXT];

    wf_hash_write(&event->hash, hash);
    wf_jw_open(out, '{');
    wf_jw_key(out, "seq");
    wf_jw_int(out, event->seq);
    wf_jw_key_time(out, "at", event->at);
    wf_jw_key(out, "actor");
    wf_person_json(event->actor.login ? &event->actor : NULL, out);
    wf_jw_key_text(out, "kind", event->kind);
    wf_jw_key_text_or_null(out, "step", event->step);
    wf_jw_key_text_or_null(out, "level", event->level);
    wf_jw_key_text_or_null(out, "reason", event->reason);
    if (!write_payload(r, event->payload, out, err))
        return false;
    wf_jw_key_text(out, "hash", hash);
    wf_jw_close(out, '}');
    return true;
}

static void write_next(struct wf_arena *arena, const struct events *events,
                       size_t limit, struct wf_json_writer *out)
{
    struct wf_cursor next = { "history", wf_json_array(arena), 0 };
    const struct event *last;

    if (events->n <= limit) {
        wf_cursor_write(arena, NULL, out);
        return;
    }
    last = &events->at[limit - 1];
    wf_json_push(arena, next.value, wf_json_int(arena, last->ordinal));
    wf_json_push(arena, next.value, wf_json_int(arena, last->lane));
    next.id = last->seq;
    wf_cursor_write(arena, &next, out);
}

bool wf_history_list(struct wf_call *call, const struct wf_doc *doc,
                     const struct wf_rights *rights, const struct wf_page *page,
                     struct wf_json_writer *out, weft_error *err)
{
    struct reading r = {
        .now = { .call = call, .form = doc->form, .rights = rights },
        .doc = doc,
    };
    struct wf_cursor from = { "history", NULL, 0 };
    struct events events = { 0 };

    if (!wf_page_read(call->arena, page, &from, err)
        || !fetch(call, doc->id, &from, page->limit, &events, err)
        || !wf_show_files(&r.now, doc, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < events.n && i < (size_t)page->limit; i++)
        if (!write_event(&r, &events.at[i], out, err))
            return false;
    wf_jw_close(out, ']');
    write_next(call->arena, &events, (size_t)page->limit, out);
    wf_jw_close(out, '}');
    return true;
}
