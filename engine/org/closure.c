/* org/closure.c - the edges as a tree in memory, its lines as rows.
 *
 * Where many have moved, one statement reads all edges and one prepared
 * statement writes each row: no walk in SQL, so that a whole company takes
 * seconds. A few are moved within the rows themselves (closure_move.c).
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/closure.h"

#include "base/list.h"
#include "org/closure_parts.h"

enum {
    MOVED_MAX = 64
};

enum mark {
    UNSEEN,
    WALKED, /* on the way up that is being walked */
    SOUND   /* its way up ends */
};

struct node {
    wf_id id, above_id;
    struct node *above, *first, *next; /* next: below the same one */
    struct node *pending;              /* in the list of what is to be done */
    enum mark mark;
    bool is_listed;
};

struct tree {
    struct wf_arena *arena; /* for the time of one update */
    struct wf_call *call;
    const struct wf_closure *closure;
    struct wf_idmap nodes;
};

static void link_node(struct tree *tree, struct node *node)
{
    node->above = wf_idmap_find(&tree->nodes, node->above_id);
    if (!node->above)
        return;
    node->next = node->above->first;
    node->above->first = node;
}

static bool load(struct tree *tree, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;

    if (!wf_stmt_begin(tree->call->db, tree->closure->edges, &q, err))
        return false;
    while ((step = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        struct node *node = WF_NEW(tree->arena, struct node);

        node->id = wf_stmt_int(&q, 0);
        node->above_id = wf_stmt_int(&q, 1);
        wf_idmap_add(tree->arena, &tree->nodes, node->id, node);
    }
    for (size_t i = 0; i < tree->nodes.n_slots; i++)
        if (tree->nodes.slots[i].id)
            link_node(tree, tree->nodes.slots[i].value);
    return step == WF_FETCH_DONE;
}

/* --- Flaws. Every circle that a change closes goes through what it touched. */

static void note_circle(struct tree *tree, const struct node *start,
                        struct wf_closure_flaw *flaw)
{
    const struct node *at = start;

    do {
        wf_idset_add(tree->call->arena, &flaw->circle, at->id);
        at = at->above;
    } while (at != start);
}

static bool is_sound(struct tree *tree, struct node *start,
                     struct wf_closure_flaw *flaw)
{
    struct node *at = start;

    while (at && at->mark == UNSEEN) {
        at->mark = WALKED;
        at = at->above;
    }
    if (at && at->mark == WALKED) {
        note_circle(tree, at, flaw);
        return false;
    }
    for (at = start; at && at->mark == WALKED; at = at->above)
        at->mark = SOUND;
    return true;
}

/* --- What is to be written anew: the touched ones and all below them. */

static struct node *list_below(struct tree *tree,
                               const struct wf_idset *touched)
{
    struct node *first = NULL;
    struct node **tail = &first;

    for (size_t i = 0; i < touched->n; i++) {
        struct node *node = wf_idmap_find(&tree->nodes, touched->at[i]);

        if (node && !node->is_listed) {
            node->is_listed = true;
            *tail = node;
            tail = &node->pending;
        }
    }
    for (struct node *node = first; node; node = node->pending)
        for (struct node *kid = node->first; kid; kid = kid->next)
            if (!kid->is_listed) {
                kid->is_listed = true;
                *tail = kid;
                tail = &kid->pending;
            }
    return first;
}

static bool clear(struct tree *tree, const struct node *node, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(tree->call->db, tree->closure->clear, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, node->id);
    return wf_stmt_run(&q, err);
}

static bool add(struct tree *tree, const struct node *node,
                const struct node *above, int distance, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(tree->call->db, tree->closure->add, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, node->id);
    wf_stmt_bind_int(&q, 2, above->id);
    wf_stmt_bind_int(&q, 3, distance);
    return wf_stmt_run(&q, err);
}

static bool write_line(struct tree *tree, const struct node *node,
                       weft_error *err)
{
    int distance = 0;

    if (!clear(tree, node, err))
        return false;
    for (const struct node *at = node; at; at = at->above)
        if (!add(tree, node, at, distance++, err))
            return false;
    return true;
}

static bool is_too_deep(const struct node *node)
{
    int distance = 0;

    while ((node = node->above) != NULL)
        distance++;
    return distance > WF_LINE_MAX;
}

bool wf_closure_update(struct wf_call *call, const struct wf_closure *closure,
                       const struct wf_idset *touched,
                       struct wf_closure_flaw *flaw, weft_error *err)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct tree tree = { .arena = arena, .call = call, .closure = closure };
    const struct node *list;

    if (touched->n <= MOVED_MAX)
        return wf_closure_move(call, closure, touched, flaw, err);
    if (!load(&tree, err))
        return false;
    for (size_t i = 0; i < touched->n; i++) {
        struct node *node = wf_idmap_find(&tree.nodes, touched->at[i]);

        if (node && !is_sound(&tree, node, flaw))
            return true;
    }
    list = list_below(&tree, touched);
    for (const struct node *node = list; node; node = node->pending)
        if (is_too_deep(node)) {
            flaw->too_deep = node->id;
            return true;
        }
    for (const struct node *node = list; node; node = node->pending)
        if (!write_line(&tree, node, err))
            return false;
    return true;
}
