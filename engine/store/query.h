/* store/query.h - the few queries whose shape is known only at run time: lists
 * and reports.
 *
 * A query is put together from constants of the code and bound values; text
 * from outside cannot become SQL, because WF_SQL() takes nothing but literals.
 * The finished text is prepared once per connection and kept (least recently
 * used go first).
 *
 *     wf_query_add(&q, WF_SQL("SELECT id FROM document WHERE form = "));
 *     wf_query_bind_text(&q, form);
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_STORE_QUERY_H
#define WF_STORE_QUERY_H

#include "base/buf.h"
#include "store/db.h"

struct wf_sql {
    const char *text;
};
#define WF_SQL(literal) ((struct wf_sql){ "" literal "" })

enum wf_bound_type {
    WF_BOUND_NULL,
    WF_BOUND_INT,
    WF_BOUND_REAL,
    WF_BOUND_TEXT,
};
struct wf_bound {
    enum wf_bound_type type;
    int64_t integer;
    double real;
    const char *text; /* borrowed until the query has run */
};

struct wf_query {
    struct wf_arena *arena;
    struct wf_buf sql;
    struct {
        struct wf_bound *at;
        size_t n, cap;
    } bound;
};
#define WF_QUERY_INIT(arena)                                                   \
    {                                                                          \
        (arena), WF_BUF_INIT(arena),                                           \
        {                                                                      \
            NULL, 0, 0                                                         \
        }                                                                      \
    }

void wf_query_add(struct wf_query *query, struct wf_sql part);

/* Each appends the next `$n` and remembers the value. */
void wf_query_bind_int(struct wf_query *query, int64_t value);
void wf_query_bind_real(struct wf_query *query, double value);
void wf_query_bind_text(struct wf_query *query, const char *text);

/* Appends all of `part`, its values renumbered. */
void wf_query_append(struct wf_query *query, const struct wf_query *part);

/* Where a query ends now, and taking back all that was added behind. */
struct wf_query_mark {
    size_t len, n_bound;
};
struct wf_query_mark wf_query_mark(const struct wf_query *query);
void wf_query_back(struct wf_query *query, struct wf_query_mark mark);

/* Lends the prepared form with all values bound; ended by wf_stmt_end(). */
WF_MUST_CHECK bool wf_query_begin(struct wf_db *db,
                                  const struct wf_query *query,
                                  struct wf_stmt *out, weft_error *err);

#endif
