/* flow/override.c - a value is set over that of a document, wherever it stands:
 * also at its end, and when it is frozen.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/override.h"

#include "base/error.h"
#include "doc/history.h"
#include "doc/override.h"
#include "doc/value.h"
#include "flow/deadline.h"
#include "flow/settle.h"

static bool find_field(const struct wf_doc *doc, const char *id,
                       const struct wf_field **out, weft_error *err)
{
    const struct wf_field *field = wf_form_field(doc->form, id);

    if (!field)
        return wf_fail(err, WEFT_E_NOTFOUND, "This document has no field %s.",
                       id);
    if (field->items || field->type == WF_F_ITEMS)
        return wf_fail(err, WEFT_E_INVALID,
                       "\"%s\" belongs to a table; only a field of the "
                       "document itself can be set over.",
                       id);
    *out = field;
    return true;
}

static bool shape(struct wf_flow *flow, const struct wf_doc *doc,
                  const struct wf_field *field,
                  const struct wf_override *override, struct wf_json **out,
                  weft_error *err)
{
    const struct wf_shaping s = { flow->call, doc, field, field->path, NULL };

    *out = NULL;
    if (wf_str_empty(override->reason))
        wf_diag_field(flow->call->findings, "reason", "required",
                      "Please say why.");
    if (!wf_json_is_nothing(override->value)
        && !wf_shape_value(&s, override->value, out, err))
        return false;
    return wf_settle_findings(flow, err);
}

bool wf_flow_override(struct wf_flow *flow, struct wf_doc *doc,
                      const struct wf_override *override, weft_error *err)
{
    struct wf_event event = { .document = doc->id,
                              .kind = "override",
                              .step = doc->step->id,
                              .level = doc->level,
                              .comment = override->reason,
                              .is_saved_after = true };
    const struct wf_field *field = NULL;
    struct wf_json *value;

    if (!find_field(doc, override->field, &field, err)
        || !shape(flow, doc, field, override, &value, err))
        return false;
    wf_override_set(flow->call, doc, field, value, override->reason);
    if (!wf_settle_values(flow, doc, err))
        return false;
    event.changes = wf_doc_changes(flow->call, doc);
    wf_doc_touch(flow->call, doc);
    return wf_history_add(flow->call, &event, err)
           && wf_deadline_settle(flow, doc, err)
           && wf_doc_save(flow->call, doc, err);
}
