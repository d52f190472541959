/* def/expr_course.c - which way an expression goes in time, from the leaves up.
 *
 * A difference of two things that both grow by one a day stands still: so
 * stale(days(due, today())) does, which asks whether the last act is younger
 * than the due day.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/expr_course.h"

#include "base/str.h"
#include "def/expr_functions.h"

/* `daily`: it grows by exactly one a day. */
struct course {
    enum wf_course way;
    bool daily;
};

static const struct course STILL = { WF_COURSE_STILL, false };
static const struct course UP = { WF_COURSE_UP, false };
static const struct course DAILY = { WF_COURSE_UP, true };
static const struct course ANY = { WF_COURSE_ANY, false };

static struct course flip(struct course c)
{
    if (c.way == WF_COURSE_UP)
        return (struct course){ WF_COURSE_DOWN, false };
    return c.way == WF_COURSE_DOWN ? UP : c;
}

/* Of what grows with both. */
static struct course both(struct course a, struct course b)
{
    if (a.way == WF_COURSE_STILL)
        return b;
    if (b.way == WF_COURSE_STILL)
        return a;
    return a.way == b.way ? (struct course){ a.way, false } : ANY;
}

/* a - b */
static struct course less(struct course a, struct course b)
{
    return a.daily && b.daily ? STILL : both(a, flip(b));
}

static struct course of(const struct wf_node *node);

static struct course all(const struct wf_node *node)
{
    struct course c = STILL;

    for (size_t i = 0; i < node->n_args; i++)
        c = both(c, of(node->args[i]));
    return (struct course){ c.way, false };
}

/* Where it is not plain which way: still if all is still. */
static struct course still_or_any(const struct wf_node *node)
{
    for (size_t i = 0; i < node->n_args; i++)
        if (of(node->args[i]).way != WF_COURSE_STILL)
            return ANY;
    return STILL;
}

/* A product or quotient with a constant. */
static struct course scaled(const struct wf_node *node)
{
    const struct wf_node *by = node->args[1];
    struct course c = of(node->args[0]);

    if (node->op == WF_OP_MUL && node->args[0]->op == WF_OP_CONST) {
        by = node->args[0];
        c = of(node->args[1]);
    }
    if (by->op != WF_OP_CONST || by->value.type != WF_T_NUMBER)
        return still_or_any(node);
    c.daily = false;
    return by->value.u.number < 0 ? flip(c) : c;
}

/* clang-format off */
static const char *const growing[] = {
    "floor", "ceil", "round", "min", "max", "clamp", "date", "year", "number",
};
/* clang-format on */

static struct course of_call(const struct wf_node *node)
{
    const char *name = node->function->help.name;
    struct course first = node->n_args ? of(node->args[0]) : STILL;
    struct course second = node->n_args > 1 ? of(node->args[1]) : STILL;

    if (wf_streq(name, "today"))
        return DAILY;
    if (wf_streq(name, "now"))
        return UP;
    if (wf_streq(name, "days")) {
        struct course c = less(second, first);

        c.daily = second.daily && first.way == WF_COURSE_STILL;
        return c;
    }
    if (wf_streq(name, "working_days"))
        return both(second, flip(first));
    if (wf_streq(name, "expected") || wf_streq(name, "behind"))
        return still_or_any(node).way == WF_COURSE_STILL ? UP : ANY;
    if (wf_streq(name, "stale")) /* quiet days - the first argument */
        return less(DAILY, first);
    for (size_t i = 0; i < WF_COUNT(growing); i++)
        if (wf_streq(name, growing[i]) && node->over == WF_OVER_VALUES)
            return all(node);
    if (wf_streq(name, "unit") || wf_streq(name, "manager")
        || wf_streq(name, "grade"))
        return ANY; /* somebody else's change is not noticed here */
    return still_or_any(node);
}

static struct course of(const struct wf_node *node)
{
    switch (node->op) {
    case WF_OP_PERSON:
    case WF_OP_FOLLOW:
        return ANY; /* as above */
    case WF_OP_NAME:
        return node->name == WF_NAME_HEALTH ? ANY : STILL;
    case WF_OP_NEG:
    case WF_OP_NOT:
        return flip(of(node->args[0]));
    case WF_OP_AND:
    case WF_OP_OR:
    case WF_OP_ADD:
        return all(node);
    case WF_OP_SUB:
    case WF_OP_GT:
    case WF_OP_GE:
        return less(of(node->args[0]), of(node->args[1]));
    case WF_OP_LT:
    case WF_OP_LE:
        return less(of(node->args[1]), of(node->args[0]));
    case WF_OP_MUL:
    case WF_OP_DIV:
        return scaled(node);
    case WF_OP_CALL:
        return of_call(node);
    default:
        return still_or_any(node);
    }
}

enum wf_course wf_expr_course(const struct wf_expr *expr)
{
    return of(expr->root).way;
}
