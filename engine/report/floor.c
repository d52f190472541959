/* report/floor.c - numbers of all documents, kept as they were first shown; the
 * table `report_shown`.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "report/floor.h"

#include "base/error.h"
#include "base/hash.h"

static const char SQL_SHOWN[] =
    "SELECT since, until, question, made, numbers FROM report_shown"
    " WHERE form = $1 AND since <= $2 AND until >= $3"
    " ORDER BY since, until LIMIT 1";
static const char SQL_KEEP[] =
    "INSERT INTO report_shown (form, since, until, question, report, made,"
    " numbers) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (form, since, until) DO NOTHING";

/* What is kept about a stretch of time. */
struct shown {
    bool there;
    int64_t since, until, made;
    const char *question, *numbers;
};

/* --- The question: whatever would give other numbers */

static void hash_text(struct wf_hasher *hasher, const char *text)
{
    wf_hasher_add_text(hasher, text ? text : "", text ? strlen(text) : 0);
}

static const char *question_of(struct wf_arena *arena,
                               const struct wf_report *report)
{
    char *text = wf_arena_alloc(arena, WF_HASH_TEXT);
    struct wf_hasher hasher;
    struct wf_hash hash;

    wf_hasher_init(&hasher);
    hash_text(&hasher, report->form_id);
    hash_text(&hasher, report->where.text);
    hash_text(&hasher, report->date);
    wf_hasher_add_int(&hasher, report->over);
    wf_hasher_add_int(&hasher, report->floor);
    for (const struct wf_report_group *g = report->groups; g; g = g->next) {
        hash_text(&hasher, g->id);
        hash_text(&hasher, g->value.text);
        wf_hasher_add_int(&hasher, g->tree);
    }
    for (const struct wf_measure *m = report->measures; m; m = m->next) {
        hash_text(&hasher, m->id);
        wf_hasher_add_int(&hasher, m->fn);
        hash_text(&hasher, m->value.text);
        hash_text(&hasher, m->formula.text);
        wf_hasher_add_int(&hasher, m->digits);
    }
    hash = wf_hasher_end(&hasher);
    wf_hash_write(&hash, text);
    return text;
}

static bool find_shown(const struct wf_run *run, struct shown *out,
                       weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_arena *arena = run->call->arena;
    enum wf_fetch got;

    *out = (struct shown){ .there = false };
    if (!wf_stmt_begin(run->call->db, SQL_SHOWN, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, run->report->form->family);
    wf_stmt_bind_int(&q, 2, run->span.last);
    wf_stmt_bind_int(&q, 3, run->span.first);
    got = wf_stmt_step(&q, err);
    if (got == WF_FETCH_ROW)
        *out = (struct shown){ true,
                               wf_stmt_int(&q, 0),
                               wf_stmt_int(&q, 1),
                               wf_stmt_int(&q, 3),
                               wf_stmt_str(&q, 2, arena),
                               wf_stmt_str(&q, 4, arena) };
    return got != WF_FETCH_ERROR;
}

static bool is_same(const struct wf_run *run, const struct shown *shown)
{
    return shown->since == run->span.first && shown->until == run->span.last
           && wf_streq(shown->question,
                       question_of(run->call->arena, run->report));
}

static bool load(const struct wf_run *run, struct shown *out, weft_error *err)
{
    if (run->ask->unit)
        return wf_fail(err, WEFT_E_MALFORMED,
                       "A report with a floor is not narrowed to a unit: the "
                       "difference would tell of single people.");
    if (run->call->now < run->span.until)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "A report with a floor is shown when its period is "
                       "over: until then, each look would tell what has "
                       "changed since the last.");
    if (!find_shown(run, out, err))
        return false;
    return !out->there || is_same(run, out)
           || wf_fail(err, WEFT_E_CONFLICT,
                      "Of this form and time, other numbers have been shown "
                      "already, by another report or an earlier version: "
                      "their difference would tell of single people. It "
                      "counts from the next period on.");
}

bool wf_floor_is_kept(struct wf_call *call, const struct wf_report *report,
                      const struct wf_report_ask *ask, bool *out,
                      weft_error *err)
{
    struct shown shown;
    struct wf_run run;

    if (!wf_run_begin(&run, call, report, ask, false, err)
        || !load(&run, &shown, err))
        return false;
    *out = shown.there;
    return true;
}

/* --- Working them out */

/* Who made them, or whom they are about: the fewer. */
static int64_t fewer(const struct wf_run *run, const struct wf_idset *people,
                     const struct wf_idset *subjects)
{
    return (int64_t)(run->subject && subjects->n < people->n ? subjects->n
                                                             : people->n);
}

static int64_t people_of(const struct wf_run *run, const struct wf_row *row)
{
    return fewer(run, row->people, row->subjects);
}

static int64_t own_people_of(const struct wf_run *run, const struct wf_row *row)
{
    return fewer(run, row->own_people, row->own_subjects);
}

static void write_row(const struct wf_run *run, const struct wf_row *row,
                      struct wf_json_writer *out)
{
    wf_jw_open(out, '{');
    wf_jw_key(out, "keys");
    wf_jw_open(out, '[');
    for (size_t i = 0; row->keys && i < run->report->n_groups; i++)
        wf_jw_tree(out, wf_value_plain(run->call->arena, row->keys[i]));
    wf_jw_close(out, ']');
    wf_jw_key(out, "values");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < run->report->n_measures; i++) {
        if (row->there[i])
            wf_jw_number(out, row->results[i]);
        else
            wf_jw_null(out);
    }
    wf_jw_close(out, ']');
    wf_jw_key(out, "documents");
    wf_jw_int(out, row->documents);
    wf_jw_key(out, "people");
    wf_jw_int(out, people_of(run, row));
    wf_jw_key(out, "own");
    wf_jw_int(out, row->own);
    wf_jw_key(out, "own_people");
    wf_jw_int(out, own_people_of(run, row));
    wf_jw_key(out, "depth");
    wf_jw_int(out, row->depth);
    wf_jw_close(out, '}');
}

static bool write_numbers(struct wf_run *run, struct wf_buf *text,
                          weft_error *err)
{
    struct wf_json_writer out = WF_JSON_WRITER_INIT(text);

    wf_jw_open(&out, '{');
    wf_jw_key(&out, "rows");
    wf_jw_open(&out, '[');
    for (size_t i = 0; i < run->rows.n; i++) {
        if (!wf_tally_finish(run, run->rows.at[i], err))
            return false;
        write_row(run, run->rows.at[i], &out);
    }
    wf_jw_close(&out, ']');
    if (!wf_tally_finish(run, &run->total, err))
        return false;
    wf_jw_key(&out, "total");
    write_row(run, &run->total, &out);
    wf_jw_close(&out, '}');
    return true;
}

bool wf_floor_work_out(struct wf_call *call, const struct wf_report *report,
                       const struct wf_report_ask *ask, struct wf_buf *out,
                       weft_error *err)
{
    struct wf_call all = *call;
    struct wf_run run;

    all.system = true;
    return wf_run_begin(&run, &all, report, ask, false, err)
           && wf_run_go(&run, err) && write_numbers(&run, out, err);
}

bool wf_floor_keep(struct wf_call *call, const struct wf_report *report,
                   const struct wf_report_ask *ask, const char *numbers,
                   weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct shown shown;
    struct wf_run run;

    if (!wf_run_begin(&run, call, report, ask, false, err)
        || !load(&run, &shown, err))
        return false;
    if (shown.there)
        return true; /* somebody was first */
    if (!wf_stmt_begin(call->db, SQL_KEEP, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, report->form->family);
    wf_stmt_bind_int(&q, 2, run.span.first);
    wf_stmt_bind_int(&q, 3, run.span.last);
    wf_stmt_bind_text(&q, 4, question_of(call->arena, report));
    wf_stmt_bind_text(&q, 5, report->head.id);
    wf_stmt_bind_int(&q, 6, call->now);
    wf_stmt_bind_text(&q, 7, numbers);
    return wf_stmt_run(&q, err);
}

/* --- Reading them */

static struct wf_value key_of(struct wf_arena *arena,
                              const struct wf_report_group *group,
                              const struct wf_json *json)
{
    const char *text = wf_json_str(json);

    return text ? wf_value_text(arena, group->value.expr->root->type, text)
                : wf_value_of_plain(arena, json);
}

static void read_row(const struct wf_run *run, const struct wf_json *json,
                     struct wf_row *row)
{
    struct wf_arena *arena = run->call->arena;
    const struct wf_json *keys = wf_json_get(json, "keys");
    const struct wf_json *values = wf_json_get(json, "values");
    size_t i = 0;

    wf_tally_init(run, row);
    row->keys = WF_NEW_N(arena, struct wf_value, run->report->n_groups + 1);
    for (const struct wf_report_group *g = run->report->groups;
         g && i < wf_json_len(keys); g = g->next, i++)
        row->keys[i] = key_of(arena, g, keys->u.array.at[i]);
    for (i = 0; i < run->report->n_measures && i < wf_json_len(values); i++) {
        row->there[i] = wf_json_is(values->u.array.at[i], WF_JSON_NUMBER);
        row->results[i] = wf_json_num(values->u.array.at[i], 0);
    }
    row->documents = (int64_t)wf_json_num(wf_json_get(json, "documents"), 0);
    row->unseen = (int64_t)wf_json_num(wf_json_get(json, "people"), 0);
    row->own = (int64_t)wf_json_num(wf_json_get(json, "own"), 0);
    row->own_unseen = (int64_t)wf_json_num(wf_json_get(json, "own_people"), 0);
    row->depth = (int)wf_json_num(wf_json_get(json, "depth"), 0);
}

/* Whoever can be seen one by one protects nobody. */
static bool take_seen(struct wf_run *run, weft_error *err)
{
    struct wf_run seen;

    if (!wf_run_begin(&seen, run->call, run->report, run->ask, false, err)
        || !wf_run_go(&seen, err))
        return false;
    run->total.unseen -= people_of(&seen, &seen.total);
    for (size_t i = 0; i < run->rows.n; i++) {
        struct wf_row *row = run->rows.at[i];
        const struct wf_row *same = wf_run_row(&seen, row->keys);

        if (!same)
            continue;
        row->unseen -= people_of(&seen, same);
        row->own_unseen -= own_people_of(&seen, same);
    }
    return true;
}

bool wf_floor_numbers(struct wf_run *run, weft_error *err)
{
    static const struct wf_json_limits limits = { 8, 10 * 1000 * 1000 };
    struct wf_json *json, *rows;
    struct shown shown;

    if (!load(run, &shown, err))
        return false;
    if (!shown.there)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "The numbers of this period are not worked out yet.");
    if (!wf_json_parse(run->call->arena, shown.numbers, strlen(shown.numbers),
                       &limits, &json, err))
        return false;
    rows = wf_json_get(json, "rows");
    for (size_t i = 0; i < wf_json_len(rows); i++) {
        struct wf_row *row = WF_NEW(run->call->arena, struct wf_row);

        read_row(run, rows->u.array.at[i], row);
        *WF_PUSH(run->call->arena, &run->rows) = row;
    }
    read_row(run, wf_json_get(json, "total"), &run->total);
    if (!run->call->system && !take_seen(run, err))
        return false;
    wf_floor_hide(run);
    return true;
}
