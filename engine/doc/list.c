/* doc/list.c - pages of documents, written as their rows arrive.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/list.h"

#include "base/list.h"
#include "doc/list_data.h"
#include "doc/listing.h"

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
    C_CREATOR_LOGIN,
    C_CREATOR_NAME,
    C_HEALTH,
    C_CREATED,
    C_UPDATED,
    C_SUBJECT,
    C_SUBJECT_LOGIN,
    C_SUBJECT_NAME,
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
    { "parent",   { "d.parent" } },
    { "period",   { "d.period" } },
    { "progress", { "d.progress" } },
    { "score",    { "d.score" } },
    { "due",      { "d.due" } },
};
/* clang-format on */

struct title_fields {
    struct wf_arena *arena;
    struct wf_fields *out;
};

static void add_title_field(void *self, const struct wf_field *field)
{
    struct title_fields *fields = self;

    *WF_PUSH(fields->arena, fields->out) = field;
}

/* A title is shown to whoever sees all that it is made of. */
static bool title_fields(const void *self, struct wf_arena *arena,
                         const struct wf_form *version, struct wf_fields *out)
{
    struct title_fields fields = { arena, out };

    (void)self;
    if (version->title)
        wf_template_uses(version->title, add_title_field, &fields);
    return true;
}

static bool add_columns(const struct wf_listing *l, struct wf_query *query,
                        weft_error *err)
{
    const struct wf_ask title = { .form = l->asked->form,
                                  .fields = title_fields };

    wf_query_add(query, WF_SQL("SELECT d.id, d.form, d.version, "));
    if (!wf_listing_add_guarded(l, title, WF_SQL("d.title"), query, err))
        return false;
    wf_query_add(query, WF_SQL(", d.step, d.level, d.state, c.id, c.login,"
                               " c.name, d.health, d.created, d.updated,"
                               " s.id, s.login, s.name"));
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

static void write_person(struct wf_json_writer *out, const char *key,
                         struct wf_stmt *q, int column)
{
    const struct wf_person person = { .id = wf_stmt_int(q, column),
                                      .login = wf_stmt_text(q, column + 1),
                                      .name = wf_stmt_text(q, column + 2) };

    wf_jw_key(out, key);
    wf_person_json(person.id ? &person : NULL, out);
}

static void write_number(struct wf_json_writer *out, const char *key,
                         struct wf_stmt *q, int column)
{
    wf_jw_key(out, key);
    if (wf_stmt_is_null(q, column))
        wf_jw_null(out);
    else
        wf_jw_number(out, wf_stmt_real(q, column));
}

/* The form's name stands in for a title that is not all to be seen. */
static void write_title(struct wf_call *call, struct wf_stmt *q,
                        struct wf_json_writer *out)
{
    const char *id = wf_stmt_text(q, C_FORM);
    const struct wf_form *form;

    if (!wf_stmt_is_null(q, C_TITLE)) {
        wf_jw_key_text(out, "title", wf_stmt_text(q, C_TITLE));
        return;
    }
    form = wf_registry_form(call->registry, id);
    wf_jw_key_text(out, "title",
                   form ? wf_words_label(form->words, call->lang, id) : id);
}

static void write_members(struct wf_call *call, struct wf_stmt *q,
                          struct wf_json_writer *out)
{
    wf_jw_key_id_or_null(out, "id", wf_stmt_int(q, C_ID));
    wf_jw_key_text(out, "form", wf_stmt_text(q, C_FORM));
    wf_jw_key(out, "version");
    wf_jw_int(out, wf_stmt_int(q, C_VERSION));
    write_title(call, q, out);
    wf_jw_key_text(out, "step", wf_stmt_text(q, C_STEP));
    wf_jw_key_text_or_null(out, "level", wf_stmt_text(q, C_LEVEL));
    wf_jw_key_text(out, "state", wf_stmt_text(q, C_STATE));
    write_person(out, "subject", q, C_SUBJECT);
    write_person(out, "creator", q, C_CREATOR);
    wf_jw_key_id_or_null(out, "parent", wf_stmt_int(q, C_PARENT));
    wf_jw_key_text_or_null(out, "period", wf_stmt_text(q, C_PERIOD));
    wf_jw_key_text_or_null(out, "health", wf_stmt_text(q, C_HEALTH));
    write_number(out, "progress", q, C_PROGRESS);
    write_number(out, "score", q, C_SCORE);
    wf_jw_key_time(out, "due", wf_stmt_int(q, C_DUE));
    wf_jw_key_time(out, "created", wf_stmt_int(q, C_CREATED));
    wf_jw_key_time(out, "updated", wf_stmt_int(q, C_UPDATED));
}

/* At once, or where fields are asked for as well, when all rows are read. */
static void write_row(const struct wf_listing *l, struct wf_stmt *q,
                      wf_listed_list *kept, struct wf_json_writer *out)
{
    struct wf_buf text = WF_BUF_INIT(l->call->arena);
    struct wf_json_writer members = WF_JSON_WRITER_INIT(&text);

    if (!l->asked->fields) {
        wf_jw_open(out, '{');
        write_members(l->call, q, out);
        wf_jw_close(out, '}');
        return;
    }
    write_members(l->call, q, &members);
    *WF_PUSH(l->call->arena, kept) =
        (struct wf_listed){ wf_stmt_int(q, C_ID),
                            { wf_buf_text(&text), text.len } };
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

/* Writes the rows of the page; `*more` if there is one behind it. */
static bool read_page(const struct wf_listing *l, struct wf_json_writer *out,
                      wf_listed_list *kept, struct wf_cursor *last, bool *more,
                      weft_error *err)
{
    struct wf_query query = WF_QUERY_INIT(l->call->arena);
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *more = false;
    if (!add_columns(l, &query, err) || !wf_listing_add_page(l, &query, err)
        || !wf_query_begin(l->call->db, &query, &q, err))
        return false;
    for (int n = 1; (got = wf_stmt_step(&q, err)) == WF_FETCH_ROW; n++) {
        if (n > l->asked->limit) {
            *more = true;
            return true;
        }
        write_row(l, &q, kept, out);
        if (n == l->asked->limit) {
            last->id = wf_stmt_int(&q, C_ID);
            last->value = sort_value(l, &q, C_SORT);
        }
    }
    return got == WF_FETCH_DONE;
}

static bool write_page(const struct wf_listing *l, struct wf_json_writer *out,
                       struct wf_cursor *last, bool *more, weft_error *err)
{
    wf_listed_list kept = { 0 };

    return read_page(l, out, &kept, last, more, err)
           && wf_list_data(l->call, l->asked->fields, &kept, out, err);
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
