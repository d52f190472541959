/* flow/settle.c - formulas, validate() and rules after a change.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/settle.h"

#include "base/error.h"
#include "doc/derive.h"
#include "doc/history.h"
#include "doc/shape.h"
#include "flow/deadline.h"
#include "flow/hook.h"
#include "flow/options.h"

bool wf_settle_findings(struct wf_flow *flow, weft_error *err)
{
    if (flow->call->findings->n_errors == 0)
        return true;
    return wf_fail(err, WEFT_E_INVALID,
                   "Some entries need attention; each is named in the list.");
}

bool wf_settle_defaults(struct wf_flow *flow, struct wf_doc *doc,
                        const struct wf_json *said, weft_error *err)
{
    for (const struct wf_field *field = doc->form->fields; field;
         field = field->next) {
        struct wf_json *value, *patch;

        if (field->default_kind != WF_DEFAULT_LUA
            || wf_json_get(said, field->id))
            continue;
        if (!wf_hook_value(flow, doc, field->default_lua, &value, err))
            return false;
        patch = wf_json_object(flow->call->arena);
        wf_json_set(flow->call->arena, patch, field->id,
                    value ? value : wf_json_null(flow->call->arena));
        if (!wf_shape_patch(flow->call, doc, patch,
                            &(struct wf_writable){ .hook = true }, err))
            return false;
    }
    return true;
}

bool wf_settle_values(struct wf_flow *flow, struct wf_doc *doc, weft_error *err)
{
    return wf_derive(flow->call, doc, err)
           && wf_doc_refresh(flow->call, doc, err);
}

bool wf_settle(struct wf_flow *flow, struct wf_doc *doc, weft_error *err)
{
    struct wf_hook hook = { "validate", NULL, NULL };

    if (!wf_settle_values(flow, doc, err))
        return false;
    if (wf_hook_exists(doc->form, "validate", NULL)
        && (!wf_hook_run(flow, doc, &hook, err)
            || !wf_settle_values(flow, doc, err)))
        return false;
    return wf_options_check(flow, doc, err)
           && wf_rules_check(flow->call, doc, true, err)
           && wf_settle_findings(flow, err);
}

bool wf_settle_edit(struct wf_flow *flow, struct wf_doc *doc, bool by_hook,
                    weft_error *err)
{
    struct wf_event event = { .document = doc->id,
                              .kind = "edit",
                              .step = doc->step->id,
                              .level = doc->level,
                              .reason = by_hook ? "hook" : NULL,
                              .by_system = by_hook,
                              .is_saved_after = true };

    if (!wf_settle(flow, doc, err))
        return false;
    event.changes = wf_doc_changes(flow->call, doc);
    if (wf_json_len(event.changes) == 0)
        return true;
    wf_doc_touch(flow->call, doc);
    return wf_history_add(flow->call, &event, err)
           && wf_deadline_settle(flow, doc, err)
           && wf_doc_save(flow->call, doc, err);
}

/* What wf_shape_patch() asks of the one who writes. */
struct seer {
    const struct wf_rights *rights;
    const struct wf_form *form;
};

static bool may_see(void *self, const struct wf_field *field)
{
    const struct seer *seer = self;

    return wf_rights_see(seer->rights, seer->form, field);
}

bool wf_settle_patch(struct wf_flow *flow, struct wf_doc *doc,
                     const struct wf_json *patch,
                     const struct wf_field_set *edit,
                     const struct wf_rights *rights, weft_error *err)
{
    struct seer seer = { rights, doc->form };
    struct wf_writable writable = { .edit = edit,
                                    .may_see = rights ? may_see : NULL,
                                    .self = &seer };

    return !patch || wf_shape_patch(flow->call, doc, patch, &writable, err);
}

bool wf_settle_typed(struct wf_flow *flow, struct wf_doc *doc,
                     const struct wf_json *patch,
                     const struct wf_rights *rights, weft_error *err)
{
    struct seer seer = { rights, doc->form };
    struct wf_writable writable = { .each = true,
                                    .may_see = rights ? may_see : NULL,
                                    .self = &seer };

    return !wf_json_is(patch, WF_JSON_OBJECT)
           || wf_shape_patch(flow->call, doc, patch, &writable, err);
}
