/* report/rows.c - the rows of a report's query, added to the rows of its
 * answer.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "report/run.h"

enum {
    FRESH_EVERY = 4096 /* rows: then the memory of values is given back */
};

/* --- Its rows */

static bool no_value(void *self, enum wf_name name, struct wf_value *out,
                     weft_error *err)
{
    const struct wf_run_env *env = self;
    char text[WF_ID_TEXT];

    (void)err;
    *out = wf_value_nil;
    if (name == WF_NAME_ME && env->run->call->me) {
        wf_id_write(env->run->call->me->id, text);
        *out = wf_value_text(env->env.arena, WF_T_PERSON, text);
    }
    return true;
}

static bool setting_value(void *self, const char *id, struct wf_value *out,
                          weft_error *err)
{
    const struct wf_run_env *env = self;

    (void)err;
    *out = wf_value_of_plain(
        env->env.arena,
        wf_registry_setting(env->run->call->registry,
                            env->run->report->form->package->id, id));
    return true;
}

static bool working_days(void *self, int32_t from, int32_t to, double *out,
                         weft_error *err)
{
    const struct wf_run_env *env = self;
    struct wf_calendar calendar = wf_registry_calendar(
        env->run->call->registry, env->run->report->form->package);

    (void)err;
    *out = wf_calendar_count(&calendar, from, to);
    return true;
}

void wf_run_env_init(struct wf_run_env *env, struct wf_run *run,
                     struct wf_arena *arena)
{
    *env = (struct wf_run_env){
        .env = { .arena = arena,
                 .now = run->call->now,
                 .zone = run->report->form->package->timezone,
                 .source = &env->source,
                 .units = &run->units_left },
        .source = { .self = env,
                    .name = no_value,
                    .setting = setting_value,
                    .working_days = working_days },
        .run = run,
    };
}

static struct wf_value period_value(const struct wf_run *run,
                                    struct wf_arena *arena,
                                    const struct wf_report_group *g,
                                    struct wf_stmt *stmt)
{
    struct wf_period period = run->first;
    char text[WF_PERIOD_TEXT];

    if (run->date) {
        if (run->date->value.type != WF_T_PERIOD
            || !wf_period_parse(run->date->value.u.text, &period))
            return wf_value_nil;
        period = wf_period_at(g->over, wf_period_start(period));
    } else {
        period = wf_period_step(period, (int)wf_stmt_int(stmt, run->at_period));
    }
    wf_period_write(period, text);
    return wf_value_text(arena, WF_T_PERIOD, text);
}

bool wf_run_keys(struct wf_run *run, const struct wf_env *env,
                 struct wf_stmt *stmt, struct wf_value *keys, weft_error *err)
{
    size_t i = 0;

    for (const struct wf_report_group *g = run->report->groups; g;
         g = g->next, i++) {
        const char *text;

        keys[i] = wf_value_nil;
        if (run->groups[i]) {
            if (!wf_expr_eval(run->groups[i], env, &keys[i], err))
                return false;
        } else if (g->many) {
            text = wf_stmt_text(stmt, run->at_many);
            if (text)
                keys[i] = wf_value_text(env->arena,
                                        wf_field_kind(g->many->type)->of, text);
        } else {
            keys[i] = period_value(run, env->arena, g, stmt);
        }
    }
    return true;
}

static struct wf_value keep(struct wf_run *run, struct wf_value value)
{
    if (value.type >= WF_T_TEXT && value.type <= WF_T_LINK)
        return wf_value_text(run->call->arena, value.type,
                             wf_arena_slice(run->call->arena, value.u.text));
    return value;
}

/* So that no two rows have the same. */
static const char *key_text(const struct wf_run *run,
                            const struct wf_value *keys)
{
    struct wf_buf text = WF_BUF_INIT(run->call->arena);

    for (size_t i = 0; i < run->report->n_groups; i++) {
        size_t before = text.len;
        bool there = wf_value_write(&text, keys[i]);

        wf_buf_printf(&text, "%c%zu;", there ? 'v' : 'n', text.len - before);
    }
    return wf_buf_text(&text);
}

struct wf_row *wf_run_row(const struct wf_run *run, const struct wf_value *keys)
{
    return wf_map_find(&run->by_key, key_text(run, keys));
}

static struct wf_row *row_of(struct wf_run *run, const struct wf_value *keys,
                             weft_error *err)
{
    struct wf_arena *arena = run->call->arena;
    size_t n = run->report->n_groups;
    const char *text = key_text(run, keys);
    struct wf_row *row = wf_map_find(&run->by_key, text);

    if (row)
        return row;
    if (run->rows.n == 2 * WF_MAX_REPORT_ROWS) {
        (void)wf_fail(err, WEFT_E_TOO_LARGE,
                      "The report has more than %d rows: ask for a shorter "
                      "period or a unit.",
                      2 * WF_MAX_REPORT_ROWS);
        return NULL;
    }
    row = WF_NEW(arena, struct wf_row);
    row->keys = WF_NEW_N(arena, struct wf_value, n);
    for (size_t i = 0; i < n; i++)
        row->keys[i] = keep(run, keys[i]);
    wf_tally_init(run, row);
    (void)wf_map_add(arena, &run->by_key, text, row);
    *WF_PUSH(arena, &run->rows) = row;
    return row;
}

/* Which of the groups is a tree; n_groups: none. */
static size_t tree_group(const struct wf_run *run)
{
    size_t i = 0;

    for (const struct wf_report_group *g = run->report->groups; g;
         g = g->next) {
        if (g->tree)
            return i;
        i++;
    }
    return i;
}

/* The row of the keys and, of a tree, those of all units above. */
static bool add_to_rows(struct wf_run *run, const struct wf_env *env,
                        struct wf_stmt *stmt, struct wf_value *keys, int64_t n,
                        weft_error *err)
{
    size_t tree = tree_group(run);
    const struct wf_unit_node *unit =
        tree < run->report->n_groups && keys[tree].type == WF_T_UNIT
            ? wf_units_find(&run->units, keys[tree].u.text)
            : NULL;
    bool own = unit;

    do {
        struct wf_row *row = row_of(run, keys, err);

        if (!row || !wf_tally_add(run, row, stmt, env, n, err))
            return false;
        row->depth = unit ? unit->depth : 0;
        if (own)
            wf_tally_add_own(run, row, n);
        own = false;
        unit = unit ? unit->parent : NULL;
        if (unit)
            keys[tree] = wf_value_text(env->arena, WF_T_UNIT, unit->key);
    } while (unit);
    return true;
}

static bool take_row(struct wf_run *run, const struct wf_env *env,
                     struct wf_stmt *stmt, weft_error *err)
{
    int64_t n = wf_stmt_int(stmt, run->at_count);
    struct wf_value keys[WF_MAX_REPORT_GROUPS];
    bool holds = true;

    if (n == 0)
        return true;
    wf_facts_read(&run->facts, stmt, env->arena);
    if (run->where && !wf_expr_holds(run->where, env, &holds, err))
        return false;
    if (!holds)
        return true;
    if (!wf_run_repeats(run)
        && !wf_tally_add(run, &run->total, stmt, env, n, err))
        return false;
    return run->whole
           || (wf_run_keys(run, env, stmt, keys, err)
               && add_to_rows(run, env, stmt, keys, n, err));
}

static bool take_rows(struct wf_run *run, struct wf_stmt *stmt, weft_error *err)
{
    struct wf_arena *arena = NULL;
    struct wf_run_env env;
    enum wf_fetch got;
    int64_t n = 0;
    bool ok = true;

    while (ok && (got = wf_stmt_step(stmt, err)) == WF_FETCH_ROW) {
        if (n % FRESH_EVERY == 0) {
            wf_arena_end(&arena);
            arena = wf_arena_new();
            wf_run_env_init(&env, run, arena);
        }
        if (n++ == WF_RUN_ROWS_MAX)
            ok = wf_fail(err, WEFT_E_TOO_LARGE,
                         "The documents differ in more than %d ways: ask for a "
                         "shorter period or a unit.",
                         WF_RUN_ROWS_MAX);
        else
            ok = take_row(run, &env.env, stmt, err);
    }
    wf_arena_end(&arena);
    return ok && got == WF_FETCH_DONE;
}

bool wf_run_go(struct wf_run *run, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    wf_tally_init(run, &run->total);
    return wf_query_begin(run->call->db, &run->query, &q, err)
           && take_rows(run, &q, err);
}
