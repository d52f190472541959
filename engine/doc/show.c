/* doc/show.c - stored values as people see them: persons with their names,
 * tables without the columns that are not seen.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/show.h"

#include "base/list.h"
#include "doc/fields.h"
#include "doc/file.h"

struct ids {
    wf_id *at;
    size_t n, cap;
};

bool wf_show_sees(const struct wf_showing *s, const struct wf_field *field)
{
    return wf_rights_see(s->rights, s->form, field);
}

static bool names_people(const struct wf_field *field)
{
    return field->type == WF_F_PERSON || field->type == WF_F_PEOPLE;
}

static void add_id(struct wf_arena *arena, struct ids *ids,
                   const struct wf_json *json)
{
    const char *text = wf_json_str(json);
    wf_id id;

    if (text && wf_id_parse(wf_str_of(text), &id))
        *WF_PUSH(arena, ids) = id;
    if (wf_json_is(json, WF_JSON_ARRAY))
        for (size_t i = 0; i < wf_json_len(json); i++)
            add_id(arena, ids, json->u.array.at[i]);
}

static void add_column(struct wf_arena *arena, struct ids *ids,
                       const struct wf_field *column,
                       const struct wf_json *rows)
{
    for (size_t i = 0; i < wf_json_len(rows); i++)
        add_id(arena, ids, wf_json_get(rows->u.array.at[i], column->id));
}

/* A document whose form has no field for files is not asked for any. */
bool wf_show_files(struct wf_showing *s, const struct wf_doc *doc,
                   weft_error *err)
{
    struct wf_map *files = WF_NEW(s->call->arena, struct wf_map);
    const struct wf_field *f = wf_field_after(s->form, NULL);

    while (f && !(wf_field_holds_files(f) && wf_show_sees(s, f)))
        f = wf_field_after(s->form, f);
    s->files = files;
    return !f || wf_files_load(s->call, doc->id, files, err);
}

bool wf_show_prepare(struct wf_showing *s, const struct wf_doc *doc,
                     weft_error *err)
{
    struct wf_arena *arena = s->call->arena;
    const struct wf_json *data = doc->data;
    struct ids ids = { 0 };

    for (const struct wf_field *f = wf_field_after(s->form, NULL); f;
         f = wf_field_after(s->form, f)) {
        if (!names_people(f) || !wf_show_sees(s, f))
            continue;
        if (f->items)
            add_column(arena, &ids, f, wf_json_get(data, f->items->id));
        else
            add_id(arena, &ids, wf_json_get(data, f->id));
    }
    return (ids.n < 2 || wf_people_load(s->call, ids.at, ids.n, err))
           && wf_show_files(s, doc, err);
}

/* {"id","login","name"}; somebody who is gone keeps the id. */
static bool show_person(const struct wf_showing *s, const struct wf_json *json,
                        struct wf_json **out, weft_error *err)
{
    struct wf_arena *arena = s->call->arena;
    const struct wf_person *person = NULL;
    const char *text = wf_json_str(json);
    wf_id id = 0;

    if (text && wf_id_parse(wf_str_of(text), &id)
        && !wf_person_find(s->call, id, &person, err))
        return false;
    *out = wf_json_object(arena);
    wf_json_set(arena, *out, "id", wf_json_text(arena, text ? text : ""));
    if (person) {
        wf_json_set(arena, *out, "login", wf_json_text(arena, person->login));
        wf_json_set(arena, *out, "name", wf_json_text(arena, person->name));
    }
    return true;
}

static bool show_people(const struct wf_showing *s, const struct wf_json *json,
                        struct wf_json **out, weft_error *err)
{
    *out = wf_json_array(s->call->arena);
    for (size_t i = 0; i < wf_json_len(json); i++) {
        struct wf_json *person;

        if (!show_person(s, json->u.array.at[i], &person, err))
            return false;
        wf_json_push(s->call->arena, *out, person);
    }
    return true;
}

/* {"id","name","type","size"}; where they were not looked for the id alone. */
static struct wf_json *show_file(const struct wf_showing *s,
                                 const struct wf_json *json)
{
    const char *id = wf_json_str(json);

    return wf_file_json(s->call->arena, id ? id : "",
                        id && s->files ? wf_map_find(s->files, id) : NULL);
}

static struct wf_json *shown_files(const struct wf_showing *s,
                                   const struct wf_json *json)
{
    struct wf_json *out = wf_json_array(s->call->arena);

    for (size_t i = 0; i < wf_json_len(json); i++)
        wf_json_push(s->call->arena, out, show_file(s, json->u.array.at[i]));
    return out;
}

static bool show_row(const struct wf_showing *s, const struct wf_field *table,
                     const struct wf_json *row, struct wf_json **out,
                     weft_error *err)
{
    struct wf_arena *arena = s->call->arena;

    *out = wf_json_object(arena);
    wf_json_set(arena, *out, "id", wf_json_get(row, "id"));
    for (const struct wf_field *c = table->columns; c; c = c->next) {
        struct wf_json *json = wf_json_get(row, c->id);
        struct wf_json *shown;

        if (!json || !wf_show_sees(s, c))
            continue;
        if (!wf_show_value(s, c, json, &shown, err))
            return false;
        wf_json_set(arena, *out, c->id, shown);
    }
    return true;
}

static bool show_rows(const struct wf_showing *s, const struct wf_field *table,
                      const struct wf_json *rows, struct wf_json **out,
                      weft_error *err)
{
    *out = wf_json_array(s->call->arena);
    for (size_t i = 0; i < wf_json_len(rows); i++) {
        struct wf_json *row;

        if (!show_row(s, table, rows->u.array.at[i], &row, err))
            return false;
        wf_json_push(s->call->arena, *out, row);
    }
    return true;
}

bool wf_show_value(const struct wf_showing *s, const struct wf_field *field,
                   struct wf_json *json, struct wf_json **out, weft_error *err)
{
    if (wf_json_is_nothing(json)) {
        *out = NULL;
        return true;
    }
    if (field->type == WF_F_PERSON)
        return show_person(s, json, out, err);
    if (field->type == WF_F_PEOPLE)
        return show_people(s, json, out, err);
    if (wf_field_holds_files(field)) {
        *out = wf_json_is(json, WF_JSON_ARRAY) ? shown_files(s, json)
                                               : show_file(s, json);
        return true;
    }
    if (field->type == WF_F_ITEMS && wf_json_is(json, WF_JSON_ARRAY))
        return show_rows(s, field, json, out, err);
    if (field->type == WF_F_ITEMS && wf_json_is(json, WF_JSON_OBJECT))
        return show_row(s, field, json, out, err);
    *out = json;
    return true;
}
