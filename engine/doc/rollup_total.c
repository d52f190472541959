/* doc/rollup_total.c - totals of parts, and the value that they come to.
 *
 * Sums are kept, not made again: one changed part moves them by what it was
 * and what it is. Two numbers hold a sum exactly (the error of each addition
 * is the second's: Knuth's two-sum), so that it comes to the same as if all
 * parts were added anew.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "doc/rollup_part.h"
#include "store/ahead.h"

static const char SQL_LOAD[] =
    "SELECT number, parts, absent, total, total_rest, weight, weight_rest,"
    " changed FROM rollup WHERE document = $1 ORDER BY number";
static const char SQL_LEAST[] =
    "SELECT num FROM rollup_part WHERE target = $1 AND number = $2"
    " AND num IS NOT NULL ORDER BY num LIMIT 1";
static const char SQL_MOST[] =
    "SELECT num FROM rollup_part WHERE target = $1 AND number = $2"
    " AND num IS NOT NULL ORDER BY num DESC LIMIT 1";
static const char SQL_LATEST[] =
    "SELECT value FROM rollup_part WHERE target = $1 AND number = $2"
    " ORDER BY made DESC, source DESC LIMIT 1";

void wf_sum_add(struct wf_sum *sum, double number)
{
    double high = sum->high + number;
    double was = high - number;
    double error = (sum->high - was) + (number - (high - was));
    double rest = sum->rest + error;

    sum->high = high + rest;
    sum->rest = rest - (sum->high - high);
}

bool wf_totals_ahead(struct wf_call *call, wf_id target, weft_error *err)
{
    return wf_ask_ahead(call->db, SQL_LOAD, target, err);
}

bool wf_totals_load(struct wf_call *call, wf_id target,
                    struct wf_totals_list *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    memset(out, 0, sizeof *out);
    if (!wf_stmt_begin(call->db, SQL_LOAD, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, target);
    while ((fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, &out->list) = (struct wf_totals){
            .number = (int)wf_stmt_int(&q, 0),
            .parts = wf_stmt_int(&q, 1),
            .absent = wf_stmt_int(&q, 2),
            .total = { wf_stmt_real(&q, 3), wf_stmt_real(&q, 4) },
            .weight = { wf_stmt_real(&q, 5), wf_stmt_real(&q, 6) },
            .changed = wf_stmt_int(&q, 7),
        };
    return fetch == WF_FETCH_DONE;
}

const struct wf_totals *wf_totals_of(const struct wf_totals_list *list,
                                     int number)
{
    for (size_t i = 0; i < list->list.n; i++)
        if (list->list.at[i].number == number)
            return &list->list.at[i];
    return NULL;
}

void wf_totals_add(struct wf_totals *totals, const struct wf_rollup *r,
                   const struct wf_part *part, int sign)
{
    bool weighs = r->fn == WF_ROLLUP_WEIGHTED;
    bool present = r->fn == WF_ROLLUP_LATEST
                       ? part->value != NULL
                       : part->has_num && (!weighs || part->has_weight);

    totals->parts += sign;
    if (r->fn == WF_ROLLUP_COUNT)
        return;
    if (!present)
        totals->absent += sign;
    if (present)
        wf_sum_add(&totals->total,
                   sign * part->num * (weighs ? part->weight : 1));
    if (weighs && part->has_weight && (present || r->absent == WF_ROLLUP_ZERO))
        wf_sum_add(&totals->weight, sign * part->weight);
}

/* --- The value */

static bool first_number(struct wf_call *call, const char *sql, wf_id target,
                         int number, struct wf_value *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, target);
    wf_stmt_bind_int(&q, 2, number);
    fetch = wf_stmt_step(&q, err);
    if (fetch == WF_FETCH_ROW)
        *out = wf_value_number(wf_stmt_real(&q, 0));
    return fetch != WF_FETCH_ERROR;
}

/* The least or greatest one; an absent one may count as 0. */
static bool extreme(struct wf_call *call, wf_id target,
                    const struct wf_rollup *r, const struct wf_totals *totals,
                    struct wf_value *out, weft_error *err)
{
    bool least = r->fn == WF_ROLLUP_MIN;
    bool with_zero = r->absent == WF_ROLLUP_ZERO && totals->absent > 0;

    if (!first_number(call, least ? SQL_LEAST : SQL_MOST, target, r->number,
                      out, err))
        return false;
    if (with_zero
        && (out->type == WF_T_NIL
            || (least ? out->u.number > 0 : out->u.number < 0)))
        *out = wf_value_number(0);
    return true;
}

static bool latest(struct wf_call *call, wf_id target,
                   const struct wf_rollup *r, struct wf_value *out,
                   weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    const char *text = NULL;
    struct wf_json *json;

    if (!wf_stmt_begin(call->db, SQL_LATEST, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, target);
    wf_stmt_bind_int(&q, 2, r->number);
    switch (wf_stmt_step(&q, err)) {
    case WF_FETCH_ROW:
        text = wf_stmt_str(&q, 0, call->arena);
        break;
    case WF_FETCH_DONE:
        break;
    default:
        return false;
    }
    if (!text)
        return true;
    if (!wf_json_read_stored(call->arena, text, &json, err))
        return false;
    *out = wf_value_of(call->arena, r->field, json);
    return true;
}

static double sum_of(const struct wf_sum *sum)
{
    return sum->high + sum->rest;
}

static struct wf_value divided(double a, double b)
{
    return b == 0 ? wf_value_nil : wf_value_number(a / b);
}

bool wf_totals_value(struct wf_call *call, wf_id target,
                     const struct wf_rollup *r, const struct wf_totals *totals,
                     struct wf_value *out, weft_error *err)
{
    double total = totals ? sum_of(&totals->total) : 0;

    *out = wf_value_nil;
    if (!totals || totals->parts == 0
        || (r->absent == WF_ROLLUP_BLOCK && totals->absent > 0))
        return true;
    switch (r->fn) {
    case WF_ROLLUP_SUM:
        *out = wf_value_number(total);
        return true;
    case WF_ROLLUP_AVG:
        *out = divided(
            total,
            (double)(totals->parts
                     - (r->absent == WF_ROLLUP_ZERO ? 0 : totals->absent)));
        return true;
    case WF_ROLLUP_WEIGHTED:
        *out = divided(total, sum_of(&totals->weight));
        return true;
    case WF_ROLLUP_COUNT:
        *out = wf_value_number((double)totals->parts);
        return true;
    case WF_ROLLUP_SHARE:
        *out = divided(100 * total, (double)totals->parts);
        return true;
    case WF_ROLLUP_MIN:
    case WF_ROLLUP_MAX:
        return extreme(call, target, r, totals, out, err);
    case WF_ROLLUP_LATEST:
        return latest(call, target, r, out, err);
    case WF_ROLLUP_MANUAL:
    case WF_ROLLUP_POINTS: /* rollup_points.c */
        break;
    }
    return true;
}
