/* api/checked.c - what a check tells of forms that are not live yet: a designer
 * shows them, and says what going live would change.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/checked.h"

#include "api/deploy_right.h"

static void write_form(struct wf_turn *turn, const struct wf_form *form)
{
    struct wf_json_writer *out = &turn->out;
    const struct wf_form *live =
        wf_registry_form(turn->call.registry, form->id);

    wf_jw_open(out, '{');
    wf_jw_key_text(out, "id", form->id);
    if (live) {
        wf_jw_key(out, "live");
        wf_jw_int(out, live->version);
        wf_jw_key(out, "changes");
        wf_form_diff(live, form, turn->call.lang, out);
    }
    wf_jw_key(out, "model");
    wf_form_json(form, turn->call.registry, turn->call.lang, out);
    wf_jw_close(out, '}');
}

bool wf_checked_write(struct wf_turn *turn, const struct wf_bundle *bundle,
                      weft_error *err)
{
    wf_jw_key(&turn->out, "checked");
    wf_jw_open(&turn->out, '[');
    for (const struct wf_compiled *c = bundle->compiled; c; c = c->next) {
        bool mine = false;

        if (!c->form)
            continue;
        if (!turn->call.system
            && !wf_deploy_is_mine(&turn->call, c->package->id, &mine, err))
            return false;
        if (mine || turn->call.system)
            write_form(turn, c->form);
    }
    wf_jw_close(&turn->out, ']');
    return true;
}
