/* def/form_load.c - a form as a whole: its text, its hooks, its base.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/form_load.h"

#include <string.h>

#include "base/str.h"
#include "def/parse.h"

static const char *merged_text(struct wf_arena *arena,
                               const struct wf_elem *root)
{
    struct wf_buf out = WF_BUF_INIT(arena);

    wf_elem_write(&out, root);
    return wf_buf_text(&out);
}

struct wf_form *wf_form_read(struct wf_load *load,
                             const struct wf_form_source *source,
                             const struct wf_elem *root)
{
    struct wf_form *form = WF_NEW(load->arena, struct wf_form);
    const struct wf_form *base = source->base;

    form->arena = load->arena;
    form->package = source->package;
    form->version = source->version;
    form->file = source->file;
    load->form = form;
    load->package = source->package;
    load->lang = source->package->lang;
    wf_parse_form(load, root);
    if (!form->id)
        form->id = "";
    form->family = base ? wf_arena_str(load->arena, base->family) : form->id;
    form->base = base ? wf_arena_str(load->arena, base->id) : NULL;
    form->base_version = base ? base->version : 0;
    form->text = base ? merged_text(load->arena, root)
                      : wf_arena_str(load->arena, source->text);
    if (source->hook) {
        form->hook_file = wf_arena_str(load->arena, source->hook_file);
        form->hook = wf_arena_str(load->arena, source->hook);
    }
    return form;
}

void wf_form_read_hook(struct wf_load *load, wf_script_fn *find_script,
                       void *self)
{
    struct wf_form *form = load->form;

    if (!form->hook)
        return;
    (void)wf_script_check(load->arena, form->hook_file, form->hook,
                          strlen(form->hook), find_script, self, &load->outline,
                          load->diags);
    for (size_t i = 0; i < load->outline.n; i++) {
        const char *name = load->outline.at[i].name;

        (void)wf_map_add(load->arena, &form->hook_functions, name,
                         wf_arena_str(load->arena, name));
    }
}
