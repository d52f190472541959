/* report/answer.c - the numbers of a report as JSON and as a table.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/date.h"
#include "base/error.h"
#include "report/cell.h"
#include "report/floor.h"
#include "report/run.h"

/* --- Working it out */

static bool finish(struct wf_run *run, weft_error *err)
{
    for (size_t i = 0; i < run->rows.n; i++)
        if (!wf_tally_finish(run, run->rows.at[i], err))
            return false;
    return wf_tally_finish(run, &run->total, err);
}

static bool load_people(struct wf_run *run, weft_error *err)
{
    struct wf_ids_list ids = { NULL, 0, 0 };

    for (size_t i = 0; i < run->rows.n; i++)
        for (size_t k = 0; k < run->report->n_groups; k++)
            wf_cell_people(run->call->arena, run->rows.at[i]->keys[k], &ids);
    return wf_people_load(run->call, ids.at, ids.n, err);
}

static bool find_whole(struct wf_run *run, weft_error *err)
{
    struct wf_run whole;

    if (!wf_run_repeats(run))
        return true;
    if (!wf_run_begin(&whole, run->call, run->report, run->ask, true, err)
        || !wf_run_go(&whole, err))
        return false;
    run->total = whole.total;
    return true;
}

bool wf_run_numbers(struct wf_run *run, weft_error *err)
{
    if (run->report->floor)
        return wf_floor_numbers(run, err) && load_people(run, err)
               && (wf_run_sort(run), true);
    if (!wf_run_go(run, err) || !find_whole(run, err) || !finish(run, err)
        || !load_people(run, err))
        return false;
    wf_run_sort(run);
    return true;
}

/* --- JSON */

static void write_date(struct wf_json_writer *out, const char *key, int32_t day)
{
    char text[WF_DATE_TEXT];

    wf_date_write(day, text);
    wf_jw_key_text(out, key, text);
}

static void write_words(const struct wf_run *run, const struct wf_words *words,
                        const char *id, struct wf_json_writer *out)
{
    const char *help = wf_words_get(words, run->call->lang, WF_WORD_HELP);

    wf_jw_key_text(out, "id", id);
    wf_jw_key_text(out, "label", wf_words_label(words, run->call->lang, id));
    if (help)
        wf_jw_key_text(out, "help", help);
}

static void write_span(const struct wf_run *run, struct wf_json_writer *out)
{
    const struct wf_report *report = run->report;
    char text[WF_PERIOD_TEXT];
    bool is_one = run->span.period.unit != WF_PERIOD_NONE;

    if (is_one)
        wf_period_write(run->span.period, text);
    wf_jw_key_text_or_null(out, "period", is_one ? text : NULL);
    wf_jw_key_text_or_null(
        out, "over", report->over ? wf_period_unit_name(report->over) : NULL);
    if (run->span.is_set) {
        write_date(out, "from", run->span.first);
        write_date(out, "until", run->span.last);
    }
    if (run->ask->unit)
        wf_jw_key_text(out, "unit", run->ask->unit);
}

static const char *type_word(const struct wf_report_group *group)
{
    enum wf_type type = WF_T_PERIOD;

    if (group->of_light)
        return "light";
    if (group->many)
        type = wf_field_kind(group->many->type)->of;
    else if (group->value.expr)
        type = group->value.expr->root->type;
    return wf_type_name(type);
}

static void write_groups(const struct wf_run *run, struct wf_json_writer *out)
{
    wf_jw_key(out, "groups");
    wf_jw_open(out, '[');
    for (const struct wf_report_group *g = run->report->groups; g;
         g = g->next) {
        wf_jw_open(out, '{');
        write_words(run, g->words, g->id, out);
        wf_jw_key_text(out, "type", type_word(g));
        if (g->tree) {
            wf_jw_key(out, "tree");
            wf_jw_bool(out, true);
        }
        wf_jw_close(out, '}');
    }
    wf_jw_close(out, ']');
}

static void write_measures(const struct wf_run *run, struct wf_json_writer *out)
{
    wf_jw_key(out, "measures");
    wf_jw_open(out, '[');
    for (const struct wf_measure *m = run->report->measures; m; m = m->next) {
        const char *unit =
            wf_words_get(m->words, run->call->lang, WF_WORD_UNIT);

        wf_jw_open(out, '{');
        write_words(run, m->words, m->id, out);
        if (unit || m->fn == WF_MEASURE_SHARE)
            wf_jw_key_text(out, "unit", unit ? unit : "%");
        wf_jw_key(out, "digits");
        wf_jw_int(out, m->digits);
        wf_jw_close(out, '}');
    }
    wf_jw_close(out, ']');
}

static bool write_key(const struct wf_run *run, struct wf_value key,
                      struct wf_json_writer *out, weft_error *err)
{
    const struct wf_person *person;
    wf_id id;

    if (key.type != WF_T_PERSON || !wf_id_parse(key.u.text, &id)) {
        wf_jw_tree(out, wf_value_plain(run->call->arena, key));
        return true;
    }
    if (!wf_person_find(run->call, id, &person, err))
        return false;
    wf_person_json(person, out);
    return true;
}

static void write_values(const struct wf_run *run, const struct wf_row *row,
                         struct wf_json_writer *out)
{
    size_t i = 0;

    wf_jw_key(out, "values");
    wf_jw_open(out, '{');
    for (const struct wf_measure *m = run->report->measures; m;
         m = m->next, i++) {
        wf_jw_key(out, m->id);
        if (row->there[i] && !row->hidden)
            wf_jw_number(out, row->results[i]);
        else
            wf_jw_null(out);
    }
    wf_jw_close(out, '}');
    if (row->hidden) {
        wf_jw_key(out, "hidden");
        wf_jw_bool(out, true);
        return;
    }
    wf_jw_key(out, "documents");
    wf_jw_int(out, row->documents);
}

static bool write_row(const struct wf_run *run, const struct wf_row *row,
                      struct wf_json_writer *out, weft_error *err)
{
    size_t i = 0;

    wf_jw_open(out, '{');
    wf_jw_key(out, "key");
    wf_jw_open(out, '{');
    for (const struct wf_report_group *g = run->report->groups; g;
         g = g->next, i++) {
        wf_jw_key(out, g->id);
        if (!write_key(run, row->keys[i], out, err))
            return false;
    }
    wf_jw_close(out, '}');
    wf_jw_key(out, "label");
    wf_jw_open(out, '{');
    i = 0;
    for (const struct wf_report_group *g = run->report->groups; g;
         g = g->next, i++)
        wf_jw_key_text_or_null(out, g->id, wf_run_label(run, g, row->keys[i]));
    wf_jw_close(out, '}');
    write_values(run, row, out);
    if (row->depth) {
        wf_jw_key(out, "depth");
        wf_jw_int(out, row->depth);
    }
    wf_jw_close(out, '}');
    return true;
}

static bool write_rows(const struct wf_run *run, struct wf_json_writer *out,
                       weft_error *err)
{
    wf_jw_key(out, "rows");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < run->rows.n; i++)
        if (!write_row(run, run->rows.at[i], out, err))
            return false;
    wf_jw_close(out, ']');
    wf_jw_key(out, "left");
    wf_jw_int(out, (int64_t)run->left);
    return true;
}

/* All but when it was made. */
static bool write_all(struct wf_run *run, struct wf_json_writer *out,
                      weft_error *err)
{
    const struct wf_report *report = run->report;

    wf_jw_open(out, '{');
    write_words(run, report->head.words, report->head.id, out);
    wf_jw_key_text(out, "form", report->form_id);
    write_span(run, out);
    wf_jw_key_text_or_null(out, "chart", wf_chart_name(report->chart));
    if (report->floor) {
        wf_jw_key(out, "floor");
        wf_jw_int(out, report->floor);
    }
    write_groups(run, out);
    write_measures(run, out);
    if (!write_rows(run, out, err))
        return false;
    wf_jw_key(out, "total");
    wf_jw_open(out, '{');
    write_values(run, &run->total, out);
    wf_jw_close(out, '}');
    wf_jw_close(out, '}');
    return true;
}

/* --- What it is kept by */

static void hash_text(struct wf_hasher *hasher, const char *text)
{
    wf_hasher_add_text(hasher, text ? text : "", text ? strlen(text) : 0);
}

static void hash_query(struct wf_hasher *hasher, const struct wf_query *query)
{
    hash_text(hasher, wf_buf_text(&query->sql));
    for (size_t i = 0; i < query->bound.n; i++) {
        const struct wf_bound *bound = &query->bound.at[i];

        wf_hasher_add_int(hasher, bound->type);
        wf_hasher_add_int(hasher, bound->integer);
        wf_hasher_add(hasher, &bound->real, sizeof bound->real);
        hash_text(hasher, bound->text);
    }
}

/* Whatever the answer hangs on but the documents themselves. Expressions may
 * ask who reads, and with a floor what is shown hangs on what they see. */
static bool hash_question(const struct wf_run *run, struct wf_hash *out,
                          weft_error *err)
{
    const struct wf_call *call = run->call;
    struct wf_hasher hasher;
    int64_t organisation;

    if (!wf_generation_get(call->db, "organisation", &organisation, err))
        return false;
    wf_hasher_init(&hasher);
    hash_text(&hasher, run->report->head.id);
    wf_hasher_add_int(&hasher, run->report->head.version);
    hash_text(&hasher, call->lang);
    hash_text(&hasher, run->ask->unit);
    wf_hasher_add_int(&hasher, run->span.first);
    wf_hasher_add_int(&hasher, run->span.last);
    wf_hasher_add_int(&hasher, organisation);
    wf_hasher_add_int(&hasher, wf_registry_generation(call->registry));
    wf_hasher_add_int(&hasher, call->system);
    if (run->reads_me || run->report->floor)
        wf_hasher_add_int(&hasher, call->me ? call->me->id : 0);
    hash_query(&hasher, &run->query);
    *out = wf_hasher_end(&hasher);
    return true;
}

/* The text, which ends with }, and behind it how old it is. */
static void write_aged(const struct wf_call *call, const char *text,
                       int64_t made, struct wf_json_writer *out)
{
    struct wf_buf aged = WF_BUF_INIT(call->arena);
    char time[WF_TIME_TEXT];

    wf_time_write(made, time);
    wf_buf_add(&aged, text, strlen(text) - 1);
    wf_buf_printf(&aged, ",\"made\":\"%s\",\"age\":%lld}", time,
                  (long long)((call->now - made) / 1000));
    wf_jw_raw(out, aged.data, aged.len);
}

bool wf_report_answer(struct wf_call *call, const struct wf_report *report,
                      const struct wf_report_ask *ask,
                      struct wf_reports_kept *kept, struct wf_json_writer *out,
                      weft_error *err)
{
    struct wf_buf text = WF_BUF_INIT(call->arena);
    struct wf_json_writer writer = WF_JSON_WRITER_INIT(&text);
    struct wf_hash question;
    const char *known;
    struct wf_run run;
    int64_t made = call->now;

    if (!wf_run_begin(&run, call, report, ask, false, err)
        || !hash_question(&run, &question, err))
        return false;
    if (kept
        && wf_reports_kept_find(kept, &question, call->now, call->arena, &known,
                                &made)) {
        write_aged(call, known, made, out);
        return true;
    }
    if (!wf_run_numbers(&run, err) || !write_all(&run, &writer, err))
        return false;
    if (kept)
        wf_reports_kept_put(kept, &question, call->now, text.data, text.len);
    write_aged(call, wf_buf_text(&text), call->now, out);
    return true;
}

/* --- A table */

static void fill_header(const struct wf_run *run, struct wf_table *table)
{
    const char *lang = run->call->lang;
    size_t n = 0;

    for (const struct wf_report_group *g = run->report->groups; g; g = g->next)
        table->header[n++] = wf_words_label(g->words, lang, g->id);
    for (const struct wf_measure *m = run->report->measures; m; m = m->next)
        table->header[n++] = wf_words_label(m->words, lang, m->id);
    table->n_columns = n;
}

static bool add_row(const struct wf_run *run, const struct wf_row *row,
                    struct wf_table *table, weft_error *err)
{
    struct wf_cell *cells;
    size_t n = 0, i = 0;

    if (!wf_table_add(table, &cells, err))
        return false;
    for (const struct wf_report_group *g = run->report->groups; g;
         g = g->next, n++)
        cells[n] = row->keys[n].type == WF_T_NUMBER
                       ? wf_cell_number(row->keys[n].u.number)
                       : wf_cell_text(wf_run_label(run, g, row->keys[n]));
    for (const struct wf_measure *m = run->report->measures; m;
         m = m->next, i++)
        if (row->there[i] && !row->hidden)
            cells[n + i] = wf_cell_number(row->results[i]);
    return true;
}

bool wf_report_table(struct wf_call *call, const struct wf_report *report,
                     const struct wf_report_ask *ask, struct wf_table **out,
                     weft_error *err)
{
    struct wf_table *table = WF_NEW(call->arena, struct wf_table);
    struct wf_run run;

    if (!wf_report_check_export(call, report, err)
        || !wf_run_begin(&run, call, report, ask, false, err)
        || !wf_run_numbers(&run, err))
        return false;
    table->arena = call->arena;
    table->name =
        wf_words_label(report->head.words, call->lang, report->head.id);
    table->header = WF_NEW_N(call->arena, const char *,
                             report->n_groups + report->n_measures);
    fill_header(&run, table);
    for (size_t i = 0; i < run.rows.n; i++)
        if (!add_row(&run, run.rows.at[i], table, err))
            return false;
    *out = table;
    return true;
}
