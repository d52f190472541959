/* def/check_edit.c - whether what must be filled can be filled: a required
 * field that nobody may edit before an action needs it stops every document.
 *
 * A field that a hook, a default or a formula fills is nobody's to edit.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/str.h"
#include "def/check.h"
#include "def/ways.h"

/* Whether the people of a step, its levels among them, may edit `field`. */
static bool edits(const struct wf_step *step, const struct wf_field *field)
{
    if (wf_field_set_has(&step->edit, field))
        return true;
    for (const struct wf_level *at = step->levels; at; at = at->next)
        if (wf_field_set_has(&at->edit, field))
            return true;
    return false;
}

/* Whether whoever makes it fills it, because no step asks for anything
 * first. */
static bool begins_whole(const struct wf_form *form)
{
    return form->start && form->start->kind != WF_STEP_WORK;
}

/* Filled without anybody's doing, as far as can be seen from here. */
static bool is_filled(const struct wf_load *load, const struct wf_field *field)
{
    return wf_field_is_derived(field) || field->rolled
           || begins_whole(load->form) || field->default_kind != WF_DEFAULT_NONE
           || field == load->form->parent
           || (load->form->hook && strstr(load->form->hook, field->id));
}

static bool granted(const struct wf_load *load, const struct wf_field *field)
{
    for (const struct wf_grant *at = load->form->access.grants; at;
         at = at->next)
        if ((at->rights & WF_RIGHT_EDIT)
            && wf_field_set_has(&at->fields, field))
            return true;
    return false;
}

static bool edited_before(const struct wf_load *load,
                          const struct wf_ways *ways,
                          const struct wf_step *step,
                          const struct wf_field *field)
{
    if (granted(load, field))
        return true;
    for (size_t i = 0; i < load->steps.n; i++) {
        const struct wf_step *other = load->steps.at[i].step;

        if (edits(other, field) && (!step || wf_ways_reach(ways, other, step)))
            return true;
    }
    return false;
}

/* required="true" that no step ever asks for, or that nobody may write. */
static void check_required(struct wf_load *load, const struct wf_ways *ways)
{
    for (size_t i = 0; i < load->fields.n; i++) {
        const struct wf_field_at *at = &load->fields.at[i];
        struct wf_place place = wf_place_of(at->elem, "required");

        if (!at->field->required || is_filled(load, at->field))
            continue;
        if (at->field->readonly)
            wf_diag_at(load->diags, place, "required",
                       "\"%s\" is required and readonly, and nothing fills "
                       "it; give it a default",
                       at->field->path);
        else if (!edited_before(load, ways, NULL, at->field))
            wf_diag_at(load->diags, place, "required",
                       "\"%s\" is required, but no step lets anybody edit it; "
                       "name it in edit=\"…\" of a step",
                       at->field->path);
    }
}

static void check_set(struct wf_load *load, const struct wf_ways *ways,
                      const struct wf_step *step,
                      const struct wf_field_set *set, struct wf_place place)
{
    for (size_t i = 0; i < set->n; i++) {
        const struct wf_field *field = set->at[i];

        if (is_filled(load, field)
            || (!field->readonly && edited_before(load, ways, step, field)))
            continue;
        wf_diag_at(load->diags, place, "required",
                   "\"%s\" must be filled here, but nobody may edit it here "
                   "or before; name it in edit=\"…\"",
                   field->path);
    }
}

void wf_check_edit(struct wf_load *load)
{
    const struct wf_ways *ways;

    if (load->steps_broken)
        return;
    ways = wf_ways_of(load);
    check_required(load, ways);
    for (size_t i = 0; i < load->steps.n; i++) {
        const struct wf_step_at *at = &load->steps.at[i];

        check_set(load, ways, at->step, &at->step->require,
                  wf_place_of(at->elem, "require"));
    }
    for (size_t i = 0; i < load->levels.n; i++) {
        const struct wf_level_at *at = &load->levels.at[i];

        if (wf_elem_attr(at->elem, "require"))
            check_set(load, ways, at->approval, &at->level->require,
                      wf_place_of(at->elem, "require"));
    }
}
