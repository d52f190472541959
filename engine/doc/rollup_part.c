/* doc/rollup_part.c - the parts that documents give one another: worked out,
 * and kept as rows.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/rollup_part.h"

#include <string.h>

#include "doc/fields.h"

#define COLUMNS "source, target, number, row, num, weight, value, made"
static const char SQL_BY_SOURCE[] =
    "SELECT " COLUMNS " FROM rollup_part WHERE source = $1"
    " ORDER BY target, number, row";
static const char SQL_BY_TARGET[] =
    "SELECT " COLUMNS " FROM rollup_part WHERE target = $1"
    " ORDER BY source, number, row";
static const char SQL_PUT[] =
    "INSERT INTO rollup_part (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7,"
    " $8) ON CONFLICT (source, target, number, row) DO UPDATE SET"
    " num = excluded.num, weight = excluded.weight, value = excluded.value,"
    " made = excluded.made";
static const char SQL_DROP[] =
    "DELETE FROM rollup_part WHERE source = $1 AND target = $2"
    " AND number = $3 AND row = $4";
static const char SQL_PUT_TOTALS[] =
    "INSERT INTO rollup (document, number, parts, absent, total, total_rest,"
    " weight, weight_rest, changed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8,"
    " $9) ON CONFLICT (document, number) DO UPDATE SET parts = excluded.parts,"
    " absent = excluded.absent, total = excluded.total,"
    " total_rest = excluded.total_rest, weight = excluded.weight,"
    " weight_rest = excluded.weight_rest, changed = excluded.changed";
static const char SQL_FORGET_PARTS[] =
    "DELETE FROM rollup_part WHERE target = $1";
static const char SQL_FORGET_TOTALS[] =
    "DELETE FROM rollup WHERE document = $1";

/* --- What a source gives */

/* One rollup asked of one pair. */
struct asking {
    struct wf_call *call;
    const struct wf_doc *source, *target;
    const struct wf_rollup *r;
    struct wf_doc_env env;
    char target_id[WF_ID_TEXT];
};

static bool is_of_state(const struct asking *a)
{
    if (a->source->state == WF_VOID)
        return false;
    return !a->r->state
           || wf_streq(a->r->state, wf_state_name(a->source->state));
}

/* Whether a link, or one of several, leads to the target. */
static bool leads_to(const struct wf_json *json, const char *id)
{
    if (wf_json_is(json, WF_JSON_ARRAY)) {
        for (size_t i = 0; i < wf_json_len(json); i++)
            if (wf_streq(wf_json_str(json->u.array.at[i]), id))
                return true;
        return false;
    }
    return wf_streq(wf_json_str(json), id);
}

/* The period before `text`; the text itself where it is none. */
static const char *period_before(struct wf_arena *arena, const char *text)
{
    char before[WF_PERIOD_TEXT];
    struct wf_period period;

    if (!wf_period_parse(wf_str_of(text), &period))
        return text;
    wf_period_write(wf_period_step(period, -1), before);
    return wf_arena_str(arena, before);
}

static bool matches(const struct asking *a)
{
    for (size_t i = 0; i < a->r->n_matches; i++) {
        const struct wf_rollup_match *m = &a->r->matches[i];
        const char *mine = wf_json_str(wf_json_get(a->target->data, m->id));
        const char *theirs = wf_json_str(wf_json_get(a->source->data, m->id));

        if (!mine || !theirs)
            return false;
        if (m->before)
            mine = period_before(a->call->arena, mine);
        if (!wf_streq(mine, theirs))
            return false;
    }
    return a->r->n_matches > 0;
}

static bool is_tied(const struct asking *a, const struct wf_json *row)
{
    const struct wf_field *link = a->r->link;

    if (!link)
        return matches(a);
    return leads_to(wf_json_get(link->items ? row : a->source->data, link->id),
                    a->target_id);
}

static bool value_of(struct asking *a, struct wf_part *part, weft_error *err)
{
    struct wf_value value;
    struct wf_json *json;

    if (!a->r->value || a->r->fn == WF_ROLLUP_COUNT)
        return true;
    if (!wf_expr_eval(a->r->value, &a->env.env, &value, err))
        return false;
    if (a->r->fn == WF_ROLLUP_LATEST) {
        json = wf_value_to_json(a->call->arena, a->r->field, value);
        if (!wf_json_is_nothing(json))
            part->value = wf_json_dump(a->call->arena, json);
        return true;
    }
    if (a->r->fn == WF_ROLLUP_SHARE)
        value = wf_value_number(wf_value_holds(value) ? 1 : 0);
    part->has_num = value.type == WF_T_NUMBER;
    part->num = part->has_num ? value.u.number : 0;
    return true;
}

static bool weight_of(struct asking *a, struct wf_part *part, weft_error *err)
{
    struct wf_value weight;

    if (!a->r->weight)
        return true;
    if (!wf_expr_eval(a->r->weight, &a->env.env, &weight, err))
        return false;
    part->has_weight = weight.type == WF_T_NUMBER;
    part->weight = part->has_weight ? weight.u.number : 0;
    return true;
}

static bool make_one(struct asking *a, const struct wf_json *row,
                     struct wf_parts *out, weft_error *err)
{
    const char *id = row ? wf_json_str(wf_json_get(row, "id")) : "";
    struct wf_part part = { .source = a->source->id,
                            .target = a->target->id,
                            .number = a->r->number,
                            .row = id ? id : "",
                            .made = a->source->created };
    bool counts = true;

    if (!is_tied(a, row))
        return true;
    a->env.env.row = row;
    if (a->r->where && !wf_expr_holds(a->r->where, &a->env.env, &counts, err))
        return false;
    if (!counts)
        return true;
    if (!value_of(a, &part, err) || !weight_of(a, &part, err))
        return false;
    *WF_PUSH(a->call->arena, &out->list) = part;
    return true;
}

bool wf_parts_make(struct wf_call *call, const struct wf_doc *source,
                   const struct wf_doc *target, const struct wf_rollup *r,
                   struct wf_parts *out, weft_error *err)
{
    struct asking a = {
        .call = call, .source = source, .target = target, .r = r
    };
    const struct wf_json *rows;

    if (!r->source || r->fn == WF_ROLLUP_MANUAL || !is_of_state(&a)
        || !wf_form_is_of(call->registry, source->form, r->source_id))
        return true;
    wf_id_write(target->id, a.target_id);
    wf_doc_env_init(&a.env, call, source);
    a.env.env.mine = target->data;
    if (!r->rows)
        return make_one(&a, NULL, out, err);
    rows = wf_json_get(source->data, r->rows->id);
    for (size_t i = 0; i < wf_json_len(rows); i++)
        if (!make_one(&a, rows->u.array.at[i], out, err))
            return false;
    return true;
}

bool wf_parts_make_all(struct wf_call *call, const struct wf_doc *source,
                       const struct wf_doc *target, struct wf_parts *out,
                       weft_error *err)
{
    for (const struct wf_rollup *r = target->form->rollups; r; r = r->next)
        if (!wf_parts_make(call, source, target, r, out, err))
            return false;
    return true;
}

/* --- Rows */

static double real_or_0(struct wf_stmt *q, int column)
{
    return wf_stmt_is_null(q, column) ? 0 : wf_stmt_real(q, column);
}

static bool load(struct wf_call *call, const char *sql, wf_id id,
                 struct wf_parts *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    memset(out, 0, sizeof *out);
    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, id);
    while ((fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, &out->list) = (struct wf_part){
            .source = wf_stmt_int(&q, 0),
            .target = wf_stmt_int(&q, 1),
            .number = (int)wf_stmt_int(&q, 2),
            .row = wf_stmt_str(&q, 3, call->arena),
            .has_num = !wf_stmt_is_null(&q, 4),
            .num = real_or_0(&q, 4),
            .has_weight = !wf_stmt_is_null(&q, 5),
            .weight = real_or_0(&q, 5),
            .value = wf_stmt_str(&q, 6, call->arena),
            .made = wf_stmt_int(&q, 7),
        };
    return fetch == WF_FETCH_DONE;
}

bool wf_parts_given_by(struct wf_call *call, wf_id source, struct wf_parts *out,
                       weft_error *err)
{
    return load(call, SQL_BY_SOURCE, source, out, err);
}

bool wf_parts_given_to(struct wf_call *call, wf_id target, struct wf_parts *out,
                       weft_error *err)
{
    return load(call, SQL_BY_TARGET, target, out, err);
}

static void bind_key(struct wf_stmt *q, const struct wf_part *part)
{
    wf_stmt_bind_int(q, 1, part->source);
    wf_stmt_bind_int(q, 2, part->target);
    wf_stmt_bind_int(q, 3, part->number);
    wf_stmt_bind_text(q, 4, part->row);
}

static void bind_real(struct wf_stmt *q, int n, bool there, double number)
{
    if (there)
        wf_stmt_bind_real(q, n, number);
    else
        wf_stmt_bind_null(q, n);
}

static bool put(struct wf_call *call, const struct wf_part *part,
                weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_PUT, &q, err))
        return false;
    bind_key(&q, part);
    bind_real(&q, 5, part->has_num, part->num);
    bind_real(&q, 6, part->has_weight, part->weight);
    wf_stmt_bind_text(&q, 7, part->value);
    wf_stmt_bind_int(&q, 8, part->made);
    return wf_stmt_run(&q, err);
}

static bool drop(struct wf_call *call, const struct wf_part *part,
                 weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_DROP, &q, err))
        return false;
    bind_key(&q, part);
    return wf_stmt_run(&q, err);
}

static bool forget(struct wf_call *call, const char *sql, wf_id target,
                   weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, target);
    return wf_stmt_run(&q, err);
}

bool wf_parts_forget(struct wf_call *call, wf_id target, weft_error *err)
{
    return forget(call, SQL_FORGET_PARTS, target, err)
           && forget(call, SQL_FORGET_TOTALS, target, err);
}

/* --- Replacing */

static bool put_totals(struct wf_call *call, wf_id target,
                       const struct wf_totals *t, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_PUT_TOTALS, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, target);
    wf_stmt_bind_int(&q, 2, t->number);
    wf_stmt_bind_int(&q, 3, t->parts);
    wf_stmt_bind_int(&q, 4, t->absent);
    wf_stmt_bind_real(&q, 5, t->total.high);
    wf_stmt_bind_real(&q, 6, t->total.rest);
    wf_stmt_bind_real(&q, 7, t->weight.high);
    wf_stmt_bind_real(&q, 8, t->weight.rest);
    wf_stmt_bind_int(&q, 9, t->changed);
    return wf_stmt_run(&q, err);
}

/* The totals of one rollup while parts come and go. */
static struct wf_totals *totals_at(struct wf_call *call,
                                   struct wf_totals_list *list, int number)
{
    for (size_t i = 0; i < list->list.n; i++)
        if (list->list.at[i].number == number)
            return &list->list.at[i];
    *WF_PUSH(call->arena, &list->list) = (struct wf_totals){ .number = number };
    return &list->list.at[list->list.n - 1];
}

static const struct wf_rollup *rollup_at(const struct wf_form *form, int number)
{
    const struct wf_rollup *r = form->rollups;

    while (r && r->number != number)
        r = r->next;
    return r;
}

/* Parts of another version, whose rollups had other numbers, are gathered
 * anew: gather() has forgotten them. */
static void count(struct wf_call *call, struct wf_totals_list *list,
                  const struct wf_doc *target, const struct wf_part *part,
                  int sign)
{
    const struct wf_rollup *r = rollup_at(target->form, part->number);
    struct wf_totals *totals = totals_at(call, list, part->number);

    totals->changed = call->now;
    if (r)
        wf_totals_add(totals, r, part, sign);
}

static bool same_key(const struct wf_part *a, const struct wf_part *b)
{
    return a->source == b->source && a->target == b->target
           && a->number == b->number && wf_streq(a->row, b->row);
}

static const struct wf_part *find(const struct wf_parts *parts,
                                  const struct wf_part *like, size_t hint)
{
    size_t n = parts->list.n;

    for (size_t i = 0; i < n; i++) {
        const struct wf_part *at = &parts->list.at[(hint + i) % n];

        if (same_key(at, like))
            return at;
    }
    return NULL;
}

bool wf_part_same(const struct wf_part *a, const struct wf_part *b)
{
    return a->has_num == b->has_num && a->num == b->num
           && a->has_weight == b->has_weight && a->weight == b->weight
           && wf_streq(a->value, b->value);
}

bool wf_parts_replace(struct wf_call *call, const struct wf_doc *target,
                      const struct wf_parts *old, const struct wf_parts *made,
                      bool *changed, weft_error *err)
{
    struct wf_totals_list totals;

    *changed = false;
    if (!wf_totals_load(call, target->id, &totals, err))
        return false;
    for (size_t i = 0; i < old->list.n; i++) {
        const struct wf_part *was = &old->list.at[i];
        const struct wf_part *is = find(made, was, i);

        if (is && wf_part_same(was, is))
            continue;
        *changed = true;
        count(call, &totals, target, was, -1);
        if (!is && !drop(call, was, err))
            return false;
    }
    for (size_t i = 0; i < made->list.n; i++) {
        const struct wf_part *is = &made->list.at[i];
        const struct wf_part *was = find(old, is, i);

        if (was && wf_part_same(was, is))
            continue;
        *changed = true;
        count(call, &totals, target, is, 1);
        if (!put(call, is, err))
            return false;
    }
    for (size_t i = 0; *changed && i < totals.list.n; i++)
        if (totals.list.at[i].changed == call->now
            && !put_totals(call, target->id, &totals.list.at[i], err))
            return false;
    return true;
}
