/* def/link_adjust.c - what <adjust> names: forms, parts of them, attributes.
 *
 * A rule that names nothing would be silent, and so it would stay after
 * somebody has called a level otherwise.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages.h"
#include "base/str.h"
#include "def/adjust_rules.h"
#include "def/parse.h"

/* What reads the elements that are parts of an <adjust>. */
static const struct {
    const char *element;
    const struct wf_shape *shape;
} shapes[] = {
    { "field", &wf_field_shape },       { "items", &wf_items_shape },
    { "step", &wf_step_shape },         { "approval", &wf_approval_shape },
    { "branch", &wf_branch_shape },     { "wait", &wf_wait_shape },
    { "call", &wf_call_shape },         { "collect", &wf_collect_shape },
    { "parallel", &wf_parallel_shape }, { "end", &wf_end_shape },
    { "level", &wf_level_shape },       { "climb", &wf_climb_shape },
    { "option", &wf_option_shape },     { "point", &wf_point_shape },
    { "group", &wf_group_shape },
};

/* All that a rule is about. */
struct named {
    struct wf_arena *arena;
    struct wf_diags *diags;
    WF_LIST(struct wf_parts) forms; /* those of its forms that are there */
};

static void say_unknown(struct named *named, struct wf_place place,
                        const char *noun, const struct wf_suggest *guess)
{
    struct wf_load load = { .diags = named->diags };

    wf_load_unknown(&load, place, noun, guess);
}

/* --- Attributes */

/* The same; what it may have is offered. */
static bool takes(const struct wf_elem *elem, struct wf_suggest *name)
{
    for (size_t i = 0; i < WF_COUNT(shapes); i++)
        for (size_t j = 0; wf_elem_is(elem, shapes[i].element)
                           && j < shapes[i].shape->n_attrs;
             j++) {
            if (wf_streq(shapes[i].shape->attrs[j].name, name->word))
                return true;
            wf_suggest_offer(name, shapes[i].shape->attrs[j].name);
        }
    return false;
}

bool wf_adjust_takes(const struct wf_elem *elem, const char *name)
{
    struct wf_suggest none = WF_SUGGEST_INIT(name);

    return takes(elem, &none);
}

static void check_value(struct named *named, const struct wf_may *may,
                        const struct wf_may_value *value)
{
    struct wf_suggest name = WF_SUGGEST_INIT(value->of);

    if (value->min.given && value->max.given && value->min.at > value->max.at)
        wf_diag_at(named->diags, value->place, "range", "min is more than max");
    for (size_t i = 0; i < named->forms.n; i++) {
        const struct wf_parts *parts = &named->forms.at[i];

        for (size_t j = 0; j < parts->n; j++)
            if (wf_streq(parts->at[j]->kind, may->part)
                && wf_adjust_is_path_of(may->path, parts->at[j]->path)
                && (!parts->at[j]->elem || takes(parts->at[j]->elem, &name)))
                return;
    }
    say_unknown(named, value->place, WF_MESSAGE("attribute"), &name);
}

/* --- Parts */

/* Whether there is such a part; those of its kind are offered. */
static bool is_there(const struct named *named, const struct wf_may *may,
                     struct wf_suggest *path)
{
    for (size_t i = 0; i < named->forms.n; i++)
        for (size_t j = 0; j < named->forms.at[i].n; j++) {
            const struct wf_part *part = named->forms.at[i].at[j];

            if (!wf_streq(part->kind, may->part))
                continue;
            if (wf_adjust_is_path_of(may->path, part->path))
                return true;
            wf_suggest_offer(path, part->path);
            if (part->within)
                wf_suggest_offer(path, wf_arena_printf(named->arena, "%s.*",
                                                       part->within->path));
        }
    return false;
}

static void check_may(struct named *named, const struct wf_may *may)
{
    struct wf_suggest path = WF_SUGGEST_INIT(may->path);

    if (!is_there(named, may, &path)) {
        say_unknown(named, may->place, may->part, &path);
        return;
    }
    for (const struct wf_may_value *v = may->values; v; v = v->next)
        check_value(named, may, v);
}

/* --- Rules */

/* Forms of packages that are not here are known to nobody yet: of a rule that
 * names one of them nothing is said. */
static bool link_rule(struct named *named, const struct wf_adjust *rule,
                      const struct wf_world *world)
{
    bool known = true;

    for (const char **id = rule->forms; *id; id++) {
        const struct wf_form *form = world->form(world->self, *id);
        struct wf_diff_side side;

        known = known && form;
        if (!form && !world->open)
            wf_diag_at(named->diags, rule->forms_place, "unknown",
                       "there is no form \"%s\"", *id);
        if (!form)
            continue;
        side = wf_diff_form(named->arena, form);
        wf_parts_read(named->arena, &side,
                      WF_PUSH(named->arena, &named->forms));
    }
    return known;
}

void wf_link_adjusts(const struct wf_package *package,
                     const struct wf_world *world, struct wf_diags *diags)
{
    struct wf_arena *scratch WF_CLEANUP(wf_arena_end) = wf_arena_new();
    const char *approval = package->policy.approval;

    for (const struct wf_adjust *a = package->adjusts; a; a = a->next) {
        struct named named = { .arena = scratch, .diags = diags };

        if (link_rule(&named, a, world))
            for (const struct wf_may *m = a->mays; m; m = m->next)
                check_may(&named, m);
    }
    if (approval && !world->form(world->self, approval) && !world->open)
        wf_diag_at(diags, package->policy.place, "unknown",
                   "there is no form \"%s\"", approval);
}
