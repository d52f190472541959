/* store/query.c - queries put together from constants and values.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/query.h"

#include "base/list.h"
#include "store/driver.h"

void wf_query_add(struct wf_query *query, struct wf_sql part)
{
    wf_buf_str(&query->sql, part.text);
}

static struct wf_bound *bind(struct wf_query *query, enum wf_bound_type type)
{
    struct wf_bound *bound = WF_PUSH(query->arena, &query->bound);

    bound->type = type;
    wf_buf_printf(&query->sql, "$%zu", query->bound.n);
    return bound;
}

void wf_query_bind_int(struct wf_query *query, int64_t value)
{
    bind(query, WF_BOUND_INT)->integer = value;
}

void wf_query_bind_real(struct wf_query *query, double value)
{
    bind(query, WF_BOUND_REAL)->real = value;
}

void wf_query_bind_text(struct wf_query *query, const char *text)
{
    bind(query, text ? WF_BOUND_TEXT : WF_BOUND_NULL)->text = text;
}

void wf_query_append(struct wf_query *query, const struct wf_query *part)
{
    const char *at = wf_buf_text(&part->sql);
    const char *end = at + part->sql.len;
    size_t n = 0;

    /* No constant has a '$' of its own: it is what bind() has written. */
    while (at < end) {
        const char *mark = memchr(at, '$', (size_t)(end - at));

        wf_buf_add(&query->sql, at, (size_t)((mark ? mark : end) - at));
        if (!mark)
            return;
        at = mark + 1 + strspn(mark + 1, "0123456789");
        *bind(query, part->bound.at[n].type) = part->bound.at[n];
        n++;
    }
}

static void give(struct wf_stmt *stmt, int n, const struct wf_bound *bound)
{
    switch (bound->type) {
    case WF_BOUND_NULL:
        wf_stmt_bind_null(stmt, n);
        break;
    case WF_BOUND_INT:
        wf_stmt_bind_int(stmt, n, bound->integer);
        break;
    case WF_BOUND_REAL:
        wf_stmt_bind_real(stmt, n, bound->real);
        break;
    case WF_BOUND_TEXT:
        wf_stmt_bind_text(stmt, n, bound->text);
        break;
    }
}

struct wf_query_mark wf_query_mark(const struct wf_query *query)
{
    return (struct wf_query_mark){ query->sql.len, query->bound.n };
}

void wf_query_back(struct wf_query *query, struct wf_query_mark mark)
{
    wf_buf_cut(&query->sql, mark.len);
    query->bound.n = mark.n_bound;
}

bool wf_query_begin(struct wf_db *db, const struct wf_query *query,
                    struct wf_stmt *out, weft_error *err)
{
    if (!wf_stmt_begin_made(db, wf_buf_text(&query->sql), out, err))
        return false;
    for (size_t i = 0; i < query->bound.n; i++)
        give(out, (int)i + 1, &query->bound.at[i]);
    return true;
}
