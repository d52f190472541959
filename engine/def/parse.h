/* def/parse.h - the parts of a definition, each read by a file of its own.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_PARSE_H
#define WF_DEF_PARSE_H

#include "def/shape.h"

struct wf_package *wf_package_new(struct wf_arena *arena, const char *id);
struct wf_package *wf_parse_package(struct wf_load *load,
                                    const struct wf_elem *root,
                                    const char *text);
struct wf_calendar *wf_parse_calendar(struct wf_load *load,
                                      const struct wf_elem *root);
void wf_parse_form(struct wf_load *load, const struct wf_elem *root);
extern wf_kid_fn wf_parse_fields;
extern wf_kid_fn wf_parse_rollup;
extern wf_kid_fn wf_parse_workflow;
extern wf_kid_fn wf_parse_approval;
extern wf_kid_fn wf_parse_call;
extern wf_kid_fn wf_parse_collect;
extern wf_kid_fn wf_parse_access;
extern wf_kid_fn wf_parse_views;

/* allow, deny and comment of a level: unsigned, of enum wf_verb_bit. */
extern wf_attr_fn wf_read_verbs;
extern wf_attr_fn wf_read_explain; /* also required, optional */

/* What of a field hangs on its type, once all of `elem` is read. */
void wf_read_by_type(struct wf_load *load, const struct wf_elem *elem,
                     struct wf_field *field);

/* Options and points, of fields, lists and scales: children `option`, `point`
 * of a struct wf_choices. */
extern wf_kid_fn wf_parse_option;
extern wf_kid_fn wf_parse_point;

void wf_link_views(struct wf_load *load);

/* An approval or another step, once read, joins the form. */
void wf_load_add_step(struct wf_load *load, const struct wf_elem *elem,
                      struct wf_step *step);

const char *wf_right_word(unsigned right); /* "read" */

/* Findings about names, with the best guess; form names may be those of
 * packages that are not here (world->open). */
void wf_unknown_field(struct wf_load *load, struct wf_place place,
                      const char *path);
void wf_link_form_name(struct wf_load *load, struct wf_place place,
                       const char *id);

#endif
