/* doc/fields.c - going through the fields of a form, columns among them, and
 * naming their places in a document.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/fields.h"

#include "base/id.h"
#include "doc/access.h"

enum {
    OVERLAYS_MAX = 64
};

const struct wf_field *wf_field_after(const struct wf_form *form,
                                      const struct wf_field *field)
{
    if (!field)
        return form->fields;
    if (field->columns)
        return field->columns;
    if (field->next || !field->items)
        return field->next;
    return field->items->next;
}

size_t wf_field_number(const struct wf_form *form, const struct wf_field *field)
{
    size_t n = 0;
    const struct wf_field *f = wf_field_after(form, NULL);

    for (; f && f != field; f = wf_field_after(form, f))
        n++;
    return n;
}

/* By hand: each cell that is written has its place. */
const char *wf_row_place(struct wf_arena *arena, const struct wf_field *table,
                         size_t row, const char *column)
{
    char number[WF_ID_TEXT];
    char *place, *at;

    wf_id_write((wf_id)row, number);
    place = wf_arena_room(arena, strlen(table->id) + strlen(number)
                                     + strlen(column) + sizeof "[].");
    at = stpcpy(stpcpy(stpcpy(stpcpy(place, table->id), "["), number), "]");
    if (*column)
        stpcpy(stpcpy(at, "."), column);
    return place;
}

const char *wf_field_place(struct wf_arena *arena, const struct wf_field *field,
                           size_t row)
{
    return field->items ? wf_row_place(arena, field->items, row, field->id)
                        : field->path;
}

const struct wf_field *wf_field_placed(const struct wf_form *form,
                                       struct wf_arena *arena,
                                       const char *place)
{
    const char *open = strchr(place, '[');
    const char *close = open ? strchr(open, ']') : NULL;

    if (!close)
        return wf_form_field(form, place);
    return wf_form_field(form,
                         wf_arena_printf(arena, "%.*s%s", (int)(open - place),
                                         place, close + 1));
}

struct wf_json *wf_field_value(const struct wf_field *field,
                               const struct wf_json *data,
                               const struct wf_json *row)
{
    const struct wf_json *holder = field->items ? row : data;

    return holder ? wf_json_get(holder, field->id) : NULL;
}

void wf_rows_by_id(struct wf_arena *arena, const struct wf_json *rows,
                   struct wf_map *out)
{
    for (size_t i = 0; i < wf_json_len(rows); i++) {
        struct wf_json *row = rows->u.array.at[i];
        const char *id = wf_json_str(wf_json_get(row, "id"));

        if (id)
            wf_map_add(arena, out, id, row);
    }
}

bool wf_form_is_of(const struct wf_registry *registry,
                   const struct wf_form *form, const char *id)
{
    for (int depth = 0; form && depth < OVERLAYS_MAX; depth++) {
        if (wf_streq(form->id, id))
            return true;
        form = form->base ? wf_registry_form(registry, form->base) : NULL;
    }
    return false;
}

const char *wf_field_label(const struct wf_call *call,
                           const struct wf_field *field)
{
    return wf_words_label(field->words, call->lang, field->id);
}
