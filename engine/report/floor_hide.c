/* report/floor_hide.c - which rows of a report with a floor are shown.
 *
 * A row that is hidden can be worked out of the larger one that holds it and
 * of all others in it. So wherever one is hidden, another one is, too, that has
 * people enough: what remains is then at least as many. What stands in the
 * larger one alone (documents of a unit itself) is a hidden row as well.
 * Whatever is below a hidden row is hidden with it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "report/floor.h"

static size_t tree_of(const struct wf_run *run)
{
    return run->report->groups && run->report->groups->tree ? 0 : 1;
}

/* Whether the row stands right beneath `top` (NULL: the total). */
static bool is_in(const struct wf_run *run, const struct wf_row *row,
                  const struct wf_row *top)
{
    const struct wf_unit_node *unit = NULL;

    if (tree_of(run) != 0)
        return !top;
    if (row->keys[0].type == WF_T_UNIT)
        unit = wf_units_find(&run->units, row->keys[0].u.text);
    if (!unit || !unit->parent)
        return !top;
    return top && top->keys[0].type == WF_T_UNIT
           && wf_str_is(top->keys[0].u.text, unit->parent->key);
}

static void hide_below(struct wf_run *run, struct wf_row *row)
{
    row->hidden = true;
    if (tree_of(run) != 0)
        return;
    for (size_t i = 0; i < run->rows.n; i++)
        if (is_in(run, run->rows.at[i], row))
            hide_below(run, run->rows.at[i]);
}

/* The smallest row in `top` that could be shown; NULL: none. `*hidden` if some
 * are not; `*covered` if one of those has people enough. */
static struct wf_row *smallest(struct wf_run *run, const struct wf_row *top,
                               bool *hidden, bool *covered)
{
    struct wf_row *found = NULL;

    for (size_t i = 0; i < run->rows.n; i++) {
        struct wf_row *row = run->rows.at[i];

        if (!is_in(run, row, top))
            continue;
        *hidden = *hidden || row->hidden;
        *covered =
            *covered || (row->hidden && row->unseen >= run->report->floor);
        if (!row->hidden && (!found || row->unseen < found->unseen))
            found = row;
    }
    return found;
}

static void hide_in(struct wf_run *run, const struct wf_row *top)
{
    bool hidden = top && top->own > 0;
    bool covered = hidden && top->own_unseen >= run->report->floor;
    struct wf_row *least;

    for (size_t i = 0; i < run->rows.n; i++)
        if (is_in(run, run->rows.at[i], top)
            && run->rows.at[i]->unseen < run->report->floor)
            hide_below(run, run->rows.at[i]);
    least = smallest(run, top, &hidden, &covered);
    if (hidden && !covered && least)
        hide_below(run, least);
    for (size_t i = 0; i < run->rows.n; i++)
        if (tree_of(run) == 0 && is_in(run, run->rows.at[i], top)
            && !run->rows.at[i]->hidden)
            hide_in(run, run->rows.at[i]);
}

void wf_floor_hide(struct wf_run *run)
{
    run->total.hidden = run->total.unseen < run->report->floor;
    if (run->total.hidden)
        for (size_t i = 0; i < run->rows.n; i++)
            run->rows.at[i]->hidden = true;
    else
        hide_in(run, NULL);
}
