/* def/parse.h - the parts of a definition, each read by a file of its own.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_PARSE_H
#define WF_DEF_PARSE_H

#include "def/shape.h"

struct wf_package *wf_package_new(struct wf_arena *arena, const char *id);
struct wf_package *wf_parse_package(struct wf_load *load,
                                    const struct wf_elem *root);
struct wf_calendar *wf_parse_calendar(struct wf_load *load,
                                      const struct wf_elem *root);
void wf_parse_form(struct wf_load *load, const struct wf_elem *root);
extern wf_kid_fn wf_parse_fields;
extern wf_kid_fn wf_parse_rollup;
extern wf_kid_fn wf_parse_metric_value;
extern wf_kid_fn wf_parse_workflow;
extern wf_kid_fn wf_parse_approval;
extern wf_kid_fn wf_parse_call;
extern wf_kid_fn wf_parse_collect;
extern wf_kid_fn wf_parse_parallel;
extern wf_kid_fn wf_parse_access;
extern wf_kid_fn wf_parse_views;
extern wf_kid_fn wf_parse_retention;
extern wf_kid_fn wf_parse_adjust; /* an <adjust> of a struct wf_package */
extern wf_kid_fn wf_parse_nav;    /* a <place> of a struct wf_package */

/* allow, deny and comment of a level: unsigned, of enum wf_verb_bit. */
extern wf_attr_fn wf_read_verbs;
extern wf_attr_fn wf_read_explain; /* also required, optional */

/* <set> into the list that begins at `first`; and how few answers are shown:
 * int, at least WF_MIN_FLOOR. */
void wf_load_put(struct wf_load *load, const struct wf_elem *elem,
                 struct wf_put **first);
extern wf_attr_fn wf_read_floor;

/* What of a field hangs on its type, once all of `elem` is read. */
void wf_read_by_type(struct wf_load *load, const struct wf_elem *elem,
                     struct wf_field *field);

/* Options and points, of fields, lists and scales: children `option`, `point`
 * of a struct wf_choices. */
extern wf_kid_fn wf_parse_option;
extern wf_kid_fn wf_parse_point;

void wf_link_views(struct wf_load *load);

/* What steps a workflow and a lane may have: all but ends are of both. */
extern const struct wf_kid_row *const wf_lane_kids;
extern const size_t wf_n_lane_kids;

/* Who may do something with a package: const struct wf_who *; const unsigned *
 * of enum wf_who_use. */
extern wf_attr_fn wf_read_deploy_by;

/* What an element of a form may have; for who asks whether it may. */
extern const struct wf_shape wf_field_shape, wf_items_shape, wf_option_shape,
    wf_point_shape, wf_step_shape, wf_end_shape, wf_branch_shape, wf_wait_shape,
    wf_approval_shape, wf_level_shape, wf_climb_shape, wf_call_shape,
    wf_collect_shape, wf_group_shape, wf_parallel_shape;

/* Looks for the forms that rules of adjusting, and the policy, name, and for
 * the parts and attributes that the rules leave to others. The forms are
 * linked. */
void wf_link_adjusts(const struct wf_package *package,
                     const struct wf_world *world, struct wf_diags *diags);

/* Looks for the forms and views that the places name. */
void wf_link_navs(const struct wf_package *package,
                  const struct wf_world *world, struct wf_diags *diags);

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
void wf_load_no_form(struct wf_load *load, struct wf_place place,
                     const char *id);

#endif
