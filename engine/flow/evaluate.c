/* flow/evaluate.c - a document that is only being filled in: what it would
 * compute, show and ask. Nothing is stored.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "doc/derive.h"
#include "doc/shape.h"
#include "doc/smart.h"
#include "flow/options.h"
#include "flow/record.h"
#include "flow/settle.h"
#include "flow/trial.h"

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

bool wf_trial_defaults(struct wf_flow *flow, struct wf_doc *doc,
                       const struct wf_json *said, weft_error *err)
{
    struct wf_record *before = flow->record;
    struct wf_record nowhere;
    bool ok;

    wf_record_init(&nowhere, flow->call->arena);
    nowhere.trial = true;
    flow->record = &nowhere;
    ok = wf_settle_defaults(flow, doc, said, err);
    flow->record = before;
    return ok;
}

bool wf_trial_fill(struct wf_flow *flow, struct wf_doc *doc,
                   const struct wf_json *data, const struct wf_rights *rights,
                   weft_error *err)
{
    return wf_shape_defaults(flow->call, doc, err)
           && wf_settle_typed(flow, doc, data, rights, err)
           && wf_trial_defaults(flow, doc, data, err)
           && wf_settle_values(flow, doc, err);
}

static bool judge(struct wf_flow *flow, struct wf_doc *doc,
                  const struct wf_trial_work *work, weft_error *err)
{
    wf_smart_warn(flow->call, doc, NULL);
    return wf_options_check(flow, doc, err)
           && wf_rules_check(flow->call, doc, false, err)
           && wf_complete_check(flow->call, doc, work->edit, work->require,
                                err);
}

struct wf_trial_work wf_trial_work_at(const struct wf_step *step,
                                      const struct wf_level *level)
{
    static const struct wf_field_set nothing = { .all = false };

    if (level)
        return (struct wf_trial_work){ &level->edit, &level->require };
    if (step->kind == WF_STEP_WORK)
        return (struct wf_trial_work){ &step->edit, &step->require };
    return (struct wf_trial_work){ &nothing, &nothing };
}

bool wf_trial_tell(struct wf_flow *flow, struct wf_doc *doc,
                   const struct wf_trial_work *work,
                   const struct wf_rights *rights, struct wf_json_writer *out,
                   weft_error *err)
{
    struct wf_call *call = flow->call;
    struct wf_json *visible, *required, *seen, *options;

    if (!judge(flow, doc, work, err)
        || !wf_fields_now(call, doc, &visible, &required, err)
        || !wf_view_data(call, doc, rights, &seen, err)
        || !wf_options_list(flow, doc, rights, &options, err))
        return false;
    if (options) {
        wf_jw_key(out, "options");
        wf_jw_tree(out, options);
    }
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
    return true;
}

bool wf_flow_evaluate(struct wf_flow *flow, const struct wf_form *form,
                      const struct wf_json *data, struct wf_json_writer *out,
                      weft_error *err)
{
    struct wf_call *call = flow->call;
    struct wf_doc *doc = wf_doc_new(call, form);
    struct wf_rights rights = filler_rights(call, form);
    struct wf_trial_work work = wf_trial_work_at(form->start, NULL);

    doc->creator = call->me ? call->me->id : 0;
    doc->step = form->start;
    if (!wf_trial_fill(flow, doc, data, &rights, err))
        return false;
    wf_jw_open(out, '{');
    if (!wf_trial_tell(flow, doc, &work, &rights, out, err))
        return false;
    wf_jw_close(out, '}');
    return true;
}
