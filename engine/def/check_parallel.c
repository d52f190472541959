/* def/check_parallel.c - whether lanes begin within themselves, can join, and
 * are as many as the join asks for.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"
#include "def/check.h"

/* The element of a lane, for the place of its start. */
static const struct wf_elem *elem_of(const struct wf_step_at *at,
                                     const struct wf_lane *lane)
{
    for (const struct wf_elem *kid = at->elem->first; kid; kid = kid->next)
        if (wf_elem_is(kid, "lane")
            && wf_streq(wf_elem_get(kid, "id"), lane->id))
            return kid;
    return at->elem;
}

static void check_start(struct wf_load *load, const struct wf_step_at *at,
                        const struct wf_lane *lane)
{
    if (!lane->start || lane->start->lane == lane)
        return;
    load->steps_broken = true;
    wf_diag_at(load->diags, wf_place_of(elem_of(at, lane), "start"), "lane",
               "lane \"%s\" begins with a step of its own, not with "
               "\"%s\"",
               lane->id, lane->start->id);
}

/* Whether some step of the lane leads to its join: what does not only leaves
 * the parallel, and the others wait for nothing. */
static bool joins(const struct wf_load *load, const struct wf_lane *lane)
{
    for (size_t i = 0; i < load->refs.n; i++) {
        const struct wf_ref *ref = &load->refs.at[i];

        if (ref->kind == WF_REF_STEP && ref->lane == lane
            && wf_streq(ref->text, WF_JOIN))
            return true;
    }
    return false;
}

static void check_join(struct wf_load *load, const struct wf_step_at *at)
{
    const struct wf_step *step = at->step;

    if (step->n_lanes < 2)
        wf_diag_at(load->diags, at->elem->place, "required",
                   "parallel \"%s\" needs at least two lanes", step->id);
    else if (step->enough > step->n_lanes)
        wf_diag_at(load->diags, wf_place_of(at->elem, "join"), "limit",
                   "join=\"%d\" waits for more lanes than parallel \"%s\" "
                   "has: %d",
                   step->enough, step->id, step->n_lanes);
}

static void check_names(struct wf_load *load)
{
    for (size_t i = 0; i < load->steps.n; i++)
        if (wf_streq(load->steps.at[i].step->id, WF_JOIN))
            wf_diag_at(load->diags, wf_place_of(load->steps.at[i].elem, "id"),
                       "reserved",
                       "no step may be called \"join\" where there are lanes: "
                       "to=\"join\" is where they meet");
}

void wf_check_parallels(struct wf_load *load)
{
    bool any = false;

    for (size_t i = 0; i < load->steps.n; i++) {
        const struct wf_step_at *at = &load->steps.at[i];

        if (at->step->kind != WF_STEP_PARALLEL)
            continue;
        any = true;
        if (!load->steps_broken)
            check_join(load, at);
        for (const struct wf_lane *lane = at->step->lanes; lane;
             lane = lane->next) {
            check_start(load, at, lane);
            if (!joins(load, lane))
                wf_diag_at(load->diags, elem_of(at, lane)->place, "endless",
                           "no step of lane \"%s\" leads to \"join\", so the "
                           "others would wait for nothing",
                           lane->id);
        }
    }
    if (any)
        check_names(load);
}
