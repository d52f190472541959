/* doc/erase.c - texts taken out of documents, talk and history.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/erase.h"

#include "base/list.h"
#include "doc/derive.h"
#include "doc/file.h"
#include "doc/override.h"

static const char SQL_ABOUT[] =
    "SELECT id FROM document WHERE subject = $1 UNION SELECT id FROM document"
    " WHERE creator = $1 AND subject IS NULL ORDER BY id";
static const char SQL_SAID_BENEATH[] =
    "UPDATE comment SET text = '' WHERE document = $1 AND text <> ''"
    " RETURNING id";
static const char SQL_SAID[] =
    "UPDATE comment SET text = '' WHERE author = $1 AND text <> ''"
    " RETURNING id";
static const char SQL_TOLD[] = "DELETE FROM notification WHERE document = $1";

/* The digest of what was there stays in the event, and in its hash. */
static const char SQL_HAPPENED[] =
    "UPDATE event SET payload = NULL, salt = NULL WHERE document = $1"
    " AND payload IS NOT NULL RETURNING seq";
static const char SQL_EVENTS[] =
    "SELECT lane, seq, payload, document IS NOT NULL FROM event"
    " WHERE payload IS NOT NULL AND (document IS NULL OR actor = $1)";
static const char SQL_EVENT[] =
    "UPDATE event SET payload = NULL, salt = NULL WHERE lane = $1 AND seq = $2"
    " RETURNING seq";

/* All of them are looked through: it is seldom, and no index knows what a
 * formula has made of a name. */
static const char SQL_NAMED[] =
    "SELECT id FROM document WHERE subject = $1 OR creator = $1"
    " OR title LIKE $2 ESCAPE '\\' OR title_other LIKE $2 ESCAPE '\\'"
    " OR data LIKE $2 ESCAPE '\\' ORDER BY id";

struct ids {
    wf_id *at;
    size_t n, cap;
};

/* Runs a statement about one id, and counts the rows that it gives back. */
static bool run(struct wf_call *call, const char *sql, wf_id id, size_t *n,
                weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, id);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        ++*n;
    return got == WF_FETCH_DONE;
}

/* --- Documents */

/* Types in which people write what they like, or put it. */
static bool is_text(const struct wf_field *field)
{
    switch (field->type) {
    case WF_F_TEXT:
    case WF_F_LONGTEXT:
    case WF_F_EMAIL:
    case WF_F_PHONE:
    case WF_F_URL:
    case WF_F_TAGS:
    case WF_F_JSON:
        return true;
    default:
        return wf_field_holds_files(field);
    }
}

/* Progress may be a number or a sentence. */
static bool is_words(const struct wf_field *field, const struct wf_json *value)
{
    return is_text(field)
           || (field->type == WF_F_PROGRESS && wf_json_is(value, WF_JSON_TEXT));
}

static bool blank_one(const struct wf_field *field, struct wf_json *object)
{
    return is_words(field, wf_json_get(object, field->id))
           && wf_json_remove(object, field->id);
}

static bool blank_table(const struct wf_field *table, struct wf_json *rows)
{
    bool changed = false;

    for (size_t i = 0; i < wf_json_len(rows); i++)
        for (const struct wf_field *f = table->columns; f; f = f->next)
            changed |= blank_one(f, rows->u.array.at[i]);
    return changed;
}

static bool blank_data(const struct wf_form *form, struct wf_json *data)
{
    bool changed = false;

    for (const struct wf_field *f = form->fields; f; f = f->next) {
        struct wf_json *value = wf_json_get(data, f->id);

        if (f->columns && wf_json_is(value, WF_JSON_ARRAY))
            changed |= blank_table(f, value);
        else
            changed |= blank_one(f, data);
    }
    return changed;
}

/* What was set over a text goes; of the others the reason. */
static bool blank_overrides(struct wf_call *call, struct wf_doc *doc)
{
    bool changed = false;

    for (const struct wf_field *f = doc->form->fields; f; f = f->next) {
        struct wf_json *one =
            doc->overrides ? wf_json_get(doc->overrides, f->id) : NULL;

        if (!one)
            continue;
        if (is_words(f, wf_json_get(one, "value")))
            wf_override_set(call, doc, f, NULL, NULL);
        else
            wf_json_set(call->arena, one, "reason",
                        wf_json_text(call->arena, ""));
        changed = true;
    }
    return changed;
}

static bool blank(struct wf_call *call, struct wf_doc *doc)
{
    bool changed = blank_overrides(call, doc);

    doc->data = wf_json_copy(call->arena, doc->data);
    changed |= blank_data(doc->form, doc->data);
    return (doc->entered && blank_data(doc->form, doc->entered)) || changed;
}

bool wf_erase_told(struct wf_call *call, wf_id id, struct wf_erased *out,
                   weft_error *err)
{
    size_t none = 0;

    return run(call, SQL_SAID_BENEATH, id, &out->comments, err)
           && run(call, SQL_HAPPENED, id, &out->events, err)
           && run(call, SQL_TOLD, id, &none, err);
}

bool wf_erase_document(struct wf_call *call, wf_id id, struct wf_erased *out,
                       weft_error *err)
{
    struct wf_doc *doc;

    if (!wf_doc_load(call, id, &doc, err))
        return false;
    if (doc && blank(call, doc)) {
        wf_doc_touch(call, doc);
        out->documents++;
        if (!wf_derive_texts(call, doc, err) || !wf_doc_save(call, doc, err))
            return false;
    }
    return wf_files_remove(call, id, err) && wf_erase_told(call, id, out, err);
}

static bool list_about(struct wf_call *call, wf_id person, struct ids *out,
                       weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_ABOUT, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, person);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) = wf_stmt_int(&q, 0);
    return got == WF_FETCH_DONE;
}

/* --- History of others */

/* Whether the payload has words of the person: a comment of theirs, or one of
 * the organisation's that names them. */
static bool tells(struct wf_call *call, const char *payload, const char *login,
                  bool of_document)
{
    weft_error ignored = WEFT_ERROR_INIT;
    struct wf_json *json;
    const char *comment;

    if (!wf_json_read_stored(call->arena, payload, &json, &ignored))
        return false;
    comment = wf_json_str(wf_json_get(json, "comment"));
    return comment && (of_document || wf_streq(comment, login));
}

static bool list_events(struct wf_call *call, wf_id person, const char *login,
                        struct ids *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_EVENTS, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, person);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        if (!tells(call, wf_stmt_text(&q, 2), login, wf_stmt_int(&q, 3) != 0))
            continue;
        *WF_PUSH(call->arena, out) = wf_stmt_int(&q, 0);
        *WF_PUSH(call->arena, out) = wf_stmt_int(&q, 1);
    }
    return got == WF_FETCH_DONE;
}

static bool erase_event(struct wf_call *call, wf_id lane, wf_id seq, size_t *n,
                        weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_EVENT, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, lane);
    wf_stmt_bind_int(&q, 2, seq);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        ++*n;
    return got == WF_FETCH_DONE;
}

bool wf_erase_texts(struct wf_call *call, wf_id person, const char *login,
                    struct wf_erased *out, weft_error *err)
{
    struct ids about = { NULL, 0, 0 }, events = { NULL, 0, 0 };

    *out = (struct wf_erased){ 0 };
    if (!list_about(call, person, &about, err))
        return false;
    for (size_t i = 0; i < about.n; i++)
        if (!wf_erase_document(call, about.at[i], out, err))
            return false;
    if (!run(call, SQL_SAID, person, &out->comments, err)
        || !wf_files_unsay(call, person, err)
        || !list_events(call, person, login, &events, err))
        return false;
    for (size_t i = 0; i + 1 < events.n; i += 2)
        if (!erase_event(call, events.at[i], events.at[i + 1], &out->events,
                         err))
            return false;
    return true;
}

/* --- The name */

/* Texts that have `text` in them. */
static const char *like(struct wf_arena *arena, const char *text)
{
    struct wf_buf buf = WF_BUF_INIT(arena);

    wf_buf_char(&buf, '%');
    for (; *text; text++) {
        if (*text == '%' || *text == '_' || *text == '\\')
            wf_buf_char(&buf, '\\');
        wf_buf_char(&buf, *text);
    }
    wf_buf_char(&buf, '%');
    return wf_buf_text(&buf);
}

static bool list_named(struct wf_call *call, wf_id person, const char *former,
                       struct ids *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_NAMED, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, person);
    wf_stmt_bind_text(&q, 2, like(call->arena, former));
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) = wf_stmt_int(&q, 0);
    return got == WF_FETCH_DONE;
}

/* With a new title, whatever its data. */
static bool name_anew(struct wf_call *call, wf_id id, weft_error *err)
{
    struct wf_doc *doc;

    return wf_doc_load(call, id, &doc, err)
           && (!doc
               || (wf_derive_texts(call, doc, err)
                   && wf_doc_save(call, doc, err)));
}

bool wf_erase_name(struct wf_call *call, wf_id person, const char *former,
                   weft_error *err)
{
    struct ids named = { NULL, 0, 0 };

    if (!list_named(call, person, former, &named, err))
        return false;
    for (size_t i = 0; i < named.n; i++)
        if (!name_anew(call, named.at[i], err))
            return false;
    return true;
}
