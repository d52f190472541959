/* def/form_load.h - a form from its text to what can run: read, merged, linked,
 * checked.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_FORM_LOAD_H
#define WF_DEF_FORM_LOAD_H

#include "def/load.h"

/* What a form is made of. */
struct wf_form_source {
    const char *file, *text;
    const char *hook_file, *hook; /* NULL: none */
    const struct wf_package *package;
    const struct wf_form *base; /* of an overlay */
    int version;
};

/* Reads `root`, which is merged already if it is an overlay, into a new form
 * of load->arena. Nothing is linked yet. */
struct wf_form *wf_form_read(struct wf_load *load,
                             const struct wf_form_source *source,
                             const struct wf_elem *root);

/* Runs through the form's hook file and notes its functions. `find_script`
 * gives the texts that it requires. */
typedef const char *wf_script_fn(void *self, const char *name);
void wf_form_read_hook(struct wf_load *load, wf_script_fn *find_script,
                       void *self);

/* Whether `root` is an overlay: "ID@VERSION" of what it changes. A finding if
 * from= says something else. */
bool wf_overlay_base(struct wf_load *load, const struct wf_elem *root,
                     const char **id, int *version);

/* The elements of `base`, its text read again, with `overlay` applied. */
struct wf_elem *wf_overlay_merge(struct wf_load *load,
                                 const struct wf_elem *overlay,
                                 const struct wf_form *base);

/* Resolves all references, spells out sets, orders formulas. */
void wf_link_form(struct wf_load *load);

/* Resolves load->refs alone, of what is no form but is about one. */
void wf_link_refs(struct wf_load *load, const struct wf_form *about);

/* Judges a linked form. */
void wf_check_form(struct wf_load *load);

#endif
