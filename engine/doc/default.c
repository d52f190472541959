/* doc/default.c - what a new document or row begins with.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/rows.h"

enum {
    DAY_MS = 24 * 60 * 60 * 1000
};

/* The period that holds today where the package is. */
static struct wf_json *this_period(struct wf_call *call,
                                   const struct wf_doc *doc,
                                   const struct wf_field *field)
{
    char text[WF_PERIOD_TEXT];
    int32_t day, ms;

    if (field->period == WF_PERIOD_NONE)
        return NULL;
    if (!wf_zone_to_local(doc->form->package->timezone, call->now, &day, &ms))
        day = (int32_t)(call->now / DAY_MS);
    wf_period_write(wf_period_at(field->period, day), text);
    return wf_json_text(call->arena, text);
}

/* I, a list of me alone, or my unit: as the field wants it. */
static struct wf_json *me(struct wf_call *call, const struct wf_field *field)
{
    char text[WF_ID_TEXT];
    struct wf_json *id, *list;

    if (!call->me)
        return NULL;
    if (field->type == WF_F_UNIT)
        return call->me->unit_key
                   ? wf_json_text(call->arena, call->me->unit_key)
                   : NULL;
    wf_id_write(call->me->id, text);
    id = wf_json_text(call->arena, text);
    if (field->type != WF_F_PEOPLE)
        return id;
    list = wf_json_array(call->arena);
    wf_json_push(call->arena, list, id);
    return list;
}

static bool computed(struct wf_call *call, const struct wf_doc *doc,
                     const struct wf_field *field, const struct wf_json *row,
                     struct wf_json **out, weft_error *err)
{
    struct wf_doc_env env;
    struct wf_value value;

    wf_doc_env_init(&env, call, doc);
    env.env.row = row;
    if (!wf_expr_eval(field->default_formula, &env.env, &value, err))
        return false;
    *out = wf_value_to_json(call->arena, field, value);
    return true;
}

bool wf_shape_default(struct wf_call *call, const struct wf_doc *doc,
                      const struct wf_field *field, const struct wf_json *row,
                      struct wf_json **out, weft_error *err)
{
    struct wf_json *value = NULL;

    switch (field->default_kind) {
    case WF_DEFAULT_LITERAL:
        value = wf_json_copy(call->arena, field->default_value);
        break;
    case WF_DEFAULT_ME:
        value = me(call, field);
        break;
    case WF_DEFAULT_THIS:
        value = this_period(call, doc, field);
        break;
    case WF_DEFAULT_FORMULA:
        if (!computed(call, doc, field, row, &value, err))
            return false;
        break;
    case WF_DEFAULT_NONE:
    case WF_DEFAULT_LUA:
        break;
    }
    *out = wf_json_is_nothing(value) ? NULL : value;
    return true;
}

bool wf_shape_defaults(struct wf_call *call, struct wf_doc *doc,
                       weft_error *err)
{
    for (const struct wf_field *f = doc->form->fields; f; f = f->next) {
        struct wf_json *value;

        if (wf_json_get(doc->data, f->id))
            continue;
        if (!wf_shape_default(call, doc, f, NULL, &value, err))
            return false;
        if (value)
            wf_json_set(call->arena, wf_shape_holder(call, doc, f), f->id,
                        value);
    }
    return true;
}

/* --- Formulas over what is said after them */

static const struct wf_json *present(struct wf_call *call, struct wf_doc *doc,
                                     const struct wf_field *field)
{
    return wf_json_get(wf_shape_holder(call, doc, field), field->id);
}

bool wf_defaults_held(struct wf_call *call, struct wf_doc *doc,
                      struct wf_json **out, weft_error *err)
{
    *out = NULL;
    for (const struct wf_field *f = doc->form->fields; f; f = f->next) {
        struct wf_json *value;

        if (doc->stored || f->default_kind != WF_DEFAULT_FORMULA)
            continue;
        if (!wf_shape_default(call, doc, f, NULL, &value, err))
            return false;
        if (!*out)
            *out = wf_json_object(call->arena);
        if (value ? wf_json_equal(value, present(call, doc, f))
                  : !present(call, doc, f))
            wf_json_set(call->arena, *out, f->id,
                        wf_json_bool(call->arena, true));
    }
    return true;
}

bool wf_defaults_follow(struct wf_call *call, struct wf_doc *doc,
                        const struct wf_json *held, const struct wf_json *said,
                        weft_error *err)
{
    for (size_t i = 0; i < wf_json_len(held); i++) {
        const char *id = held->u.object.at[i].key.at;
        const struct wf_field *field = wf_form_field(doc->form, id);
        struct wf_json *holder, *value;

        if (wf_json_get(said, id))
            continue;
        if (!wf_shape_default(call, doc, field, NULL, &value, err))
            return false;
        holder = wf_shape_holder(call, doc, field);
        if (value)
            wf_json_set(call->arena, holder, id, value);
        else
            wf_json_remove(holder, id);
    }
    return true;
}
