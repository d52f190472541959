/* api/render.c - a document as the one who asks sees it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/render.h"

static void write_stub(struct wf_turn *turn, const struct wf_doc *doc)
{
    wf_jw_open(&turn->out, '{');
    wf_jw_key_id_or_null(&turn->out, "id", doc->id);
    wf_jw_key_text(&turn->out, "form", doc->form->id);
    wf_jw_key_text(&turn->out, "step", doc->step->id);
    wf_jw_key_text(&turn->out, "state", wf_state_name(doc->state));
    wf_jw_close(&turn->out, '}');
}

bool wf_render_seen(struct wf_turn *turn, const struct wf_doc *doc,
                    const struct wf_rights *rights, weft_error *err)
{
    struct wf_can can = { .n_actions = 0 };

    if (!wf_flow_can(&turn->flow, doc, rights, &can, err)
        || !wf_view_doc(&turn->call, doc, rights, &can, &turn->out, err))
        return false;
    wf_etag_write(doc, rights, wf_buf_text(&turn->body), turn->body.len,
                  turn->reply->etag);
    return true;
}

bool wf_render_doc(struct wf_turn *turn, const struct wf_doc *doc,
                   weft_error *err)
{
    struct wf_rights rights;

    if (!wf_access_decide(&turn->call, doc, &rights, err))
        return false;
    if (rights.rights & WF_RIGHT_READ)
        return wf_render_seen(turn, doc, &rights, err);
    write_stub(turn, doc);
    return true;
}
