/* report/order.c - the rows of a report in the order that people read them, and
 * how their keys read.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/messages.h"
#include "base/text.h"
#include "report/cell.h"
#include "report/run.h"

static const struct wf_person *person_of(const struct wf_run *run,
                                         struct wf_value key)
{
    weft_error ignored = WEFT_ERROR_INIT;
    const struct wf_person *person = NULL;
    wf_id id;

    if (wf_id_parse(key.u.text, &id)
        && !wf_person_find(run->call, id, &person, &ignored))
        return NULL;
    return person;
}

static const char *option_label(const struct wf_run *run,
                                const struct wf_field *field, const char *id)
{
    const struct wf_option *option =
        field && field->choices ? wf_choices_find(field->choices, id) : NULL;

    return option ? wf_words_label(option->words, run->call->lang, id) : id;
}

/* The lights of documents, the worst first. */
static const struct {
    const char *id, *label;
} lights[] = {
    { "red", WF_MESSAGE("Off track") },
    { "yellow", WF_MESSAGE("At risk") },
    { "green", WF_MESSAGE("On track") },
    { "none", WF_MESSAGE("No light") },
};

/* The place of `id` among the lights, or their number. */
static size_t light_place(const char *id)
{
    size_t i = 0;

    while (i < WF_COUNT(lights) && !wf_streq(lights[i].id, id))
        i++;
    return i;
}

const char *wf_run_label(const struct wf_run *run,
                         const struct wf_report_group *group,
                         struct wf_value key)
{
    struct wf_buf text = WF_BUF_INIT(run->call->arena);
    const struct wf_unit_node *unit;
    const struct wf_person *person;
    size_t light = WF_COUNT(lights);

    switch (key.type) {
    case WF_T_NIL:
        return NULL;
    case WF_T_BOOLEAN:
        return wf_message(run->call->lang,
                          key.u.boolean ? WF_MESSAGE("Yes") : WF_MESSAGE("No"));
    case WF_T_PERSON:
        person = person_of(run, key);
        return person ? person->name : NULL;
    case WF_T_UNIT:
        unit = wf_units_find(&run->units, key.u.text);
        return unit ? unit->name : wf_arena_slice(run->call->arena, key.u.text);
    default:
        if (!wf_value_write(&text, key))
            return NULL;
        if (group->of_light)
            light = light_place(wf_buf_text(&text));
        if (light < WF_COUNT(lights))
            return wf_message(run->call->lang, lights[light].label);
        return option_label(run, group->labels, wf_buf_text(&text));
    }
}

/* --- What a row is sorted by */

/* The numbers first, then the texts; what has neither comes last. */
struct rank {
    bool there;
    bool is_number;
    double number;
    const char *text;
};

struct ranked {
    struct wf_row *row;
    struct rank by[WF_MAX_REPORT_GROUPS + 1];
    size_t n;
    bool descending; /* of the first */
};

static struct rank option_rank(const struct wf_field *field, const char *id)
{
    double n = 0;

    for (const struct wf_option *at = field->choices->options; at;
         at = at->next, n++)
        if (wf_streq(at->id, id))
            return (struct rank){ true, true, n, NULL };
    return (struct rank){ true, false, 0, id };
}

static struct rank unit_rank(const struct wf_run *run, struct wf_value key)
{
    const struct wf_unit_node *unit = wf_units_find(&run->units, key.u.text);

    return (struct rank){ unit, true, unit ? (double)(unit - run->units.at) : 0,
                          NULL };
}

static struct rank key_rank(const struct wf_run *run,
                            const struct wf_report_group *group,
                            struct wf_value key)
{
    struct wf_buf text = WF_BUF_INIT(run->call->arena);
    const char *label;

    switch (key.type) {
    case WF_T_NIL:
        return (struct rank){ .there = false };
    case WF_T_NUMBER:
        return (struct rank){ true, true, key.u.number, NULL };
    case WF_T_BOOLEAN:
        return (struct rank){ true, true, key.u.boolean ? 0 : 1, NULL };
    case WF_T_UNIT:
        return unit_rank(run, key);
    case WF_T_PERSON:
        label = wf_run_label(run, group, key);
        return (struct rank){ label, false, 0,
                              label ? wf_text_pinyin(run->call->arena, label)
                                    : NULL };
    default:
        (void)wf_value_write(&text, key);
        if (group->of_light)
            return (struct rank){ true, true,
                                  (double)light_place(wf_buf_text(&text)),
                                  NULL };
        if (group->labels && group->labels->choices)
            return option_rank(group->labels, wf_buf_text(&text));
        return (struct rank){ true, false, 0, wf_buf_text(&text) };
    }
}

static int compare_rank(const struct rank *a, const struct rank *b,
                        bool descending)
{
    int order;

    if (!a->there || !b->there)
        return (int)b->there - (int)a->there;
    if (a->is_number != b->is_number)
        return a->is_number ? -1 : 1;
    order = a->is_number ? (a->number > b->number) - (a->number < b->number)
                         : strcmp(a->text, b->text);
    return descending ? -order : order;
}

static int compare(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    int order = 0;

    for (size_t i = 0; i < a->n && order == 0; i++)
        order = compare_rank(&a->by[i], &b->by[i], a->descending && i == 0);
    return order;
}

static struct rank measure_rank(const struct wf_run *run,
                                const struct wf_row *row)
{
    size_t i = 0;

    for (const struct wf_measure *m = run->report->measures; m;
         m = m->next, i++)
        if (wf_streq(m->id, run->report->sort))
            return (struct rank){ row->there[i] && !row->hidden, true,
                                  row->results[i], NULL };
    return (struct rank){ .there = false };
}

static void rank_row(const struct wf_run *run, struct ranked *ranked)
{
    const struct wf_report *report = run->report;
    const struct wf_row *row = ranked->row;
    size_t i = 0;

    ranked->descending = report->descending;
    if (report->sort) {
        const struct wf_report_group *by =
            wf_report_group(report, report->sort);

        for (const struct wf_report_group *g = report->groups; g && g != by;
             g = g->next)
            i++;
        ranked->by[ranked->n++] =
            by ? key_rank(run, by, row->keys[i]) : measure_rank(run, row);
        i = 0;
    }
    for (const struct wf_report_group *g = report->groups; g; g = g->next, i++)
        if (ranked->n < WF_COUNT(ranked->by))
            ranked->by[ranked->n++] = key_rank(run, g, row->keys[i]);
}

/* --- A tree is read from its top, each unit before those below it */

static bool is_below(const struct wf_run *run, const struct wf_row *row,
                     const struct wf_row *top, size_t tree)
{
    const struct wf_unit_node *unit, *above;

    if (row->keys[tree].type != WF_T_UNIT)
        return top == NULL;
    unit = wf_units_find(&run->units, row->keys[tree].u.text);
    above = unit ? unit->parent : NULL;
    if (!top)
        return !above;
    return above && top->keys[tree].type == WF_T_UNIT
           && wf_str_is(top->keys[tree].u.text, above->key);
}

static void add_below(struct wf_run *run, const struct wf_row *top, size_t tree,
                      struct wf_row **out, size_t *n)
{
    for (size_t i = 0; i < run->rows.n; i++)
        if (is_below(run, run->rows.at[i], top, tree)) {
            out[(*n)++] = run->rows.at[i];
            if (run->rows.at[i]->keys[tree].type == WF_T_UNIT)
                add_below(run, run->rows.at[i], tree, out, n);
        }
}

static void order_tree(struct wf_run *run, size_t tree)
{
    struct wf_row **out =
        WF_NEW_N(run->call->arena, struct wf_row *, run->rows.n);
    size_t n = 0;

    add_below(run, NULL, tree, out, &n);
    run->rows.at = out;
    run->rows.n = n;
}

void wf_run_sort(struct wf_run *run)
{
    struct ranked *ranked =
        WF_NEW_N(run->call->arena, struct ranked, run->rows.n);
    size_t limit = (size_t)run->report->limit, tree = 0;

    for (size_t i = 0; i < run->rows.n; i++) {
        ranked[i].row = run->rows.at[i];
        rank_row(run, &ranked[i]);
    }
    if (run->rows.n)
        qsort(ranked, run->rows.n, sizeof *ranked, compare);
    for (size_t i = 0; i < run->rows.n; i++)
        run->rows.at[i] = ranked[i].row;
    for (const struct wf_report_group *g = run->report->groups; g;
         g = g->next, tree++)
        if (g->tree && run->report->n_groups == 1) {
            order_tree(run, tree);
            return; /* a part of a tree would not be one */
        }
    run->left = limit && run->rows.n > limit ? run->rows.n - limit : 0;
    run->rows.n -= run->left;
}
