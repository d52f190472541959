/* def/parse_report.c - reads *.report.xml: what is counted of which documents.
 * link_report.c judges it when the forms are known.
 *
 * Source: docs/definition-language.md, "Reports".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"
#include "def/limits.h"
#include "def/parse.h"
#include "def/report.h"
#include "def/report_parts.h"

enum {
    DIGITS = 2, /* of a measure that says none */
    LAST = 12   /* periods of a group that says no number */
};

/* clang-format off */
static const struct wf_choice_row fn_words[] = {
    { "count", WF_MEASURE_COUNT }, { "sum",   WF_MEASURE_SUM },
    { "avg",   WF_MEASURE_AVG },   { "min",   WF_MEASURE_MIN },
    { "max",   WF_MEASURE_MAX },   { "share", WF_MEASURE_SHARE },
    { "distinct", WF_MEASURE_DISTINCT },      { NULL, 0 },
};
static const struct wf_choice_row over_words[] = {
    { "week",    WF_PERIOD_WEEK },    { "month", WF_PERIOD_MONTH },
    { "quarter", WF_PERIOD_QUARTER }, { "half",  WF_PERIOD_HALF },
    { "year",    WF_PERIOD_YEAR },    { NULL, 0 },
};
static const struct wf_choice_row chart_words[] = {
    { "bar",  WF_CHART_BAR }, { "line",   WF_CHART_LINE },
    { "pie",  WF_CHART_PIE }, { "number", WF_CHART_NUMBER }, { NULL, 0 },
};
/* clang-format on */

static const struct wf_range digits_range = { 0, WF_MAX_DIGITS },
                             limit_range = { 1, WF_MAX_REPORT_ROWS },
                             last_range = { 1, WF_MAX_REPORT_PERIODS },
                             floor_range = { WF_MIN_FLOOR, 1000 };
static const unsigned audience_use = WF_WHO_FOR_ACCESS | WF_WHO_NO_DOCUMENT,
                      tell_use = WF_WHO_FOR_WORK | WF_WHO_NO_DOCUMENT;

const char *wf_chart_name(enum wf_chart chart)
{
    for (size_t i = 0; chart_words[i].word; i++)
        if (chart_words[i].value == chart)
            return chart_words[i].word;
    return NULL;
}

void wf_read_said(struct wf_load *load, const struct wf_attr *attr,
                  void *member, const void *arg)
{
    struct wf_said *said = member;

    (void)arg;
    said->text = wf_arena_str(load->arena, attr->value);
    said->place = attr->place;
}

/* "-praises" */
static void read_sort(struct wf_load *load, const struct wf_attr *attr,
                      void *member, const void *arg)
{
    struct wf_report *report = member;

    (void)arg;
    report->descending = attr->value[0] == '-';
    report->sort =
        wf_arena_str(load->arena, attr->value + (report->descending ? 1 : 0));
}

/* --- Groups and measures */

#define AT(member) offsetof(struct wf_report_group, member)
/* clang-format off */
static const struct wf_attr_row group_attrs[] = {
    { "id",    wf_read_name,   AT(id),    true,  NULL },
    { "label", wf_read_word,   AT(words), false, &wf_word_label },
    { "value", wf_read_said,   AT(value), false, NULL },
    { "over",  wf_read_choice, AT(over),  false, over_words },
    { "last",  wf_read_count,  AT(last),  false, &last_range },
    { "tree",  wf_read_bool,   AT(tree),  false, NULL },
};
/* clang-format on */
static const struct wf_shape group_shape = { group_attrs, WF_COUNT(group_attrs),
                                             NULL, 0, AT(words) };
#undef AT

static void parse_group(struct wf_load *load, const struct wf_elem *elem,
                        void *parent)
{
    struct wf_report *report = parent;
    struct wf_report_group *group = WF_NEW(load->arena, struct wf_report_group);
    struct wf_report_group **end = &report->groups;

    group->place = elem->place;
    group->last = LAST;
    wf_load_read(load, elem, &group_shape, group);
    if (!group->id)
        group->id = "";
    if (!group->value.text == (group->over == WF_PERIOD_NONE))
        wf_diag_at(load->diags, elem->place, "required",
                   "what is group \"%s\" by? Write value=\"…\", or "
                   "over=\"month\" for the months of the report's date",
                   group->id);
    while (*end)
        end = &(*end)->next;
    if (wf_load_room(load, elem, report->n_groups, WF_MAX_REPORT_GROUPS)) {
        *end = group;
        report->n_groups++;
    }
}

#define AT(member) offsetof(struct wf_measure, member)
/* clang-format off */
static const struct wf_attr_row measure_attrs[] = {
    { "id",      wf_read_name,   AT(id),      true,  NULL },
    { "label",   wf_read_word,   AT(words),   false, &wf_word_label },
    { "unit",    wf_read_word,   AT(words),   false, &wf_word_unit },
    { "fn",      wf_read_choice, AT(fn),      false, fn_words },
    { "value",   wf_read_said,   AT(value),   false, NULL },
    { "formula", wf_read_said,   AT(formula), false, NULL },
    { "digits",  wf_read_count,  AT(digits),  false, &digits_range },
};
/* clang-format on */
static const struct wf_shape measure_shape = { measure_attrs,
                                               WF_COUNT(measure_attrs), NULL, 0,
                                               AT(words) };
#undef AT

static void check_measure(struct wf_load *load, const struct wf_elem *elem,
                          const struct wf_measure *measure)
{
    bool has_fn = wf_elem_attr(elem, "fn");

    if (has_fn == (measure->formula.text != NULL))
        wf_diag_at(load->diags, elem->place, "required",
                   "what is measure \"%s\"? Write fn=\"count\", or "
                   "formula=\"…\" over the measures before it",
                   measure->id);
    else if (!measure->value.text && has_fn && measure->fn != WF_MEASURE_COUNT)
        wf_diag_at(load->diags, elem->place, "required",
                   "fn=\"%s\" needs value=\"…\"", wf_elem_get(elem, "fn"));
    else if (measure->value.text && measure->formula.text)
        wf_diag_at(
            load->diags, wf_place_of(elem, "value"), "type",
            "a formula is worked out of other measures; leave value out");
}

static void parse_measure(struct wf_load *load, const struct wf_elem *elem,
                          void *parent)
{
    struct wf_report *report = parent;
    struct wf_measure *measure = WF_NEW(load->arena, struct wf_measure);
    struct wf_measure **end = &report->measures;

    measure->place = elem->place;
    measure->digits = DIGITS;
    wf_load_read(load, elem, &measure_shape, measure);
    if (!measure->id)
        measure->id = "";
    check_measure(load, elem, measure);
    if (measure->formula.text)
        measure->fn = WF_MEASURE_FORMULA;
    while (*end)
        end = &(*end)->next;
    if (wf_load_room(load, elem, report->n_measures, WF_MAX_REPORT_MEASURES)) {
        *end = measure;
        report->n_measures++;
    }
}

/* --- The report */

#define AT(member) offsetof(struct wf_report, member)
/* clang-format off */
static const struct wf_attr_row report_attrs[] = {
    { "id",    wf_read_id,     AT(head.id),    true,  NULL },
    { "label", wf_read_word,   AT(head.words), false, &wf_word_label },
    { "help",  wf_read_word,   AT(head.words), false, &wf_word_help },
    { "form",  wf_read_id,     AT(form_id),    true,  NULL },
    { "where", wf_read_said,   AT(where),      false, NULL },
    { "date",  wf_read_text,   AT(date),       false, NULL },
    { "over",  wf_read_choice, AT(over),       false, over_words },
    { "sort",  read_sort,      0,              false, NULL },
    { "limit", wf_read_count,  AT(limit),      false, &limit_range },
    { "chart", wf_read_choice, AT(chart),      false, chart_words },
    { "tell",  wf_read_who,    AT(tell),       false, &tell_use },
    { "for",   wf_read_who,    AT(audience),   false, &audience_use },
    { "floor", wf_read_count,  AT(floor),      false, &floor_range },
};
static const struct wf_kid_row report_kids[] = {
    { "group", parse_group },
    { "measure", parse_measure },
};
/* clang-format on */
static const struct wf_shape report_shape = {
    report_attrs, WF_COUNT(report_attrs), report_kids, WF_COUNT(report_kids),
    AT(head.words)
};
#undef AT

static void need(struct wf_load *load, const struct wf_elem *root,
                 const char *attr, bool there, const char *what)
{
    if (wf_elem_attr(root, attr) && !there)
        wf_diag_at(load->diags, wf_place_of(root, attr), "required",
                   "%s=\"…\" needs %s=\"…\" as well", attr, what);
}

static void parse(struct wf_load *load, const struct wf_elem *root,
                  struct wf_head *head)
{
    struct wf_report *report = (struct wf_report *)(void *)head;

    wf_load_read(load, root, &report_shape, report);
    if (!report->form_id)
        report->form_id = "";
    need(load, root, "over", report->date, "date");
    need(load, root, "tell", report->over != WF_PERIOD_NONE, "over");
    need(load, root, "floor", wf_elem_attr(root, "for"), "for");
    need(load, root, "floor", report->over != WF_PERIOD_NONE, "over");
    if (!report->measures)
        wf_diag_at(load->diags, root->place, "required",
                   "a report without <measure> counts nothing; write "
                   "<measure id=\"n\" fn=\"count\"/>");
}

const struct wf_kind wf_kind_report = { "report", sizeof(struct wf_report),
                                        parse,    wf_link_report,
                                        NULL,     wf_report_uses };
