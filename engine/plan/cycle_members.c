/* plan/cycle_members.c - the people of a run, a page at a time.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "plan/cycle_members.h"

#include "base/error.h"
#include "base/list.h"

static const char SQL_COUNT[] =
    "SELECT COUNT(*) FROM cycle_member WHERE run = $1 AND gone IS NULL";
static const char SQL_PAGE[] =
    "SELECT m.person, p.login, p.name, m.gone, s.name, x.document, x.code,"
    " x.reason, d.state, d.step, d.begun"
    " FROM (SELECT person, gone FROM cycle_member WHERE run = $1"
    " AND person > $2 ORDER BY person LIMIT $3) m"
    " JOIN person p ON p.id = m.person"
    " LEFT JOIN stage s ON s.run = $1"
    " LEFT JOIN stage_document x ON x.stage = s.id AND x.person = m.person"
    " LEFT JOIN document d ON d.id = x.document ORDER BY m.person, s.opens,"
    " s.id";
static const char SQL_ME[] =
    "SELECT 1 FROM cycle_member WHERE run = $1 AND person = $2";
static const char SQL_MINE[] =
    "SELECT s.name, d.id FROM document d"
    " JOIN stage s ON s.id = coalesce(d.stage, 0)"
    " WHERE s.run = $1 AND d.subject = $2 ORDER BY s.opens, s.id, d.id";

bool wf_members_count(struct wf_call *call, wf_id run, int64_t *out,
                      weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_COUNT, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, run);
    if (wf_stmt_step(&q, err) != WF_FETCH_ROW)
        return false;
    *out = wf_stmt_int(&q, 0);
    return true;
}

/* --- A page */

static void write_document(struct wf_stmt *q, struct wf_json_writer *out)
{
    const char *state = wf_stmt_text(q, 8);

    wf_jw_open(out, '{');
    wf_jw_key_text(out, "stage", wf_stmt_text(q, 4));
    if (!wf_stmt_is_null(q, 6)) {
        wf_jw_key_text(out, "code", wf_stmt_text(q, 6));
        wf_jw_key_text(out, "reason", wf_stmt_text(q, 7));
    } else if (state) {
        wf_jw_key(out, "document");
        wf_jw_id(out, wf_stmt_int(q, 5));
        wf_jw_key_text(out, "state", state);
        wf_jw_key_text(out, "step", wf_stmt_text(q, 9));
        wf_jw_key(out, "handed_in");
        wf_jw_bool(out, wf_streq(state, "done")
                            || (wf_streq(state, "open")
                                && !wf_streq(wf_stmt_text(q, 9),
                                             wf_stmt_text(q, 10))));
    }
    wf_jw_close(out, '}');
}

static void open_person(struct wf_stmt *q, struct wf_json_writer *out)
{
    wf_jw_open(out, '{');
    wf_jw_key(out, "person");
    wf_jw_open(out, '{');
    wf_jw_key(out, "id");
    wf_jw_id(out, wf_stmt_int(q, 0));
    wf_jw_key_text(out, "login", wf_stmt_text(q, 1));
    wf_jw_key_text(out, "name", wf_stmt_text(q, 2));
    wf_jw_close(out, '}');
    wf_jw_key(out, "gone");
    wf_jw_bool(out, !wf_stmt_is_null(q, 3));
    wf_jw_key(out, "documents");
    wf_jw_open(out, '[');
}

static void close_person(struct wf_json_writer *out)
{
    wf_jw_close(out, ']');
    wf_jw_close(out, '}');
}

/* Of a stage that has made nothing for somebody there is nothing to say. */
static bool is_made(struct wf_stmt *q)
{
    return !wf_stmt_is_null(q, 6) || !wf_stmt_is_null(q, 8);
}

/* One page while it is written. */
struct writing {
    struct wf_json_writer *out;
    wf_id last; /* person; 0: none yet */
    size_t n;
};

static bool write_people(struct wf_call *call, wf_id run, wf_id after,
                         int limit, struct writing *w, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_PAGE, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, run);
    wf_stmt_bind_int(&q, 2, after);
    wf_stmt_bind_int(&q, 3, limit);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        if (wf_stmt_int(&q, 0) != w->last) {
            if (w->n)
                close_person(w->out);
            open_person(&q, w->out);
            w->last = wf_stmt_int(&q, 0);
            w->n++;
        }
        if (is_made(&q))
            write_document(&q, w->out);
    }
    if (w->n)
        close_person(w->out);
    return got == WF_FETCH_DONE;
}

bool wf_members_write(struct wf_call *call, wf_id run,
                      const struct wf_page *page, struct wf_json_writer *out,
                      weft_error *err)
{
    struct wf_cursor cursor = { .list = "members" };
    struct writing w = { .out = out };

    if (!wf_page_read(call->arena, page, &cursor, err))
        return false;
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    if (!write_people(call, run, cursor.id, page->limit, &w, err))
        return false;
    wf_jw_close(out, ']');
    cursor.id = w.last;
    wf_cursor_write(call->arena, w.n == (size_t)page->limit ? &cursor : NULL,
                    out);
    return true;
}

/* --- Me */

bool wf_members_has_me(struct wf_call *call, wf_id run, bool *out,
                       weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *out = false;
    if (!call->me)
        return true;
    if (!wf_stmt_begin(call->db, SQL_ME, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, run);
    wf_stmt_bind_id(&q, 2, call->me->id);
    got = wf_stmt_step(&q, err);
    *out = got == WF_FETCH_ROW;
    return got != WF_FETCH_ERROR;
}

bool wf_members_write_mine(struct wf_call *call, wf_id run,
                           struct wf_json_writer *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    wf_jw_key(out, "mine");
    wf_jw_open(out, '[');
    if (!wf_stmt_begin(call->db, SQL_MINE, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, run);
    wf_stmt_bind_id(&q, 2, call->me ? call->me->id : 0);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        wf_jw_open(out, '{');
        wf_jw_key_text(out, "stage", wf_stmt_text(&q, 0));
        wf_jw_key(out, "document");
        wf_jw_id(out, wf_stmt_int(&q, 1));
        wf_jw_close(out, '}');
    }
    wf_jw_close(out, ']');
    return got == WF_FETCH_DONE;
}
