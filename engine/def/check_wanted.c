/* def/check_wanted.c - whether calls and collects can do what they promise: a
 * document that has somebody to be about, answers that can come in, and
 * anonymity that the asked form does not undo.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/str.h"
#include "def/check.h"

static const struct wf_form *form_of(struct wf_load *load, const char *id)
{
    if (!id)
        return NULL;
    return wf_streq(id, load->form->id)
               ? load->form
               : load->world->form(load->world->self, id);
}

static struct wf_place group_place(const struct wf_step_at *at,
                                   const struct wf_group *group,
                                   const char *attr)
{
    for (const struct wf_elem *kid = at->elem->first; kid; kid = kid->next)
        if (wf_elem_is(kid, "group")
            && wf_streq(wf_elem_get(kid, "id"), group->id))
            return wf_place_of(kid, attr);
    return wf_place_of(at->elem, attr);
}

/* Formulas are known only now that all forms are linked. */
static void check_puts(struct wf_load *load, const struct wf_step *step)
{
    const struct wf_wanted *wanted = step->wanted;
    const struct wf_form *of = form_of(load, wanted->form);

    for (const struct wf_put *put = wanted->puts; of && put; put = put->next) {
        const struct wf_field *field = wf_form_field(of, put->field);

        if (field && wf_field_is_derived(field))
            wf_diag_at(load->diags, put->place, "derived",
                       "\"%s\" is computed and cannot be set", put->field);
        if (field && step->kind == WF_STEP_CALL && field == of->subject)
            wf_diag_at(load->diags, put->place, "derived",
                       "\"%s\" is whom each document is about, which "
                       "for=\"…\" says; take this <set> away",
                       put->field);
    }
}

/* What is asked for hangs under what asks for it. */
static void check_parent(struct wf_load *load, const struct wf_step_at *at)
{
    const struct wf_form *form = load->form;
    const struct wf_form *of = form_of(load, at->step->wanted->form);
    const char *under = of && of->parent ? of->parent->form : NULL;

    if (under && !wf_streq(under, form->id) && !wf_streq(under, form->family))
        wf_diag_at(load->diags, wf_place_of(at->elem, "form"), "type",
                   "documents of \"%s\" hang under \"%s\", not under this "
                   "form",
                   of->id, under);
}

/* --- What is called */

static void check_call(struct wf_load *load, const struct wf_step_at *at)
{
    const struct wf_wanted *wanted = at->step->wanted;
    const struct wf_form *of = form_of(load, wanted->form);

    if (of && !of->subject)
        wf_diag_at(load->diags, wf_place_of(at->elem, "form"), "type",
                   "form \"%s\" says of nobody whom it is about; give it "
                   "subject=\"FIELD\"",
                   wanted->form);
    if (wanted->each && wanted->each->type != WF_F_ITEMS)
        wf_diag_at(load->diags, wf_place_of(at->elem, "each"), "type",
                   "\"%s\" is no table; each=\"…\" takes one, for a document "
                   "a row",
                   wanted->each->path);
}

/* --- What is collected */

static void check_group_name(struct wf_load *load, const struct wf_step_at *at,
                             const struct wf_group *group)
{
    const struct wf_field *table = at->step->wanted->table;
    const struct wf_field *column = table ? table->columns : NULL;

    while (column && !wf_streq(column->id, group->id))
        column = column->next;
    if (column && !wf_streq(group->id, at->step->id))
        wf_diag_at(load->diags, group_place(at, group, "id"), "reserved",
                   "no group may be called \"%s\": `%s.%s` is a column of "
                   "what is collected",
                   group->id, at->step->id, column->id);
}

static void check_groups(struct wf_load *load, const struct wf_step_at *at)
{
    const struct wf_wanted *wanted = at->step->wanted;
    bool has_groups = false, asks_itself = wf_elem_attr(at->elem, "from");

    for (const struct wf_group *g = wanted->groups; g; g = g->next) {
        has_groups = has_groups || !wf_streq(g->id, at->step->id);
        check_group_name(load, at, g);
        if (g->min > 0 && !wanted->short_)
            wf_diag_at(load->diags, group_place(at, g, "min"), "required",
                       "where does it go with fewer than %d answers of "
                       "\"%s\"? Write short=\"STEP\"",
                       g->min, g->id);
    }
    if (!has_groups && !asks_itself)
        wf_diag_at(load->diags, at->elem->place, "required",
                   "collect \"%s\" asks nobody; write <group id= from=/>, or "
                   "from=\"…\" here",
                   at->step->id);
    if (has_groups && asks_itself)
        wf_diag_at(load->diags, wf_place_of(at->elem, "from"), "type",
                   "from=\"…\" stands on the groups or on the <collect>, not "
                   "on both");
}

static void check_name(struct wf_load *load, const struct wf_step_at *at)
{
    if (wf_name_of(at->step->id) != WF_NAME_UNKNOWN)
        wf_diag_at(load->diags, wf_place_of(at->elem, "id"), "reserved",
                   "no collect may be called \"%s\": the word has a meaning "
                   "of its own in formulas",
                   at->step->id);
}

/* --- Anonymity */

static bool is_writers(const struct wf_who *who)
{
    return !who || who->kind == WF_WHO_CREATOR;
}

/* Whether a step of the asked form is between the writer and the end. */
static bool asks_only_its_writer(const struct wf_step *step)
{
    if (step->kind == WF_STEP_BRANCH || step->kind == WF_STEP_END)
        return true;
    if (step->kind != WF_STEP_WORK || !step->by || !is_writers(step->by))
        return false;
    for (const struct wf_action *at = step->actions; at; at = at->next)
        if (!is_writers(at->by))
            return false;
    return true;
}

static bool is_anonymous(const struct wf_wanted *wanted)
{
    for (const struct wf_group *g = wanted->groups; g; g = g->next)
        if (g->anonymous)
            return true;
    return false;
}

static void check_anonymous(struct wf_load *load, const struct wf_step_at *at)
{
    const struct wf_wanted *wanted = at->step->wanted;
    const struct wf_form *of = form_of(load, wanted->form);
    struct wf_place place = wf_place_of(at->elem, "form");

    if (!of || !is_anonymous(wanted))
        return;
    for (const struct wf_step *step = of->steps; step; step = step->next)
        if (!asks_only_its_writer(step)) {
            wf_diag_at(load->diags, place, "anonymous",
                       "answers can be anonymous only where nobody but their "
                       "writer is asked: step \"%s\" of \"%s\" needs "
                       "by=\"creator\"",
                       step->id, of->id);
            break;
        }
    if (of->hook)
        wf_diag_warn_at(load->diags, place, "anonymous",
                        "the hooks of \"%s\" are not called for anonymous "
                        "answers",
                        of->id);
}

void wf_check_wanted(struct wf_load *load)
{
    for (size_t i = 0; i < load->steps.n; i++) {
        const struct wf_step_at *at = &load->steps.at[i];

        if (at->step->wanted) {
            check_parent(load, at);
            check_puts(load, at->step);
        }
        if (at->step->kind == WF_STEP_CALL)
            check_call(load, at);
        if (at->step->kind != WF_STEP_COLLECT)
            continue;
        check_name(load, at);
        check_groups(load, at);
        check_anonymous(load, at);
    }
}
