/* def/link_report.c - what a report names, and whether it can be counted: by
 * facts alone, and with a floor so that nobody is told apart.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages.h"
#include "base/str.h"
#include "def/expr_tree.h"
#include "def/fact.h"
#include "def/parse.h"
#include "def/report_parts.h"

const struct wf_measure *wf_report_measure(const struct wf_report *report,
                                           const char *id)
{
    const struct wf_measure *at = report->measures;

    while (at && !wf_streq(at->id, id))
        at = at->next;
    return at;
}

const struct wf_report_group *wf_report_group(const struct wf_report *report,
                                              const char *id)
{
    const struct wf_report_group *at = report->groups;

    while (at && !wf_streq(at->id, id))
        at = at->next;
    return at;
}

void wf_link_said(struct wf_load *load, struct wf_said *said,
                  const struct wf_form *form, enum wf_type want)
{
    const struct wf_scope scope = { .form = form,
                                    .package = load->package,
                                    .with_private = true };
    struct wf_expr *expr;

    if (!said->text)
        return;
    expr = wf_expr_parse(load->arena, said->place, said->text, load->diags);
    if (expr && wf_expr_link(load->arena, expr, &scope, want, load->diags))
        said->expr = expr;
}

void wf_link_people(struct wf_load *load, const struct wf_form *form)
{
    struct wf_form *none = WF_NEW(load->arena, struct wf_form);

    none->id = "";
    none->package = load->package;
    wf_link_refs(load, form ? form : none);
}

/* --- Groups */

/* health, or health with a word for those that have none. */
static bool is_light(const struct wf_node *node)
{
    if (node->op == WF_OP_OR)
        node = node->args[0];
    return node->op == WF_OP_NAME && node->name == WF_NAME_HEALTH;
}

static void link_group(struct wf_load *load, const struct wf_report *report,
                       struct wf_report_group *group)
{
    const struct wf_form *form = report->form;
    const struct wf_field *field;

    if (group->over != WF_PERIOD_NONE && !report->date)
        wf_diag_at(load->diags, group->place, "required",
                   "group \"%s\" is by periods of a date that the report does "
                   "not name; write date=\"created\" there",
                   group->id);
    wf_link_said(load, &group->value, form, WF_T_ANY);
    if (!group->value.expr)
        return;
    field = wf_expr_field(group->value.expr);
    if (field && !field->items
        && wf_field_kind(field->type)->type == WF_T_LIST) {
        group->many = field;
    } else {
        wf_facts_check(load, group->value.expr);
    }
    if (field && field->choices)
        group->labels = field;
    group->of_light = is_light(group->value.expr->root);
    if (group->tree && group->value.expr->root->type != WF_T_UNIT)
        wf_diag_at(load->diags, group->value.place, "type",
                   "tree=\"true\" is for units; write value=\"unit(owner)\" "
                   "with the field of a person");
}

/* --- Measures */

static bool wants_number(enum wf_measure_fn fn)
{
    return fn == WF_MEASURE_SUM || fn == WF_MEASURE_AVG || fn == WF_MEASURE_MIN
           || fn == WF_MEASURE_MAX;
}

static void link_measure(struct wf_load *load, const struct wf_report *report,
                         struct wf_measure *measure)
{
    wf_link_said(load, &measure->value, report->form,
                 wants_number(measure->fn) ? WF_T_NUMBER : WF_T_ANY);
    if (measure->value.expr)
        wf_facts_check(load, measure->value.expr);
}

/* A form whose fields are the measures in front of `end`. */
static struct wf_form *results_of(struct wf_load *load,
                                  const struct wf_report *report,
                                  const struct wf_measure *end)
{
    struct wf_form *form = WF_NEW(load->arena, struct wf_form);
    struct wf_field **at = &form->fields;

    form->id = report->head.id;
    form->package = load->package;
    form->arena = load->arena;
    for (const struct wf_measure *m = report->measures; m != end; m = m->next) {
        struct wf_field *field = WF_NEW(load->arena, struct wf_field);

        field->id = field->path = m->id;
        field->type = WF_F_NUMBER;
        field->words = m->words;
        field->place = m->place;
        field->digits = -1;
        (void)wf_map_add(load->arena, &form->paths, m->id, field);
        form->n_fields++;
        *at = field;
        at = &field->next;
    }
    return form;
}

static void link_formulas(struct wf_load *load, struct wf_report *report)
{
    for (struct wf_measure *m = report->measures; m; m = m->next)
        if (m->formula.text)
            wf_link_said(load, &m->formula, results_of(load, report, m),
                         WF_T_NUMBER);
    report->results = results_of(load, report, NULL);
}

/* --- The date */

static bool is_date(const struct wf_field *field)
{
    enum wf_type type = wf_field_kind(field->type)->type;

    return !field->items
           && (type == WF_T_DATE || type == WF_T_DATETIME
               || type == WF_T_PERIOD);
}

static void link_date(struct wf_load *load, const struct wf_elem *root,
                      struct wf_report *report)
{
    struct wf_place place =
        root ? wf_place_of(root, "date") : (struct wf_place){ 0 };

    report->open = wf_streq(report->date, "open");
    if (!report->date || report->open || wf_streq(report->date, "created")
        || wf_streq(report->date, "updated"))
        return;
    report->date_field = wf_form_field(report->form, report->date);
    if (!report->date_field || !is_date(report->date_field))
        wf_diag_at(load->diags, place, "type",
                   "\"%s\" is no date of the form \"%s\"; write created, "
                   "updated, or a field of type date, datetime or period",
                   report->date, report->form_id);
}

/* What was open then is asked of periods, and of each as it ended. */
static void check_open(struct wf_load *load, const struct wf_elem *root,
                       const struct wf_report *report)
{
    const struct wf_report_group *g = report->groups;

    while (g && g->over == WF_PERIOD_NONE)
        g = g->next;
    if (report->open && !g && report->over == WF_PERIOD_NONE)
        wf_diag_at(load->diags, wf_place_of(root, "date"), "required",
                   "date=\"open\" counts what was open as a period ended: "
                   "write over=\"week\" on the report, or a group over weeks");
    if (report->open && report->floor)
        wf_diag_at(load->diags, wf_place_of(root, "floor"), "floor",
                   "date=\"open\" counts a document in several periods, and "
                   "their differences would tell of single people: with a "
                   "floor, write another date");
}

/* --- Names */

static void check_names(struct wf_load *load, const struct wf_report *report)
{
    struct wf_map seen = { .n = 0 };

    for (const struct wf_report_group *g = report->groups; g; g = g->next)
        if (!wf_map_add(load->scratch, &seen, g->id, load))
            wf_diag_at(load->diags, g->place, "duplicate",
                       "a group or measure is called \"%s\" already", g->id);
    for (const struct wf_measure *m = report->measures; m; m = m->next)
        if (!wf_map_add(load->scratch, &seen, m->id, load))
            wf_diag_at(load->diags, m->place, "duplicate",
                       "a group or measure is called \"%s\" already", m->id);
}

static void check_sort(struct wf_load *load, const struct wf_elem *root,
                       const struct wf_report *report)
{
    struct wf_suggest guess = WF_SUGGEST_INIT(report->sort);

    if (!report->sort || wf_report_measure(report, report->sort)
        || wf_report_group(report, report->sort))
        return;
    for (const struct wf_measure *m = report->measures; m; m = m->next)
        wf_suggest_offer(&guess, m->id);
    wf_load_unknown(load, wf_place_of(root, "sort"), WF_MESSAGE("measure"),
                    &guess);
}

/* --- The floor: nothing that tells of one person */

static void refuse_private(void *self, const struct wf_field *field)
{
    struct wf_load *load = self;

    if (field->hidden_by_default)
        wf_diag_at(load->diags, load->root->place, "private",
                   "\"%s\" is private: a report with a floor shows what its "
                   "reader may not see, and a private field is not even "
                   "counted",
                   field->path);
}

static bool reads_me(const struct wf_node *node)
{
    bool found = node->op == WF_OP_NAME && node->name == WF_NAME_ME;

    for (size_t i = 0; i < node->n_args && !found; i++)
        found = reads_me(node->args[i]);
    return found;
}

static void check_floor_expr(struct wf_load *load, const struct wf_said *said)
{
    if (!said->expr)
        return;
    wf_expr_uses(said->expr, refuse_private, load);
    if (reads_me(said->expr->root))
        wf_diag_at(load->diags, said->place, "floor",
                   "a report with a floor has the same numbers for everybody: "
                   "it cannot ask who reads it");
}

static void check_floor(struct wf_load *load, const struct wf_report *report)
{
    check_floor_expr(load, &report->where);
    for (const struct wf_report_group *g = report->groups; g; g = g->next) {
        check_floor_expr(load, &g->value);
        if (g->many || g->over || (g->tree && report->n_groups > 1))
            wf_diag_at(load->diags, g->place, "floor",
                       "group \"%s\" counts a document in several places, and "
                       "their differences would tell of single people: with a "
                       "floor, group by single values, or by one tree alone",
                       g->id);
    }
    for (const struct wf_measure *m = report->measures; m; m = m->next) {
        check_floor_expr(load, &m->value);
        if (m->fn == WF_MEASURE_MIN || m->fn == WF_MEASURE_MAX
            || m->fn == WF_MEASURE_DISTINCT)
            wf_diag_at(load->diags, m->place, "floor",
                       "measure \"%s\" tells of single documents; with a "
                       "floor, write count, sum, avg or share",
                       m->id);
    }
}

/* --- All of it */

static bool reads_state(const struct wf_node *node)
{
    bool found = node->op == WF_OP_NAME && node->name == WF_NAME_STATE;

    for (size_t i = 0; i < node->n_args && !found; i++)
        found = reads_state(node->args[i]);
    return found;
}

void wf_link_report(struct wf_load *load, const struct wf_elem *root,
                    struct wf_head *head)
{
    struct wf_report *report = (struct wf_report *)(void *)head;

    report->form = load->world->form(load->world->self, report->form_id);
    if (!report->form && root)
        wf_load_no_form(load, wf_place_of(root, "form"), report->form_id);
    wf_link_people(load, report->form);
    if (!report->form)
        return;
    wf_link_said(load, &report->where, report->form, WF_T_BOOLEAN);
    if (report->where.expr) {
        wf_facts_check(load, report->where.expr);
        report->with_void = reads_state(report->where.expr->root);
    }
    link_date(load, root, report);
    for (struct wf_report_group *g = report->groups; g; g = g->next)
        link_group(load, report, g);
    for (struct wf_measure *m = report->measures; m; m = m->next)
        link_measure(load, report, m);
    link_formulas(load, report);
    if (!root)
        return; /* it was found right when it was deployed */
    check_names(load, report);
    check_sort(load, root, report);
    check_open(load, root, report);
    if (report->floor)
        check_floor(load, report);
}

void wf_report_uses(const struct wf_head *head, wf_kind_see_fn *see, void *self)
{
    const struct wf_report *report = (const void *)head;
    const struct wf_form *form = report->form;

    if (!form)
        return;
    wf_facts_use(form, report->where.expr, see, self);
    for (const struct wf_report_group *g = report->groups; g; g = g->next)
        wf_facts_use(form, g->value.expr, see, self);
    for (const struct wf_measure *m = report->measures; m; m = m->next)
        wf_facts_use(form, m->value.expr, see, self);
    if (report->date_field && !wf_fact_is_column(form, report->date_field))
        see(self, form, report->date_field);
}
