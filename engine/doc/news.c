/* doc/news.c - which documents have changed since somebody looked last.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/news.h"

#include "base/list.h"
#include "doc/access.h"

enum {
    SAID = -1, /* what is said, as if it were a lane */
    LANES_MAX = 4096,
    LEVELS_MAX = 64 /* as deep as documents hang */
};

static const char SQL_LANES[] = "SELECT id, n FROM lane ORDER BY id";

/* One lane has no gaps, and each event but the engine's own seals a document.
 */
static const char SQL_EVENTS[] =
    "SELECT DISTINCT document FROM event WHERE seq > $1 AND seq <= $2"
    " AND document IS NOT NULL AND lane = $4 ORDER BY document LIMIT $3";

/* What is said stands in no history. Ids follow time, and all but follow the
 * order of commits: where several write at once, one may come too late to be
 * told, and shows when the document is next looked at. */
static const char SQL_LAST_SAID[] =
    "SELECT id FROM comment ORDER BY id DESC LIMIT 1";
static const char SQL_SAID[] =
    "SELECT DISTINCT document FROM comment WHERE id > $1 AND id <= $2"
    " ORDER BY document LIMIT $3";

static const char SQL_TOLD[] =
    "SELECT id FROM notification WHERE person = $1 ORDER BY id DESC LIMIT 1";

/* --- Marks */

static bool mark_said(struct wf_call *call, struct wf_mark *out,
                      weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_LAST_SAID, &q, err))
        return false;
    got = wf_stmt_step(&q, err);
    *WF_PUSH(call->arena, out) =
        (struct wf_lane_mark){ SAID,
                               got == WF_FETCH_ROW ? wf_stmt_int(&q, 0) : 0 };
    return got != WF_FETCH_ERROR;
}

bool wf_mark_now(struct wf_call *call, struct wf_mark *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!mark_said(call, out, err)
        || !wf_stmt_begin(call->db, SQL_LANES, &q, err))
        return false;
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) =
            (struct wf_lane_mark){ wf_stmt_int(&q, 0), wf_stmt_int(&q, 1) };
    return got == WF_FETCH_DONE;
}

const char *wf_mark_write(struct wf_arena *arena, const struct wf_mark *mark)
{
    struct wf_buf text = WF_BUF_INIT(arena);

    for (size_t i = 0; i < mark->n; i++)
        wf_buf_printf(&text, "%s%lld:%lld", i ? "," : "",
                      (long long)mark->at[i].lane, (long long)mark->at[i].n);
    return wf_buf_text(&text);
}

bool wf_mark_read(struct wf_arena *arena, const char *text, struct wf_mark *out)
{
    struct wf_str rest = wf_str_of(text), pair, lane;

    while (wf_str_split(&rest, ',', &pair)) {
        struct wf_lane_mark one;

        if (out->n == LANES_MAX || !wf_str_split(&pair, ':', &lane)
            || !wf_str_to_int(lane, &one.lane) || !wf_str_to_int(pair, &one.n)
            || one.n < 0)
            return false;
        *WF_PUSH(arena, out) = one;
    }
    return true;
}

static int64_t length_of(const struct wf_mark *mark, int64_t lane)
{
    for (size_t i = 0; i < mark->n; i++)
        if (mark->at[i].lane == lane)
            return mark->at[i].n;
    return 0;
}

bool wf_mark_same(const struct wf_mark *a, const struct wf_mark *b)
{
    if (a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (a->at[i].lane != b->at[i].lane || a->at[i].n != b->at[i].n)
            return false;
    return true;
}

/* --- What happened */

static void add(struct wf_call *call, struct wf_news *news, wf_id id)
{
    for (size_t i = 0; i < news->n; i++)
        if (news->at[i] == id)
            return;
    if (news->n == WF_NEWS_MAX)
        news->more = true;
    else
        *WF_PUSH(call->arena, news) = id;
}

static bool add_events(struct wf_call *call, struct wf_lane_mark until,
                       int64_t since, struct wf_news *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, until.lane == SAID ? SQL_SAID : SQL_EVENTS, &q,
                       err))
        return false;
    wf_stmt_bind_int(&q, 1, since);
    wf_stmt_bind_int(&q, 2, until.n);
    wf_stmt_bind_int(&q, 3, WF_NEWS_MAX + 1);
    if (until.lane != SAID)
        wf_stmt_bind_int(&q, 4, until.lane);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        add(call, out, wf_stmt_int(&q, 0));
    return got == WF_FETCH_DONE;
}

/* "(1, 2, 3)" */
static void add_ids(const struct wf_news *news, struct wf_query *query)
{
    for (size_t i = 0; i < news->n; i++) {
        wf_query_add(query, i == 0 ? WF_SQL("(") : WF_SQL(", "));
        wf_query_bind_int(query, news->at[i]);
    }
    wf_query_add(query, WF_SQL(")"));
}

/* Their values may have followed, without a word in their own history. */
static bool add_above(struct wf_call *call, struct wf_news *news,
                      weft_error *err)
{
    struct wf_query query = WF_QUERY_INIT(call->arena);
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    wf_query_add(&query, WF_SQL("WITH RECURSIVE up (id, level) AS"
                                " (SELECT d.parent, 1 FROM document d"
                                " WHERE d.parent IS NOT NULL AND d.id IN "));
    add_ids(news, &query);
    wf_query_add(&query, WF_SQL(" UNION SELECT d.parent, up.level + 1 FROM up"
                                " JOIN document d ON d.id = up.id"
                                " WHERE d.parent IS NOT NULL AND up.level < "));
    wf_query_bind_int(&query, LEVELS_MAX);
    wf_query_add(&query, WF_SQL(") SELECT DISTINCT id FROM up"));
    if (!wf_query_begin(call->db, &query, &q, err))
        return false;
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        add(call, news, wf_stmt_int(&q, 0));
    return got == WF_FETCH_DONE;
}

bool wf_news_between(struct wf_call *call, const struct wf_mark *since,
                     const struct wf_mark *until, struct wf_news *out,
                     weft_error *err)
{
    for (size_t i = 0; i < until->n; i++) {
        int64_t from = length_of(since, until->at[i].lane);

        if (until->at[i].n > from
            && !add_events(call, until->at[i], from, out, err))
            return false;
    }
    return out->n == 0 || add_above(call, out, err);
}

/* --- For whom */

bool wf_news_seen(struct wf_call *call, const struct wf_news *news,
                  struct wf_news *out, weft_error *err)
{
    struct wf_query query = WF_QUERY_INIT(call->arena);
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    out->more = news->more;
    if (news->n == 0)
        return true;
    wf_query_add(&query, WF_SQL("SELECT d.id FROM document d WHERE d.id IN "));
    add_ids(news, &query);
    wf_query_add(&query, WF_SQL(" AND "));
    if (!wf_access_query(call, NULL, NULL, &query, err)
        || !wf_query_begin(call->db, &query, &q, err))
        return false;
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) = wf_stmt_int(&q, 0);
    return got == WF_FETCH_DONE;
}

bool wf_news_is_work(struct wf_call *call, const struct wf_news *news,
                     bool *out, weft_error *err)
{
    struct wf_query query = WF_QUERY_INIT(call->arena);
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *out = news->more;
    if (news->n == 0 || news->more)
        return true;
    wf_query_add(&query, WF_SQL("SELECT 1 FROM seat s WHERE s.person = "));
    wf_query_bind_int(&query, call->me ? call->me->id : 0);
    wf_query_add(&query, WF_SQL(" AND s.document IN "));
    add_ids(news, &query);
    wf_query_add(&query, WF_SQL(" LIMIT 1"));
    if (!wf_query_begin(call->db, &query, &q, err))
        return false;
    got = wf_stmt_step(&q, err);
    *out = got == WF_FETCH_ROW;
    return got != WF_FETCH_ERROR;
}

bool wf_news_told(struct wf_call *call, wf_id *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *out = 0;
    if (!call->me)
        return true;
    if (!wf_stmt_begin(call->db, SQL_TOLD, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, call->me->id);
    got = wf_stmt_step(&q, err);
    if (got == WF_FETCH_ROW)
        *out = wf_stmt_int(&q, 0);
    return got != WF_FETCH_ERROR;
}
