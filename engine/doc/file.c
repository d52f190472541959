/* doc/file.c - the tables of files: their parts, who may read them, and what
 * holds them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/file.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/list.h"
#include "doc/fields.h"

#define COLUMNS                                                                \
    "id, name, type, size, seconds, uploader, created, document, field,"       \
    " hash IS NOT NULL, comment"

static const char SQL_LOOSE[] =
    "SELECT count(*) FROM file WHERE uploader = $1 AND document IS NULL";
static const char SQL_ADD[] =
    "INSERT INTO file (id, name, type, size, seconds, uploader, created)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)";
static const char SQL_PART[] =
    "INSERT INTO file_part (file, n, data) VALUES ($1, $2, $3)"
    " ON CONFLICT (file, n) DO UPDATE SET data = excluded.data";
static const char SQL_END[] = "UPDATE file SET hash = $2 WHERE id = $1";
static const char SQL_FIND[] = "SELECT " COLUMNS " FROM file WHERE id = $1";
static const char SQL_READ[] =
    "SELECT data FROM file_part WHERE file = $1 ORDER BY n";
static const char SQL_OF[] =
    "SELECT " COLUMNS " FROM file WHERE document = $1 ORDER BY created, id";
static const char SQL_LIST[] =
    "SELECT f.id, f.name, f.type, f.size, f.seconds, f.created, p.id, p.login,"
    " p.name FROM file f LEFT JOIN person p ON p.id = f.uploader"
    " WHERE f.document = $1 AND f.field IS NULL AND f.comment IS NULL"
    " ORDER BY f.created, f.id";
static const char SQL_BIND[] =
    "UPDATE file SET document = $2, field = $3 WHERE id = $1"
    " AND hash IS NOT NULL AND (document IS NULL OR document = $2)"
    " AND comment IS NULL"
    " AND (document IS NOT NULL OR uploader = $4 OR $5 = 1)";
static const char SQL_DROP_PARTS[] = "DELETE FROM file_part WHERE file = $1";
static const char SQL_DROP[] = "DELETE FROM file WHERE id = $1";
static const char SQL_DROP_PARTS_OF[] =
    "DELETE FROM file_part WHERE file IN"
    " (SELECT id FROM file WHERE document = $1)";
static const char SQL_DROP_OF[] = "DELETE FROM file WHERE document = $1";
/* --- Coming in */

static bool count_loose(struct wf_call *call, int64_t *n, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_LOOSE, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, call->me ? call->me->id : 0);
    got = wf_stmt_step(&q, err);
    *n = got == WF_FETCH_ROW ? wf_stmt_int(&q, 0) : 0;
    return got != WF_FETCH_ERROR;
}

static bool has_room(struct wf_call *call, weft_error *err)
{
    int64_t n;

    if (!count_loose(call, &n, err))
        return false;
    if (n < WF_FILES_LOOSE)
        return true;
    wf_fail(err, WEFT_E_LIMITED,
            "You have uploaded %d files that no document holds. Use them, or "
            "wait: they go after a day.",
            WF_FILES_LOOSE);
    err->retry_after_s = 3600;
    return false;
}

bool wf_file_begin(struct wf_call *call, struct wf_file *file, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!has_room(call, err) || !wf_stmt_begin(call->db, SQL_ADD, &q, err))
        return false;
    file->id = wf_id_next(call->ids);
    file->created = call->now;
    file->uploader = call->me ? call->me->id : 0;
    wf_stmt_bind_id(&q, 1, file->id);
    wf_stmt_bind_text(&q, 2, file->name);
    wf_stmt_bind_text(&q, 3, file->type);
    wf_stmt_bind_int(&q, 4, file->size);
    if (file->seconds > 0)
        wf_stmt_bind_real(&q, 5, file->seconds);
    else
        wf_stmt_bind_null(&q, 5);
    wf_stmt_bind_id(&q, 6, file->uploader);
    wf_stmt_bind_int(&q, 7, file->created);
    return wf_stmt_run(&q, err);
}

bool wf_file_part_add(struct wf_call *call, wf_id file, int64_t n,
                      const void *data, size_t len, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_PART, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, file);
    wf_stmt_bind_int(&q, 2, n);
    wf_stmt_bind_blob(&q, 3, data, len);
    return wf_stmt_run(&q, err);
}

bool wf_file_end(struct wf_call *call, wf_id file, const struct wf_hash *hash,
                 weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_END, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, file);
    wf_stmt_bind_blob(&q, 2, hash->at, sizeof hash->at);
    return wf_stmt_run(&q, err);
}

/* --- Looking */

static void read_row(struct wf_arena *arena, struct wf_stmt *q,
                     struct wf_file *out)
{
    *out = (struct wf_file){ .id = wf_stmt_int(q, 0),
                             .name = wf_stmt_str(q, 1, arena),
                             .type = wf_stmt_str(q, 2, arena),
                             .size = wf_stmt_int(q, 3),
                             .seconds = wf_stmt_real(q, 4),
                             .uploader = wf_stmt_int(q, 5),
                             .created = wf_stmt_int(q, 6),
                             .document = wf_stmt_int(q, 7),
                             .field = wf_stmt_str(q, 8, arena),
                             .is_whole = wf_stmt_int(q, 9) != 0,
                             .comment = wf_stmt_int(q, 10) };
}

bool wf_file_find(struct wf_call *call, wf_id id, struct wf_file **out,
                  weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *out = NULL;
    if (!wf_stmt_begin(call->db, SQL_FIND, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, id);
    got = wf_stmt_step(&q, err);
    if (got == WF_FETCH_ROW) {
        *out = WF_NEW(call->arena, struct wf_file);
        read_row(call->arena, &q, *out);
    }
    return got != WF_FETCH_ERROR;
}

bool wf_files_are_seen(const struct wf_call *call,
                       const struct wf_rights *rights)
{
    return call->system || rights->has_work
           || (rights->rights & WF_RIGHT_COMMENT) != 0;
}

/* Of the fields, those that are seen; of the talk, whoever reads the talk;
 * beside them, whoever reads the document in more than single fields of it: who
 * may comment, or has work with it. */
static bool may_read(struct wf_call *call, const struct wf_file *file,
                     bool *out, weft_error *err)
{
    struct wf_rights rights;
    struct wf_doc *doc;

    *out = false;
    if (!file->document) {
        *out = call->system || (call->me && call->me->id == file->uploader);
        return true;
    }
    if (!wf_doc_load(call, file->document, &doc, err)
        || (doc && !wf_access_decide(call, doc, &rights, err)))
        return false;
    if (!doc || !(rights.rights & WF_RIGHT_READ))
        return true;
    if (file->field) {
        const struct wf_field *field = wf_form_field(doc->form, file->field);

        *out = field && wf_rights_see(&rights, doc->form, field);
    } else {
        *out = file->comment || wf_files_are_seen(call, &rights);
    }
    return true;
}

bool wf_file_open(struct wf_call *call, wf_id id, struct wf_file **out,
                  weft_error *err)
{
    struct wf_file *file;
    bool mine = false;

    if (!wf_file_find(call, id, &file, err)
        || (file && file->is_whole && !may_read(call, file, &mine, err)))
        return false;
    if (!mine)
        return wf_fail(err, WEFT_E_NOTFOUND, "There is no file %lld.",
                       (long long)id);
    *out = file;
    return true;
}

bool wf_file_read(struct wf_call *call, const struct wf_file *file,
                  struct wf_str *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    char *bytes = wf_arena_alloc(call->arena, (size_t)file->size + 1);
    enum wf_fetch got;
    size_t len = 0;

    if (!wf_stmt_begin(call->db, SQL_READ, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, file->id);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        size_t n;
        const void *part = wf_stmt_blob(&q, 0, &n);

        if (n > (size_t)file->size - len)
            break;
        memcpy(bytes + len, part, n);
        len += n;
    }
    if (got == WF_FETCH_ERROR)
        return false;
    if (len != (size_t)file->size || got == WF_FETCH_ROW)
        return wf_fail(err, WEFT_E_STORE,
                       "File %lld is not whole: run weft verify.",
                       (long long)file->id);
    bytes[len] = '\0';
    *out = (struct wf_str){ bytes, len };
    return true;
}

static const char *id_text(struct wf_arena *arena, wf_id id)
{
    char text[WF_ID_TEXT];

    wf_id_write(id, text);
    return wf_arena_str(arena, text);
}

bool wf_files_load(struct wf_call *call, wf_id document, struct wf_map *out,
                   weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_OF, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, document);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        struct wf_file *file = WF_NEW(call->arena, struct wf_file);

        read_row(call->arena, &q, file);
        wf_map_add(call->arena, out, id_text(call->arena, file->id), file);
    }
    return got == WF_FETCH_DONE;
}

struct wf_json *wf_file_json(struct wf_arena *arena, const char *id,
                             const struct wf_file *file)
{
    struct wf_json *json = wf_json_object(arena);

    wf_json_set(arena, json, "id", wf_json_text(arena, id));
    if (!file)
        return json;
    wf_json_set(arena, json, "name", wf_json_text(arena, file->name));
    wf_json_set(arena, json, "type", wf_json_text(arena, file->type));
    wf_json_set(arena, json, "size", wf_json_number(arena, (double)file->size));
    if (file->seconds > 0)
        wf_json_set(arena, json, "seconds",
                    wf_json_number(arena, file->seconds));
    return json;
}

static void write_listed(struct wf_stmt *q, struct wf_json_writer *out)
{
    wf_jw_open(out, '{');
    wf_jw_key_id_or_null(out, "id", wf_stmt_int(q, 0));
    wf_jw_key_text(out, "name", wf_stmt_text(q, 1));
    wf_jw_key_text(out, "type", wf_stmt_text(q, 2));
    wf_jw_key(out, "size");
    wf_jw_int(out, wf_stmt_int(q, 3));
    if (!wf_stmt_is_null(q, 4)) {
        wf_jw_key(out, "seconds");
        wf_jw_number(out, wf_stmt_real(q, 4));
    }
    wf_jw_key_time(out, "at", wf_stmt_int(q, 5));
    wf_jw_key(out, "by");
    if (wf_stmt_is_null(q, 6)) {
        wf_jw_null(out);
    } else {
        wf_jw_open(out, '{');
        wf_jw_key_id_or_null(out, "id", wf_stmt_int(q, 6));
        wf_jw_key_text(out, "login", wf_stmt_text(q, 7));
        wf_jw_key_text(out, "name", wf_stmt_text(q, 8));
        wf_jw_close(out, '}');
    }
    wf_jw_close(out, '}');
}

bool wf_files_list(struct wf_call *call, wf_id document,
                   struct wf_json_writer *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_LIST, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, document);
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        write_listed(&q, out);
    wf_jw_close(out, ']');
    wf_jw_close(out, '}');
    return got == WF_FETCH_DONE;
}

/* --- Belonging */

bool wf_field_holds_files(const struct wf_field *field)
{
    return field->type == WF_F_FILE || field->type == WF_F_FILES
           || field->type == WF_F_AUDIO;
}

static bool bind(struct wf_call *call, const struct wf_doc *doc, wf_id id,
                 const char *field, bool *bound, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_BIND, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, id);
    wf_stmt_bind_id(&q, 2, doc->id);
    wf_stmt_bind_text(&q, 3, field);
    wf_stmt_bind_id(&q, 4, call->me ? call->me->id : 0);
    wf_stmt_bind_int(&q, 5, call->system);
    if (!wf_stmt_run(&q, err))
        return false;
    *bound = wf_stmt_changed(&q) == 1;
    return true;
}

static bool run_on(struct wf_call *call, const char *sql, wf_id id,
                   weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, id);
    return wf_stmt_run(&q, err);
}

static bool drop(struct wf_call *call, wf_id id, weft_error *err)
{
    return run_on(call, SQL_DROP_PARTS, id, err)
           && run_on(call, SQL_DROP, id, err);
}

/* What a hook took from elsewhere stays there. */
static bool drop_of(struct wf_call *call, const struct wf_doc *doc, wf_id id,
                    weft_error *err)
{
    struct wf_file *file;

    return wf_file_find(call, id, &file, err)
           && (!file || file->document != doc->id || drop(call, id, err));
}

/* The ids in the fields of `data`, each with its field. */
static void gather(struct wf_arena *arena, const struct wf_field *field,
                   const struct wf_json *value, struct wf_map *out)
{
    const char *text = wf_json_str(value);

    if (text)
        wf_map_add(arena, out, text, (void *)(uintptr_t)field);
    for (size_t i = 0;
         wf_json_is(value, WF_JSON_ARRAY) && i < wf_json_len(value); i++)
        gather(arena, field, value->u.array.at[i], out);
}

static void gather_all(struct wf_arena *arena, const struct wf_form *form,
                       const struct wf_json *data, struct wf_map *out)
{
    for (const struct wf_field *f = wf_field_after(form, NULL); f && data;
         f = wf_field_after(form, f)) {
        const struct wf_json *rows;

        if (!wf_field_holds_files(f))
            continue;
        if (!f->items) {
            gather(arena, f, wf_json_get(data, f->id), out);
            continue;
        }
        rows = wf_json_get(data, f->items->id);
        for (size_t i = 0; i < wf_json_len(rows); i++)
            gather(arena, f, wf_json_get(rows->u.array.at[i], f->id), out);
    }
}

static bool bind_new(struct wf_call *call, const struct wf_doc *doc,
                     const char *text, const struct wf_field *field,
                     weft_error *err)
{
    bool bound = false;
    wf_id id;

    if (wf_id_parse(wf_str_of(text), &id)
        && !bind(call, doc, id, field->path, &bound, err))
        return false;
    return bound
           || wf_fail(err, WEFT_E_CONFLICT,
                      "File %s is not free any more: upload it again.", text);
}

bool wf_files_settle(struct wf_call *call, const struct wf_doc *doc,
                     weft_error *err)
{
    struct wf_map before = { 0 }, now = { 0 };
    wf_id id;

    gather_all(call->arena, doc->form, doc->data, &now);
    gather_all(call->arena, doc->stored_form ? doc->stored_form : doc->form,
               doc->before, &before);
    for (size_t i = 0; i < now.n; i++)
        if (!wf_map_find(&before, now.entries[i].key)
            && !bind_new(call, doc, now.entries[i].key, now.entries[i].value,
                         err))
            return false;
    for (size_t i = 0; i < before.n; i++)
        if (!wf_map_find(&now, before.entries[i].key)
            && wf_id_parse(wf_str_of(before.entries[i].key), &id)
            && !drop_of(call, doc, id, err))
            return false;
    return true;
}

bool wf_files_are_there(struct wf_call *call, const struct wf_doc *doc,
                        bool *out, weft_error *err)
{
    struct wf_map held = { 0 }, there = { 0 };

    *out = true;
    gather_all(call->arena, doc->form, doc->data, &held);
    if (held.n == 0)
        return true;
    if (!wf_files_load(call, doc->id, &there, err))
        return false;
    for (size_t i = 0; i < held.n; i++)
        *out = *out && wf_map_find(&there, held.entries[i].key);
    return true;
}

bool wf_file_attach(struct wf_call *call, const struct wf_doc *doc, wf_id id,
                    bool *bound, weft_error *err)
{
    struct wf_file *file;

    *bound = false;
    return wf_file_find(call, id, &file, err)
           && (!file || file->document
               || bind(call, doc, id, NULL, bound, err));
}

bool wf_files_remove(struct wf_call *call, wf_id document, weft_error *err)
{
    return run_on(call, SQL_DROP_PARTS_OF, document, err)
           && run_on(call, SQL_DROP_OF, document, err);
}

/* --- Those that nobody came for */

bool wf_file_expire(struct wf_call *call, wf_id id, weft_error *err)
{
    struct wf_file *file;

    return wf_file_find(call, id, &file, err)
           && (!file || file->document || drop(call, id, err));
}
