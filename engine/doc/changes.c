/* doc/changes.c - what of a document has changed since it was loaded.
 *
 * Rows of a table are told apart by their ids: a row that only moved has not
 * changed.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/fields.h"

struct noting {
    struct wf_arena *arena;
    struct wf_json *changes;
};

static void note(struct noting *n, const char *place,
                 const struct wf_json *from, const struct wf_json *to)
{
    struct wf_json *change;

    if (wf_json_is_nothing(from) && wf_json_is_nothing(to))
        return;
    if (from && to && wf_json_equal(from, to))
        return;
    change = wf_json_object(n->arena);
    wf_json_set(n->arena, change, "field", wf_json_text(n->arena, place));
    wf_json_set(n->arena, change, "from",
                from ? wf_json_copy(n->arena, from) : wf_json_null(n->arena));
    wf_json_set(n->arena, change, "to",
                to ? wf_json_copy(n->arena, to) : wf_json_null(n->arena));
    wf_json_push(n->arena, n->changes, change);
}

static const char *row_id(const struct wf_json *row)
{
    const char *id = wf_json_str(wf_json_get(row, "id"));

    return id ? id : "";
}

static void note_row(struct noting *n, const struct wf_field *table,
                     const struct wf_json *from, const struct wf_json *to,
                     size_t row)
{
    if (!from) {
        note(n, wf_row_place(n->arena, table, row, ""), NULL, to);
        return;
    }
    for (const struct wf_field *c = table->columns; c; c = c->next)
        note(n, wf_field_place(n->arena, c, row), wf_json_get(from, c->id),
             wf_json_get(to, c->id));
}

static void note_table(struct noting *n, const struct wf_field *table,
                       const struct wf_json *from, const struct wf_json *to)
{
    struct wf_map old = { 0 }, new_ = { 0 };

    wf_rows_by_id(n->arena, from, &old);
    wf_rows_by_id(n->arena, to, &new_);
    for (size_t i = 0; i < wf_json_len(to); i++) {
        const struct wf_json *row = to->u.array.at[i];

        note_row(n, table, wf_map_find(&old, row_id(row)), row, i + 1);
    }
    for (size_t i = 0; i < wf_json_len(from); i++) {
        const struct wf_json *row = from->u.array.at[i];

        if (!wf_map_find(&new_, row_id(row)))
            note(n, wf_row_place(n->arena, table, i + 1, ""), row, NULL);
    }
}

struct wf_json *wf_doc_changes(struct wf_call *call, const struct wf_doc *doc)
{
    struct noting n = { call->arena, wf_json_array(call->arena) };

    for (const struct wf_field *f = doc->form->fields; f; f = f->next) {
        const struct wf_json *from =
            doc->before ? wf_json_get(doc->before, f->id) : NULL;
        const struct wf_json *to = wf_json_get(doc->data, f->id);

        if (f->type == WF_F_ITEMS)
            note_table(&n, f, from, to);
        else
            note(&n, f->path, from, to);
    }
    return n.changes;
}
