/* api/privacy_copy.c - a copy of all that is stored of a person.
 *
 * First the documents that are about them or that they have made, as they see
 * them; then, part by part, what else has their name on it. Each part is a
 * statement: $1 is the person, ($2, $3) the place behind which it goes on,
 * which is what its first two columns say, $4 how many rows; its other columns
 * are what is shown.
 *
 * Source: docs/data-protection.md.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "api/command.h"
#include "api/privacy.h"
#include "api/render.h"
#include "base/error.h"
#include "base/list.h"
#include "base/str.h"
#include "doc/comment.h"
#include "doc/history.h"
#include "org/edit.h"

enum {
    PIECE = 50,      /* documents of one answer */
    PIECE_MAX = 200, /* events or comments of one document */
    ROWS = 500,      /* of the parts, of one answer */
    COLUMNS = 9,
};

static const char SQL_MINE[] =
    "SELECT id FROM document WHERE subject = $1 AND id > $2"
    " UNION SELECT id FROM document WHERE creator = $1 AND id > $2"
    " ORDER BY id LIMIT $3";

/* --- What else there is */

enum kind {
    ID,
    TIME,
    TEXT,
    NUMBER,
    JSON, /* kept as text */
    SAID, /* of an event: what was said with it, and not what it changed */
};

struct column {
    const char *key;
    enum kind kind;
};

struct part {
    const char *name;
    const char *sql;
    struct column columns[COLUMNS]; /* behind the place */
};

#define NO_PLACE "CAST(1 AS BIGINT), CAST(1 AS BIGINT)"
#define BEHIND_NO_PLACE                                                        \
    " AND (" NO_PLACE ") > (CAST($2 AS BIGINT), CAST($3 AS BIGINT))"
#define BEHIND_ID " AND (id, CAST(0 AS BIGINT)) > ($2, $3) ORDER BY id LIMIT $4"

/* clang-format off */
static const struct part parts[] = {
    { "above",
      "SELECT " NO_PLACE ", l.kind, p.login, l.since, l.until FROM line l"
      " JOIN person p ON p.id = l.above WHERE l.person = $1" BEHIND_NO_PLACE
      " ORDER BY l.since, p.login LIMIT $4",
      { { "kind", TEXT }, { "person", TEXT }, { "since", TEXT },
        { "until", TEXT } } },
    { "past",
      "SELECT " NO_PLACE ", what, until, value FROM past"
      " WHERE kind = 'person' AND id = $1" BEHIND_NO_PLACE
      " ORDER BY what, until LIMIT $4",
      { { "what", TEXT }, { "until", TEXT }, { "value", TEXT } } },
    { "planned",
      "SELECT id, CAST(0 AS BIGINT), day, change, made FROM planned"
      " WHERE kind = 'person' AND target = $1" BEHIND_ID,
      { { "day", TEXT }, { "change", JSON }, { "made", TIME } } },
    { "comments",
      "SELECT id, CAST(0 AS BIGINT), document, at, text FROM comment"
      " WHERE author = $1" BEHIND_ID,
      { { "document", ID }, { "at", TIME }, { "text", TEXT } } },
    { "reactions",
      "SELECT at, document, document, at, emoji FROM reaction"
      " WHERE person = $1 AND (at, document) > ($2, $3)"
      " ORDER BY at, document LIMIT $4",
      { { "document", ID }, { "at", TIME }, { "emoji", TEXT } } },
    { "acts",
      "SELECT lane, seq, at, kind, document, step, level, payload FROM event"
      " WHERE actor = $1 AND (lane, seq) > ($2, $3)"
      " ORDER BY lane, seq LIMIT $4",
      { { "at", TIME }, { "kind", TEXT }, { "document", ID }, { "step", TEXT },
        { "level", TEXT }, { "comment", SAID } } },
    { "asked",
      "SELECT id, CAST(0 AS BIGINT), document, form, step, level, state, made,"
      " due, decided FROM seat WHERE person = $1" BEHIND_ID,
      { { "document", ID }, { "form", TEXT }, { "step", TEXT },
        { "level", TEXT }, { "state", TEXT }, { "at", TIME }, { "due", TIME },
        { "decided", TIME } } },
    { "copies",
      "SELECT c.id, CAST(0 AS BIGINT), c.document, c.sent, r.at FROM cc c"
      " LEFT JOIN cc_read r ON r.document = c.document AND r.person = c.person"
      " WHERE c.person = $1 AND (c.id, CAST(0 AS BIGINT)) > ($2, $3)"
      " ORDER BY c.id LIMIT $4",
      { { "document", ID }, { "sent", TIME }, { "read", TIME } } },
    { "notifications",
      "SELECT id, CAST(0 AS BIGINT), at, kind, document, text, read"
      " FROM notification WHERE person = $1" BEHIND_ID,
      { { "at", TIME }, { "kind", TEXT }, { "document", ID }, { "text", TEXT },
        { "read", TIME } } },
    { "delegations",
      "SELECT d.id, CAST(0 AS BIGINT), g.login, t.login, d.since, d.until,"
      " d.forms, d.made, d.ended FROM delegation d"
      " JOIN person g ON g.id = d.giver JOIN person t ON t.id = d.taker"
      " WHERE (d.giver = $1 OR d.taker = $1)"
      " AND (d.id, CAST(0 AS BIGINT)) > ($2, $3) ORDER BY d.id LIMIT $4",
      { { "giver", TEXT }, { "taker", TEXT }, { "since", TEXT },
        { "until", TEXT }, { "forms", JSON }, { "made", TIME },
        { "ended", TIME } } },
    { "files",
      "SELECT id, CAST(0 AS BIGINT), id, name, type, size, created, document"
      " FROM file WHERE uploader = $1" BEHIND_ID,
      { { "id", ID }, { "name", TEXT }, { "type", TEXT }, { "size", NUMBER },
        { "created", TIME }, { "document", ID } } },
    { "points",
      "SELECT p.series, p.at, s.metric, p.at, p.value FROM metric_series s"
      " JOIN metric_point p ON p.series = s.id"
      " WHERE s.subject = CAST($1 AS TEXT) AND (p.series, p.at) > ($2, $3)"
      " ORDER BY p.series, p.at LIMIT $4",
      { { "metric", TEXT }, { "at", TIME }, { "value", NUMBER } } },
    { "cycles",
      "SELECT r.id, CAST(0 AS BIGINT), r.cycle, r.period, m.joined, m.gone"
      " FROM cycle_member m JOIN cycle_run r ON r.id = m.run"
      " WHERE m.person = $1 AND (r.id, CAST(0 AS BIGINT)) > ($2, $3)"
      " ORDER BY r.id LIMIT $4",
      { { "cycle", TEXT }, { "period", TEXT }, { "joined", TIME },
        { "gone", TIME } } },
    { "read",
      "SELECT at, document, document, form, at FROM reading"
      " WHERE reader = $1 AND (at, document) > ($2, $3)"
      " ORDER BY at, document LIMIT $4",
      { { "document", ID }, { "form", TEXT }, { "at", TIME } } },
    { "sessions",
      "SELECT " NO_PLACE ", created, seen, expires, agent, provider"
      " FROM session WHERE person = $1" BEHIND_NO_PLACE
      " ORDER BY created LIMIT $4",
      { { "created", TIME }, { "seen", TIME }, { "expires", TIME },
        { "agent", TEXT }, { "provider", TEXT } } },
    { "tokens",
      "SELECT id, CAST(0 AS BIGINT), name, scopes, created, expires, used"
      " FROM token WHERE person = $1" BEHIND_ID,
      { { "name", TEXT }, { "scopes", TEXT }, { "created", TIME },
        { "expires", TIME }, { "used", TIME } } },
    { "identities",
      "SELECT " NO_PLACE ", issuer, subject, made, used FROM identity"
      " WHERE person = $1" BEHIND_NO_PLACE " ORDER BY issuer, subject LIMIT $4",
      { { "issuer", TEXT }, { "subject", TEXT }, { "made", TIME },
        { "used", TIME } } },
    { "chats",
      "SELECT " NO_PLACE ", channel, account FROM chat_account"
      " WHERE person = $1" BEHIND_NO_PLACE " ORDER BY channel LIMIT $4",
      { { "channel", TEXT }, { "account", TEXT } } },
    { "wishes",
      "SELECT " NO_PLACE ", data, changed FROM wish WHERE person = $1"
      BEHIND_NO_PLACE " LIMIT $4",
      { { "wish", JSON }, { "changed", TIME } } },
};
/* clang-format on */

/* Where a copy goes on: in the documents (part -1), or in a part. */
struct place {
    int part;
    int64_t at, and_at;
};

static bool write_said(struct wf_turn *turn, const char *payload,
                       weft_error *err)
{
    struct wf_json *json;
    const char *said;

    if (!wf_json_read_stored(turn->call.arena, payload, &json, err))
        return false;
    said = wf_json_str(wf_json_get(json, "comment"));
    if (said)
        wf_jw_text(&turn->out, said);
    else
        wf_jw_null(&turn->out);
    return true;
}

static bool write_column(struct wf_turn *turn, struct wf_stmt *q, int at,
                         const struct column *column, weft_error *err)
{
    struct wf_json_writer *out = &turn->out;
    const char *text;

    if (column->kind == TIME) {
        wf_jw_key_time(out, column->key,
                       wf_stmt_is_null(q, at) ? 0 : wf_stmt_int(q, at));
        return true;
    }
    wf_jw_key(out, column->key);
    if (wf_stmt_is_null(q, at)) {
        wf_jw_null(out);
        return true;
    }
    switch (column->kind) {
    case ID:
        wf_jw_id(out, wf_stmt_int(q, at));
        break;
    case NUMBER:
        wf_jw_number(out, wf_stmt_real(q, at));
        break;
    case JSON:
        text = wf_stmt_text(q, at);
        wf_jw_raw(out, text, strlen(text));
        break;
    case SAID:
        return write_said(turn, wf_stmt_str(q, at, turn->call.arena), err);
    default:
        wf_jw_text(out, wf_stmt_text(q, at));
    }
    return true;
}

static bool write_row(struct wf_turn *turn, struct wf_stmt *q,
                      const struct part *part, weft_error *err)
{
    wf_jw_open(&turn->out, '{');
    for (int i = 0; i < COLUMNS && part->columns[i].key; i++)
        if (!write_column(turn, q, 2 + i, &part->columns[i], err))
            return false;
    wf_jw_close(&turn->out, '}');
    return true;
}

/* At most `room` rows from `place` on; `*n`: so many. */
static bool write_part(struct wf_turn *turn, struct place *place, int room,
                       int *n, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    const struct part *part = &parts[place->part];
    enum wf_fetch got;

    *n = 0;
    if (!wf_stmt_begin(turn->call.db, part->sql, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, turn->call.me->id);
    wf_stmt_bind_int(&q, 2, place->at);
    wf_stmt_bind_int(&q, 3, place->and_at);
    wf_stmt_bind_int(&q, 4, room);
    wf_jw_key(&turn->out, part->name);
    wf_jw_open(&turn->out, '[');
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        place->at = wf_stmt_int(&q, 0);
        place->and_at = wf_stmt_int(&q, 1);
        ++*n;
        if (!write_row(turn, &q, part, err))
            return false;
    }
    wf_jw_close(&turn->out, ']');
    return got == WF_FETCH_DONE;
}

/* As many parts as there is room for. */
static bool write_parts(struct wf_turn *turn, struct place *place,
                        weft_error *err)
{
    int room = ROWS;

    while (room > 0 && place->part < (int)WF_COUNT(parts)) {
        int n, had = room;

        if (!write_part(turn, place, room, &n, err))
            return false;
        room -= n;
        if (n < had)
            *place = (struct place){ place->part + 1, 0, 0 };
    }
    return true;
}

/* --- Documents */

struct ids {
    wf_id *at;
    size_t n, cap;
};

static bool list_mine(struct wf_call *call, wf_id person, wf_id after,
                      struct ids *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_MINE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, person);
    wf_stmt_bind_int(&q, 2, after);
    wf_stmt_bind_int(&q, 3, PIECE + 1);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) = wf_stmt_int(&q, 0);
    return got == WF_FETCH_DONE;
}

/* As the person sees it: a copy shows nothing that the pages would not. An
 * administrator gets none over the pages, who may see less than they do. */
static bool write_one(struct wf_turn *turn, wf_id id, weft_error *err)
{
    static const struct wf_page all = { NULL, PIECE_MAX };
    struct wf_json_writer *out = &turn->out;
    struct wf_rights rights;
    struct wf_doc *doc;

    if (!wf_doc_open(&turn->call, id, &doc, &rights, err)) {
        if (err->code != WEFT_E_NOTFOUND)
            return false;
        err->code = WEFT_OK;
        return true;
    }
    wf_jw_open(out, '{');
    wf_jw_key(out, "document");
    if (!wf_render_seen(turn, doc, &rights, err))
        return false;
    wf_jw_key(out, "history");
    if (!wf_history_list(&turn->call, doc, &rights, &all, out, err))
        return false;
    wf_jw_key(out, "comments");
    if (!wf_comment_list(&turn->call, doc, &all, out, err))
        return false;
    wf_jw_close(out, '}');
    turn->reply->etag[0] = '\0';
    return true;
}

static bool write_documents(struct wf_turn *turn, struct place *place,
                            weft_error *err)
{
    struct ids ids = { NULL, 0, 0 };

    if (!list_mine(&turn->call, turn->call.me->id, place->at, &ids, err))
        return false;
    wf_jw_key(&turn->out, "documents");
    wf_jw_open(&turn->out, '[');
    for (size_t i = 0; i < ids.n && i < PIECE; i++)
        if (!write_one(turn, ids.at[i], err))
            return false;
    wf_jw_close(&turn->out, ']');
    if (ids.n > PIECE)
        place->at = ids.at[PIECE - 1];
    else
        *place = (struct place){ 0, 0, 0 };
    return true;
}

/* --- The whole: "documents.15" or "acts.1.40" is where it goes on */

static bool read_place(const char *cursor, struct place *out)
{
    struct wf_str rest = wf_str_of(cursor), name, at;

    if (!wf_str_split(&rest, '.', &name) || !wf_str_split(&rest, '.', &at)
        || !wf_str_to_int(at, &out->at))
        return false;
    if (wf_str_is(name, "documents")) {
        out->part = -1;
        return rest.len == 0;
    }
    for (size_t i = 0; i < WF_COUNT(parts); i++)
        if (wf_str_is(name, parts[i].name)) {
            out->part = (int)i;
            return wf_str_to_int(rest, &out->and_at);
        }
    return false;
}

static void write_place(struct wf_turn *turn, const struct place *place)
{
    const char *next = NULL;

    if (place->part < 0)
        next = wf_arena_printf(turn->call.arena, "documents.%lld",
                               (long long)place->at);
    else if (place->part < (int)WF_COUNT(parts))
        next = wf_arena_printf(turn->call.arena, "%s.%lld.%lld",
                               parts[place->part].name, (long long)place->at,
                               (long long)place->and_at);
    wf_jw_key_text_or_null(&turn->out, "next", next);
}

struct asked {
    const char *id, *cursor;
};

static bool data(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct asked *asked = with;
    const struct wf_person *person;
    struct wf_json *record;
    struct place place = { .part = -1 };

    if (asked->cursor && !read_place(asked->cursor, &place))
        return wf_fail(err, WEFT_E_MALFORMED,
                       "The cursor is broken. Begin the list anew.");
    if (!wf_privacy_find(turn, asked->id, &person, err))
        return false;
    if (!wf_privacy_is_me(&turn->call, person))
        return wf_fail(
            err, WEFT_E_DENIED,
            "A copy of all about somebody is for themselves. Whoever "
            "has the store makes one with \"weft person data\".");
    if (!wf_person_record(&turn->call, person->login, &record, err))
        return false;
    turn->call.me = person; /* who asks from here on */
    turn->call.system = false;
    wf_jw_open(&turn->out, '{');
    wf_jw_key(&turn->out, "person");
    wf_jw_tree(&turn->out, record);
    if (place.part < 0 && !write_documents(turn, &place, err))
        return false;
    if (place.part >= 0 && !write_parts(turn, &place, err))
        return false;
    write_place(turn, &place);
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_reply *weft_person_data(weft_session *session, const char *id,
                             const char *cursor)
{
    const struct asked asked = { id, cursor };

    return wf_question(session, WEFT_SCOPE_READ, data, &asked);
}
