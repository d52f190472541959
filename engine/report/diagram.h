/* report/diagram.h - nodes and the flows between them, and where they are
 * drawn.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_REPORT_DIAGRAM_H
#define WF_REPORT_DIAGRAM_H

#include <stdbool.h>

#include "base/list.h"

enum wf_shape_kind {
    WF_SHAPE_EVENT,
    WF_SHAPE_TASK,
    WF_SHAPE_GATEWAY,
};

struct wf_node {
    const char *id;
    const char *tag;    /* of BPMN: "userTask" */
    const char *name;   /* NULL: none */
    const char *inside; /* XML within its element; NULL: none */
    enum wf_shape_kind shape;
    int host;       /* the node at whose edge it sits; -1: none */
    int x, y, w, h; /* of its box, in pixels */
    int column, row;
};

struct wf_flow {
    int from, to; /* places in the list of nodes */
    const char *name;
    const char *condition; /* NULL: none */
    bool otherwise;        /* taken when no condition holds */
};

struct wf_diagram {
    struct wf_arena *arena;
    WF_LIST(struct wf_node) nodes; /* the first is where it begins */
    WF_LIST(struct wf_flow) flows;
};

struct wf_point {
    int x, y;
};

enum {
    WF_WAY_MAX = 6 /* points of one flow */
};

/* Gives every node its box: a column for each step of the longest way to it
 * that never turns back, rows by the order of the nodes. Takes time in
 * nodes times flows. */
void wf_diagram_lay_out(struct wf_diagram *diagram);

/* The points of a flow, once the boxes stand; how many. It runs between boxes:
 * one that leads back below all of them, one that leaves out columns above. */
int wf_diagram_way(const struct wf_diagram *diagram, const struct wf_flow *flow,
                   struct wf_point way[WF_WAY_MAX]);

#endif
