/* def/ways.c - which steps can be reached from which: a matrix of bits, filled
 * by walking from each step.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/ways.h"

struct wf_ways {
    const struct wf_load *load;
    size_t n;
    bool *reach; /* n × n: [from * n + to] */
};

/* The steps that can follow in one move: calls `see` for each. */
struct walk {
    struct wf_ways *ways;
    size_t from;
    size_t *open; /* found, and not yet looked at */
    size_t n_open;
};

static size_t index_of(const struct wf_ways *ways, const struct wf_step *step)
{
    size_t i = 0;

    while (i < ways->n && ways->load->steps.at[i].step != step)
        i++;
    return i;
}

/* A join stands for what comes behind it, of a parallel in a lane another
 * join. */
static void see(struct walk *walk, const struct wf_step *step)
{
    size_t to;
    bool *reached;

    while (step && step->kind == WF_STEP_JOIN)
        step = step->then;
    to = step ? index_of(walk->ways, step) : walk->ways->n;
    if (to == walk->ways->n)
        return;
    reached = &walk->ways->reach[walk->from * walk->ways->n + to];
    if (*reached)
        return;
    *reached = true;
    walk->open[walk->n_open++] = to;
}

static void see_next(struct walk *walk, const struct wf_step *step)
{
    for (const struct wf_action *at = step->actions; at; at = at->next)
        see(walk, at->to);
    for (const struct wf_go *at = step->goes; at; at = at->next)
        see(walk, at->to);
    for (const struct wf_level *at = step->levels; at; at = at->next)
        see(walk, at->deadline.timeout_to);
    for (const struct wf_lane *at = step->lanes; at; at = at->next)
        see(walk, at->start);
    see(walk, step->deadline.timeout_to);
    if (step->kind != WF_STEP_PARALLEL) /* behind it leads its join */
        see(walk, step->then);
    see(walk, step->approved);
    see(walk, step->rejected);
    if (step->wanted) {
        see(walk, step->wanted->next);
        see(walk, step->wanted->short_);
    }
}

const struct wf_ways *wf_ways_of(struct wf_load *load)
{
    struct wf_ways *ways = WF_NEW(load->scratch, struct wf_ways);
    size_t *open = WF_NEW_N(load->scratch, size_t, load->steps.n);

    ways->load = load;
    ways->n = load->steps.n;
    ways->reach = WF_NEW_N(load->scratch, bool, ways->n * ways->n);
    for (size_t i = 0; i < ways->n; i++) {
        struct walk walk = { ways, i, open, 0 };

        see(&walk, load->steps.at[i].step);
        while (walk.n_open)
            see_next(&walk, load->steps.at[open[--walk.n_open]].step);
    }
    return ways;
}

bool wf_ways_reach(const struct wf_ways *ways, const struct wf_step *from,
                   const struct wf_step *to)
{
    return ways->reach[index_of(ways, from) * ways->n + index_of(ways, to)];
}

bool wf_ways_end(const struct wf_ways *ways, const struct wf_step *from)
{
    size_t i = index_of(ways, from);

    for (size_t to = 0; to < ways->n; to++)
        if (ways->load->steps.at[to].step->kind == WF_STEP_END
            && ways->reach[i * ways->n + to])
            return true;
    return false;
}
