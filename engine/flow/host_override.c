/* flow/host_override.c - override() of hooks.
 *
 * Two may: hooks that run as the system, and those of a form by which is
 * appealed against the document, for the field that the appeal is about.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "flow/host.h"
#include "flow/override.h"

static bool is_of_appeal(const struct wf_hooks *hooks, const struct wf_doc *doc,
                         const char *field)
{
    const struct wf_appeal *appeal = doc->form->access.appeal;

    return appeal && appeal->field && hooks->doc
           && hooks->doc->parent == doc->id
           && wf_streq(appeal->form, hooks->form->family)
           && wf_streq(appeal->field->id, field);
}

static bool load(struct wf_hooks *hooks, const struct wf_host *host,
                 const struct wf_json *args, const char *field,
                 struct wf_doc **out, weft_error *err)
{
    const struct wf_json *arg = wf_host_arg(args, 0);
    const char *text = wf_json_str(
        wf_json_is(arg, WF_JSON_OBJECT) ? wf_json_get(arg, "id") : arg);
    wf_id id = 0;

    if (!text || !wf_id_parse(wf_str_of(text), &id))
        return wf_fail(err, WEFT_E_INVALID,
                       "%s: the first argument must be a document.",
                       host->signature);
    if (!wf_doc_load(hooks->flow->call, id, out, err))
        return false;
    if (!*out || (*out)->veil)
        return wf_fail(err, WEFT_E_NOTFOUND, "There is no document %lld.",
                       (long long)id);
    if (hooks->doc && hooks->doc->id == id)
        return wf_fail(err, WEFT_E_INVALID,
                       "A hook changes its own document by assigning to its "
                       "fields: doc.field = value.");
    return hooks->form->run_as_system || is_of_appeal(hooks, *out, field)
           || wf_fail(err, WEFT_E_DENIED,
                      "%s: only the hooks of an appeal against the document, "
                      "or those that run as the system, set a value over "
                      "another.",
                      host->signature);
}

bool wf_host_override(void *self, const struct wf_host *host,
                      struct wf_arena *arena, const struct wf_json *args,
                      struct wf_json **result, weft_error *err)
{
    struct wf_hooks *hooks = self;
    struct wf_override override = { .value = wf_host_arg(args, 2) };
    struct wf_doc *doc;

    (void)arena;
    return wf_host_text(host, args, 1, &override.field, err)
           && wf_host_text(host, args, 3, &override.reason, err)
           && load(hooks, host, args, override.field, &doc, err)
           && wf_flow_override(hooks->flow, doc, &override, err)
           && wf_hook_doc(hooks->flow, doc, NULL, result, err);
}
