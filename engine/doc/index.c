/* doc/index.c - the rows by which documents are found: typed values of their
 * fields, links to others, and words.
 *
 * Rows are made from the data in one order, so that those stored and those
 * wanted can be walked side by side, and only what differs is written.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/index.h"

#include "base/list.h"
#include "base/text.h"
#include "doc/fields.h"
#include "doc/history.h"
#include "store/search.h"

static const char SQL_PUT_VALUE[] =
    "INSERT INTO field_index (document, form, field, row, num, text, changed)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (document, field, row)"
    " DO UPDATE SET form = excluded.form, num = excluded.num,"
    " text = excluded.text, changed = excluded.changed";
static const char SQL_FILL_VALUE[] =
    "INSERT INTO field_index (document, form, field, row, num, text, changed)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
static const char SQL_DROP_VALUE[] =
    "DELETE FROM field_index WHERE document = $1 AND field = $2 AND row = $3";
static const char SQL_PUT_LINK[] =
    "INSERT INTO link (document, field, row, target) VALUES ($1, $2, $3, $4)";
static const char SQL_DROP_LINK[] =
    "DELETE FROM link WHERE document = $1 AND field = $2 AND row = $3";
static const char SQL_REMOVE_VALUES[] =
    "DELETE FROM field_index WHERE document = $1";
static const char SQL_REMOVE_LINKS[] = "DELETE FROM link WHERE document = $1";
static const char SQL_REMOVE_TARGET[] = "DELETE FROM link WHERE target = $1";

/* One row of either table. `row` is 0 for a single value, else counts from 1
 * through the rows and members of its field. */
struct entry {
    const struct wf_field *field;
    size_t number; /* of the field */
    int64_t row;
    bool is_number;
    double num;
    const char *text;
    wf_id target; /* of a link */
};

struct entries {
    struct entry *at;
    size_t n, cap;
};

struct wf_index {
    struct entries values, links, texts;
};

/* Who is writing which rows. */
struct making {
    struct wf_call *call;
    const struct wf_doc *doc;
    struct wf_index *index;
    size_t number;
    int64_t row;
};

static const char *text_of(struct wf_call *call, struct wf_value value)
{
    return wf_arena_slice(call->arena, value.u.text);
}

static bool is_link(const struct wf_field *field)
{
    return field->type == WF_F_LINK || field->type == WF_F_LINKS;
}

static void add_link(struct making *m, const struct wf_field *field,
                     struct wf_value value)
{
    struct entry *entry = WF_PUSH(m->call->arena, &m->index->links);

    *entry =
        (struct entry){ .field = field, .number = m->number, .row = m->row };
    if (!wf_id_parse(value.u.text, &entry->target))
        m->index->links.n--;
}

static void add_value(struct making *m, const struct wf_field *field,
                      struct wf_value value)
{
    struct entry *entry = WF_PUSH(m->call->arena, &m->index->values);

    *entry =
        (struct entry){ .field = field, .number = m->number, .row = m->row };
    entry->is_number = value.type == WF_T_NUMBER || value.type == WF_T_BOOLEAN;
    if (value.type == WF_T_NUMBER)
        entry->num = value.u.number;
    else if (value.type == WF_T_BOOLEAN)
        entry->num = value.u.boolean ? 1 : 0;
    else
        entry->text = text_of(m->call, value);
}

static void add(struct making *m, const struct wf_field *field,
                struct wf_value value)
{
    if (value.type == WF_T_LIST) {
        for (size_t i = 0; i < value.u.list.n; i++) {
            if (!field->items)
                m->row = (int64_t)i + 1;
            add(m, field, value.u.list.at[i]);
            if (field->items)
                m->row++;
        }
        return;
    }
    if (value.type == WF_T_NIL || value.type == WF_T_TABLE
        || value.type == WF_T_ANY)
        return;
    if (is_link(field))
        add_link(m, field, value);
    if (wf_registry_indexes(m->call->registry, m->doc->form, field))
        add_value(m, field, value);
}

static void add_column(struct making *m, const struct wf_field *field,
                       const struct wf_json *data)
{
    const struct wf_json *rows = wf_json_get(data, field->items->id);

    m->row = 1;
    for (size_t i = 0; i < wf_json_len(rows); i++) {
        const struct wf_json *json =
            wf_json_get(rows->u.array.at[i], field->id);
        struct wf_value value = wf_value_of(m->call->arena, field, json);

        add(m, field, value);
        if (value.type != WF_T_LIST)
            m->row++;
    }
}

bool wf_field_has_words(const struct wf_field *field)
{
    switch (field->type) {
    case WF_F_TEXT:
    case WF_F_LONGTEXT:
    case WF_F_EMAIL:
    case WF_F_TAGS:
    case WF_F_PROGRESS:
        return true;
    default:
        return false;
    }
}

static void add_words(struct wf_buf *words, const struct wf_json *json)
{
    if (wf_json_is(json, WF_JSON_TEXT)) {
        wf_buf_char(words, '\n');
        wf_buf_add(words, json->u.text.at, json->u.text.len);
    }
    if (wf_json_is(json, WF_JSON_ARRAY))
        for (size_t i = 0; i < wf_json_len(json); i++)
            add_words(words, json->u.array.at[i]);
}

/* One entry for a field, whatever rows its words stand in. */
static void add_text(struct making *m, const struct wf_field *field,
                     const struct wf_json *data)
{
    struct wf_buf words = WF_BUF_INIT(m->call->arena);
    const struct wf_json *rows =
        field->items ? wf_json_get(data, field->items->id) : NULL;
    struct entry *entry;

    if (!field->items)
        add_words(&words, wf_json_get(data, field->id));
    for (size_t i = 0; i < wf_json_len(rows); i++)
        add_words(&words, wf_json_get(rows->u.array.at[i], field->id));
    if (!words.len)
        return;
    entry = WF_PUSH(m->call->arena, &m->index->texts);
    *entry = (struct entry){ .field = field,
                             .number = m->number,
                             .text = wf_buf_text(&words) };
}

static void add_values(struct making *m, const struct wf_field *field,
                       const struct wf_json *data)
{
    m->row = 0;
    if (field->items)
        add_column(m, field, data);
    else
        add(m, field,
            wf_value_of(m->call->arena, field, wf_json_get(data, field->id)));
}

static const struct wf_index *make(struct wf_call *call,
                                   const struct wf_doc *doc,
                                   const struct wf_json *data)
{
    struct wf_index *index = WF_NEW(call->arena, struct wf_index);
    struct making m = { call, doc, index, 0, 0 };

    for (const struct wf_field *f = wf_field_after(doc->form, NULL); f && data;
         f = wf_field_after(doc->form, f), m.number++) {
        if (is_link(f) || wf_registry_indexes(call->registry, doc->form, f))
            add_values(&m, f, data);
        if (wf_field_has_words(f))
            add_text(&m, f, data);
    }
    return index;
}

static bool write_value(struct wf_call *call, const struct wf_doc *doc,
                        const char *sql, const struct entry *entry,
                        int64_t changed, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, doc->id);
    wf_stmt_bind_text(&q, 2, doc->form->id);
    wf_stmt_bind_text(&q, 3, entry->field->path);
    wf_stmt_bind_int(&q, 4, entry->row);
    if (entry->is_number)
        wf_stmt_bind_real(&q, 5, entry->num);
    else
        wf_stmt_bind_null(&q, 5);
    wf_stmt_bind_text(&q, 6, entry->text);
    wf_stmt_bind_int(&q, 7, changed);
    return wf_stmt_run(&q, err);
}

static bool put_value(struct wf_call *call, const struct wf_doc *doc,
                      const struct entry *entry, weft_error *err)
{
    return write_value(call, doc, SQL_PUT_VALUE, entry, call->now, err);
}

static bool put_link(struct wf_call *call, const struct wf_doc *doc,
                     const struct entry *entry, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_PUT_LINK, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, doc->id);
    wf_stmt_bind_text(&q, 2, entry->field->path);
    wf_stmt_bind_int(&q, 3, entry->row);
    wf_stmt_bind_int(&q, 4, entry->target);
    return wf_stmt_run(&q, err);
}

static bool put_text(struct wf_call *call, const struct wf_doc *doc,
                     const struct entry *entry, weft_error *err)
{
    struct wf_buf tokens = WF_BUF_INIT(call->arena);

    wf_text_tokens(&tokens, entry->text, strlen(entry->text));
    return wf_search_set(call->db, doc->id, entry->field->path,
                         wf_buf_text(&tokens), err);
}

static bool drop(struct wf_call *call, const char *sql, wf_id document,
                 const struct entry *entry, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, document);
    wf_stmt_bind_text(&q, 2, entry->field->path);
    wf_stmt_bind_int(&q, 3, entry->row);
    return wf_stmt_run(&q, err);
}

static bool drop_value(struct wf_call *call, const struct wf_doc *doc,
                       const struct entry *entry, weft_error *err)
{
    return drop(call, SQL_DROP_VALUE, doc->id, entry, err);
}

static bool drop_link(struct wf_call *call, const struct wf_doc *doc,
                      const struct entry *entry, weft_error *err)
{
    return drop(call, SQL_DROP_LINK, doc->id, entry, err);
}

static bool drop_text(struct wf_call *call, const struct wf_doc *doc,
                      const struct entry *entry, weft_error *err)
{
    return wf_search_set(call->db, doc->id, entry->field->path, "", err);
}

typedef bool entry_fn(struct wf_call *call, const struct wf_doc *doc,
                      const struct entry *entry, weft_error *err);

/* The three kinds of rows differ in how one is written. */
static const struct table {
    entry_fn *put, *drop;
    bool replaces; /* put writes over a row with the same key */
} values_table = { put_value, drop_value, true },
  links_table = { put_link, drop_link, false },
  texts_table = { put_text, drop_text, true };

static int order(const struct entry *a, const struct entry *b)
{
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

static bool is_same(const struct entry *a, const struct entry *b)
{
    bool same_num = !(a->num < b->num) && !(a->num > b->num);

    return a->is_number == b->is_number && same_num && a->target == b->target
           && wf_streq(a->text, b->text);
}

/* Takes `old` away and puts `new_` in its place; either may be NULL. */
static bool change(struct wf_call *call, const struct wf_doc *doc,
                   const struct table *table, const struct entry *old,
                   const struct entry *new_, weft_error *err)
{
    bool over = old && new_;

    if (over && is_same(old, new_))
        return true;
    if (old && !(over && table->replaces) && !table->drop(call, doc, old, err))
        return false;
    return !new_ || table->put(call, doc, new_, err);
}

static bool bring(struct wf_call *call, const struct wf_doc *doc,
                  const struct table *table, const struct entries *old,
                  const struct entries *wanted, weft_error *err)
{
    size_t i = 0, k = 0;

    while (i < old->n || k < wanted->n) {
        int way = i == old->n      ? 1
                  : k == wanted->n ? -1
                                   : order(&old->at[i], &wanted->at[k]);

        if (!change(call, doc, table, way <= 0 ? &old->at[i] : NULL,
                    way >= 0 ? &wanted->at[k] : NULL, err))
            return false;
        i += way <= 0;
        k += way >= 0;
    }
    return true;
}

bool wf_index_save(struct wf_call *call, struct wf_doc *doc, weft_error *err)
{
    const struct wf_index *wanted, *old = doc->index;

    if (doc->veil == WF_VEIL_DOWN)
        return true; /* the order of such rows would tell when it was written */
    wanted = make(call, doc, doc->data);
    if (!old)
        old = make(call, doc, doc->before);
    if (!bring(call, doc, &values_table, &old->values, &wanted->values, err)
        || !bring(call, doc, &links_table, &old->links, &wanted->links, err)
        || !bring(call, doc, &texts_table, &old->texts, &wanted->texts, err))
        return false;
    doc->index = wanted;
    return true;
}

/* What is there stays; when the rest last changed is asked of the history. */
bool wf_index_fill(struct wf_call *call, const struct wf_doc *doc,
                   weft_error *err)
{
    const struct wf_index *wanted;

    if (doc->veil == WF_VEIL_DOWN)
        return true;
    wanted = make(call, doc, doc->data);
    for (size_t i = 0; i < wanted->values.n; i++) {
        const struct entry *entry = &wanted->values.at[i];
        int64_t at = 0;

        if (entry->field->index)
            continue;
        if (!wf_history_last_change(call, doc, &entry->field, 1, &at, err)
            || !write_value(call, doc, SQL_FILL_VALUE, entry, at, err))
            return false;
    }
    return true;
}

static bool remove_by(struct wf_call *call, const char *sql, wf_id id,
                      weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, id);
    return wf_stmt_run(&q, err);
}

bool wf_index_remove(struct wf_call *call, wf_id document, weft_error *err)
{
    return remove_by(call, SQL_REMOVE_VALUES, document, err)
           && remove_by(call, SQL_REMOVE_LINKS, document, err)
           && remove_by(call, SQL_REMOVE_TARGET, document, err)
           && wf_search_remove(call->db, document, err);
}
