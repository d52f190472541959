/* def/check_appeal.c - is an appeal possible as it is said?
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"
#include "def/check.h"
#include "def/link.h"

/* The document that it is against is found by its parent. */
static void check_parent(struct wf_load *load, const struct wf_appeal *appeal,
                         const struct wf_form *form)
{
    const struct wf_form *of = NULL;

    if (form->parent && form->parent->form)
        of = wf_link_find_form(load, form->parent->form);
    if (of && wf_streq(of->family, load->form->family))
        return;
    wf_diag_at(load->diags, appeal->place, "required",
               "an appeal hangs under the document that it is against: give "
               "\"%s\" parent=\"…\", a link to \"%s\"",
               form->id, load->form->id);
}

void wf_check_appeal(struct wf_load *load)
{
    const struct wf_appeal *appeal = load->form->access.appeal;
    const struct wf_form *form;

    if (!appeal || !appeal->form)
        return;
    wf_link_form_name(load, appeal->place, appeal->form);
    form = wf_link_find_form(load, appeal->form);
    if (form)
        check_parent(load, appeal, form);
}
