/* flow/verb_attach.c - attach: files beside the fields of a document, for whom
 * it goes through.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "doc/file.h"
#include "flow/settle.h"
#include "flow/verb.h"

/* One act attaches so many. */
enum {
    FILES_MAX = 20
};

bool wf_may_attach(struct wf_deed *deed, weft_error *err)
{
    if (deed->doc->veil)
        return wf_fail(err, WEFT_E_DENIED,
                       "An anonymous answer takes no files: they would tell "
                       "who it is of.");
    return wf_deed_takes_part(deed)
           || wf_fail(err, WEFT_E_DENIED,
                      "Only who has a part in it can attach files.");
}

static bool attach_one(struct wf_deed *deed, const struct wf_json *name,
                       weft_error *err)
{
    struct wf_call *call = deed->flow->call;
    const char *text = wf_json_str(
        wf_json_is(name, WF_JSON_OBJECT) ? wf_json_get(name, "id") : name);
    bool bound = false;
    wf_id id;

    if (text && wf_id_parse(wf_str_of(text), &id)
        && !wf_file_attach(call, deed->doc, id, &bound, err))
        return false;
    if (!bound)
        wf_diag_field(call->findings, "files", "file",
                      "File %s is not there, not yours, or belongs to a "
                      "document already: upload it first.",
                      text ? text : "?");
    return true;
}

bool wf_verb_attach(struct wf_deed *deed, weft_error *err)
{
    struct wf_call *call = deed->flow->call;
    const struct wf_json *files = deed->act->files;
    size_t n = wf_json_is(files, WF_JSON_ARRAY) ? wf_json_len(files) : 0;

    if (n == 0)
        wf_diag_field(call->findings, "files", "required",
                      "Say which files: upload them, and name their ids.");
    if (n > FILES_MAX)
        wf_diag_field(call->findings, "files", "max",
                      "At most %d files can be attached at once.", FILES_MAX);
    for (size_t i = 0; i < n && n <= FILES_MAX; i++)
        if (!attach_one(deed, files->u.array.at[i], err))
            return false;
    return wf_settle_findings(deed->flow, err);
}
