/* report/cell.c - values of documents as cells of a table.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "report/cell.h"

#include "base/date.h"

void wf_cell_people(struct wf_arena *arena, struct wf_value value,
                    struct wf_ids_list *ids)
{
    wf_id id;

    if (value.type == WF_T_LIST)
        for (size_t i = 0; i < value.u.list.n; i++)
            wf_cell_people(arena, value.u.list.at[i], ids);
    if (value.type == WF_T_PERSON && wf_id_parse(value.u.text, &id))
        *WF_PUSH(arena, ids) = id;
}

static bool person_text(const struct wf_cells *cells, struct wf_value value,
                        const char **out, weft_error *err)
{
    const struct wf_person *person;
    wf_id id;

    *out = NULL;
    if (!wf_id_parse(value.u.text, &id))
        return true;
    if (!wf_person_find(cells->call, id, &person, err))
        return false;
    if (person)
        *out = cells->labels ? person->name : person->login;
    return true;
}

/* The text of a single value; NULL where it has none. */
static bool text_of(const struct wf_cells *cells, const struct wf_field *field,
                    struct wf_value value, const char **out, weft_error *err)
{
    struct wf_buf text = WF_BUF_INIT(cells->call->arena);
    const struct wf_option *option;

    if (value.type == WF_T_PERSON)
        return person_text(cells, value, out, err);
    *out = wf_value_write(&text, value) ? wf_buf_text(&text) : NULL;
    if (!*out || !cells->labels || !field || !field->choices)
        return true;
    option = wf_choices_find(field->choices, *out);
    if (option)
        *out = wf_words_label(option->words, cells->call->lang, *out);
    return true;
}

static bool list_text(const struct wf_cells *cells,
                      const struct wf_field *field, struct wf_value value,
                      const char **out, weft_error *err)
{
    struct wf_buf text = WF_BUF_INIT(cells->call->arena);

    for (size_t i = 0; i < value.u.list.n; i++) {
        const char *member;

        if (!text_of(cells, field, value.u.list.at[i], &member, err))
            return false;
        if (member && text.len)
            wf_buf_str(&text, cells->labels ? "; " : ";");
        if (member)
            wf_buf_str(&text, member);
    }
    *out = text.len ? wf_buf_text(&text) : NULL;
    return true;
}

bool wf_cell_of(const struct wf_cells *cells, const struct wf_field *field,
                struct wf_value value, struct wf_cell *out, weft_error *err)
{
    const char *text = NULL;

    *out = (struct wf_cell){ .kind = WF_CELL_EMPTY };
    switch (value.type) {
    case WF_T_NIL:
    case WF_T_TABLE:
    case WF_T_ANY:
        return true;
    case WF_T_NUMBER:
        *out = wf_cell_number(value.u.number);
        return true;
    case WF_T_BOOLEAN:
        out->kind = WF_CELL_BOOLEAN;
        out->u.boolean = value.u.boolean;
        return true;
    case WF_T_DATE:
        if (wf_date_parse(value.u.text, &out->u.day))
            out->kind = WF_CELL_DAY;
        return true;
    case WF_T_DATETIME:
        if (wf_time_parse(value.u.text, &out->u.ms))
            out->kind = WF_CELL_TIME;
        return true;
    case WF_T_LIST:
        if (!list_text(cells, field, value, &text, err))
            return false;
        break;
    default:
        if (!text_of(cells, field, value, &text, err))
            return false;
    }
    *out = wf_cell_text(text);
    return true;
}
