/* doc/comment.c - talk beside a document.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/comment.h"

#include "base/error.h"
#include "base/list.h"
#include "base/text.h"
#include "doc/file.h"

static const char SQL_ADD[] =
    "INSERT INTO comment (id, document, author, text, at)"
    " VALUES ($1, $2, $3, $4, $5)";
static const char SQL_LIST[] =
    "SELECT c.id, c.text, c.at, p.id, p.login, p.name FROM comment c"
    " JOIN person p ON p.id = c.author"
    " WHERE c.document = $1 AND c.id > $2 ORDER BY c.id LIMIT $3";
static const char SQL_REMOVE[] = "DELETE FROM comment WHERE document = $1";

enum {
    TEXT_MAX = 4000,
    FILES_MAX = 10,
    LIMIT_MAX = 200
};

struct comment {
    wf_id id;
    const char *text;
    int64_t at;
    struct wf_person author;
};

static void write(struct wf_call *call, const struct comment *comment,
                  const struct wf_map *files, struct wf_json_writer *out)
{
    wf_jw_open(out, '{');
    wf_jw_key_id_or_null(out, "id", comment->id);
    wf_jw_key(out, "author");
    wf_person_json(&comment->author, out);
    wf_jw_key_text(out, "text", comment->text);
    wf_jw_key_time(out, "at", comment->at);
    wf_files_said(call->arena, files, comment->id, out);
    wf_jw_close(out, '}');
}

static bool insert(struct wf_call *call, const struct wf_doc *doc,
                   const struct comment *comment, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_ADD, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, comment->id);
    wf_stmt_bind_int(&q, 2, doc->id);
    wf_stmt_bind_int(&q, 3, comment->author.id);
    wf_stmt_bind_text(&q, 4, comment->text);
    wf_stmt_bind_int(&q, 5, comment->at);
    return wf_stmt_run(&q, err);
}

static size_t n_files(const struct wf_said *said)
{
    return wf_json_is(said->files, WF_JSON_ARRAY) ? wf_json_len(said->files)
                                                  : 0;
}

static bool is_text(struct wf_call *call, const struct wf_said *said,
                    weft_error *err)
{
    size_t n = said->text ? wf_utf8_count(said->text, strlen(said->text)) : 0;

    if ((n >= 1 || n_files(said) > 0) && n <= TEXT_MAX)
        return true;
    wf_diag_field(call->findings, "text", "length",
                  "A comment has 1 to %d characters, and this one %zu.",
                  TEXT_MAX, n);
    return wf_fail(err, WEFT_E_INVALID,
                   "A comment has 1 to %d characters, and this one %zu.",
                   TEXT_MAX, n);
}

static bool say_file(struct wf_call *call, const struct wf_doc *doc,
                     wf_id comment, const struct wf_json *name, weft_error *err)
{
    const char *text = wf_json_str(
        wf_json_is(name, WF_JSON_OBJECT) ? wf_json_get(name, "id") : name);
    bool bound = false;
    wf_id id;

    if (text && wf_id_parse(wf_str_of(text), &id)
        && !wf_file_say(call, doc, comment, id, &bound, err))
        return false;
    if (bound)
        return true;
    wf_diag_field(call->findings, "files", "file",
                  "File %s is not there, not yours, or belongs to a document "
                  "already: upload it first.",
                  text ? text : "?");
    return wf_fail(err, WEFT_E_INVALID,
                   "File %s is not there, not yours, or belongs to a document "
                   "already: upload it first.",
                   text ? text : "?");
}

static bool say_files(struct wf_call *call, const struct wf_doc *doc,
                      wf_id comment, const struct wf_said *said,
                      weft_error *err)
{
    size_t n = n_files(said);

    if (n && doc->veil)
        return wf_fail(err, WEFT_E_DENIED,
                       "An anonymous answer takes no files: they would tell "
                       "who it is of.");
    if (n > FILES_MAX) {
        wf_diag_field(call->findings, "files", "max",
                      "At most %d files can be attached at once.", FILES_MAX);
        return wf_fail(err, WEFT_E_INVALID,
                       "At most %d files can be attached at once.", FILES_MAX);
    }
    for (size_t i = 0; i < n; i++)
        if (!say_file(call, doc, comment, said->files->u.array.at[i], err))
            return false;
    return true;
}

bool wf_comment_add(struct wf_call *call, const struct wf_doc *doc,
                    const struct wf_said *said, struct wf_json_writer *out,
                    weft_error *err)
{
    struct wf_rights rights;
    struct comment comment = { .at = call->now };
    const char *text = said->text ? said->text : "";
    struct wf_map files = { 0 };

    if (!wf_access_decide(call, doc, &rights, err))
        return false;
    if (!call->me || !(rights.rights & WF_RIGHT_COMMENT))
        return wf_fail(err, WEFT_E_DENIED, "You may not comment on this.");
    if (!is_text(call, said, err))
        return false;
    comment.id = wf_id_next(call->ids);
    comment.text =
        wf_arena_slice(call->arena, wf_text_nfc(call->arena, wf_str_of(text)));
    comment.author = *call->me;
    if (!insert(call, doc, &comment, err)
        || !say_files(call, doc, comment.id, said, err)
        || (n_files(said) && !wf_files_load(call, doc->id, &files, err)))
        return false;
    write(call, &comment, &files, out);
    return true;
}

struct comments {
    struct comment *at;
    size_t n, cap;
};

static bool fetch(struct wf_call *call, const struct wf_doc *doc, wf_id after,
                  int limit, struct comments *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_LIST, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, doc->id);
    wf_stmt_bind_int(&q, 2, after);
    wf_stmt_bind_int(&q, 3, limit + 1);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        struct comment *c = WF_PUSH(call->arena, out);

        c->id = wf_stmt_int(&q, 0);
        c->text = wf_stmt_str(&q, 1, call->arena);
        c->at = wf_stmt_int(&q, 2);
        c->author.id = wf_stmt_int(&q, 3);
        c->author.login = wf_stmt_str(&q, 4, call->arena);
        c->author.name = wf_stmt_str(&q, 5, call->arena);
    }
    return got == WF_FETCH_DONE;
}

bool wf_comment_list(struct wf_call *call, const struct wf_doc *doc,
                     const struct wf_page *page, struct wf_json_writer *out,
                     weft_error *err)
{
    struct wf_cursor from = { "comments", NULL, 0 };
    struct comments comments = { 0 };
    struct wf_map files = { 0 };
    size_t limit = (size_t)page->limit;

    if (!wf_page_read(call->arena, page, &from, err)
        || !fetch(call, doc, from.id, page->limit, &comments, err)
        || (comments.n && !wf_files_load(call, doc->id, &files, err)))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < comments.n && i < limit; i++)
        write(call, &comments.at[i], &files, out);
    wf_jw_close(out, ']');
    from.id = comments.n > limit ? comments.at[limit - 1].id : 0;
    wf_cursor_write(call->arena, from.id ? &from : NULL, out);
    wf_jw_close(out, '}');
    return true;
}

bool wf_comments_remove(struct wf_call *call, wf_id document, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_REMOVE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, document);
    return wf_stmt_run(&q, err);
}
