/* doc/cc.c - the tables of copies: whom a document was sent to, and who has
 * read it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/cc.h"

#include "base/list.h"
#include "doc/title.h"

static const char SQL_KNOWN[] =
    "SELECT 1 FROM cc WHERE document = $1"
    " AND coalesce(person, 0) = $2 AND coalesce(unit, 0) = $3";
static const char SQL_ADD[] =
    "INSERT INTO cc (id, document, person, unit, sent_by, sent)"
    " VALUES ($1, $2, $3, $4, $5, $6)";
static const char SQL_REACHES[] =
    "SELECT 1 FROM cc WHERE document = $1 AND (person = $2 OR unit IN"
    " (SELECT above FROM unit_above WHERE unit = $3)) LIMIT 1";
static const char SQL_READ[] =
    "INSERT INTO cc_read (document, person, at) VALUES ($1, $2, $3)"
    " ON CONFLICT DO NOTHING";
static const char SQL_LIST[] =
    "SELECT p.id, p.login, p.name, u.key, u.name, b.id, b.login, b.name,"
    " c.sent, r.at, (SELECT count(*) FROM cc_read x"
    "   JOIN person xp ON xp.id = x.person"
    "   JOIN unit_above a ON a.unit = xp.unit"
    "   WHERE x.document = c.document AND a.above = c.unit)"
    " FROM cc c LEFT JOIN person p ON p.id = c.person"
    " LEFT JOIN unit u ON u.id = c.unit"
    " LEFT JOIN person b ON b.id = c.sent_by"
    " LEFT JOIN cc_read r ON r.document = c.document AND r.person = c.person"
    " WHERE c.document = $1 ORDER BY c.id";
/* The newest copy of each document. */
static const char SQL_MINE[] =
    "SELECT c.id, d.id, d.form, d.title, b.id, b.login, b.name, c.sent, r.at,"
    " d.title_other"
    " FROM cc c JOIN document d ON d.id = c.document"
    " LEFT JOIN person b ON b.id = c.sent_by"
    " LEFT JOIN cc_read r ON r.document = c.document AND r.person = $1"
    " WHERE c.id IN (SELECT max(m.id) FROM cc m WHERE m.person = $1"
    "   OR m.unit IN (SELECT above FROM unit_above WHERE unit = $2)"
    "   GROUP BY m.document)"
    " AND c.id < $3 ORDER BY c.id DESC LIMIT $4";
static const char SQL_REMOVE[] = "DELETE FROM cc WHERE document = $1";
static const char SQL_REMOVE_READ[] = "DELETE FROM cc_read WHERE document = $1";

/* --- Sending and reading */

static bool is_known(struct wf_call *call, wf_id document, wf_id person,
                     wf_id unit, bool *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_KNOWN, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, document);
    wf_stmt_bind_int(&q, 2, person);
    wf_stmt_bind_int(&q, 3, unit);
    got = wf_stmt_step(&q, err);
    *out = got == WF_FETCH_ROW;
    return got != WF_FETCH_ERROR;
}

bool wf_cc_add(struct wf_call *call, wf_id document, wf_id person, wf_id unit,
               bool *is_new, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    bool known;

    if (!is_known(call, document, person, unit, &known, err))
        return false;
    *is_new = !known;
    if (known)
        return true;
    if (!wf_stmt_begin(call->db, SQL_ADD, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, wf_id_next(call->ids));
    wf_stmt_bind_id(&q, 2, document);
    wf_stmt_bind_id(&q, 3, person);
    wf_stmt_bind_id(&q, 4, unit);
    wf_stmt_bind_id(&q, 5, call->me ? call->me->id : 0);
    wf_stmt_bind_int(&q, 6, call->now);
    return wf_stmt_run(&q, err);
}

bool wf_cc_reaches(struct wf_call *call, wf_id document, bool *out,
                   weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *out = false;
    if (!call->me)
        return true;
    if (!wf_stmt_begin(call->db, SQL_REACHES, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, document);
    wf_stmt_bind_int(&q, 2, call->me->id);
    wf_stmt_bind_int(&q, 3, call->me->unit);
    got = wf_stmt_step(&q, err);
    *out = got == WF_FETCH_ROW;
    return got != WF_FETCH_ERROR;
}

bool wf_cc_mark_read(struct wf_call *call, wf_id document, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    bool mine;

    if (!wf_cc_reaches(call, document, &mine, err) || !mine)
        return !mine;
    if (!wf_stmt_begin(call->db, SQL_READ, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, document);
    wf_stmt_bind_int(&q, 2, call->me->id);
    wf_stmt_bind_int(&q, 3, call->now);
    return wf_stmt_run(&q, err);
}

void wf_cc_query(struct wf_call *call, struct wf_query *query)
{
    wf_query_add(query, WF_SQL("EXISTS (SELECT 1 FROM cc WHERE"
                               " cc.document = d.id AND (cc.person = "));
    wf_query_bind_int(query, call->me->id);
    wf_query_add(query, WF_SQL(" OR cc.unit IN (SELECT above FROM unit_above"
                               " WHERE unit = "));
    wf_query_bind_int(query, call->me->unit);
    wf_query_add(query, WF_SQL(")))"));
}

void wf_cc_find(struct wf_call *call, struct wf_query *query)
{
    wf_query_add(query, WF_SQL(" UNION ALL SELECT cc.document FROM cc"
                               " WHERE cc.person = "));
    wf_query_bind_int(query, call->me->id);
    wf_query_add(query, WF_SQL(" UNION ALL SELECT cc.document FROM cc"
                               " WHERE cc.unit IN (SELECT above FROM unit_above"
                               " WHERE unit = "));
    wf_query_bind_int(query, call->me->unit);
    wf_query_add(query, WF_SQL(")"));
}

static bool run_on(struct wf_call *call, const char *sql, wf_id document,
                   weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, document);
    return wf_stmt_run(&q, err);
}

bool wf_cc_remove(struct wf_call *call, wf_id document, weft_error *err)
{
    return run_on(call, SQL_REMOVE, document, err)
           && run_on(call, SQL_REMOVE_READ, document, err);
}

/* --- Showing */

/* A person in three columns from `column` on. */
static void write_person(struct wf_stmt *q, int column,
                         struct wf_json_writer *out)
{
    const struct wf_person person = { .id = wf_stmt_int(q, column),
                                      .login = wf_stmt_text(q, column + 1),
                                      .name = wf_stmt_text(q, column + 2) };

    wf_person_json(wf_stmt_is_null(q, column) ? NULL : &person, out);
}

static void write_audience(struct wf_stmt *q, struct wf_json_writer *out)
{
    wf_jw_open(out, '{');
    if (wf_stmt_is_null(q, 0)) {
        wf_jw_key(out, "unit");
        wf_jw_open(out, '{');
        wf_jw_key_text(out, "id", wf_stmt_text(q, 3));
        wf_jw_key_text(out, "name", wf_stmt_text(q, 4));
        wf_jw_close(out, '}');
    } else {
        wf_jw_key(out, "person");
        write_person(q, 0, out);
    }
    wf_jw_key(out, "by");
    write_person(q, 5, out);
    wf_jw_key_time(out, "at", wf_stmt_int(q, 8));
    if (wf_stmt_is_null(q, 0)) {
        wf_jw_key(out, "read_by");
        wf_jw_int(out, wf_stmt_int(q, 10));
    } else {
        wf_jw_key_time(out, "read", wf_stmt_int(q, 9));
    }
    wf_jw_close(out, '}');
}

bool wf_cc_list(struct wf_call *call, wf_id document,
                struct wf_json_writer *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_LIST, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, document);
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        write_audience(&q, out);
    wf_jw_close(out, ']');
    wf_jw_key_text_or_null(out, "next", NULL);
    wf_jw_close(out, '}');
    return got == WF_FETCH_DONE;
}

/* A copy that I have. */
struct copy {
    wf_id id;
    const char *form;
    struct wf_person by; /* id 0: nobody any more */
    int64_t sent, read;
};

struct copies {
    struct copy *at;
    size_t n, cap;
    struct wf_title_rows titles; /* of their documents */
};

static bool load_copies(struct wf_call *call, wf_id before, int limit,
                        struct copies *out, weft_error *err)
{
    struct wf_arena *arena = call->arena;
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_MINE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, call->me ? call->me->id : 0);
    wf_stmt_bind_int(&q, 2, call->me ? call->me->unit : 0);
    wf_stmt_bind_int(&q, 3, before);
    wf_stmt_bind_int(&q, 4, limit);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        const char *form = wf_stmt_str(&q, 2, arena);

        *WF_PUSH(arena, out) =
            (struct copy){ .id = wf_stmt_int(&q, 0),
                           .form = form,
                           .by = { .id = wf_stmt_int(&q, 4),
                                   .login = wf_stmt_str(&q, 5, arena),
                                   .name = wf_stmt_str(&q, 6, arena) },
                           .sent = wf_stmt_int(&q, 7),
                           .read = wf_stmt_int(&q, 8) };
        *WF_PUSH(arena, &out->titles) =
            (struct wf_title_row){ .document = wf_stmt_int(&q, 1),
                                   .form =
                                       wf_registry_form(call->registry, form),
                                   .title = wf_stmt_str(&q, 3, arena),
                                   .other = wf_stmt_str(&q, 9, arena) };
    }
    return got == WF_FETCH_DONE;
}

static void write_copy(const struct copy *copy, wf_id document,
                       const char *title, struct wf_json_writer *out)
{
    wf_jw_open(out, '{');
    wf_jw_key(out, "document");
    wf_jw_open(out, '{');
    wf_jw_key(out, "id");
    wf_jw_id(out, document);
    wf_jw_key_text(out, "form", copy->form);
    wf_jw_key_text(out, "title", title);
    wf_jw_close(out, '}');
    wf_jw_key(out, "by");
    wf_person_json(copy->by.id ? &copy->by : NULL, out);
    wf_jw_key_time(out, "at", copy->sent);
    wf_jw_key_time(out, "read", copy->read);
    wf_jw_close(out, '}');
}

bool wf_cc_mine(struct wf_call *call, const struct wf_page *page,
                struct wf_json_writer *out, weft_error *err)
{
    struct wf_cursor from = { "cc", NULL, 0 };
    struct copies copies = { NULL, 0, 0, { NULL, 0, 0 } };
    size_t limit = (size_t)page->limit, n;
    const char **titles;

    if (!wf_page_read(call->arena, page, &from, err)
        || !load_copies(call, from.id ? from.id : INT64_MAX, page->limit + 1,
                        &copies, err))
        return false;
    n = copies.n > limit ? limit : copies.n;
    titles = WF_NEW_N(call->arena, const char *, n);
    copies.titles.n = n;
    if (!wf_titles_of_rows(call, &copies.titles, call->me, call->lang, titles,
                           err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < n; i++)
        write_copy(&copies.at[i], copies.titles.at[i].document, titles[i], out);
    wf_jw_close(out, ']');
    from.id = copies.n > limit ? copies.at[n - 1].id : 0;
    wf_cursor_write(call->arena, from.id ? &from : NULL, out);
    wf_jw_close(out, '}');
    return true;
}
