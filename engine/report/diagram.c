/* report/diagram.c - nodes and the flows between them, and where they are
 * drawn.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "report/diagram.h"

enum {
    LEFT = 80,
    TOP = 80,
    ABOVE = 30, /* no box reaches up to here */
    COLUMN = 220,
    ROW = 130,
    LANE = 18, /* between two ways above or below all boxes: a label's height */
};

/* clang-format off */
static const struct { int w, h; } sizes[] = {
    [WF_SHAPE_EVENT] = { 36, 36 },
    [WF_SHAPE_TASK] = { 110, 80 },
    [WF_SHAPE_GATEWAY] = { 50, 50 },
};
/* clang-format on */

/* --- Columns */

enum mark {
    NEW,
    OPEN, /* on the way that is being walked */
    CLOSED,
};

/* Marks the flows that lead back to a node on the way to them. What sits at a
 * node's edge leads on from there. */
static void walk(const struct wf_diagram *diagram, int at, enum mark *marks,
                 bool *back)
{
    marks[at] = OPEN;
    for (size_t i = 0; i < diagram->flows.n; i++) {
        const struct wf_flow *flow = &diagram->flows.at[i];

        if (flow->from != at)
            continue;
        if (marks[flow->to] == OPEN)
            back[i] = true;
        else if (marks[flow->to] == NEW)
            walk(diagram, flow->to, marks, back);
    }
    for (size_t i = 0; i < diagram->nodes.n; i++)
        if (diagram->nodes.at[i].host == at)
            walk(diagram, (int)i, marks, back);
    marks[at] = CLOSED;
}

/* What sits at the edge of another is in its column. */
static int column_of(const struct wf_diagram *diagram, int node)
{
    int host = diagram->nodes.at[node].host;

    return diagram->nodes.at[host < 0 ? node : host].column;
}

/* What is left has no circle, so that this comes to an end. */
static void push_right(struct wf_diagram *diagram, const bool *back)
{
    bool moved = true;

    while (moved) {
        moved = false;
        for (size_t i = 0; i < diagram->flows.n; i++) {
            const struct wf_flow *flow = &diagram->flows.at[i];
            int column = column_of(diagram, flow->from) + 1;
            struct wf_node *to = &diagram->nodes.at[flow->to];

            if (back[i] || to->column >= column)
                continue;
            to->column = column;
            moved = true;
        }
    }
}

static void find_columns(struct wf_diagram *diagram)
{
    size_t n = diagram->nodes.n;
    enum mark *marks = WF_NEW_N(diagram->arena, enum mark, n);
    bool *back = WF_NEW_N(diagram->arena, bool, diagram->flows.n + 1);

    for (size_t i = 0; i < n; i++)
        if (marks[i] == NEW)
            walk(diagram, (int)i, marks, back);
    push_right(diagram, back);
    for (size_t i = 0; i < n; i++)
        diagram->nodes.at[i].column = column_of(diagram, (int)i);
}

/* --- Boxes */

static void place(struct wf_diagram *diagram, struct wf_node *node)
{
    node->w = sizes[node->shape].w;
    node->h = sizes[node->shape].h;
    if (node->host >= 0) {
        const struct wf_node *host = &diagram->nodes.at[node->host];

        node->x = host->x + host->w - node->w;
        node->y = host->y + host->h - node->h / 2;
        return;
    }
    node->x = LEFT + node->column * COLUMN - node->w / 2;
    node->y = TOP + node->row * ROW - node->h / 2;
}

void wf_diagram_lay_out(struct wf_diagram *diagram)
{
    size_t n = diagram->nodes.n;
    int *rows = WF_NEW_N(diagram->arena, int, n + diagram->flows.n + 1);

    find_columns(diagram);
    for (size_t i = 0; i < n; i++) {
        struct wf_node *node = &diagram->nodes.at[i];

        if (node->host < 0)
            node->row = rows[node->column]++;
    }
    for (size_t i = 0; i < n; i++)
        if (diagram->nodes.at[i].host < 0)
            place(diagram, &diagram->nodes.at[i]);
    for (size_t i = 0; i < n; i++)
        if (diagram->nodes.at[i].host >= 0)
            place(diagram, &diagram->nodes.at[i]);
}

/* --- Ways */

static int bottom_of(const struct wf_diagram *diagram)
{
    int bottom = 0;

    for (size_t i = 0; i < diagram->nodes.n; i++) {
        const struct wf_node *node = &diagram->nodes.at[i];

        if (node->y + node->h > bottom)
            bottom = node->y + node->h;
    }
    return bottom;
}

/* In the gap behind a column, and before it. */
static int behind(int column)
{
    return LEFT + column * COLUMN + COLUMN / 2;
}

static int direction(const struct wf_diagram *diagram,
                     const struct wf_flow *flow)
{
    int columns = diagram->nodes.at[flow->to].column
                  - diagram->nodes.at[flow->from].column;

    if (columns == 1)
        return 0;
    return columns > 1 ? 1 : -1;
}

/* How many flows before this one run on its side of the boxes. */
static int lane_of(const struct wf_diagram *diagram, const struct wf_flow *flow)
{
    int side = direction(diagram, flow), n = 0;

    for (const struct wf_flow *f = diagram->flows.at; f < flow; f++)
        n += direction(diagram, f) == side;
    return n;
}

int wf_diagram_way(const struct wf_diagram *diagram, const struct wf_flow *flow,
                   struct wf_point way[WF_WAY_MAX])
{
    const struct wf_node *from = &diagram->nodes.at[flow->from];
    const struct wf_node *to = &diagram->nodes.at[flow->to];
    int side = direction(diagram, flow), lane = lane_of(diagram, flow);
    int out = behind(from->column), in = behind(to->column - 1);
    struct wf_point begin = { from->x + from->w, from->y + from->h / 2 };
    struct wf_point end = { to->x, to->y + to->h / 2 };

    way[0] = begin;
    way[1] = (struct wf_point){ out, begin.y };
    if (side == 0) {
        way[2] = (struct wf_point){ out, end.y };
        way[3] = end;
        return 4;
    }
    way[2].x = out;
    way[3].x = in;
    way[2].y = way[3].y =
        side > 0 ? ABOVE - lane * LANE : bottom_of(diagram) + (lane + 2) * LANE;
    way[4] = (struct wf_point){ in, end.y };
    way[5] = end;
    return 6;
}
