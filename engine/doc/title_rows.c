/* doc/title_rows.c - titles of the rows of a page, as their reader sees them.
 *
 * Where a title is not open to all, one statement for each form tells of its
 * rows which fields of the title are seen, by the condition that lists have,
 * and brings what a title is made of. So a page costs the same however many
 * rows it has. A title that reads through a link reads each document there.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/list.h"
#include "base/str.h"
#include "doc/stage.h"
#include "doc/summary.h"
#include "doc/title.h"

/* --- What a title is made of */

struct collecting {
    struct wf_arena *arena;
    struct wf_fields *out;
};

static void add_field(void *self, const struct wf_field *field)
{
    struct collecting *c = self;

    for (size_t i = 0; i < c->out->n; i++)
        if (c->out->at[i] == field)
            return;
    *WF_PUSH(c->arena, c->out) = field;
}

static bool title_fields(const void *self, struct wf_arena *arena,
                         const struct wf_form *version, struct wf_fields *out)
{
    struct collecting c = { arena, out };

    (void)self;
    if (version->title)
        wf_template_uses(version->title, add_field, &c);
    if (version->title_other)
        wf_template_uses(version->title_other, add_field, &c);
    return true;
}

struct wf_ask wf_title_ask(const char *form)
{
    return (struct wf_ask){ .form = form, .fields = title_fields };
}

/* The one at a place among them, where the version has so many. */
static bool field_at(const void *self, struct wf_arena *arena,
                     const struct wf_form *version, struct wf_fields *out)
{
    const size_t *place = self;
    struct wf_fields all = { 0 };

    title_fields(NULL, arena, version, &all);
    if (*place < all.n)
        *WF_PUSH(arena, out) = all.at[*place];
    return true;
}

/* --- One form */

/* Some rows of a page: those of one form. */
struct asked {
    struct wf_call *call;
    const char *form, *lang;
    const struct wf_title_row *rows;
    const char **out;
    size_t n;
    size_t n_fields; /* of the version that has most */
    WF_LIST(const struct wf_stage_times *) stages;
};

enum {
    C_ID,
    C_VERSION,
    C_STEP,
    C_LEVEL,
    C_CREATOR,
    C_HEALTH,
    C_CREATED,
    C_UPDATED,
    C_STAGE,
    C_DATA,
    C_STATE,
    C_SEEN /* and a column for each field of the title */
};

static bool is_asked(const struct asked *a, size_t i)
{
    return !a->rows[i].is_own_secret && a->rows[i].form
           && wf_streq(a->rows[i].form->id, a->form);
}

static bool count_fields(struct asked *a, weft_error *err)
{
    const struct wf_form *const *versions;
    size_t n;

    if (!wf_registry_versions(a->call->registry, a->call->db, a->form,
                              &versions, &n, err))
        return false;
    a->n_fields = 0;
    for (size_t i = 0; i < n; i++) {
        struct wf_fields fields = { 0 };

        title_fields(NULL, a->call->arena, versions[i], &fields);
        if (fields.n > a->n_fields)
            a->n_fields = fields.n;
    }
    return true;
}

/* Whoever has a row of it may read the document. */
static bool add_seen(const struct asked *a, size_t place,
                     struct wf_query *query, weft_error *err)
{
    const struct wf_ask ask = { .form = a->form,
                                .fields = field_at,
                                .self = &place,
                                .is_read = true,
                                .by_row = true };

    wf_query_add(query, WF_SQL(", CASE WHEN "));
    if (!wf_ask_add(a->call, &ask, query, err))
        return false;
    wf_query_add(query, WF_SQL(" THEN 1 ELSE 0 END"));
    return true;
}

static bool make_query(const struct asked *a, struct wf_query *query,
                       weft_error *err)
{
    bool first = true;

    wf_query_add(query, WF_SQL("SELECT d.id, d.version, d.step, d.level,"
                               " d.creator, d.health, d.created, d.updated,"
                               " d.stage, d.data, d.state"));
    for (size_t i = 0; i < a->n_fields; i++)
        if (!add_seen(a, i, query, err))
            return false;
    wf_query_add(query, WF_SQL(" FROM document d WHERE d.id IN ("));
    for (size_t i = 0; i < a->n; i++) {
        if (!is_asked(a, i))
            continue;
        if (!first)
            wf_query_add(query, WF_SQL(", "));
        wf_query_bind_int(query, a->rows[i].document);
        first = false;
    }
    wf_query_add(query, WF_SQL(")"));
    return true;
}

/* --- One row */

/* A document as far as its title reads it, and what of that is seen. */
struct titled {
    struct wf_doc doc;
    struct wf_fields fields;
    const bool *seen;
    const char *step, *data;
    wf_id stage;
    int version;
};

struct all_titled {
    struct titled *at;
    size_t n, cap;
};

static bool load_rows(const struct asked *a, struct all_titled *out,
                      weft_error *err)
{
    struct wf_arena *arena = a->call->arena;
    struct wf_query query = WF_QUERY_INIT(arena);
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!make_query(a, &query, err)
        || !wf_query_begin(a->call->db, &query, &q, err))
        return false;
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        struct titled *t = WF_PUSH(arena, out);
        bool *seen = WF_NEW_N(arena, bool, a->n_fields);

        for (size_t i = 0; i < a->n_fields; i++)
            seen[i] = wf_stmt_int(&q, C_SEEN + (int)i) == 1;
        *t = (struct titled){
            .doc = { .id = wf_stmt_int(&q, C_ID),
                     .level = wf_stmt_str(&q, C_LEVEL, arena),
                     .state = wf_state_of(wf_stmt_text(&q, C_STATE)),
                     .creator = wf_stmt_int(&q, C_CREATOR),
                     .health = wf_stmt_str(&q, C_HEALTH, arena),
                     .created = wf_stmt_int(&q, C_CREATED),
                     .updated = wf_stmt_int(&q, C_UPDATED),
                     .stored = true },
            .seen = seen,
            .step = wf_stmt_str(&q, C_STEP, arena),
            .data = wf_stmt_str(&q, C_DATA, arena),
            .stage = wf_stmt_int(&q, C_STAGE),
            .version = (int)wf_stmt_int(&q, C_VERSION),
        };
    }
    return got == WF_FETCH_DONE;
}

/* Documents of a page are of few stages: each is asked for once. */
static bool find_stage(struct asked *a, wf_id id,
                       const struct wf_stage_times **out, weft_error *err)
{
    for (size_t i = 0; i < a->stages.n; i++)
        if (a->stages.at[i]->id == id) {
            *out = a->stages.at[i];
            return true;
        }
    if (!wf_stage_load(a->call, id, out, err))
        return false;
    if (*out)
        *WF_PUSH(a->call->arena, &a->stages) = *out;
    return true;
}

static bool understand(struct asked *a, struct titled *t, weft_error *err)
{
    struct wf_call *call = a->call;

    if (!wf_registry_version(call->registry, call->db, a->form, t->version,
                             &t->doc.form, err)
        || !wf_json_read_stored(call->arena, t->data, &t->doc.data, err)
        || (t->stage && !find_stage(a, t->stage, &t->doc.stage, err)))
        return false;
    t->doc.step = wf_form_step(t->doc.form, t->step);
    return title_fields(NULL, call->arena, t->doc.form, &t->fields);
}

static bool sees_all(const struct titled *t)
{
    for (size_t i = 0; i < t->fields.n; i++)
        if (!t->seen[i])
            return false;
    return true;
}

static bool sees(const void *self, const struct wf_field *field)
{
    const struct titled *t = self;

    for (size_t i = 0; i < t->fields.n; i++)
        if (t->fields.at[i] == field)
            return t->seen[i];
    return false;
}

/* All people that stand in what is seen of the titles, at once. */
static bool load_people(const struct asked *a, const struct all_titled *rows,
                        weft_error *err)
{
    WF_LIST(wf_id) ids = { 0 };
    wf_id id;

    for (size_t i = 0; i < rows->n; i++) {
        const struct titled *t = &rows->at[i];

        *WF_PUSH(a->call->arena, &ids) = t->doc.creator;
        for (size_t k = 0; k < t->fields.n; k++) {
            const struct wf_field *field = t->fields.at[k];
            const char *text =
                field->items || field->type != WF_F_PERSON
                    ? NULL
                    : wf_json_str(wf_json_get(t->doc.data, field->id));

            if (text && t->seen[k] && wf_id_parse(wf_str_of(text), &id))
                *WF_PUSH(a->call->arena, &ids) = id;
        }
    }
    return ids.n == 0 || wf_people_load(a->call, ids.at, ids.n, err);
}

static bool fill(const struct asked *a, const struct titled *t, weft_error *err)
{
    const struct wf_sight sight = { sees, t };
    const char *title = NULL;

    if (!sees_all(t)
        && !wf_summary_title(a->call, a->lang, &t->doc, &sight, &title, err))
        return false;
    for (size_t i = 0; i < a->n; i++) {
        if (!is_asked(a, i) || a->rows[i].document != t->doc.id)
            continue;
        if (title)
            a->out[i] = title;
        if (wf_str_empty(a->out[i])) /* nothing of it is there, or is seen */
            a->out[i] = wf_words_label(t->doc.form->words, a->lang, a->form);
    }
    return true;
}

static bool fill_form(struct asked *a, weft_error *err)
{
    const struct wf_ask ask = wf_title_ask(a->form);
    struct all_titled rows = { 0 };
    bool open;

    if (!wf_ask_is_open(a->call, &ask, &open, err))
        return false;
    if (open)
        return true;
    if (!count_fields(a, err) || !load_rows(a, &rows, err))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        if (!understand(a, &rows.at[i], err))
            return false;
    if (!load_people(a, &rows, err))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        if (!fill(a, &rows.at[i], err))
            return false;
    return true;
}

/* --- All rows */

/* Whether a row before has the same form. */
static bool is_done(const struct asked *a, size_t row)
{
    for (size_t i = 0; i < row; i++)
        if (is_asked(a, i))
            return true;
    return false;
}

static bool fill_forms(struct asked *a, weft_error *err)
{
    for (size_t i = 0; i < a->n; i++) {
        a->form = a->rows[i].form ? a->rows[i].form->id : "";
        if (is_asked(a, i) && !is_done(a, i) && !fill_form(a, err))
            return false;
    }
    return true;
}

bool wf_titles_of_rows(struct wf_call *call, const struct wf_title_rows *rows,
                       const struct wf_person *reader, const char *lang,
                       const char **out, weft_error *err)
{
    const struct wf_person *me = call->me;
    bool system = call->system, done;
    struct asked a = {
        .call = call, .lang = lang, .rows = rows->at, .out = out, .n = rows->n
    };

    for (size_t i = 0; i < rows->n; i++) {
        const struct wf_title_row *row = &rows->at[i];

        out[i] = row->form
                     ? wf_title_in(row->form, lang, row->title, row->other)
                     : row->title;
    }
    call->me = reader;
    call->system = false;
    done = fill_forms(&a, err);
    call->me = me;
    call->system = system;
    return done;
}

bool wf_title_of_row(struct wf_call *call, const struct wf_title_row *row,
                     const struct wf_person *reader, const char *lang,
                     const char **out, weft_error *err)
{
    struct wf_title_row one = *row;
    const struct wf_title_rows rows = { &one, 1, 1 };

    return wf_titles_of_rows(call, &rows, reader, lang, out, err);
}
