/* def/parse_parallel.c - reads <parallel>: its lanes, each with steps of its
 * own, and how many of them join.
 *
 * Source: docs/definition-language.md, "Lanes".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"
#include "def/limits.h"
#include "def/parse.h"

/* --- Lanes */

#define AT(member) offsetof(struct wf_lane, member)
/* clang-format off */
static const struct wf_attr_row lane_attrs[] = {
    { "id",    wf_read_id,   AT(id),    true,  NULL },
    { "label", wf_read_word, AT(words), false, &wf_word_label },
    { "help",  wf_read_word, AT(words), false, &wf_word_help },
    { "start", wf_read_step, AT(start), true,  NULL },
};
/* clang-format on */

static void add_lane(struct wf_load *load, const struct wf_elem *elem,
                     struct wf_step *parallel, struct wf_lane *lane)
{
    struct wf_lane **end = &parallel->lanes;

    for (; *end; end = &(*end)->next)
        if (lane->id && wf_streq((*end)->id, lane->id)) {
            wf_diag_at(load->diags, wf_place_of(elem, "id"), "duplicate",
                       "there is a lane \"%s\" already, in line %d", lane->id,
                       (*end)->place.line);
            load->steps_broken = true;
            return;
        }
    if (!wf_load_room(load, elem, (size_t)parallel->n_lanes, WF_MAX_LANES)) {
        load->steps_broken = true;
        return;
    }
    parallel->n_lanes++;
    *end = lane;
}

/* The parallel joins the form before the steps in it. */
static void parse_lane(struct wf_load *load, const struct wf_elem *elem,
                       void *parent)
{
    const struct wf_shape shape = { lane_attrs, WF_COUNT(lane_attrs),
                                    wf_lane_kids, wf_n_lane_kids, AT(words) };
    struct wf_lane *around = load->lane;
    struct wf_step *parallel = parent;
    struct wf_lane *lane = WF_NEW(load->arena, struct wf_lane);

    if (!parallel->lanes)
        wf_load_add_step(load, elem->parent, parallel);
    lane->place = elem->place;
    lane->parallel = parallel;
    load->lane = lane;
    wf_load_read(load, elem, &shape, lane);
    load->lane = around;
    load->steps_broken = load->steps_broken || !lane->id;
    add_lane(load, elem, parallel, lane);
}
#undef AT

/* --- Parallels */

/* all, any, or how many. */
static void read_join(struct wf_load *load, const struct wf_attr *attr,
                      void *member, const void *arg)
{
    int64_t n = 1;

    (void)arg;
    if (wf_streq(attr->value, "all"))
        return;
    if (!wf_streq(attr->value, "any")
        && (!wf_str_to_int(wf_str_of(attr->value), &n) || n < 1
            || n > WF_MAX_LANES)) {
        wf_diag_at(load->diags, attr->place, "unknown",
                   "join=\"%s\" is not possible; write all, any, or how many "
                   "lanes join",
                   attr->value);
        return;
    }
    *(int *)member = (int)n;
}

#define AT(member) offsetof(struct wf_step, member)
/* clang-format off */
static const struct wf_attr_row parallel_attrs[] = {
    { "id",    wf_read_id,   AT(id),     true,  NULL },
    { "label", wf_read_word, AT(words),  false, &wf_word_label },
    { "help",  wf_read_word, AT(words),  false, &wf_word_help },
    { "join",  read_join,    AT(enough), false, NULL },
    { "next",  wf_read_step, AT(then),   true,  NULL },
};
static const struct wf_kid_row parallel_kids[] = { { "lane", parse_lane } };
/* clang-format on */

const struct wf_shape wf_parallel_shape = {
    parallel_attrs, WF_COUNT(parallel_attrs), parallel_kids,
    WF_COUNT(parallel_kids), AT(words)
};
#undef AT

void wf_parse_parallel(struct wf_load *load, const struct wf_elem *elem,
                       void *parent)
{
    struct wf_step *step = WF_NEW(load->arena, struct wf_step);

    (void)parent;
    step->kind = WF_STEP_PARALLEL;
    step->place = elem->place;
    step->join = WF_NEW(load->arena, struct wf_step);
    step->join->id = WF_JOIN;
    step->join->kind = WF_STEP_JOIN;
    step->join->place = elem->place;
    wf_load_read(load, elem, &wf_parallel_shape, step);
    if (!step->lanes)
        wf_load_add_step(load, elem, step);
}
