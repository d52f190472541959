/* doc/rollup.c - the fields of a document that others give their values.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/rollup.h"

#include "doc/rollup_part.h"
#include "doc/series.h"

bool wf_rollup_chosen(struct wf_call *call, const struct wf_doc *doc,
                      const struct wf_field *field,
                      const struct wf_rollup **out, weft_error *err)
{
    struct wf_doc_env env;

    wf_doc_env_init(&env, call, doc);
    *out = NULL;
    for (const struct wf_rollup *r = wf_rollup_of(doc->form, field, NULL); r;
         r = wf_rollup_of(doc->form, field, r)) {
        bool holds = true;

        if (r->when && !wf_expr_holds(r->when, &env.env, &holds, err))
            return false;
        if (holds) {
            *out = r;
            return true;
        }
    }
    return true;
}

/* What stands where nobody gives anything: what was entered, else for sums and
 * counts nothing at all. */
static struct wf_json *entered(struct wf_call *call, const struct wf_doc *doc,
                               const struct wf_field *field,
                               const struct wf_rollup *chosen)
{
    struct wf_json *value =
        doc->entered ? wf_json_get(doc->entered, field->id) : NULL;
    bool counts =
        chosen
        && (chosen->fn == WF_ROLLUP_SUM || chosen->fn == WF_ROLLUP_COUNT);

    if (wf_json_is_nothing(value) && counts)
        return wf_value_to_json(call->arena, field, wf_value_number(0));
    return wf_json_is_nothing(value) ? NULL : wf_json_copy(call->arena, value);
}

static bool gives(const struct wf_rollup *r, const struct wf_totals *totals)
{
    return r && r->fn != WF_ROLLUP_MANUAL && totals && totals->parts > 0;
}

/* What a rollup has to give; `given`: something. */
struct gift {
    bool given;
    struct wf_value value;
};

/* Points are asked for once the document is there, and no sooner: what is only
 * tried out tells of nobody. */
static bool gift_of(struct wf_call *call, const struct wf_doc *doc,
                    const struct wf_rollup *r,
                    const struct wf_totals_list *list, struct gift *out,
                    weft_error *err)
{
    const struct wf_totals *totals = r ? wf_totals_of(list, r->number) : NULL;

    *out = (struct gift){ gives(r, totals), wf_value_nil };
    if (r && r->fn == WF_ROLLUP_POINTS) {
        if (doc->stored
            && !wf_rollup_points_value(call, doc, r, &out->value, err))
            return false;
        out->given = out->value.type != WF_T_NIL;
        return true;
    }
    return !out->given
           || wf_totals_value(call, doc->id, r, totals, &out->value, err);
}

static bool derive_field(struct wf_call *call, struct wf_doc *doc,
                         const struct wf_field *field,
                         const struct wf_totals_list *list, weft_error *err)
{
    const struct wf_rollup *r;
    struct wf_json *json;
    struct gift gift;

    if (!wf_rollup_chosen(call, doc, field, &r, err))
        return false;
    if (r && r->fn == WF_ROLLUP_POINTS && doc->state != WF_OPEN)
        return true; /* what has ended keeps what its points came to */
    if (!gift_of(call, doc, r, list, &gift, err))
        return false;
    json = gift.given ? wf_value_to_json(call->arena, field, gift.value)
                      : entered(call, doc, field, r);
    if (wf_json_is_nothing(json))
        wf_json_remove(doc->data, field->id);
    else
        wf_json_set(call->arena, doc->data, field->id, json);
    return true;
}

bool wf_rollup_derive(struct wf_call *call, struct wf_doc *doc, weft_error *err)
{
    struct wf_totals_list list = { 0 };

    if (!doc->form->rollups)
        return true;
    if (doc->stored && !wf_totals_load(call, doc->id, &list, err))
        return false;
    for (const struct wf_field *f = doc->form->fields; f; f = f->next)
        if (f->rolled && !derive_field(call, doc, f, &list, err))
            return false;
    return true;
}

bool wf_rollup_hangs_on_fields(const struct wf_form *form,
                               const struct wf_field *field)
{
    const struct wf_rollup *r = NULL;

    while (field->rolled && (r = wf_rollup_of(form, field, r)))
        if (r->when || r->fn == WF_ROLLUP_POINTS)
            return true;
    return false;
}

bool wf_rollup_in_force(struct wf_call *call, const struct wf_doc *doc,
                        const struct wf_field *field, bool *out,
                        weft_error *err)
{
    const struct wf_rollup *r;
    struct wf_totals_list list;
    struct gift gift;

    *out = false;
    if (!field->rolled || !doc->stored)
        return true;
    if (!wf_rollup_chosen(call, doc, field, &r, err)
        || !wf_totals_load(call, doc->id, &list, err)
        || !gift_of(call, doc, r, &list, &gift, err))
        return false;
    *out = gift.given;
    return true;
}

bool wf_rollup_beside(struct wf_call *call, const struct wf_doc *doc,
                      const struct wf_field *field, struct wf_json **out,
                      weft_error *err)
{
    const struct wf_rollup *r;
    struct wf_totals_list list;

    *out = NULL;
    if (!field->rolled || !doc->stored)
        return true;
    if (!wf_rollup_chosen(call, doc, field, &r, err))
        return false;
    if (!r || r->fn != WF_ROLLUP_MANUAL)
        return true;
    if (!wf_totals_load(call, doc->id, &list, err))
        return false;
    for (r = wf_rollup_of(doc->form, field, NULL); r && !*out;
         r = wf_rollup_of(doc->form, field, r)) {
        struct gift gift;

        if (!gift_of(call, doc, r, &list, &gift, err))
            return false;
        if (gift.given)
            *out = wf_value_to_json(call->arena, field, gift.value);
    }
    return true;
}

bool wf_rollup_changed(struct wf_call *call, const struct wf_doc *doc,
                       const struct wf_field *field, int64_t *out,
                       weft_error *err)
{
    struct wf_totals_list list;

    *out = 0;
    if (!field->rolled || !doc->stored)
        return true;
    if (!wf_totals_load(call, doc->id, &list, err))
        return false;
    for (const struct wf_rollup *r = wf_rollup_of(doc->form, field, NULL); r;
         r = wf_rollup_of(doc->form, field, r)) {
        const struct wf_totals *totals = wf_totals_of(&list, r->number);
        const struct wf_metric *metric;
        struct wf_sums sums;

        if (totals && totals->changed > *out)
            *out = totals->changed;
        if (r->fn != WF_ROLLUP_POINTS)
            continue;
        if (!wf_rollup_points(call, doc, r, &sums, &metric, err))
            return false;
        if (sums.last_at > *out)
            *out = sums.last_at;
    }
    return true;
}
