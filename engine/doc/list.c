/* doc/list.c - pages of documents: their rows are read, then all people in them
 * at once, then it is written.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/list.h"

#include "base/list.h"
#include "doc/list_data.h"
#include "doc/listing.h"
#include "doc/title.h"
#include "org/idmap.h"

enum {
    COUNT_MAX = 10000
};

/* The columns of a summary. Those that come from fields are NULL where the
 * field is not seen; `wf_column_named` knows from which. */
enum {
    C_ID,
    C_FORM,
    C_VERSION,
    C_TITLE,
    C_STEP,
    C_LEVEL,
    C_STATE,
    C_CREATOR,
    C_HEALTH,
    C_CREATED,
    C_UPDATED,
    C_TITLE_OTHER,
    C_SUBJECT,
    C_PARENT,
    C_PERIOD,
    C_PROGRESS,
    C_SCORE,
    C_DUE,
    C_SORT
};

/* clang-format off */
static const struct closed {
    const char *column; /* whose field decides */
    struct wf_sql value;
} closed[] = {
    { "subject",  { "d.subject" } },
    { "parent",   { "d.parent" } },
    { "period",   { "d.period" } },
    { "progress", { "d.progress" } },
    { "score",    { "d.score" } },
    { "due",      { "d.due" } },
};
/* clang-format on */

static bool add_columns(const struct wf_listing *l, struct wf_query *query,
                        weft_error *err)
{
    const struct wf_ask title = wf_title_ask(l->asked->form);

    wf_query_add(query, WF_SQL("SELECT d.id, d.form, d.version, "));
    if (!wf_listing_add_guarded(l, title, WF_SQL("d.title"), query, err))
        return false;
    wf_query_add(query, WF_SQL(", d.step, d.level, d.state, d.creator,"
                               " d.health, d.created, d.updated,"
                               " d.title_other"));
    for (size_t i = 0; i < WF_COUNT(closed); i++) {
        struct wf_ask ask =
            wf_column_ask(wf_column_named(closed[i].column), l->asked->form);

        wf_query_add(query, WF_SQL(", "));
        if (!wf_listing_add_guarded(l, ask, closed[i].value, query, err))
            return false;
    }
    wf_query_add(query, WF_SQL(", "));
    return wf_listing_add_value(l, query, err);
}

/* --- Rows */

struct number {
    bool there;
    double value;
};

/* What is shown of one document; NULL, 0 or not there: absent or not seen. */
struct summary {
    wf_id id, subject, creator, parent;
    const char *form, *title, *title_other, *step, *level, *state, *period;
    const char *health;
    int64_t version, due, created, updated;
    struct number progress, score;
    int64_t below; /* of a tree */
};

/* The rows of a page. */
struct summaries {
    struct summary *at;
    size_t n, cap;
};

static struct number number_in(struct wf_stmt *q, int column)
{
    return (struct number){ !wf_stmt_is_null(q, column),
                            wf_stmt_real(q, column) };
}

static struct summary read_summary(struct wf_stmt *q, struct wf_arena *arena)
{
    return (struct summary){
        .id = wf_stmt_int(q, C_ID),
        .form = wf_stmt_str(q, C_FORM, arena),
        .version = wf_stmt_int(q, C_VERSION),
        .title = wf_stmt_str(q, C_TITLE, arena),
        .step = wf_stmt_str(q, C_STEP, arena),
        .level = wf_stmt_str(q, C_LEVEL, arena),
        .state = wf_stmt_str(q, C_STATE, arena),
        .creator = wf_stmt_int(q, C_CREATOR),
        .health = wf_stmt_str(q, C_HEALTH, arena),
        .created = wf_stmt_int(q, C_CREATED),
        .updated = wf_stmt_int(q, C_UPDATED),
        .title_other = wf_stmt_str(q, C_TITLE_OTHER, arena),
        .subject = wf_stmt_int(q, C_SUBJECT),
        .parent = wf_stmt_int(q, C_PARENT),
        .period = wf_stmt_str(q, C_PERIOD, arena),
        .progress = number_in(q, C_PROGRESS),
        .score = number_in(q, C_SCORE),
        .due = wf_stmt_int(q, C_DUE),
    };
}

static bool load_people(struct wf_call *call, const struct summaries *rows,
                        weft_error *err)
{
    wf_id *ids = WF_NEW_N(call->arena, wf_id, 2 * rows->n);

    for (size_t i = 0; i < rows->n; i++) {
        ids[2 * i] = rows->at[i].subject;
        ids[2 * i + 1] = rows->at[i].creator;
    }
    return wf_people_load(call, ids, 2 * rows->n, err);
}

/* Titles in the language of the call; of those that are not all to be seen, as
 * much as is. */
static bool load_titles(struct wf_call *call, const struct summaries *rows,
                        weft_error *err)
{
    struct wf_title_rows asked = { NULL, 0, 0 };
    const char **titles = WF_NEW_N(call->arena, const char *, rows->n);
    size_t n = 0;

    for (size_t i = 0; i < rows->n; i++) {
        struct summary *row = &rows->at[i];
        const struct wf_form *form =
            wf_registry_form(call->registry, row->form);

        if (row->title && form)
            row->title =
                wf_title_in(form, call->lang, row->title, row->title_other);
        else if (!row->title && form)
            *WF_PUSH(call->arena, &asked) =
                (struct wf_title_row){ .document = row->id, .form = form };
        else if (!row->title)
            row->title = row->form;
    }
    if (asked.n == 0)
        return true;
    if (!wf_titles_of_rows(call, &asked, call->me, call->lang, titles, err))
        return false;
    for (size_t i = 0; i < rows->n; i++) {
        struct summary *row = &rows->at[i];

        if (row->title)
            continue;
        row->title = titles[n];
        if (!row->title)
            row->title =
                wf_words_label(asked.at[n].form->words, call->lang, row->form);
        n++;
    }
    return true;
}

static struct summary *row_of(const struct summaries *rows, wf_id id)
{
    for (size_t i = 0; i < rows->n; i++)
        if (rows->at[i].id == id)
            return &rows->at[i];
    return NULL;
}

/* How many hang beneath each row of a tree: one statement for the page. */
static bool load_below(const struct wf_listing *l, const struct summaries *rows,
                       weft_error *err)
{
    struct wf_arena *arena = l->call->arena;
    struct wf_query query = WF_QUERY_INIT(arena);
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    wf_id *ids = WF_NEW_N(arena, wf_id, rows->n);
    enum wf_fetch got;

    if (!l->asked->tree || rows->n == 0)
        return true;
    for (size_t i = 0; i < rows->n; i++)
        ids[i] = rows->at[i].id;
    wf_query_add(&query, WF_SQL("SELECT d.parent, count(*)"));
    if (!wf_listing_add_below(l, ids, rows->n, &query, err))
        return false;
    wf_query_add(&query, WF_SQL(" GROUP BY d.parent"));
    if (!wf_query_begin(l->call->db, &query, &q, err))
        return false;
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        struct summary *row = row_of(rows, wf_stmt_int(&q, 0));

        if (row)
            row->below = wf_stmt_int(&q, 1);
    }
    return got == WF_FETCH_DONE;
}

/* --- Writing */

/* A page on its way out. The same few people stand in all of its rows: each is
 * written once and copied. */
struct writing {
    struct wf_call *call;
    const char *fields; /* that are shown too; NULL: none */
    bool tree;
    struct wf_json_writer *out;
    struct wf_idmap people; /* id → struct wf_buf * */
};

static bool text_of(struct writing *w, wf_id id, const struct wf_buf **out,
                    weft_error *err)
{
    struct wf_arena *arena = w->call->arena;
    struct wf_buf *text = wf_idmap_find(&w->people, id);
    struct wf_json_writer writer;
    const struct wf_person *person;

    if (!text) {
        if (!wf_person_find(w->call, id, &person, err))
            return false;
        text = WF_NEW(arena, struct wf_buf);
        text->arena = arena;
        writer = (struct wf_json_writer)WF_JSON_WRITER_INIT(text);
        wf_person_json(person, &writer);
        wf_idmap_add(arena, &w->people, id, text);
    }
    *out = text;
    return true;
}

static bool write_person(struct writing *w, const char *key, wf_id id,
                         weft_error *err)
{
    const struct wf_buf *text = NULL;

    if (id && !text_of(w, id, &text, err))
        return false;
    wf_jw_key(w->out, key);
    if (text)
        wf_jw_raw(w->out, text->data, text->len);
    else
        wf_jw_null(w->out);
    return true;
}

static void write_number(struct wf_json_writer *out, const char *key,
                         struct number number)
{
    wf_jw_key(out, key);
    if (number.there)
        wf_jw_number(out, number.value);
    else
        wf_jw_null(out);
}

static bool write_summary(struct writing *w, const struct summary *row,
                          weft_error *err)
{
    struct wf_json_writer *out = w->out;

    wf_jw_open(out, '{');
    wf_jw_key_id_or_null(out, "id", row->id);
    wf_jw_key_text(out, "form", row->form);
    wf_jw_key(out, "version");
    wf_jw_int(out, row->version);
    wf_jw_key_text(out, "title", row->title);
    wf_jw_key_text(out, "step", row->step);
    wf_jw_key_text_or_null(out, "level", row->level);
    wf_jw_key_text(out, "state", row->state);
    if (!write_person(w, "subject", row->subject, err)
        || !write_person(w, "creator", row->creator, err))
        return false;
    wf_jw_key_id_or_null(out, "parent", row->parent);
    wf_jw_key_text_or_null(out, "period", row->period);
    wf_jw_key_text_or_null(out, "health", row->health);
    write_number(out, "progress", row->progress);
    write_number(out, "score", row->score);
    wf_jw_key_time(out, "due", row->due);
    wf_jw_key_time(out, "created", row->created);
    wf_jw_key_time(out, "updated", row->updated);
    if (w->tree) {
        wf_jw_key(out, "below");
        wf_jw_int(out, row->below);
    }
    if (w->fields && !wf_list_data(w->call, row->id, w->fields, out, err))
        return false;
    wf_jw_close(out, '}');
    return true;
}

static struct wf_json *sort_value(const struct wf_listing *l, struct wf_stmt *q,
                                  int column)
{
    struct wf_arena *arena = l->call->arena;

    if (wf_stmt_is_null(q, column))
        return NULL;
    if (l->sort.kind == WF_TARGET_TIME)
        return wf_json_int(arena, wf_stmt_int(q, column));
    if (l->sort.kind == WF_TARGET_NUMBER)
        return wf_json_number(arena, wf_stmt_real(q, column));
    return wf_json_text(arena, wf_stmt_text(q, column));
}

/* Reads the rows of the page; `*more` if there is one behind it. */
static bool read_rows(const struct wf_listing *l, struct summaries *rows,
                      struct wf_cursor *last, bool *more, weft_error *err)
{
    struct wf_arena *arena = l->call->arena;
    struct wf_query query = WF_QUERY_INIT(arena);
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    size_t limit = (size_t)l->asked->limit;
    enum wf_fetch got;

    *more = false;
    if (!add_columns(l, &query, err) || !wf_listing_add_page(l, &query, err)
        || !wf_query_begin(l->call->db, &query, &q, err))
        return false;
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        *more = rows->n == limit;
        if (*more)
            return true;
        *WF_PUSH(arena, rows) = read_summary(&q, arena);
        if (rows->n == limit) {
            last->id = wf_stmt_int(&q, C_ID);
            last->value = sort_value(l, &q, C_SORT);
        }
    }
    return got == WF_FETCH_DONE;
}

static bool read_page(const struct wf_listing *l, struct summaries *rows,
                      struct wf_cursor *last, bool *more, weft_error *err)
{
    struct wf_listing there = *l;

    *more = false;
    there.there = wf_listing_may_walk(l);
    if (there.there && !read_rows(&there, rows, last, more, err))
        return false;
    if (*more)
        return true;
    rows->n = 0;
    return read_rows(l, rows, last, more, err);
}

static bool write_page(const struct wf_listing *l, struct wf_json_writer *out,
                       struct wf_cursor *last, bool *more, weft_error *err)
{
    struct writing writing = { .call = l->call,
                               .fields = l->asked->fields,
                               .tree = l->asked->tree,
                               .out = out };
    struct summaries rows = { 0 };

    if (!read_page(l, &rows, last, more, err)
        || !load_people(l->call, &rows, err)
        || !load_titles(l->call, &rows, err) || !load_below(l, &rows, err))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        if (!write_summary(&writing, &rows.at[i], err))
            return false;
    return true;
}

static bool write_count(const struct wf_listing *l, struct wf_json_writer *out,
                        weft_error *err)
{
    struct wf_query query = WF_QUERY_INIT(l->call->arena);
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    int64_t n;

    wf_query_add(&query, WF_SQL("SELECT count(*) FROM (SELECT 1"));
    if (!wf_listing_add_all(l, &query, err))
        return false;
    wf_query_add(&query, WF_SQL(" LIMIT "));
    wf_query_bind_int(&query, COUNT_MAX + 1);
    wf_query_add(&query, WF_SQL(") counted"));
    if (!wf_query_begin(l->call->db, &query, &q, err)
        || wf_stmt_step(&q, err) != WF_FETCH_ROW)
        return false;
    n = wf_stmt_int(&q, 0);
    wf_jw_key(out, "total");
    wf_jw_int(out, n > COUNT_MAX ? COUNT_MAX : n);
    if (n > COUNT_MAX) {
        wf_jw_key(out, "total_capped");
        wf_jw_bool(out, true);
    }
    return true;
}

bool wf_list_documents(struct wf_call *call, const struct wf_list_query *query,
                       struct wf_json_writer *out, weft_error *err)
{
    const struct wf_page page = { NULL, query->limit };
    struct wf_listing listing;
    struct wf_cursor last = { "", NULL, 0 };
    bool more;

    if (!wf_page_read(call->arena, &page, &last, err)
        || !wf_listing_begin(&listing, call, query, err))
        return false;
    last = listing.cursor;
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    if (!write_page(&listing, out, &last, &more, err))
        return false;
    wf_jw_close(out, ']');
    wf_cursor_write(call->arena, more ? &last : NULL, out);
    if (query->count && !write_count(&listing, out, err))
        return false;
    wf_jw_close(out, '}');
    return true;
}

bool wf_list_ids(struct wf_call *call, const struct wf_list_query *asked,
                 wf_id **out, size_t *n, weft_error *err)
{
    struct wf_query query = WF_QUERY_INIT(call->arena);
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    WF_LIST(wf_id) ids = { 0 };
    struct wf_listing listing;
    enum wf_fetch got;

    if (!wf_listing_begin(&listing, call, asked, err))
        return false;
    wf_query_add(&query, WF_SQL("SELECT d.id"));
    if (!wf_listing_add_page(&listing, &query, err)
        || !wf_query_begin(call->db, &query, &q, err))
        return false;
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        if (ids.n < (size_t)asked->limit)
            *WF_PUSH(call->arena, &ids) = wf_stmt_int(&q, 0);
    *out = ids.at;
    *n = ids.n;
    return got == WF_FETCH_DONE;
}
