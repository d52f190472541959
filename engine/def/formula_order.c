/* def/formula_order.c - the order in which formulas are computed, and the
 * circles among them.
 *
 * A column stands for all its rows: a formula over rows comes after whatever
 * it uses of the whole document, and the other way round.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "def/link.h"

enum state {
    UNSEEN,
    OPEN,
    DONE
};

struct node {
    const struct wf_field *field;
    const struct wf_elem *elem;
    struct wf_expr *formula;
    enum state state;
    struct node *from; /* who asked for it, while it is open */
    WF_LIST(struct node *) uses;
};

struct order {
    struct wf_load *load;
    struct wf_map nodes; /* by path */
    struct node *node;   /* whose uses are being gathered */
    WF_LIST(const struct wf_field *) done;
};

static void see_use(void *self, const struct wf_field *field)
{
    struct order *order = self;
    struct node *used = wf_map_find(&order->nodes, field->path);

    if (used)
        *WF_PUSH(order->load->scratch, &order->node->uses) = used;
}

static void report_circle(struct order *order, struct node *last,
                          struct node *first)
{
    struct wf_buf path = WF_BUF_INIT(order->load->scratch);
    WF_LIST(const char *) names = { 0 };

    for (struct node *at = last; at != first; at = at->from)
        *WF_PUSH(order->load->scratch, &names) = at->field->path;
    wf_buf_str(&path, first->field->path);
    for (size_t i = names.n; i-- > 0;)
        wf_buf_printf(&path, " → %s", names.at[i]);
    wf_buf_printf(&path, " → %s", first->field->path);
    wf_diag_at(order->load->diags, wf_place_of(first->elem, "formula"),
               "circle", "formulas use one another in a circle: %s",
               wf_buf_text(&path));
}

static void visit(struct order *order, struct node *node)
{
    node->state = OPEN;
    for (size_t i = 0; i < node->uses.n; i++) {
        struct node *used = node->uses.at[i];

        if (used->state == OPEN) {
            report_circle(order, node, used);
        } else if (used->state == UNSEEN) {
            used->from = node;
            visit(order, used);
        }
    }
    node->state = DONE;
    *WF_PUSH(order->load->arena, &order->done) = node->field;
}

void wf_order_formulas(struct wf_load *load)
{
    struct order order = { .load = load };

    for (size_t i = 0; i < load->fields.n; i++) {
        const struct wf_field_at *at = &load->fields.at[i];
        struct node *node;

        if (!at->field->formula)
            continue;
        node = WF_NEW(load->scratch, struct node);
        node->field = at->field;
        node->elem = at->elem;
        node->formula = at->field->formula;
        (void)wf_map_add(load->scratch, &order.nodes, at->field->path, node);
    }
    for (size_t i = 0; i < order.nodes.n; i++) {
        order.node = order.nodes.entries[i].value;
        wf_expr_uses(order.node->formula, see_use, &order);
    }
    for (size_t i = 0; i < order.nodes.n; i++) {
        struct node *node = order.nodes.entries[i].value;

        if (node->state == UNSEEN)
            visit(&order, node);
    }
    load->form->formulas = order.done.at;
    load->form->n_formulas = order.done.n;
}
