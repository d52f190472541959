/* flow/evaluate.c - a document that is only being filled in: what it would
 * compute, show and ask. Nothing is stored.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "doc/derive.h"
#include "doc/shape.h"
#include "flow/settle.h"

/* Everything that the filler may see: a form that is being created has no
 * grants yet, so all but private fields. */
static struct wf_rights filler_rights(struct wf_call *call,
                                      const struct wf_form *form)
{
    bool *seen = WF_NEW_N(call->arena, bool, form->n_fields);

    for (size_t i = 0; i < form->paths.n; i++) {
        const struct wf_field *field = form->paths.entries[i].value;

        seen[wf_field_number(form, field)] = !field->hidden_by_default;
    }
    return (struct wf_rights){ WF_RIGHT_READ, seen, false };
}

/* Takes member by member, so that one bad entry does not hide the rest. */
static bool take(struct wf_flow *flow, struct wf_doc *doc,
                 const struct wf_json *data, const struct wf_rights *rights,
                 weft_error *err)
{
    if (!wf_json_is(data, WF_JSON_OBJECT))
        return true;
    for (size_t i = 0; i < data->u.object.n; i++) {
        const struct wf_json_member *member = &data->u.object.at[i];
        struct wf_json *one = wf_json_object(flow->call->arena);
        weft_error found = *err;

        wf_json_set(flow->call->arena, one, member->key.at, member->value);
        if (!wf_settle_patch(flow, doc, one, NULL, rights, &found)
            && found.code != WEFT_E_INVALID)
            return wf_fail_as(err, &found);
    }
    return true;
}

static bool judge(struct wf_flow *flow, struct wf_doc *doc, weft_error *err)
{
    static const struct wf_field_set nothing = { .all = false };
    const struct wf_step *start = doc->form->start;
    bool work = start->kind == WF_STEP_WORK;

    return wf_rules_check(flow->call, doc, false, err)
           && wf_complete_check(flow->call, doc, work ? &start->edit : &nothing,
                                work ? &start->require : &nothing, err);
}

bool wf_flow_evaluate(struct wf_flow *flow, const struct wf_form *form,
                      const struct wf_json *data, struct wf_json_writer *out,
                      weft_error *err)
{
    struct wf_call *call = flow->call;
    struct wf_doc *doc = wf_doc_new(call, form);
    struct wf_rights rights = filler_rights(call, form);
    struct wf_json *visible, *required, *seen;

    doc->creator = call->me ? call->me->id : 0;
    doc->step = form->start;
    if (!wf_shape_defaults(call, doc, err)
        || !take(flow, doc, data, &rights, err)
        || !wf_settle_values(flow, doc, err) || !judge(flow, doc, err)
        || !wf_fields_now(call, doc, &visible, &required, err)
        || !wf_view_data(call, doc, &rights, &seen, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key(out, "data");
    wf_jw_tree(out, seen);
    wf_jw_key(out, "visible");
    wf_jw_tree(out, visible);
    wf_jw_key(out, "required");
    wf_jw_tree(out, required);
    wf_jw_key(out, "errors");
    wf_diags_fields_json(call->findings, WF_SEVERITY_ERROR, out);
    wf_jw_key(out, "warnings");
    wf_diags_fields_json(call->findings, WF_SEVERITY_WARNING, out);
    wf_jw_close(out, '}');
    return true;
}
