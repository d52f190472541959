/* doc/derive.c - derived values: the formulas of a form, in their order.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/derive.h"

#include "base/list.h"
#include "def/expr_own.h"
#include "doc/override.h"
#include "doc/rollup.h"

static void keep(struct wf_arena *arena, const struct wf_field *field,
                 struct wf_json *holder, struct wf_value value)
{
    struct wf_json *json = wf_value_to_json(arena, field, value);

    if (wf_json_is_nothing(json))
        wf_json_remove(holder, field->id);
    else
        wf_json_set(arena, holder, field->id, json);
}

/* Computes `field` into `holder`, the data or a row of its table. */
static bool compute(struct wf_doc_env *env, const struct wf_field *field,
                    struct wf_json *holder, weft_error *err)
{
    struct wf_value value;

    if (!wf_expr_eval(field->formula, &env->env, &value, err))
        return false;
    keep(env->call->arena, field, holder, value);
    return true;
}

static bool compute_column(struct wf_doc_env *env, const struct wf_doc *doc,
                           const struct wf_field *field, weft_error *err)
{
    const struct wf_json *rows = wf_json_get(doc->data, field->items->id);

    for (size_t i = 0; i < wf_json_len(rows); i++) {
        env->env.row = rows->u.array.at[i];
        if (!compute(env, field, rows->u.array.at[i], err))
            return false;
    }
    env->env.row = NULL;
    return true;
}

static bool compute_all(struct wf_doc_env *env, const struct wf_doc *doc,
                        const struct wf_field *field, weft_error *err)
{
    return field->items ? compute_column(env, doc, field, err)
                        : compute(env, field, doc->data, err);
}

bool wf_derive(struct wf_call *call, struct wf_doc *doc, weft_error *err)
{
    struct wf_doc_env env;

    if (doc->data == doc->before)
        doc->data = wf_json_copy(call->arena, doc->before);
    if (!wf_rollup_derive(call, doc, err))
        return false;
    for (const struct wf_field *f = doc->form->fields; f && doc->overrides;
         f = f->next)
        if (!f->formula)
            wf_override_apply(call, doc, f);
    wf_doc_env_init(&env, call, doc);
    for (size_t i = 0; i < doc->form->n_formulas; i++) {
        const struct wf_field *field = doc->form->formulas[i];

        if (!compute_all(&env, doc, field, err))
            return false;
        wf_override_apply(call, doc, field);
    }
    return true;
}

bool wf_derive_texts(struct wf_call *call, struct wf_doc *doc, weft_error *err)
{
    struct wf_doc_env env;

    doc->data = wf_json_copy(call->arena, doc->data);
    wf_doc_env_init(&env, call, doc);
    for (size_t i = 0; i < doc->form->n_formulas; i++) {
        const struct wf_field *field = doc->form->formulas[i];

        if (wf_field_kind(field->type)->type == WF_T_TEXT
            && !compute_all(&env, doc, field, err))
            return false;
    }
    return true;
}

/* --- Looking whether they are right */

/* Fields whose values are as old as the last save. */
struct aged {
    WF_LIST(const struct wf_field *) fields;
    bool found;
};

static void look_for(void *self, const struct wf_field *field)
{
    struct aged *aged = self;

    for (size_t i = 0; i < aged->fields.n && !aged->found; i++)
        aged->found = aged->fields.at[i] == field;
}

static bool is_aged(struct aged *aged, const struct wf_field *field)
{
    aged->found = !wf_expr_is_own(field->formula);
    if (!aged->found)
        wf_expr_uses(field->formula, look_for, aged);
    return aged->found;
}

static bool is_same(const struct wf_field *field, const struct wf_json *stored,
                    const struct wf_json *now)
{
    const char *table = field->items ? field->items->id : NULL;
    const struct wf_json *old = table ? wf_json_get(stored, table) : NULL;
    const struct wf_json *new = table ? wf_json_get(now, table) : NULL;

    if (!table)
        return wf_json_equal(wf_json_get(stored, field->id),
                             wf_json_get(now, field->id));
    for (size_t i = 0; i < wf_json_len(old); i++)
        if (!wf_json_equal(wf_json_get(old->u.array.at[i], field->id),
                           wf_json_get(new->u.array.at[i], field->id)))
            return false;
    return true;
}

bool wf_derive_verify(struct wf_call *call, struct wf_doc *doc, bool *sound,
                      weft_error *err)
{
    struct wf_json *stored = wf_json_copy(call->arena, doc->data);
    struct aged aged = { { NULL, 0, 0 }, false };

    *sound = true;
    if (!wf_derive(call, doc, err))
        return false;
    for (size_t i = 0; i < doc->form->n_formulas; i++) {
        const struct wf_field *field = doc->form->formulas[i];

        if (is_aged(&aged, field))
            *WF_PUSH(call->arena, &aged.fields) = field;
        else
            *sound = *sound && is_same(field, stored, doc->data);
    }
    return true;
}
