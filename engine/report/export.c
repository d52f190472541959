/* report/export.c - documents of a form as a file.
 *
 * One query finds the documents, by the same rules as lists, and says of each
 * field that not everybody sees whether this reader does, on that document. The
 * data is read outside of the store.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "report/export.h"

#include "base/error.h"
#include "base/messages.h"
#include "doc/fields.h"
#include "doc/listing.h"
#include "doc/title.h"
#include "report/cell.h"
#include "report/xes.h"

/* What stands in front of the fields, of every document. */
enum {
    K_ID,
    K_FORM,
    K_VERSION,
    K_TITLE,
    K_STEP,
    K_STATE,
    K_CREATOR,
    K_CREATED,
    K_UPDATED,
    N_KNOWN
};

/* The same in the query. */
enum {
    Q_DATA = N_KNOWN,
    Q_SEEN /* one for each column that is not open */
};

/* clang-format off */
static const char *const known_ids[N_KNOWN] = {
    "id", "form", "version", "title", "step", "state", "creator", "created", "updated",
};
static const char *const known_labels[N_KNOWN] = {
    WF_MESSAGE("Id"), WF_MESSAGE("Form"), WF_MESSAGE("Version"), WF_MESSAGE("Title"),
    WF_MESSAGE("Step"), WF_MESSAGE("State"), WF_MESSAGE("Made by"),
    WF_MESSAGE("Made"), WF_MESSAGE("Changed at"),
};
static const struct format {
    const char *word, *type;
} formats[] = {
    [WF_FORMAT_JSON] = { "json", "application/json" },
    [WF_FORMAT_CSV] = { "csv", "text/csv; charset=utf-8" },
    [WF_FORMAT_XLSX] = { "xlsx", "application/vnd.openxmlformats-"
                                 "officedocument.spreadsheetml.sheet" },
    [WF_FORMAT_XES] = { "xes", "application/xml" },
};
/* clang-format on */

bool wf_format_of(const char *word, enum wf_format *out)
{
    for (size_t i = 0; i < WF_COUNT(formats); i++)
        if (wf_streq(formats[i].word, word)) {
            *out = (enum wf_format)i;
            return true;
        }
    return false;
}

const char *wf_format_word(enum wf_format format)
{
    return formats[format].word;
}

const char *wf_format_type(enum wf_format format)
{
    return formats[format].type;
}

/* A field, or a column of a table, that the file shows. */
struct column {
    const struct wf_field *field; /* of the live form */
    int seen;                     /* its place in the query; 0: open */
    bool shown;                   /* on some document */
};

/* One document. */
struct found {
    wf_id id, creator;
    const char *form, *title, *step, *state;
    int64_t version, created, updated;
    const char *data;
    bool *seen; /* by column */
    const struct wf_form *of;
    struct wf_json *json;
};

struct exporting {
    struct wf_call *call;
    const struct wf_export *asked;
    const struct wf_form *form;
    WF_LIST(struct column) columns; /* fields, then those of each table */
    WF_LIST(struct found) found;
    struct wf_cells cells;
};

/* --- What is shown */

static bool is_shown(const struct wf_field *field)
{
    return field->type != WF_F_JSON && field->type != WF_F_ITEMS;
}

/* Whether call->me sees it on every document that they may read. */
static bool add_column(struct exporting *e, const struct wf_field *field,
                       struct wf_query *query, weft_error *err)
{
    struct wf_ask ask = wf_ask_field(e->form->id, field->path);
    struct column *column = WF_PUSH(e->call->arena, &e->columns);
    int n = 0;
    bool open;

    column->field = field;
    if (!wf_ask_is_open(e->call, &ask, &open, err))
        return false;
    column->shown = open;
    if (open)
        return true;
    for (size_t i = 0; i < e->columns.n; i++)
        n += e->columns.at[i].seen > 0;
    column->seen = Q_SEEN + n;
    ask.is_read = true;
    wf_query_add(query, WF_SQL(", CASE WHEN "));
    if (!wf_ask_add(e->call, &ask, query, err))
        return false;
    wf_query_add(query, WF_SQL(" THEN 1 ELSE 0 END"));
    return true;
}

static bool add_columns(struct exporting *e, struct wf_query *query,
                        weft_error *err)
{
    for (const struct wf_field *f = wf_field_after(e->form, NULL); f;
         f = wf_field_after(e->form, f))
        if (is_shown(f) && !add_column(e, f, query, err))
            return false;
    return true;
}

/* --- The documents */

static bool take_row(struct exporting *e, struct wf_stmt *q, weft_error *err)
{
    struct wf_arena *arena = e->call->arena;
    struct found *found;

    if (e->found.n == WF_TABLE_ROWS_MAX)
        return wf_fail(err, WEFT_E_TOO_LARGE,
                       "A file has at most %d rows: ask for fewer, by a "
                       "filter, a period or a unit.",
                       WF_TABLE_ROWS_MAX);
    found = WF_PUSH(arena, &e->found);
    found->id = wf_stmt_int(q, K_ID);
    if (e->asked->shows)
        e->asked->shows(e->asked->self, found->id);
    found->form = wf_stmt_str(q, K_FORM, arena);
    found->version = wf_stmt_int(q, K_VERSION);
    found->title = wf_stmt_str(q, K_TITLE, arena);
    found->step = wf_stmt_str(q, K_STEP, arena);
    found->state = wf_stmt_str(q, K_STATE, arena);
    found->creator = wf_stmt_int(q, K_CREATOR);
    found->created = wf_stmt_int(q, K_CREATED);
    found->updated = wf_stmt_int(q, K_UPDATED);
    found->data = wf_stmt_str(q, Q_DATA, arena);
    found->seen = WF_NEW_N(arena, bool, e->columns.n);
    for (size_t i = 0; i < e->columns.n; i++) {
        int place = e->columns.at[i].seen;

        found->seen[i] = place == 0 || wf_stmt_int(q, place) == 1;
        e->columns.at[i].shown |= found->seen[i];
    }
    return true;
}

static bool find(struct exporting *e, weft_error *err)
{
    struct wf_query query = WF_QUERY_INIT(e->call->arena);
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_listing listing;
    enum wf_fetch got;

    wf_query_add(&query, WF_SQL("SELECT d.id, d.form, d.version, "));
    if (!wf_listing_begin(&listing, e->call, &e->asked->query, err)
        || !wf_listing_add_guarded(&listing, wf_title_ask(e->form->id),
                                   WF_SQL("d.title"), &query, err))
        return false;
    wf_query_add(&query, WF_SQL(", d.step, d.state, d.creator, d.created,"
                                " d.updated, d.data"));
    if (!add_columns(e, &query, err)
        || !wf_listing_add_all(&listing, &query, err))
        return false;
    wf_query_add(&query, WF_SQL(" ORDER BY d.id LIMIT "));
    wf_query_bind_int(&query, WF_TABLE_ROWS_MAX + 1);
    if (!wf_query_begin(e->call->db, &query, &q, err))
        return false;
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        if (!take_row(e, &q, err))
            return false;
    return got == WF_FETCH_DONE;
}

/* Each document reads its data by the version that it runs on. */
static bool read_data(struct exporting *e, weft_error *err)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    const struct found *last = NULL;

    for (size_t i = 0; i < e->found.n; i++) {
        struct found *found = &e->found.at[i];

        if (last && last->version == found->version
            && wf_streq(last->form, found->form))
            found->of = last->of;
        else if (!wf_registry_version(e->call->registry, e->call->db,
                                      found->form, (int)found->version,
                                      &found->of, err))
            return false;
        if (!wf_json_parse(e->call->arena, found->data, strlen(found->data),
                           &limits, &found->json, err))
            return false;
        last = found;
    }
    return true;
}

/* What the column holds in `object`, the data or a row of it. */
static struct wf_value value_in(const struct exporting *e,
                                const struct found *found, size_t column,
                                const struct wf_json *object)
{
    const struct wf_field *live = e->columns.at[column].field;
    const struct wf_field *field = wf_form_field(found->of, live->path);

    if (!found->seen[column] || !field || field->type != live->type)
        return wf_value_nil;
    return wf_value_of(e->call->arena, field, wf_json_get(object, field->id));
}

static bool load_people(struct exporting *e, weft_error *err)
{
    struct wf_ids_list ids = { NULL, 0, 0 };

    for (size_t i = 0; i < e->found.n; i++) {
        const struct found *found = &e->found.at[i];

        *WF_PUSH(e->call->arena, &ids) = found->creator;
        for (size_t k = 0; k < e->columns.n; k++) {
            const struct wf_field *field = e->columns.at[k].field;
            const struct wf_json *rows =
                field->items ? wf_json_get(found->json, field->items->id)
                             : NULL;

            if (!field->items)
                wf_cell_people(e->call->arena,
                               value_in(e, found, k, found->json), &ids);
            for (size_t r = 0; r < wf_json_len(rows); r++)
                wf_cell_people(e->call->arena,
                               value_in(e, found, k, rows->u.array.at[r]),
                               &ids);
        }
    }
    return wf_people_load(e->call, ids.at, ids.n, err);
}

/* --- Its tables */

/* What this reader sees nowhere is no column for them. */
static bool is_of(const struct column *column, const struct wf_field *items)
{
    return column->shown && column->field->items == items;
}

/* For programs, who read by name: a field that is called like what is known of
 * each document stands beside it. */
static const char *name_of(const struct exporting *e,
                           const struct wf_field *field)
{
    for (size_t i = 0; !field->items && i < N_KNOWN; i++)
        if (wf_streq(field->id, known_ids[i]))
            return wf_arena_printf(e->call->arena, "data.%s", field->id);
    return field->id;
}

static const char *header_of(const struct exporting *e,
                             const struct wf_field *field)
{
    const char *label, *lang = e->call->lang;

    if (!e->cells.labels)
        return name_of(e, field);
    label = wf_words_label(field->words, lang, field->id);
    return field->type == WF_F_MONEY && field->currency ? wf_arena_printf(
               e->call->arena, "%s (%s)", label, field->currency)
                                                        : label;
}

/* The columns of `items`; NULL: the fields outside of tables. */
static struct wf_table *new_table(struct exporting *e,
                                  const struct wf_field *items)
{
    struct wf_arena *arena = e->call->arena;
    struct wf_table *table = WF_NEW(arena, struct wf_table);
    size_t n = items ? 1 : N_KNOWN;

    table->arena = arena;
    table->name =
        items ? wf_words_label(items->words, e->call->lang, items->id)
              : wf_words_label(e->form->words, e->call->lang, e->form->id);
    table->header = WF_NEW_N(arena, const char *, n + e->columns.n);
    for (size_t i = 0; i < n; i++)
        table->header[i] = e->cells.labels
                               ? wf_message(e->call->lang, known_labels[i])
                               : known_ids[i];
    for (size_t i = 0; i < e->columns.n; i++)
        if (is_of(&e->columns.at[i], items))
            table->header[n++] = header_of(e, e->columns.at[i].field);
    table->n_columns = n;
    return table;
}

static bool fill_known(const struct exporting *e, const struct found *found,
                       struct wf_cell *row, weft_error *err)
{
    char id[WF_ID_TEXT];
    const struct wf_person *creator = NULL;
    const struct wf_step *step = wf_form_step(found->of, found->step);

    if (found->creator
        && !wf_person_find(e->call, found->creator, &creator, err))
        return false;
    wf_id_write(found->id, id);
    row[K_ID] = wf_cell_text(wf_arena_str(e->call->arena, id));
    row[K_FORM] = wf_cell_text(found->form);
    row[K_VERSION] = wf_cell_number((double)found->version);
    row[K_TITLE] = wf_cell_text(found->title);
    row[K_STEP] =
        wf_cell_text(e->cells.labels && step
                         ? wf_words_label(step->words, e->call->lang, step->id)
                         : found->step);
    row[K_STATE] = wf_cell_text(found->state);
    if (creator)
        row[K_CREATOR] =
            wf_cell_text(e->cells.labels ? creator->name : creator->login);
    row[K_CREATED] = (struct wf_cell){ WF_CELL_TIME, { .ms = found->created } };
    row[K_UPDATED] = (struct wf_cell){ WF_CELL_TIME, { .ms = found->updated } };
    return true;
}

/* The cells of the columns of `items`, NULL for the fields outside of tables;
 * they stand at the end of the row. */
static bool fill(const struct exporting *e, const struct found *found,
                 const struct wf_field *items, const struct wf_json *object,
                 struct wf_cell *row, weft_error *err)
{
    size_t at = items ? 1 : N_KNOWN;

    for (size_t k = 0; k < e->columns.n; k++) {
        const struct wf_field *field = e->columns.at[k].field;

        if (is_of(&e->columns.at[k], items)
            && !wf_cell_of(&e->cells, field, value_in(e, found, k, object),
                           &row[at++], err))
            return false;
    }
    return true;
}

static bool add_document(const struct exporting *e, const struct found *found,
                         struct wf_table *table, weft_error *err)
{
    struct wf_cell *row;

    return wf_table_add(table, &row, err) && fill_known(e, found, row, err)
           && fill(e, found, NULL, found->json, row, err);
}

static bool add_rows(const struct exporting *e, const struct found *found,
                     const struct wf_field *items, struct wf_table *table,
                     weft_error *err)
{
    const struct wf_json *rows = wf_json_get(found->json, items->id);
    char id[WF_ID_TEXT];

    wf_id_write(found->id, id);
    for (size_t i = 0; i < wf_json_len(rows); i++) {
        struct wf_cell *row;

        if (!wf_table_add(table, &row, err))
            return false;
        row[K_ID] = wf_cell_text(wf_arena_str(e->call->arena, id));
        if (!fill(e, found, items, rows->u.array.at[i], row, err))
            return false;
    }
    return true;
}

static bool table_of(struct exporting *e, const struct wf_field *items,
                     const struct wf_table **out, weft_error *err)
{
    struct wf_table *table = new_table(e, items);

    for (size_t i = 0; i < e->found.n; i++)
        if (items ? !add_rows(e, &e->found.at[i], items, table, err)
                  : !add_document(e, &e->found.at[i], table, err))
            return false;
    *out = table;
    return true;
}

static bool write_csv(struct exporting *e, struct wf_buf *out, weft_error *err)
{
    const char *id = e->asked->table;
    const struct wf_field *items = id ? wf_form_field(e->form, id) : NULL;
    const struct wf_table *table;

    if (id && (!items || items->type != WF_F_ITEMS))
        return wf_fail(err, WEFT_E_MALFORMED,
                       "The form has no table \"%.100s\".", id);
    if (!table_of(e, items, &table, err))
        return false;
    wf_csv_write(table, out);
    return true;
}

static bool write_xlsx(struct exporting *e, struct wf_buf *out, weft_error *err)
{
    WF_LIST(const struct wf_table *) tables = { 0 };

    if (!table_of(e, NULL, WF_PUSH(e->call->arena, &tables), err))
        return false;
    for (const struct wf_field *f = e->form->fields; f; f = f->next)
        if (f->type == WF_F_ITEMS
            && !table_of(e, f, WF_PUSH(e->call->arena, &tables), err))
            return false;
    return wf_xlsx_write(tables.at, tables.n, e->form->package->timezone, out,
                         err);
}

/* --- Whether anybody grants it at all */

static bool may_export(struct wf_call *call, const char *form, bool *out,
                       weft_error *err)
{
    const struct wf_form *const *versions;
    size_t n;

    *out = call->system;
    if (!wf_registry_versions(call->registry, call->db, form, &versions, &n,
                              err))
        return false;
    for (size_t i = 0; i < n; i++)
        for (const struct wf_grant *g = versions[i]->access.grants; g;
             g = g->next)
            *out = *out || (g->rights & WF_RIGHT_EXPORT);
    return true;
}

/* Finds the form that is asked for and sees to it that it may be asked for. */
static bool open_form(struct wf_call *call, const char *id,
                      const struct wf_form **out, weft_error *err)
{
    const struct wf_form *form =
        id ? wf_registry_form(call->registry, id) : NULL;
    bool seen = false, may = false;

    if (form && !wf_access_may_see_form(call, form, &seen, err))
        return false;
    if (!seen)
        return wf_fail(err, WEFT_E_NOTFOUND, "There is no form \"%.100s\".",
                       id ? id : "");
    if (!may_export(call, id, &may, err))
        return false;
    *out = form;
    return may
           || wf_fail(err, WEFT_E_DENIED,
                      "Nobody is granted to export documents of this form: "
                      "its access would say rights=\"export\".");
}

bool wf_export_documents(struct wf_call *call, const struct wf_export *asked,
                         struct wf_buf *out, weft_error *err)
{
    struct wf_export with = *asked;
    struct exporting e = { .call = call, .asked = &with };

    if (!open_form(call, asked->query.form, &e.form, err))
        return false;
    e.cells = (struct wf_cells){ call, asked->format == WF_FORMAT_XLSX };
    with.query.right = WF_RIGHT_EXPORT;
    if (asked->format == WF_FORMAT_XES)
        return wf_xes_write(call, e.form, &with.query, out, err);
    return find(&e, err) && read_data(&e, err) && load_people(&e, err)
           && (asked->format == WF_FORMAT_XLSX ? write_xlsx(&e, out, err)
                                               : write_csv(&e, out, err));
}
