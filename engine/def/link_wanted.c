/* def/link_wanted.c - what <call> and <collect> name of the form that they ask
 * for, and the table that a collect becomes for formulas.
 *
 * The table has a row a group and these columns: `weight`, `answers`, the mean
 * of each field that counts, and the texts of each that is written in words.
 * The engine alone writes it, when the collect closes.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages.h"
#include "base/str.h"
#include "def/link.h"

static const struct wf_form *form_of(struct wf_load *load, const char *id)
{
    return wf_streq(id, load->form->id)
               ? load->form
               : load->world->form(load->world->self, id);
}

/* --- The table */

/* What becomes of a field of the answers: its mean, its texts, or nothing. */
static enum wf_field_type column_type(const struct wf_field *field)
{
    switch (field->type) {
    case WF_F_NUMBER:
    case WF_F_PERCENT:
    case WF_F_RATING:
    case WF_F_PROGRESS:
    case WF_F_DURATION:
        return WF_F_NUMBER;
    case WF_F_TEXT:
    case WF_F_LONGTEXT:
        return WF_F_TAGS;
    default:
        return WF_N_FIELD_TYPES;
    }
}

static struct wf_field *new_field(struct wf_load *load, const char *id,
                                  struct wf_place place)
{
    struct wf_field *field = WF_NEW(load->arena, struct wf_field);

    field->id = field->path = id;
    field->place = place;
    field->digits = -1;
    field->readonly = field->collected = true;
    return field;
}

static void add_column(struct wf_load *load, struct wf_field *table,
                       struct wf_field *column)
{
    struct wf_field **end = &table->columns;

    while (*end)
        end = &(*end)->next;
    column->items = table;
    column->path = wf_arena_printf(load->arena, "%s.%s", table->id, column->id);
    if (!wf_map_add(load->arena, &load->form->paths, column->path, column))
        return;
    *end = column;
    load->form->n_fields++;
}

static void add_number(struct wf_load *load, struct wf_field *table,
                       const char *id)
{
    struct wf_field *column = new_field(load, id, table->place);

    column->type = WF_F_NUMBER;
    add_column(load, table, column);
}

static void add_answer(struct wf_load *load, struct wf_field *table,
                       const struct wf_field *field)
{
    enum wf_field_type type = column_type(field);
    struct wf_field *column;

    if (type == WF_N_FIELD_TYPES)
        return;
    column = new_field(load, field->id, table->place);
    column->type = type;
    column->words = field->words;
    column->hidden_by_default = field->hidden_by_default;
    add_column(load, table, column);
}

static void add_table(struct wf_load *load, const struct wf_step_at *at,
                      const struct wf_form *of)
{
    const struct wf_step *step = at->step;
    struct wf_field *table = new_field(load, step->id, at->elem->place);
    struct wf_field **end = &load->form->fields;
    const struct wf_field *other = wf_form_field(load->form, step->id);

    if (other) {
        wf_diag_at(load->diags, wf_place_of(at->elem, "id"), "duplicate",
                   "there is a field \"%s\" already, in line %d: formulas "
                   "could not tell the collect from it",
                   step->id, other->place.line);
        return;
    }
    while (*end)
        end = &(*end)->next;
    *end = table;
    table->type = WF_F_ITEMS;
    table->words = step->words;
    (void)wf_map_add(load->arena, &load->form->paths, table->path, table);
    load->form->n_fields++;
    add_number(load, table, "weight");
    add_number(load, table, "answers");
    for (const struct wf_field *f = of ? of->fields : NULL; f; f = f->next)
        add_answer(load, table, f);
    at->step->wanted->table = table;
    table->groups = at->step->wanted->groups;
}

/* --- <set> */

static struct wf_ref *ref_of(struct wf_load *load, const void *slot)
{
    for (size_t i = 0; i < load->refs.n; i++)
        if (load->refs.at[i].slot == slot)
            return &load->refs.at[i];
    return NULL;
}

static void unknown_field(struct wf_load *load, const struct wf_put *put,
                          const struct wf_form *of)
{
    struct wf_suggest guess = WF_SUGGEST_INIT(put->field);

    for (const struct wf_field *f = of->fields; f; f = f->next)
        wf_suggest_offer(&guess, f->id);
    wf_load_unknown(load, put->place, WF_MESSAGE("field"), &guess);
}

void wf_link_put(struct wf_load *load, struct wf_put *put,
                 const struct wf_form *of, const struct wf_field *each)
{
    struct wf_ref *ref = ref_of(load, &put->value);
    const struct wf_field *field = of ? wf_form_field(of, put->field) : NULL;

    if (ref)
        ref->items = each;
    if (!of)
        return;
    if (!field || field->items || field->type == WF_F_ITEMS)
        unknown_field(load, put, of);
    else if (ref)
        ref->want = wf_field_kind(field->type)->type;
    /* a private value goes into a private field only; what is stored was found
     * right when it was deployed */
    if (ref && field && load->world->other)
        ref->owner = field;
}

/* Whom a call with each="TABLE" is for is asked of each row. */
static void link_whom(struct wf_load *load, struct wf_wanted *wanted)
{
    struct wf_ref *ref = ref_of(load, &wanted->whom);

    if (ref && wanted->each && wanted->each->type == WF_F_ITEMS)
        ref->items = wanted->each;
}

void wf_link_wanted(struct wf_load *load)
{
    for (size_t i = 0; i < load->steps.n; i++) {
        const struct wf_step_at *at = &load->steps.at[i];
        struct wf_wanted *wanted = at->step->wanted;
        const struct wf_form *of;

        if (!wanted)
            continue;
        if (wanted->form)
            wf_link_form_name(load, wf_place_of(at->elem, "form"),
                              wanted->form);
        of = wanted->form ? form_of(load, wanted->form) : NULL;
        link_whom(load, wanted);
        for (struct wf_put *put = wanted->puts; put; put = put->next)
            wf_link_put(load, put, of, wanted->each);
        if (at->step->kind == WF_STEP_COLLECT)
            add_table(load, at, of);
    }
}
