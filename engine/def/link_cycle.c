/* def/link_cycle.c - what a cycle names: forms and their fields, times; and
 * whether that can be.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages.h"
#include "base/str.h"
#include "def/cycle.h"
#include "def/link.h"
#include "def/parse.h"

/* --- Forms */

static const struct wf_form *find_form(struct wf_load *load, const char *id,
                                       struct wf_place place)
{
    const struct wf_form *form =
        id ? load->world->form(load->world->self, id) : NULL;

    if (id)
        wf_link_form_name(load, place, id);
    return form;
}

static void check_subject(struct wf_load *load,
                          const struct wf_cycle_stage *stage)
{
    if (!stage->form)
        return;
    if (!stage->anonymous && !stage->form->subject)
        wf_diag_at(load->diags, stage->place, "required",
                   "documents of \"%s\" are about nobody: give that form "
                   "subject=\"a person field\"",
                   stage->form->id);
    if (stage->anonymous && stage->form->subject)
        wf_diag_at(load->diags, stage->place, "anonymous",
                   "documents of \"%s\" are about a person, who would be the "
                   "one that writes: ask for a form without subject=\"…\"",
                   stage->form->id);
}

static void see_unit(void *self, const struct wf_field *field)
{
    bool *found = self;

    *found = *found || wf_streq(field->id, "unit");
}

/* One for each unit, and which it is for. */
static void check_each(struct wf_load *load, const struct wf_cycle_stage *stage)
{
    bool told = false;

    if (!stage->by_unit)
        return;
    for (const struct wf_put *put = stage->puts; put; put = put->next)
        if (put->value)
            wf_expr_uses(put->value, see_unit, &told);
    if (stage->anonymous)
        wf_diag_at(load->diags, stage->place, "anonymous",
                   "each=\"unit\" asks the head of each unit, who would be "
                   "known by it: take anonymous away");
    else if (!told)
        wf_diag_at(load->diags, stage->place, "required",
                   "each=\"unit\" makes a document for each unit: say which "
                   "with <set field=\"…\" value=\"unit\"/>");
}

/* Runs give their period to the field that is it. */
static void check_period(struct wf_load *load, const struct wf_cycle *cycle,
                         const struct wf_cycle_stage *stage)
{
    const struct wf_field *field = stage->form ? stage->form->period : NULL;

    for (const struct wf_put *put = stage->puts; field && put; put = put->next)
        if (wf_streq(put->field, field->id))
            return;
    if (!field || !cycle->unit || field->period == cycle->unit)
        return;
    wf_diag_at(load->diags, stage->place, "period",
               "the period of \"%s\" is a %s, that of this cycle a %s: set it "
               "with <set field=\"%s\" value=\"…\"/>",
               stage->form->id, wf_period_unit_name(field->period),
               wf_period_unit_name(cycle->unit), field->id);
}

/* --- Times */

/* A time of a stage counts from what is known before it. */
static void check_moment(struct wf_load *load, struct wf_place place,
                         const struct wf_moment *moment, const char *attr,
                         enum wf_anchor before)
{
    enum wf_anchor anchor = moment ? moment->anchor : WF_ANCHOR_DAY;

    if (anchor == WF_ANCHOR_DAY || anchor == WF_ANCHOR_START
        || anchor == WF_ANCHOR_END
        || (anchor >= WF_ANCHOR_OPENS && anchor < before))
        return;
    wf_diag_at(load->diags, place, "time",
               "%s=\"%s\" must count from start or end of the period, from a "
               "day, or from a time that stands before it: opens, due, freeze, "
               "reveal",
               attr, moment->text);
}

static void check_times(struct wf_load *load,
                        const struct wf_cycle_stage *stage)
{
    check_moment(load, stage->place, stage->opens, "opens", WF_ANCHOR_OPENS);
    check_moment(load, stage->place, stage->due, "due", WF_ANCHOR_DUE);
    check_moment(load, stage->place, stage->freezes, "freeze",
                 WF_ANCHOR_FREEZE);
    check_moment(load, stage->place, stage->reveals, "reveal",
                 WF_ANCHOR_REVEAL);
    check_moment(load, stage->place, stage->closes, "close",
                 (enum wf_anchor)(WF_ANCHOR_REVEAL + 1));
    if (stage->anonymous && !stage->closes)
        wf_diag_at(load->diags, stage->place, "required",
                   "an anonymous stage says when it closes: answers show only "
                   "from then on");
}

/* --- Calibration */

static bool is_of_stage(const struct wf_cycle *cycle, const char *form)
{
    const struct wf_cycle_stage *at = cycle->stages;

    while (at && !wf_streq(at->form_id, form))
        at = at->next;
    return at;
}

static void check_share(struct wf_load *load,
                        const struct wf_calibrate *calibrate,
                        const struct wf_field *field,
                        const struct wf_share *share)
{
    const struct wf_choices *choices =
        field->type == WF_F_RATING ? field->scale : field->choices;
    struct wf_suggest guess = WF_SUGGEST_INIT(share->value);

    if (!choices || wf_choices_find(choices, share->value))
        return;
    for (const struct wf_option *o = choices->options; o; o = o->next)
        wf_suggest_offer(&guess, o->id);
    wf_load_unknown(load, calibrate->place, WF_MESSAGE("option"), &guess);
}

static void check_field(struct wf_load *load,
                        const struct wf_calibrate *calibrate,
                        const struct wf_form *form)
{
    const struct wf_field *field = wf_form_field(form, calibrate->field);
    struct wf_suggest guess = WF_SUGGEST_INIT(calibrate->field);

    if (!field) {
        for (const struct wf_field *f = form->fields; f; f = f->next)
            wf_suggest_offer(&guess, f->id);
        wf_load_unknown(load, calibrate->place, WF_MESSAGE("field"), &guess);
        return;
    }
    if (field->items || field->type == WF_F_ITEMS)
        wf_diag_at(load->diags, calibrate->place, "type",
                   "\"%s\" is compared across documents: it must stand outside "
                   "of tables",
                   field->path);
    for (const struct wf_share *s = calibrate->shares; s; s = s->next)
        check_share(load, calibrate, field, s);
}

static void link_calibrate(struct wf_load *load, const struct wf_cycle *cycle,
                           struct wf_calibrate *calibrate)
{
    const struct wf_form *form;

    check_moment(load, calibrate->place, calibrate->opens, "opens",
                 WF_ANCHOR_OPENS);
    check_moment(load, calibrate->place, calibrate->due, "due", WF_ANCHOR_DUE);
    if (!calibrate->form_id || !calibrate->field)
        return;
    form = find_form(load, calibrate->form_id, calibrate->place);
    if (!is_of_stage(cycle, calibrate->form_id))
        wf_diag_at(load->diags, calibrate->place, "unknown",
                   "no stage of this cycle asks for \"%s\"",
                   calibrate->form_id);
    calibrate->form = form;
    if (form)
        check_field(load, calibrate, form);
}

/* Values of many documents are compared by their index rows. */
void wf_cycle_uses(const struct wf_head *head, wf_kind_see_fn *see, void *self)
{
    const struct wf_cycle *cycle = (const struct wf_cycle *)(const void *)head;

    for (const struct wf_calibrate *c = cycle->calibrates; c; c = c->next) {
        const struct wf_field *field =
            c->form ? wf_form_field(c->form, c->field) : NULL;

        if (field && !field->items && field->type != WF_F_ITEMS)
            see(self, c->form, field);
    }
}

/* --- The whole */

static void link_stage(struct wf_load *load, const struct wf_cycle *cycle,
                       struct wf_cycle_stage *stage)
{
    stage->form = find_form(load, stage->form_id, stage->place);
    for (struct wf_put *put = stage->puts; put; put = put->next)
        wf_link_put(load, put, stage->form, NULL);
    check_subject(load, stage);
    check_period(load, cycle, stage);
}

void wf_link_cycle(struct wf_load *load, const struct wf_elem *root,
                   struct wf_head *head)
{
    struct wf_cycle *cycle = (struct wf_cycle *)(void *)head;

    (void)root;
    load->form = cycle->form;
    for (size_t i = 0; i < load->outline.n; i++)
        (void)wf_map_add(load->arena, &cycle->form->hook_functions,
                         load->outline.at[i].name,
                         wf_arena_str(load->arena, load->outline.at[i].name));
    for (struct wf_cycle_stage *s = cycle->stages; s; s = s->next)
        link_stage(load, cycle, s);
    wf_link_refs(load, cycle->form);
    for (struct wf_cycle_stage *s = cycle->stages; s; s = s->next) {
        check_times(load, s);
        check_each(load, s);
    }
    for (struct wf_calibrate *c = cycle->calibrates; c; c = c->next)
        link_calibrate(load, cycle, c);
}
