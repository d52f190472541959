/* def/link.c - resolves what a form names, when all of it has been read.
 *
 * Fields come first: who-words and formulas ask for them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/link.h"

#include <string.h>

#include "base/messages.h"
#include "base/str.h"
#include "def/form_load.h"

/* --- Names of fields, steps, forms */

void wf_unknown_field(struct wf_load *load, struct wf_place place,
                      const char *path)
{
    struct wf_suggest guess = WF_SUGGEST_INIT(path);
    const struct wf_map *paths = &load->form->paths;

    for (size_t i = 0; i < paths->n && wf_load_may_guess(load); i++)
        wf_suggest_offer(&guess, paths->entries[i].key);
    wf_load_unknown(load, place, WF_MESSAGE("field"), &guess);
}

void wf_link_form_name(struct wf_load *load, struct wf_place place,
                       const char *id)
{
    if (!wf_streq(id, load->form->id)
        && !load->world->form(load->world->self, id))
        wf_load_no_form(load, place, id);
}

void wf_load_no_form(struct wf_load *load, struct wf_place place,
                     const char *id)
{
    if (load->world->open)
        wf_diag_warn_at(load->diags, place, "unknown",
                        "form \"%s\" is not here; it must come with a package "
                        "that this one requires",
                        id);
    else
        wf_diag_at(load->diags, place, "unknown", "there is no form \"%s\"",
                   id);
}

/* A lane begins at its start, and nowhere else: what is outside of it leads to
 * its parallel. */
static bool is_within(const struct wf_lane *lane, const struct wf_step *step)
{
    while (lane && step->lane != lane)
        lane = lane->parallel->lane;
    return step->kind == WF_STEP_JOIN || step->lane == lane;
}

static void link_step(struct wf_load *load, const struct wf_ref *ref)
{
    const struct wf_map *steps = &load->form->step_ids;
    struct wf_suggest guess = WF_SUGGEST_INIT(ref->text);
    const struct wf_step *step = wf_map_find(steps, ref->text);

    if (ref->lane && wf_streq(ref->text, WF_JOIN))
        step = ref->lane->parallel->join;
    if (step && is_within(ref->lane, step)) {
        *(const struct wf_step **)ref->slot = step;
        return;
    }
    load->steps_broken = true;
    if (step) {
        wf_diag_at(load->diags, ref->place, "lane",
                   "step \"%s\" is of the lane \"%s\": from outside one comes "
                   "there by the parallel \"%s\" only",
                   step->id, step->lane->id, step->lane->parallel->id);
        return;
    }
    for (size_t i = 0; i < steps->n && wf_load_may_guess(load); i++)
        wf_suggest_offer(&guess, steps->entries[i].key);
    wf_load_unknown(load, ref->place, WF_MESSAGE("step"), &guess);
}

static void link_field(struct wf_load *load, const struct wf_ref *ref)
{
    const struct wf_field *field = wf_form_field(load->form, ref->text);

    *(const struct wf_field **)ref->slot = field;
    if (!field)
        wf_unknown_field(load, ref->place, ref->text);
}

static void link_list(struct wf_load *load, const struct wf_ref *ref)
{
    WF_LIST(const struct wf_field *) fields = { 0 };
    struct wf_str rest = wf_str_of(ref->text), part;

    while (wf_str_split(&rest, ' ', &part)) {
        const char *path = wf_arena_slice(load->scratch, part);
        struct wf_field *field = wf_map_find(&load->form->paths, path);

        if (!part.len)
            continue;
        if (!field) {
            wf_unknown_field(load, ref->place, path);
            continue;
        }
        field->index = true;
        *WF_PUSH(load->arena, &fields) = field;
    }
    if (fields.n) {
        *WF_PUSH(load->arena, &fields) = NULL;
        *(const struct wf_field ***)ref->slot = fields.at;
    }
}

/* --- People, formulas */

static void link_who(struct wf_load *load, const struct wf_ref *ref)
{
    struct wf_who_scope scope = { load->form, ref->items,
                                  (enum wf_who_use)ref->use };

    *(const struct wf_who **)ref->slot = wf_who_parse_in(
        load->arena, ref->place, ref->text, &scope, load->diags);
}

const struct wf_form *wf_link_find_form(const struct wf_load *load,
                                        const char *id)
{
    return wf_streq(id, load->form->id)
               ? load->form
               : load->world->form(load->world->self, id);
}

static const struct wf_form *find_form(void *self, const char *id)
{
    return wf_link_find_form(self, id);
}

static struct wf_scope scope_of(struct wf_load *load, const struct wf_ref *ref)
{
    const struct wf_rollup *rollup = ref->rollup;
    struct wf_scope scope = {
        .form = rollup ? rollup->source : load->form,
        .items = ref->items,
        .package = load->package,
        .stored = ref->use & WF_USE_STORED,
        .with_private = !ref->owner || ref->owner->hidden_by_default,
        .approver = ref->use & WF_USE_APPROVER,
        .series = load->series,
        .mine = rollup ? load->form : NULL,
        .find_form = find_form,
        .self = load,
    };

    return scope;
}

static void link_expr(struct wf_load *load, const struct wf_ref *ref)
{
    struct wf_scope scope = scope_of(load, ref);
    enum wf_type want = ref->want;
    struct wf_expr *expr =
        wf_expr_parse(load->arena, ref->place, ref->text, load->diags);

    if (ref->rollup && !ref->rollup->source)
        return; /* the form of the sources is not here: told already */
    if (want == WF_T_ANY && ref->owner)
        want = wf_field_kind(ref->owner->type)->type;
    if (expr && wf_expr_link(load->arena, expr, &scope, want, load->diags))
        *(struct wf_expr **)ref->slot = expr;
}

static void link_template(struct wf_load *load, const struct wf_ref *ref)
{
    struct wf_scope scope = scope_of(load, ref);
    struct wf_template *template =
        wf_template_parse(load->arena, ref->place, ref->text, load->diags);

    scope.with_private = false;
    if (template
        && wf_template_link(load->arena, template, &scope, load->diags))
        *(struct wf_template **)ref->slot = template;
}

static void link_moment(struct wf_load *load, const struct wf_ref *ref)
{
    *(const struct wf_moment **)ref->slot = wf_moment_parse(
        load->arena, ref->place, ref->text, load->form, load->diags);
}

static void link_ref(struct wf_load *load, const struct wf_ref *ref)
{
    switch (ref->kind) {
    case WF_REF_EXPR:
        link_expr(load, ref);
        break;
    case WF_REF_TEMPLATE:
        link_template(load, ref);
        break;
    case WF_REF_WHO:
        link_who(load, ref);
        break;
    case WF_REF_STEP:
        link_step(load, ref);
        break;
    case WF_REF_SET:
        wf_link_set(load, ref);
        break;
    case WF_REF_MOMENT:
        link_moment(load, ref);
        break;
    case WF_REF_FIELD:
    case WF_REF_LIST:
        break; /* done before */
    }
}

/* --- What hangs on everything else */

/* `score due progress period` are the fields so called unless the form says
 * otherwise. */
static void link_defaults(struct wf_form *form)
{
    const struct {
        const char *id;
        const struct wf_field **slot;
    } rows[] = {
        { "score", &form->score },
        { "due", &form->due },
        { "progress", &form->progress },
        { "period", &form->period },
    };

    for (size_t i = 0; i < WF_COUNT(rows); i++)
        if (!*rows[i].slot)
            *rows[i].slot = wf_form_field(form, rows[i].id);
}

/* A rule about a column is asked row by row: its names mean the row first. */
static void link_rule_rows(struct wf_load *load)
{
    for (struct wf_rule *rule = load->form->rules; rule; rule = rule->next)
        for (size_t i = 0; rule->field && i < load->refs.n; i++)
            if (load->refs.at[i].slot == &rule->when)
                load->refs.at[i].items = rule->field->items;
}

struct wf_say *wf_link_message(struct wf_load *load, const struct wf_rule *rule,
                               struct wf_diags *diags)
{
    const struct wf_scope scope = { .form = load->form,
                                    .items =
                                        rule->field ? rule->field->items : NULL,
                                    .package = load->package,
                                    .find_form = find_form,
                                    .self = load };

    return wf_say_link(load->arena, rule->message_place, rule->words, &scope,
                       diags);
}

/* Messages of before were no templates: one that cannot be one is told as it
 * stands. None is deployed any more (check_rule.c). */
static void link_messages(struct wf_load *load)
{
    for (struct wf_rule *rule = load->form->rules; rule; rule = rule->next) {
        struct wf_diags unsaid =
            WF_DIAGS_INIT(load->scratch, load->diags->lang);

        rule->says = wf_link_message(load, rule, &unsaid);
        if (unsaid.n_errors)
            rule->says = NULL;
    }
}

static void link_form_names(struct wf_load *load)
{
    for (size_t i = 0; i < load->fields.n; i++) {
        const struct wf_field_at *at = &load->fields.at[i];

        if (at->field->form)
            wf_link_form_name(load, wf_place_of(at->elem, "form"),
                              at->field->form);
        if (at->field->options_form)
            wf_link_form_name(load, wf_place_of(at->elem, "options"),
                              at->field->options_form);
    }
}

/* What the approval says for all levels; their own words came first. */
static void link_levels(struct wf_load *load)
{
    for (size_t i = 0; i < load->levels.n; i++) {
        const struct wf_level_at *at = &load->levels.at[i];

        if (!wf_elem_attr(at->elem, "edit"))
            at->level->edit = at->defaults->edit;
        if (!wf_elem_attr(at->elem, "require"))
            at->level->require = at->defaults->require;
        at->level->deadline.own_timeout = wf_elem_attr(at->elem, "timeout");
        if (!at->level->deadline.own_timeout) {
            at->level->deadline.timeout_who =
                at->defaults->deadline.timeout_who;
            at->level->deadline.timeout_to = at->defaults->deadline.timeout_to;
        }
    }
}

static void index_field(void *self, const struct wf_field *field)
{
    struct wf_form *form = self;
    struct wf_field *own = wf_map_find(&form->paths, field->path);

    if (own == field)
        own->index = true;
}

static void index_who(struct wf_form *form, const struct wf_who *who)
{
    if (!who)
        return;
    if (who->field)
        index_field(form, who->field);
    index_who(form, who->left);
    index_who(form, who->right);
    index_who(form, who->arg);
}

static void index_when(struct wf_form *form, const struct wf_expr *when)
{
    if (when)
        wf_expr_uses(when, index_field, form);
}

/* Access is part of the query of every list: what it asks has index rows. */
static void index_access(struct wf_form *form)
{
    for (const struct wf_grant *at = form->access.grants; at; at = at->next) {
        index_who(form, at->to);
        index_when(form, at->when);
    }
    for (const struct wf_hide *at = form->access.hides; at; at = at->next) {
        index_who(form, at->from);
        index_when(form, at->when);
    }
}

static bool is_timed(const struct wf_deadline *deadline)
{
    return deadline->asks || deadline->asks_never || deadline->within.n
           || deadline->due || deadline->remind.n;
}

static void link_deadlines(struct wf_load *load)
{
    for (size_t i = 0; i < load->steps.n; i++)
        load->form->timed |= is_timed(&load->steps.at[i].step->deadline);
    for (size_t i = 0; i < load->levels.n; i++)
        load->form->timed |= is_timed(&load->levels.at[i].level->deadline);
}

/* Behind the join it goes on where the parallel says. */
static void link_joins(struct wf_load *load)
{
    for (size_t i = 0; i < load->steps.n; i++)
        if (load->steps.at[i].step->join)
            load->steps.at[i].step->join->then = load->steps.at[i].step->then;
}

/* A signal leads where the time would. */
static void link_waits(struct wf_load *load)
{
    for (size_t i = 0; i < load->steps.n; i++) {
        struct wf_step *step = load->steps.at[i].step;

        if (step->kind == WF_STEP_WAIT && step->actions)
            step->actions->to = step->then;
    }
}

static void link_fields(struct wf_load *load)
{
    for (size_t i = 0; i < load->refs.n; i++) {
        if (load->refs.at[i].kind == WF_REF_FIELD)
            link_field(load, &load->refs.at[i]);
        if (load->refs.at[i].kind == WF_REF_LIST)
            link_list(load, &load->refs.at[i]);
    }
}

void wf_link_refs(struct wf_load *load, const struct wf_form *about)
{
    struct wf_form *form = WF_NEW(load->scratch, struct wf_form);

    *form = *about;
    load->form = form;
    link_fields(load);
    for (size_t i = 0; i < load->refs.n; i++)
        link_ref(load, &load->refs.at[i]);
}

void wf_link_form(struct wf_load *load)
{
    link_fields(load);
    wf_link_wanted(load);
    link_defaults(load->form);
    link_rule_rows(load);
    link_form_names(load);
    wf_link_rollups(load);
    for (size_t i = 0; i < load->refs.n; i++)
        link_ref(load, &load->refs.at[i]);
    link_messages(load);
    link_levels(load);
    link_waits(load);
    link_joins(load);
    link_deadlines(load);
    wf_link_views(load);
    index_access(load->form);
    wf_order_formulas(load);
}
