/* def/link.h - what link.c leaves to files of their own.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_LINK_H
#define WF_DEF_LINK_H

#include "def/parse.h"

/* Spells out "items.column section *" into fields. */
void wf_link_set(struct wf_load *load, const struct wf_ref *ref);

/* The form `id`, the one that is being read among them; NULL: not here. */
const struct wf_form *wf_link_find_form(const struct wf_load *load,
                                        const char *id);

/* The sources of rollups, what ties them to this form, and the rows that their
 * expressions are over. Before any expression is linked. */
void wf_link_rollups(struct wf_load *load);

/* What a rule says, as templates; what is wrong with them goes to `diags`. */
struct wf_say *wf_link_message(struct wf_load *load, const struct wf_rule *rule,
                               struct wf_diags *diags);

/* The forms and fields that calls and collects name, and the tables that
 * collects become. After the references to fields, before those to values. */
void wf_link_wanted(struct wf_load *load);

/* One <set>: the field of `of` (NULL: not here) that takes it, and what its
 * value is over. */
void wf_link_put(struct wf_load *load, struct wf_put *put,
                 const struct wf_form *of, const struct wf_field *each);

/* Fills form->formulas so that what a formula uses stands before it; a circle
 * is a finding that shows its path. */
void wf_order_formulas(struct wf_load *load);

#endif
