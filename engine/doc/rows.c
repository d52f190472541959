/* doc/rows.c - item tables that somebody sent, row by row.
 *
 * A client that changes one column sends the whole table, for a patch replaces
 * arrays (RFC 7396). So what it merely sends back is no write, and what it may
 * not write stays.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/rows.h"

#include "base/messages.h"
#include "doc/fields.h"
#include "doc/value.h"

enum {
    ROWS_DEFAULT = 1000,
    ROWS_MAX = 10000
};

/* One table being written. */
struct table {
    const struct wf_patching *p;
    const struct wf_field *field;
    struct wf_map old, new_; /* rows by id */
    bool may_add;            /* and remove */
    int64_t last_id;         /* the greatest N of ids "rN" in the document */
};

static const char *cell_place(const struct table *t, size_t row,
                              const char *column)
{
    return wf_row_place(t->p->call->arena, t->field, row, column);
}

static void finding(const struct table *t, const char *place, const char *code,
                    const char *message)
{
    wf_diag_field_text(t->p->call->findings, WF_SEVERITY_ERROR, place, code,
                       message);
}

/* Whether `in` says no more than what is stored: the same, or a person or
 * document shown as an object with its id. */
static bool is_sent_back(const struct wf_json *old, const struct wf_json *in)
{
    if (wf_json_is_nothing(in) || !old)
        return wf_json_is_nothing(in);
    if (wf_json_is(in, WF_JSON_OBJECT) && wf_json_is(old, WF_JSON_TEXT))
        in = wf_json_get(in, "id");
    if (!wf_json_is(in, WF_JSON_ARRAY) || !wf_json_is(old, WF_JSON_ARRAY))
        return in && wf_json_equal(old, in);
    if (wf_json_len(in) != wf_json_len(old))
        return false;
    for (size_t i = 0; i < wf_json_len(in); i++)
        if (!is_sent_back(old->u.array.at[i], in->u.array.at[i]))
            return false;
    return true;
}

/* One cell of a row: what was sent for it (NULL: nothing), the row as it was
 * (NULL: it is new), and the row in the making. */
struct cell {
    const struct wf_field *column;
    const struct wf_json *in, *old;
    struct wf_json *row;
    const char *place;
};

static struct wf_json *old_value(const struct cell *cell)
{
    return cell->old ? wf_json_get(cell->old, cell->column->id) : NULL;
}

static void put(const struct table *t, const struct cell *cell,
                struct wf_json *value)
{
    if (value)
        wf_json_set(t->p->call->arena, cell->row, cell->column->id, value);
}

static bool write_cell(const struct table *t, const struct cell *cell,
                       weft_error *err)
{
    const struct wf_shaping s = { t->p->call, t->p->doc, cell->column,
                                  cell->place, old_value(cell) };
    struct wf_json *value = NULL;

    if (!wf_json_is_nothing(cell->in)
        && !wf_shape_value(&s, cell->in, &value, err))
        return false;
    if (!cell->in && !cell->old
        && !wf_shape_default(t->p->call, t->p->doc, cell->column, cell->row,
                             &value, err))
        return false;
    put(t, cell, value);
    return true;
}

/* Written, or where this person may not: kept, and refused if something else
 * was sent. */
static bool shape_cell(const struct table *t, const struct cell *cell,
                       weft_error *err)
{
    const char *code = wf_patch_refusal(t->p, cell->column);

    if (!code)
        return write_cell(t, cell, err);
    put(t, cell, old_value(cell));
    if (cell->in
        && (wf_streq(code, "unknown")
            || !is_sent_back(old_value(cell), cell->in)))
        wf_patch_refuse(t->p, cell->column, cell->place, code);
    return true;
}

static bool is_column(const struct table *t, const char *key)
{
    for (const struct wf_field *c = t->field->columns; c; c = c->next)
        if (wf_streq(c->id, key))
            return true;
    return wf_streq(key, "id");
}

static bool shape_cells(const struct table *t, const struct wf_json *in,
                        const struct wf_json *old, struct wf_json *row,
                        size_t number, weft_error *err)
{
    for (size_t i = 0; i < wf_json_len(in); i++) {
        const char *key = in->u.object.at[i].key.at;

        if (!is_column(t, key))
            wf_patch_refuse(t->p, NULL, cell_place(t, number, key), "unknown");
    }
    for (const struct wf_field *c = t->field->columns; c; c = c->next) {
        const struct cell cell = { c, wf_json_get(in, c->id), old, row,
                                   cell_place(t, number, c->id) };

        if (!shape_cell(t, &cell, err))
            return false;
    }
    return true;
}

/* The id of a row: the one that it came with, or the next free one. */
static const char *row_id(struct table *t, const struct wf_json *in,
                          size_t number)
{
    const struct wf_json *json = wf_json_get(in, "id");
    char made[1 + WF_ID_TEXT] = "r";

    if (wf_json_is_nothing(json)) {
        wf_id_write(++t->last_id, made + 1);
        return wf_arena_str(t->p->call->arena, made);
    }
    if (wf_str_is_id(wf_json_str(json))
        && !wf_map_find(&t->new_, wf_json_str(json)))
        return wf_json_str(json);
    finding(
        t, cell_place(t, number, "id"), "type",
        wf_message(
            t->p->call->lang,
            "A row's id is the one that it was given, each once: leave it out "
            "for a new row."));
    return NULL;
}

static bool shape_row(struct table *t, const struct wf_json *in, size_t number,
                      struct wf_json *rows, weft_error *err)
{
    struct wf_arena *arena = t->p->call->arena;
    struct wf_json *row = wf_json_object(arena);
    const struct wf_json *old;
    const char *id;

    if (!wf_json_is(in, WF_JSON_OBJECT)) {
        finding(t, cell_place(t, number, ""), "type",
                wf_message(t->p->call->lang,
                           "A row is an object with column ids as names."));
        return true;
    }
    id = row_id(t, in, number);
    if (!id)
        return true;
    old = wf_map_find(&t->old, id);
    if (!old && !t->may_add)
        wf_patch_refuse(t->p, t->field, cell_place(t, number, ""), "locked");
    wf_json_set(arena, row, "id", wf_json_text(arena, id));
    wf_map_add(arena, &t->new_, id, row);
    wf_json_push(arena, rows, row);
    return shape_cells(t, in, old, row, number, err);
}

/* New ids are greater than any in the document or the patch, so that "r3" is
 * one row. */
static void pass_ids(struct table *t, const struct wf_json *rows)
{
    for (size_t i = 0; i < wf_json_len(rows); i++) {
        const char *id = wf_json_str(wf_json_get(rows->u.array.at[i], "id"));
        int64_t n;

        if (id && *id == 'r' && wf_str_to_int(wf_str_of(id + 1), &n)
            && n > t->last_id && n < INT32_MAX)
            t->last_id = n;
    }
}

static void pass_all_ids(struct table *t, const struct wf_json *in)
{
    const struct wf_doc *doc = t->p->doc;

    pass_ids(t, in);
    for (const struct wf_field *f = doc->form->fields; f; f = f->next)
        if (f->columns)
            pass_ids(t, wf_json_get(doc->data, f->id));
}

static bool is_small_enough(const struct table *t, const struct wf_json *in)
{
    double max = t->field->has_max ? t->field->max : ROWS_DEFAULT;
    size_t n = wf_json_len(in);

    if (max > ROWS_MAX)
        max = ROWS_MAX;
    if ((double)n <= max)
        return true;
    wf_diag_field(t->p->call->findings, t->field->path, "length",
                  "%s takes at most %.0f rows and has %zu: remove some.",
                  wf_field_label(t->p->call, t->field), max, n);
    return false;
}

static void check_removed(const struct table *t)
{
    for (size_t i = 0; i < t->old.n && !t->may_add; i++)
        if (!wf_map_find(&t->new_, t->old.entries[i].key)) {
            wf_patch_refuse(t->p, t->field, t->field->path, "locked");
            return;
        }
}

bool wf_rows_shape(const struct wf_patching *p, const struct wf_field *table,
                   const struct wf_json *in, struct wf_json **out,
                   weft_error *err)
{
    struct table t = { .p = p, .field = table };
    const struct wf_writable *w = p->writable;
    struct wf_json *rows = wf_json_array(p->call->arena);

    *out = NULL;
    if (!wf_json_is_nothing(in) && !wf_json_is(in, WF_JSON_ARRAY)) {
        finding(
            &t, table->path, "type",
            wf_message(t.p->call->lang, "A table is a list of rows, in [ ]."));
        return true;
    }
    if (!is_small_enough(&t, in))
        return true;
    t.may_add = w->hook || !w->edit || wf_field_set_has(w->edit, table);
    wf_rows_by_id(p->call->arena, wf_json_get(p->doc->data, table->id), &t.old);
    pass_all_ids(&t, in);
    for (size_t i = 0; i < wf_json_len(in); i++)
        if (!shape_row(&t, in->u.array.at[i], i + 1, rows, err))
            return false;
    check_removed(&t);
    *out = rows;
    return true;
}

/* --- As the document would stand */

static void put_back(struct wf_arena *arena, struct wf_json *row,
                     const struct wf_field *column, struct wf_json *value)
{
    if (value)
        wf_json_set(arena, row, column->id, value);
    else
        (void)wf_json_remove(row, column->id);
}

/* Keeps a cell as it was where its column is read-only then: by the row with
 * all that is new in it but the cell itself. What a new row begins with by
 * default nobody has written. */
static bool judge_cell(const struct table *t, const struct cell *cell,
                       const struct wf_doc *after, weft_error *err)
{
    struct wf_arena *arena = t->p->call->arena;
    const struct wf_field *column = cell->column;
    struct wf_json *now = wf_json_get(cell->row, column->id);
    struct wf_json *was = old_value(cell);
    struct wf_doc_env env;
    bool readonly;

    if ((!cell->old && !cell->in)
        || (now && was ? wf_json_equal(now, was) : !now && !was))
        return true;
    put_back(arena, cell->row, column, was);
    wf_doc_env_init(&env, t->p->call, after);
    env.env.row = cell->row;
    if (!wf_expr_holds(column->readonly_when, &env.env, &readonly, err))
        return false;
    if (!readonly)
        put_back(arena, cell->row, column, now);
    else if (cell->in)
        wf_patch_refuse(t->p, column, cell->place, "readonly");
    return true;
}

bool wf_rows_judge(const struct wf_patching *p, const struct wf_field *table,
                   const struct wf_json *in, struct wf_json *rows,
                   const struct wf_doc *after, weft_error *err)
{
    struct table t = { .p = p, .field = table };

    wf_rows_by_id(p->call->arena, wf_json_get(p->doc->data, table->id), &t.old);
    for (size_t i = 0; i < wf_json_len(rows); i++) {
        struct wf_json *row = rows->u.array.at[i];
        const char *id = wf_json_str(wf_json_get(row, "id"));

        for (const struct wf_field *c = table->columns; c; c = c->next) {
            const struct cell cell = { c, wf_json_get(in->u.array.at[i], c->id),
                                       wf_map_find(&t.old, id), row,
                                       cell_place(&t, i + 1, c->id) };

            if (c->readonly_when && !wf_patch_refusal(p, c)
                && !judge_cell(&t, &cell, after, err))
                return false;
        }
    }
    return true;
}
