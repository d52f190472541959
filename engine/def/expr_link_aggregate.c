/* def/expr_link_aggregate.c - links sum, avg … over a column, a list, or a
 * table with an expression that is worked out in each row.
 *
 * A column `lines.price` becomes the table `lines` with the row's `price`, so
 * that there is one way to go through rows. Who can meet an absent part must
 * say what it does. A part is never absent where every field that it reads is
 * required; should it be absent all the same, while a draft is filled in, it
 * blocks.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "def/expr_functions.h"
#include "def/limits.h"

const char *const wf_absent_words[4] = { NULL, "drop", "zero", "block" };

static enum wf_absent absent_of(const struct wf_node *node)
{
    for (size_t i = 1; i < WF_COUNT(wf_absent_words); i++)
        if (wf_node_is_text(node)
            && wf_str_is(node->value.u.text, wf_absent_words[i]))
            return (enum wf_absent)i;
    return WF_ABSENT_UNSAID;
}

static bool counts_by_itself(enum wf_aggregate aggregate)
{
    return aggregate == WF_AGG_COUNT || aggregate == WF_AGG_ANY
           || aggregate == WF_AGG_ALL;
}

static bool needs_word(enum wf_aggregate aggregate)
{
    switch (aggregate) {
    case WF_AGG_AVG:
    case WF_AGG_SD:
    case WF_AGG_WEIGHTED:
    case WF_AGG_MIN:
    case WF_AGG_MAX:
        return true;
    default:
        return false;
    }
}

/* Takes the absence word off the end of the arguments. */
static void take_absent(struct wf_linker *l, struct wf_node *call)
{
    const struct wf_node *last = call->args[call->n_args - 1];

    call->absent = absent_of(last);
    if (!call->absent || call->n_args == 1)
        return;
    call->n_args--;
    if (counts_by_itself(call->function->aggregate))
        wf_diag_at(l->diags, wf_link_place(l, last), "arguments",
                   "`%s` leaves out absent parts by itself; leave '%s' out.",
                   call->function->help.name, wf_absent_words[call->absent]);
}

static size_t values_wanted(const struct wf_node *call)
{
    return call->function->aggregate == WF_AGG_WEIGHTED ? 2 : 1;
}

static void say_signature(struct wf_linker *l, const struct wf_node *call)
{
    const struct wf_node *last = call->args[call->n_args - 1];

    if (call->n_args > 1 && wf_node_is_text(last))
        wf_diag_at(l->diags, wf_link_place(l, last), "arguments",
                   "`%s` is no word for absent parts; write 'drop', 'zero' or "
                   "'block'.",
                   wf_link_text(l, last));
    else
        wf_diag_at(l->diags, wf_link_place(l, call), "arguments",
                   "`%s` cannot be called with these arguments; it is `%s`.",
                   call->function->help.name, call->function->help.signature);
}

/* A column, which becomes the field of the row in turn. */
static void become_row(struct wf_node *node)
{
    node->op = WF_OP_ROW;
    node->type = node->of;
    node->of = WF_T_NIL;
}

/* sum(lines, price * amount). False after a finding. */
static bool link_rows(struct wf_linker *l, struct wf_node *call)
{
    const struct wf_field *outer = l->items;
    bool counts_rows =
        call->n_args == 1 && call->function->aggregate == WF_AGG_COUNT;

    call->over = WF_OVER_ROWS;
    call->rows = call->args[0]->field;
    if (call->n_args != 1 + values_wanted(call) && !counts_rows) {
        say_signature(l, call);
        return false;
    }
    call->args++;
    call->n_args--;
    l->items = call->rows;
    for (size_t i = 0; i < call->n_args; i++)
        wf_link_node(l, call->args[i]);
    l->items = outer;
    return true;
}

/* sum(lines.price) */
static bool link_columns(struct wf_linker *l, struct wf_node *call)
{
    call->over = WF_OVER_ROWS;
    call->rows = call->args[0]->field->items;
    if (call->n_args != values_wanted(call)) {
        say_signature(l, call);
        return false;
    }
    for (size_t i = 0; i < call->n_args; i++) {
        struct wf_node *arg = call->args[i];

        if (i > 0)
            wf_link_node(l, arg);
        if (arg->op != WF_OP_COLUMN || arg->field->items != call->rows) {
            wf_diag_at(l->diags, wf_link_place(l, arg), "type",
                       "`%s` is no column of `%s`, as the first one is.",
                       wf_link_text(l, arg), call->rows->id);
            return false;
        }
        become_row(arg);
    }
    return true;
}

static bool is_list(const struct wf_node *node)
{
    return node->type == WF_T_LIST || wf_type_is_unknown(node->type);
}

static bool link_lists(struct wf_linker *l, struct wf_node *call)
{
    call->over = WF_OVER_LIST;
    for (size_t i = 1; i < call->n_args; i++)
        wf_link_node(l, call->args[i]);
    if (call->n_args == values_wanted(call)
        && is_list(call->args[call->n_args - 1]))
        return true;
    say_signature(l, call);
    return false;
}

/* min(a, b) */
static bool link_values(struct wf_linker *l, struct wf_node *call)
{
    enum wf_aggregate aggregate = call->function->aggregate;

    call->over = WF_OVER_VALUES;
    if ((aggregate != WF_AGG_MIN && aggregate != WF_AGG_MAX)
        || call->n_args < 2) {
        wf_diag_at(l->diags, wf_link_place(l, call->args[0]), "type",
                   "`%s` is %s, but `%s` goes through a column, a list, or a "
                   "table: `%s`.",
                   wf_link_text(l, call->args[0]),
                   wf_link_type(l, call->args[0]->type),
                   call->function->help.name, call->function->help.signature);
        return false;
    }
    for (size_t i = 1; i < call->n_args; i++)
        wf_link_node(l, call->args[i]);
    return true;
}

static bool link_parts(struct wf_linker *l, struct wf_node *call)
{
    const struct wf_node *first = call->args[0];

    wf_link_node(l, call->args[0]);
    if (first->op == WF_OP_TABLE)
        return link_rows(l, call);
    if (first->op == WF_OP_COLUMN)
        return link_columns(l, call);
    if (first->type == WF_T_LIST
        || (wf_type_is_unknown(first->type)
            && call->n_args == values_wanted(call)))
        return link_lists(l, call);
    return link_values(l, call);
}

/* The type of one value of `part`. */
static enum wf_type member_type(const struct wf_node *call,
                                const struct wf_node *part)
{
    if (call->over != WF_OVER_LIST)
        return part->type;
    return part->type == WF_T_LIST ? part->of : WF_T_ANY;
}

static bool can_order(enum wf_type type)
{
    return type == WF_T_NUMBER || type == WF_T_DATE || type == WF_T_DATETIME
           || type == WF_T_PERIOD;
}

static bool takes(enum wf_aggregate aggregate, enum wf_type type)
{
    if (wf_type_is_unknown(type))
        return true;
    switch (aggregate) {
    case WF_AGG_SUM:
    case WF_AGG_AVG:
    case WF_AGG_SD:
    case WF_AGG_WEIGHTED:
        return type == WF_T_NUMBER;
    case WF_AGG_MIN:
    case WF_AGG_MAX:
        return can_order(type);
    default:
        return type != WF_T_LIST && type != WF_T_TABLE;
    }
}

static void check_types(struct wf_linker *l, const struct wf_node *call)
{
    for (size_t i = 0; i < call->n_args; i++) {
        const struct wf_node *part = call->args[i];
        enum wf_type type = member_type(call, part);
        enum wf_type first = member_type(call, call->args[0]);

        if (!takes(call->function->aggregate, type))
            wf_diag_at(l->diags, wf_link_place(l, part), "type",
                       "`%s` cannot be made of `%s`, which is %s.",
                       call->function->help.name, wf_link_text(l, part),
                       wf_link_type(l, type));
        else if (type != first && !wf_type_is_unknown(type)
                 && !wf_type_is_unknown(first))
            wf_diag_at(l->diags, wf_link_place(l, part), "type",
                       "`%s` compares like with like, but `%s` is %s.",
                       call->function->help.name, wf_link_text(l, part),
                       wf_link_type(l, type));
    }
}

static bool all_present(const struct wf_node *call)
{
    for (size_t i = 0; i < call->n_args; i++)
        if (!call->args[i]->present)
            return false;
    return true;
}

static void check_absent(struct wf_linker *l, const struct wf_node *call)
{
    const struct wf_node *first = call->n_args ? call->args[0] : NULL;
    enum wf_type type = first ? member_type(call, first) : WF_T_NIL;

    if (call->over != WF_OVER_VALUES && !call->absent
        && needs_word(call->function->aggregate) && !all_present(call))
        wf_diag_at(l->diags, wf_link_place(l, call), "absent",
                   "`%s` can meet a part that is absent; say what that does, "
                   "by 'drop', 'zero' or 'block' as the last argument.",
                   call->function->help.name);
    if (call->absent == WF_ABSENT_ZERO && type != WF_T_NUMBER
        && !wf_type_is_unknown(type))
        wf_diag_at(l->diags, wf_link_place(l, call), "absent",
                   "'zero' is for numbers, and here is %s; write 'drop' or "
                   "'block'.",
                   wf_link_type(l, type));
}

static void set_type(struct wf_node *call)
{
    enum wf_type member =
        call->n_args ? member_type(call, call->args[0]) : WF_T_ANY;

    switch (call->function->aggregate) {
    case WF_AGG_MIN:
    case WF_AGG_MAX:
        call->type = member;
        call->present = call->over == WF_OVER_VALUES && all_present(call);
        break;
    case WF_AGG_FIRST:
    case WF_AGG_LAST:
        call->type = member;
        break;
    case WF_AGG_COUNT:
    case WF_AGG_SUM:
        call->type = WF_T_NUMBER;
        call->present = call->absent != WF_ABSENT_BLOCK;
        break;
    case WF_AGG_ANY:
    case WF_AGG_ALL:
        call->type = WF_T_BOOLEAN;
        call->present = true;
        break;
    default:
        call->type = WF_T_NUMBER;
    }
}

/* avg(28), sd(28): over the days before the value at hand. False: it is not
 * that. */
static bool link_days(struct wf_linker *l, struct wf_node *call)
{
    enum wf_aggregate aggregate = call->function->aggregate;
    const struct wf_node *days = call->n_args == 1 ? call->args[0] : NULL;
    double n;

    if (!l->scope->series || !days || days->op != WF_OP_CONST
        || days->type != WF_T_NUMBER
        || (aggregate != WF_AGG_AVG && aggregate != WF_AGG_SD))
        return false;
    n = days->value.u.number;
    if (!(n >= 1 && n <= WF_MAX_LOOK_BACK) || (double)(int)n < n)
        wf_diag_at(l->diags, wf_link_place(l, days), "bounds",
                   "`%s` looks back over whole days, 1 to %d.",
                   call->function->help.name, WF_MAX_LOOK_BACK);
    call->over = WF_OVER_DAYS;
    call->type = WF_T_NUMBER;
    return true;
}

void wf_link_aggregate(struct wf_linker *l, struct wf_node *call)
{
    size_t n = l->diags->n_errors;

    if (link_days(l, call))
        return;
    take_absent(l, call);
    if (!link_parts(l, call) || l->diags->n_errors != n)
        return;
    set_type(call);
    check_types(l, call);
    check_absent(l, call);
}
