/* def/form.c - finding the parts of a form.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/form.h"

#include "base/str.h"

const struct wf_field *wf_form_field(const struct wf_form *form,
                                     const char *path)
{
    return wf_map_find(&form->paths, path);
}

const struct wf_step *wf_form_step(const struct wf_form *form, const char *id)
{
    return wf_map_find(&form->step_ids, id);
}

const struct wf_action *wf_step_action(const struct wf_step *step,
                                       const char *id)
{
    const struct wf_action *at = step->actions;

    while (at && !wf_streq(at->id, id))
        at = at->next;
    return at;
}

const struct wf_level *wf_step_level(const struct wf_step *step, const char *id)
{
    const struct wf_level *at = step->levels;

    while (at && !wf_streq(at->id, id))
        at = at->next;
    return at;
}

const struct wf_lane *wf_step_lane(const struct wf_step *parallel,
                                   const char *id)
{
    const struct wf_lane *at = parallel->lanes;

    while (at && !wf_streq(at->id, id))
        at = at->next;
    return at;
}

bool wf_lane_has(const struct wf_lane *lane, const struct wf_step *step)
{
    return step->kind != WF_STEP_JOIN && step->lane == lane;
}

int wf_step_joins(const struct wf_step *parallel)
{
    return parallel->enough ? parallel->enough : parallel->n_lanes;
}

bool wf_field_is_derived(const struct wf_field *field)
{
    return field->formula || field->collected;
}

bool wf_field_set_has(const struct wf_field_set *set,
                      const struct wf_field *field)
{
    if (set->all)
        return true;
    for (size_t i = 0; i < set->n; i++)
        if (set->at[i] == field)
            return true;
    return false;
}
