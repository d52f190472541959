/* org/people_list.c - the active people for the API: a page of them, by name.
 *
 * Words that are searched are beginnings, so that four indexes find them; one
 * page goes on behind the last person of the page before.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/text.h"
#include "org/person.h"
#include "store/query.h"

enum {
    LIMIT_USUAL = 50,
    LIMIT_MAX = 200,
    SEARCH_MAX = 200
};

/* Appends "COLUMN >= beginning AND COLUMN < its end". No text of Unicode
 * stands behind U+10FFFF. */
static void add_beginning(struct wf_query *q, struct wf_sql column,
                          const char *text)
{
    wf_query_add(q, WF_SQL("SELECT id FROM person WHERE "));
    wf_query_add(q, column);
    wf_query_add(q, WF_SQL(" >= "));
    wf_query_bind_text(q, text);
    wf_query_add(q, WF_SQL(" AND "));
    wf_query_add(q, column);
    wf_query_add(q, WF_SQL(" < "));
    wf_query_bind_text(q,
                       wf_arena_printf(q->arena, "%s\xf4\x8f\xbf\xbf", text));
}

static void add_search(struct wf_query *q, const char *text)
{
    const char *folded = wf_text_fold(q->arena, text);

    wf_query_add(q, WF_SQL(" AND p.id IN ("));
    add_beginning(q, WF_SQL("name"), text);
    wf_query_add(q, WF_SQL(" UNION "));
    add_beginning(q, WF_SQL("login"), folded);
    wf_query_add(q, WF_SQL(" UNION "));
    add_beginning(q, WF_SQL("pinyin"), folded);
    wf_query_add(q, WF_SQL(" UNION "));
    add_beginning(q, WF_SQL("initials"), folded);
    wf_query_add(q, WF_SQL(")"));
}

/* The people behind the one whose id the cursor is. */
static void add_cursor(struct wf_query *q, wf_id last)
{
    wf_query_add(q, WF_SQL(" AND (p.pinyin, p.id) > "));
    if (last) {
        wf_query_add(q, WF_SQL("(SELECT pinyin, id FROM person WHERE id = "));
        wf_query_bind_int(q, last);
        wf_query_add(q, WF_SQL(")"));
    } else {
        wf_query_add(q, WF_SQL("('', 0)"));
    }
}

static void build(struct wf_query *q, const struct wf_people_query *query,
                  wf_id last, int limit)
{
    wf_query_add(q, WF_SQL("SELECT p.id, p.login, p.name, u.key, p.title,"
                           " m.id, m.login, m.name FROM person p"
                           " LEFT JOIN unit u ON u.id = p.unit"
                           " LEFT JOIN person m ON m.id = p.manager"
                           " WHERE p.active = 1 AND p.service = 0"));
    add_cursor(q, last);
    if (query->search)
        add_search(q, query->search);
    if (query->unit) {
        wf_query_add(q, WF_SQL(" AND p.unit IN (SELECT a.unit FROM unit_above a"
                               " JOIN unit t ON t.id = a.above"
                               " WHERE t.key = "));
        wf_query_bind_text(q, query->unit);
        wf_query_add(q, WF_SQL(")"));
    }
    wf_query_add(q, WF_SQL(" ORDER BY p.pinyin, p.id LIMIT "));
    wf_query_bind_int(q, limit + 1);
}

static void write_person(struct wf_stmt *q, struct wf_json_writer *out)
{
    struct wf_person manager = { .id = wf_stmt_int(q, 5),
                                 .login = wf_stmt_text(q, 6),
                                 .name = wf_stmt_text(q, 7) };

    wf_jw_open(out, '{');
    wf_jw_key_id_or_null(out, "id", wf_stmt_int(q, 0));
    wf_jw_key_text(out, "login", wf_stmt_text(q, 1));
    wf_jw_key_text(out, "name", wf_stmt_text(q, 2));
    wf_jw_key_text_or_null(out, "unit", wf_stmt_text(q, 3));
    wf_jw_key_text_or_null(out, "title", wf_stmt_text(q, 4));
    wf_jw_key(out, "manager");
    wf_person_json(manager.id ? &manager : NULL, out);
    wf_jw_close(out, '}');
}

/* Writes up to `limit` rows; `*last` is the id of the last one if one more
 * follows, else 0. */
static bool write_page(struct wf_stmt *q, int limit, struct wf_json_writer *out,
                       wf_id *last, weft_error *err)
{
    enum wf_fetch step = WF_FETCH_ROW;
    wf_id id = 0;

    for (int i = 0; i < limit; i++) {
        step = wf_stmt_step(q, err);
        if (step != WF_FETCH_ROW)
            break;
        id = wf_stmt_int(q, 0);
        write_person(q, out);
    }
    if (step == WF_FETCH_ROW)
        step = wf_stmt_step(q, err);
    *last = step == WF_FETCH_ROW ? id : 0;
    return step != WF_FETCH_ERROR;
}

static bool check_query(const struct wf_people_query *query, int *limit,
                        wf_id *last, weft_error *err)
{
    *limit = query->limit ? query->limit : LIMIT_USUAL;
    *last = 0;
    if (*limit < 1 || *limit > LIMIT_MAX)
        return wf_fail(err, WEFT_E_MALFORMED,
                       "The limit of a list is a number from 1 to %d.",
                       LIMIT_MAX);
    if (query->cursor && !wf_id_parse(wf_str_of(query->cursor), last))
        return wf_fail(err, WEFT_E_MALFORMED,
                       "The cursor is broken. Begin the list anew.");
    if (query->search && strlen(query->search) > SEARCH_MAX)
        return wf_fail(err, WEFT_E_MALFORMED, "A search has at most %d bytes.",
                       SEARCH_MAX);
    return true;
}

bool wf_people_list(struct wf_call *call, const struct wf_people_query *query,
                    struct wf_json_writer *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_query sql = WF_QUERY_INIT(call->arena);
    wf_id last;
    int limit;

    if (!check_query(query, &limit, &last, err))
        return false;
    build(&sql, query, last, limit);
    if (!wf_query_begin(call->db, &sql, &q, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    if (!write_page(&q, limit, out, &last, err))
        return false;
    wf_jw_close(out, ']');
    wf_jw_key_id_or_null(out, "next", last);
    wf_jw_close(out, '}');
    return true;
}
