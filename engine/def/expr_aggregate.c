/* def/expr_aggregate.c - sum, avg … as they run: over the rows of a table, the
 * members of lists, or plain values. In the order of the rows, so that a sum
 * is the same on every machine and in the browser.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "def/expr_functions.h"

/* What has come together so far. */
struct total {
    enum wf_aggregate kind;
    enum wf_absent absent;
    bool blocked; /* an absent part makes the result nil */
    bool ended;   /* nothing that follows can change it */
    double n;
    double sum, weights;
    double mean, squares; /* of sd, by Welford */
    bool holds;           /* of any, all */
    struct wf_value best; /* of min, max, first, last */
};

static void block(struct total *total)
{
    total->blocked = total->ended = true;
}

/* Decides over an absent part. False: it is left out, or blocks. */
static bool stand_in(struct total *total, struct wf_value *part)
{
    if (!wf_value_is_absent(*part))
        return true;
    switch (total->absent) {
    case WF_ABSENT_ZERO:
        *part = wf_value_number(0);
        return true;
    case WF_ABSENT_BLOCK:
        block(total);
        return false;
    default:
        return false;
    }
}

static void add_best(struct total *total, struct wf_value part)
{
    int order;

    if (total->best.type == WF_T_NIL)
        total->best = part;
    else if (wf_value_order(part, total->best, &order)
             && order == (total->kind == WF_AGG_MIN ? -1 : 1))
        total->best = part;
}

static void add_number(struct total *total, double x, double weight)
{
    double apart = x - total->mean;

    total->n += 1;
    total->sum += x * weight;
    total->weights += weight;
    total->mean += apart / total->n;
    total->squares += apart * (x - total->mean);
}

/* One part, and its weight where there is one. */
static void add(struct total *total, struct wf_value part,
                struct wf_value weight)
{
    bool as_it_is =
        total->kind == WF_AGG_LAST && total->absent == WF_ABSENT_BLOCK;

    if (!as_it_is && (!stand_in(total, &part) || !stand_in(total, &weight)))
        return;
    switch (total->kind) {
    case WF_AGG_COUNT:
        total->n += wf_value_holds(part);
        break;
    case WF_AGG_ANY:
        total->holds = total->ended = wf_value_holds(part);
        break;
    case WF_AGG_ALL:
        total->holds = wf_value_holds(part);
        total->ended = !total->holds;
        break;
    case WF_AGG_FIRST:
        total->best = part;
        total->ended = true;
        break;
    case WF_AGG_LAST:
        total->best = part;
        break;
    case WF_AGG_MIN:
    case WF_AGG_MAX:
        add_best(total, part);
        break;
    default:
        if (part.type == WF_T_NUMBER && weight.type == WF_T_NUMBER)
            add_number(total, part.u.number, weight.u.number);
    }
}

static struct wf_value result(const struct total *total)
{
    if (total->blocked)
        return wf_value_nil;
    switch (total->kind) {
    case WF_AGG_SUM:
        return wf_value_number(total->sum);
    case WF_AGG_COUNT:
        return wf_value_number(total->n);
    case WF_AGG_ANY:
    case WF_AGG_ALL:
        return wf_value_boolean(total->holds);
    case WF_AGG_AVG:
    case WF_AGG_WEIGHTED:
        return total->weights == 0
                   ? wf_value_nil
                   : wf_value_number(total->sum / total->weights);
    case WF_AGG_SD:
        return total->n == 0 ? wf_value_nil
                             : wf_value_number(sqrt(total->squares / total->n));
    default:
        return total->best;
    }
}

/* --- What it goes through */

static bool over_rows(const struct wf_node *call, const struct wf_env *env,
                      struct total *total, weft_error *err)
{
    struct wf_value parts[2] = { wf_value_boolean(true), wf_value_number(1) };
    struct wf_env inner = *env;
    size_t n;
    struct wf_json *const *rows = wf_env_rows(env, call->rows, &n);

    for (size_t i = 0; i < n && !total->ended; i++) {
        inner.row = rows[i];
        if (!wf_eval_spend(env, 1, err))
            return false;
        for (size_t k = 0; k < call->n_args; k++)
            if (!wf_node_eval(call->args[k], &inner, &parts[k], err))
                return false;
        add(total, parts[0], parts[1]);
    }
    return true;
}

static size_t members(struct wf_value list)
{
    return list.type == WF_T_LIST ? list.u.list.n : 0;
}

static bool over_lists(const struct wf_node *call, const struct wf_env *env,
                       struct total *total, weft_error *err)
{
    struct wf_value lists[2] = { wf_value_nil, wf_value_nil };

    for (size_t k = 0; k < call->n_args; k++)
        if (!wf_node_eval(call->args[k], env, &lists[k], err))
            return false;
    for (size_t i = 0; i < members(lists[0]) && !total->ended; i++) {
        struct wf_value weight = wf_value_number(1);

        if (!wf_eval_spend(env, 1, err))
            return false;
        if (call->n_args == 2)
            weight =
                i < members(lists[1]) ? lists[1].u.list.at[i] : wf_value_nil;
        add(total, lists[0].u.list.at[i], weight);
    }
    return true;
}

static bool over_values(const struct wf_node *call, const struct wf_env *env,
                        struct total *total, weft_error *err)
{
    for (size_t k = 0; k < call->n_args; k++) {
        struct wf_value part;

        if (!wf_node_eval(call->args[k], env, &part, err))
            return false;
        add(total, part, wf_value_number(1));
    }
    return true;
}

/* What an absent part does where nothing was said. */
static enum wf_absent unsaid(const struct wf_node *call)
{
    switch (call->function->aggregate) {
    case WF_AGG_SUM:
    case WF_AGG_COUNT:
    case WF_AGG_ANY:
    case WF_AGG_ALL:
        return WF_ABSENT_DROP;
    default:
        return WF_ABSENT_BLOCK;
    }
}

static bool over_days(const struct wf_node *call, const struct wf_env *env,
                      struct wf_value *out, weft_error *err)
{
    if (!env->source || !env->source->look_back)
        return true;
    return env->source->look_back(
        env->source->self, (int)call->args[0]->value.u.number,
        call->function->aggregate == WF_AGG_SD, out, err);
}

bool wf_aggregate_eval(const struct wf_node *call, const struct wf_env *env,
                       struct wf_value *out, weft_error *err)
{
    struct total total = { .kind = call->function->aggregate };
    bool done;

    if (call->over == WF_OVER_DAYS)
        return over_days(call, env, out, err);
    total.absent = call->absent ? call->absent : unsaid(call);
    total.holds = total.kind == WF_AGG_ALL;
    switch (call->over) {
    case WF_OVER_ROWS:
        done = over_rows(call, env, &total, err);
        break;
    case WF_OVER_LIST:
        done = over_lists(call, env, &total, err);
        break;
    default:
        done = over_values(call, env, &total, err);
    }
    if (done)
        *out = result(&total);
    return done;
}
