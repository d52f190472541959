/* doc/derive.c - derived values: the formulas of a form, in their order.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/derive.h"

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

        if (field->items ? !compute_column(&env, doc, field, err)
                         : !compute(&env, field, doc->data, err))
            return false;
        wf_override_apply(call, doc, field);
    }
    return true;
}
