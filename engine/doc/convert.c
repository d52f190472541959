/* doc/convert.c - what a document holds, carried over to another version of its
 * form.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/convert.h"

#include "doc/fields.h"
#include "doc/file.h"
#include "doc/value.h"

struct converting {
    struct wf_call *call;
    const struct wf_doc *doc;
    const struct wf_converting *how;
    struct wf_conversion *out;
};

/* --- Where fields go */

const struct wf_field *wf_convert_target(const struct wf_converting *how,
                                         const struct wf_field *field)
{
    const char *renamed = wf_json_str(wf_json_get(how->fields, field->path));
    const struct wf_field *target =
        wf_form_field(how->to, renamed ? renamed : field->path);

    /* a column goes where its table goes */
    if (!target && field->items) {
        const struct wf_field *table = wf_convert_target(how, field->items);

        for (struct wf_field *c = table ? table->columns : NULL; c; c = c->next)
            if (wf_streq(c->id, field->id))
                return c;
    }
    return target && !target->items == !field->items ? target : NULL;
}

bool wf_convert_same(const struct wf_field *from, const struct wf_field *to)
{
    if (from->type != to->type)
        return false;
    if (from->type == WF_F_PERIOD)
        return to->period == WF_PERIOD_NONE || from->period == to->period;
    return from->type != WF_F_LINK || wf_streq(from->form, to->form);
}

/* --- Notes */

static void note(struct converting *c, struct wf_json *list, const char *place,
                 const struct wf_json *from, const struct wf_json *to)
{
    struct wf_arena *arena = c->call->arena;
    struct wf_json *one = wf_json_object(arena);

    wf_json_set(arena, one, "field", wf_json_text(arena, place));
    wf_json_set(arena, one, to ? "from" : "value", wf_json_copy(arena, from));
    if (to)
        wf_json_set(arena, one, "to", wf_json_copy(arena, to));
    wf_json_push(arena, list, one);
}

/* --- One value */

static bool is_list(const struct wf_field *field)
{
    return wf_field_kind(field->type)->type == WF_T_LIST;
}

/* One of a kind and several of it hold the same members. */
static bool is_of_same_members(const struct wf_field *from,
                               const struct wf_field *to)
{
    static const struct {
        enum wf_field_type one, many;
    } pairs[] = { { WF_F_PERSON, WF_F_PEOPLE },
                  { WF_F_LINK, WF_F_LINKS },
                  { WF_F_CHOICE, WF_F_CHOICES },
                  { WF_F_FILE, WF_F_FILES } };

    for (size_t i = 0; i < WF_COUNT(pairs); i++)
        if ((from->type == pairs[i].one && to->type == pairs[i].many)
            || (from->type == pairs[i].many && to->type == pairs[i].one))
            return true;
    return false;
}

/* A list out of one, or the only one out of a list; NULL: it has more. */
static struct wf_json *regroup(struct wf_arena *arena, struct wf_json *value,
                               bool to_list)
{
    struct wf_json *list;

    if (!to_list)
        return wf_json_len(value) == 1 ? value->u.array.at[0] : NULL;
    list = wf_json_array(arena);
    wf_json_push(arena, list, value);
    return list;
}

/* As one would type it into a field of the new type. */
static struct wf_json *retype(struct wf_arena *arena, struct wf_json *value,
                              const struct wf_field *to)
{
    enum wf_type type = wf_field_kind(to->type)->type;
    const char *text = wf_json_str(value);
    char number[32], *end;
    double n;

    if (wf_json_is(value, WF_JSON_NUMBER) && type == WF_T_TEXT) {
        wf_number_write(value->u.number, number);
        return wf_json_text(arena, number);
    }
    if (text && type == WF_T_NUMBER) {
        n = wf_number_parse(text, &end);
        return end != text && !*end ? wf_json_number(arena, n) : value;
    }
    return value;
}

/* People and documents are ids, which say nothing as text. */
static bool holds_ids(const struct wf_field *field)
{
    return field->type == WF_F_PERSON || field->type == WF_F_PEOPLE
           || field->type == WF_F_LINK || field->type == WF_F_LINKS
           || wf_field_holds_files(field) || field->type == WF_F_UNIT
           || field->type == WF_F_ITEMS;
}

/* Has the new field take it like anything that is sent to it; what it finds
 * wrong with it means that it is lost. */
static bool reshape(struct converting *c, const struct wf_field *to,
                    struct wf_json *value, struct wf_json **out,
                    weft_error *err)
{
    struct wf_diags *findings = c->call->findings;
    struct wf_diags unsaid = WF_DIAGS_INIT(c->call->arena, c->call->lang);
    struct wf_shaping shaping = {
        .call = c->call, .doc = c->doc, .field = to, .place = to->path
    };
    bool ok;

    c->call->findings = &unsaid;
    ok = wf_shape_value(&shaping, value, out, err);
    c->call->findings = findings;
    return ok;
}

static bool turn(struct converting *c, const struct wf_field *from,
                 const struct wf_field *to, struct wf_json *value,
                 struct wf_json **out, weft_error *err)
{
    struct wf_arena *arena = c->call->arena;

    *out = NULL;
    if (is_of_same_members(from, to)) {
        *out = regroup(arena, value, is_list(to));
        return true;
    }
    if (holds_ids(from) || holds_ids(to))
        return true;
    if (!is_list(from) && is_list(to))
        value = regroup(arena, value, true);
    else if (is_list(from) && !is_list(to))
        value = regroup(arena, value, false);
    return !value || reshape(c, to, retype(arena, value, to), out, err);
}

static bool is_option(const struct wf_field *field, const struct wf_json *value)
{
    const struct wf_choices *choices =
        field->type == WF_F_RATING ? field->scale : field->choices;

    if (!choices || !wf_json_str(value))
        return true;
    for (const struct wf_option *at = choices->options; at; at = at->next)
        if (wf_streq(at->id, wf_json_str(value)))
            return true;
    return false;
}

static bool fits(const struct wf_field *field, const struct wf_json *value)
{
    for (size_t i = 0;
         wf_json_is(value, WF_JSON_ARRAY) && i < wf_json_len(value); i++)
        if (!is_option(field, value->u.array.at[i]))
            return false;
    return is_option(field, value);
}

/* Puts one value of `from` into `holder`, at its new place. */
static bool carry(struct converting *c, const struct wf_field *from,
                  const char *place, struct wf_json *value,
                  struct wf_json *holder, weft_error *err)
{
    const struct wf_field *to = wf_convert_target(c->how, from);
    struct wf_json *made = value;

    if (wf_json_is_nothing(value))
        return true;
    if (from->formula || (to && to->formula)) {
        /* What is derived is worked out anew; until then it is what it was. */
        if (to && wf_convert_same(from, to))
            wf_json_set(c->call->arena, holder, to->id, value);
        return true;
    }
    if (to && !wf_convert_same(from, to)
        && !turn(c, from, to, value, &made, err))
        return false;
    if (!to || !made) {
        note(c, c->out->lost, place, value, NULL);
        return true;
    }
    if (!wf_convert_same(from, to))
        note(c, c->out->changed, place, value, made);
    if (!fits(to, made))
        note(c, c->out->unfit, place, made, NULL);
    wf_json_set(c->call->arena, holder, to->id, made);
    return true;
}

/* --- The whole */

static bool carry_rows(struct converting *c, const struct wf_field *table,
                       const struct wf_field *to, const struct wf_json *rows,
                       struct wf_json *holder, weft_error *err)
{
    struct wf_arena *arena = c->call->arena;
    struct wf_json *made = wf_json_array(arena);

    for (size_t i = 0; i < wf_json_len(rows); i++) {
        struct wf_json *row = rows->u.array.at[i];
        struct wf_json *copy = wf_json_object(arena);

        if (wf_json_get(row, "id"))
            wf_json_set(arena, copy, "id", wf_json_get(row, "id"));
        for (const struct wf_field *f = table->columns; f; f = f->next)
            if (!carry(c, f, wf_field_place(arena, f, i + 1),
                       wf_json_get(row, f->id), copy, err))
                return false;
        wf_json_push(arena, made, copy);
    }
    if (wf_json_len(made) > 0)
        wf_json_set(arena, holder, to->id, made);
    return true;
}

static bool carry_field(struct converting *c, const struct wf_field *field,
                        struct wf_json *holder, weft_error *err)
{
    struct wf_json *value = wf_json_get(c->doc->data, field->id);
    const struct wf_field *to = wf_convert_target(c->how, field);

    if (field->type == WF_F_ITEMS && to && to->type == WF_F_ITEMS)
        return carry_rows(c, field, to, value, holder, err);
    return carry(c, field, field->path, value, holder, err);
}

bool wf_convert(struct wf_call *call, struct wf_doc *doc,
                const struct wf_converting *how, struct wf_conversion *out,
                weft_error *err)
{
    struct converting c = { call, doc, how, out };
    struct wf_json *data = wf_json_object(call->arena);

    *out = (struct wf_conversion){ wf_json_array(call->arena),
                                   wf_json_array(call->arena),
                                   wf_json_array(call->arena) };
    for (const struct wf_field *f = doc->form->fields; f; f = f->next)
        if (!carry_field(&c, f, data, err))
            return false;
    doc->form = how->to;
    doc->data = data;
    return true;
}
