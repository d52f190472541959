/* report/documents.c - the documents behind the numbers of a report.
 *
 * The same conditions, facts and expressions as the numbers, a document at a
 * time: so what is listed is what was counted. One query looks at so many
 * documents and no more; where few of them belong to the row, a page is shorter
 * and the next one goes on.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "doc/cursor.h"
#include "report/cell.h"
#include "report/run.h"

enum {
    LOOKED_AT = 20000, /* documents for a page */
    LIMIT_USUAL = 50
};

struct looking {
    struct wf_run *run;
    size_t limit;
    int at_id;
    WF_LIST(wf_id) found;
    wf_id last; /* that was looked at */
    bool more;
};

/* --- Which row is meant */

/* Whether the key reads like `text`: a person by id or login, nothing by "". */
static bool is_key(struct wf_run *run, struct wf_value key, const char *text,
                   bool *out, weft_error *err)
{
    struct wf_buf buf = WF_BUF_INIT(run->call->arena);
    const struct wf_person *person = NULL;
    wf_id id = 0;

    *out = wf_value_write(&buf, key) ? wf_streq(wf_buf_text(&buf), text)
                                     : text[0] == '\0';
    if (*out || key.type != WF_T_PERSON || !wf_id_parse(key.u.text, &id))
        return true;
    if (!wf_person_find(run->call, id, &person, err))
        return false;
    *out = person && wf_streq(person->login, text);
    return true;
}

/* Of a tree a unit stands for all below it. */
static bool is_under(const struct wf_run *run, struct wf_value key,
                     const char *text)
{
    const struct wf_unit_node *unit =
        key.type == WF_T_UNIT ? wf_units_find(&run->units, key.u.text) : NULL;

    while (unit && !wf_streq(unit->key, text))
        unit = unit->parent;
    return unit;
}

static bool is_row(struct wf_run *run, const struct wf_value *keys, bool *out,
                   weft_error *err)
{
    const struct wf_report_ask *ask = run->ask;

    *out = true;
    for (size_t k = 0; k < ask->n_keys && *out; k++) {
        size_t i = 0;

        for (const struct wf_report_group *g = run->report->groups; g && *out;
             g = g->next, i++) {
            if (!wf_streq(g->id, ask->keys[k].group))
                continue;
            if (g->tree && ask->keys[k].value[0])
                *out = is_under(run, keys[i], ask->keys[k].value);
            else if (!is_key(run, keys[i], ask->keys[k].value, out, err))
                return false;
        }
    }
    return true;
}

static bool check_keys(const struct wf_run *run, weft_error *err)
{
    for (size_t k = 0; k < run->ask->n_keys; k++)
        if (!wf_report_group(run->report, run->ask->keys[k].group))
            return wf_fail(err, WEFT_E_MALFORMED,
                           "The report has no group \"%.100s\".",
                           run->ask->keys[k].group);
    return true;
}

/* --- Looking */

static bool take(struct looking *l, const struct wf_env *env,
                 struct wf_stmt *stmt, weft_error *err)
{
    struct wf_value keys[WF_MAX_REPORT_GROUPS];
    bool holds = true;

    wf_facts_read(&l->run->facts, stmt, env->arena);
    if (l->run->where && !wf_expr_holds(l->run->where, env, &holds, err))
        return false;
    if (holds
        && (!wf_run_keys(l->run, env, stmt, keys, err)
            || !is_row(l->run, keys, &holds, err)))
        return false;
    l->last = wf_stmt_int(stmt, l->at_id);
    if (holds && (l->found.n == 0 || l->found.at[l->found.n - 1] != l->last))
        *WF_PUSH(l->run->call->arena, &l->found) = l->last;
    return true;
}

static bool look(struct looking *l, const struct wf_query *query,
                 weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_run_env env;
    enum wf_fetch got;
    size_t n = 0;

    wf_run_env_init(&env, l->run, l->run->call->arena);
    if (!wf_query_begin(l->run->call->db, query, &q, err))
        return false;
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        if (!take(l, &env.env, &q, err))
            return false;
        l->more = ++n == LOOKED_AT || l->found.n == l->limit;
        if (l->more)
            return true;
    }
    return got == WF_FETCH_DONE;
}

static bool make_query(struct looking *l, wf_id behind, struct wf_query *query,
                       weft_error *err)
{
    struct wf_run *run = l->run;

    wf_query_add(query, WF_SQL("SELECT "));
    l->at_id = wf_run_add_columns(run, query);
    wf_query_add(query, WF_SQL("d.id FROM document d"));
    wf_run_add_joins(run, query);
    wf_query_add(query, WF_SQL(" WHERE "));
    if (!wf_run_add_conditions(run, query, err))
        return false;
    if (behind) {
        wf_query_add(query, WF_SQL(" AND d.id < "));
        wf_query_bind_int(query, behind);
    }
    wf_query_add(query, WF_SQL(" ORDER BY d.id DESC LIMIT "));
    wf_query_bind_int(query, LOOKED_AT);
    return true;
}

/* The found ones as a list shows them. */
static bool write_found(struct looking *l, const char *fields,
                        struct wf_json_writer *out, weft_error *err)
{
    static const struct wf_json_limits limits = { 64, 1000 * 1000 };
    struct wf_call *call = l->run->call;
    struct wf_buf text = WF_BUF_INIT(call->arena);
    struct wf_json_writer list = WF_JSON_WRITER_INIT(&text);
    const struct wf_list_query query = { .form = l->run->report->form_id,
                                         .ids = l->found.at,
                                         .n_ids = l->found.n,
                                         .fields = fields,
                                         .sort = "-created",
                                         .limit = (int)l->limit };
    struct wf_json *json;

    if (l->found.n == 0) {
        wf_jw_open(out, '[');
        wf_jw_close(out, ']');
        return true;
    }
    if (!wf_list_documents(call, &query, &list, err)
        || !wf_json_parse(call->arena, text.data, text.len, &limits, &json,
                          err))
        return false;
    wf_jw_tree(out, wf_json_get(json, "items"));
    return true;
}

bool wf_report_documents(struct wf_call *call, const struct wf_report *report,
                         const struct wf_report_ask *ask,
                         struct wf_json_writer *out, weft_error *err)
{
    const struct wf_page page = { NULL, ask->limit ? ask->limit : LIMIT_USUAL };
    struct wf_cursor cursor = { "report", NULL, 0 };
    struct wf_query query = WF_QUERY_INIT(call->arena);
    struct wf_run run;
    struct looking l = { .run = &run, .limit = (size_t)page.limit };

    if (report->floor)
        return wf_fail(err, WEFT_E_DENIED,
                       "A report with a floor tells of no single document.");
    if (!wf_page_read(call->arena, &page, &cursor, err))
        return false;
    cursor = (struct wf_cursor){ "report", NULL, 0 };
    if (!wf_cursor_read(call->arena, ask->cursor, &cursor, err)
        || !wf_run_begin(&run, call, report, ask, false, err)
        || !check_keys(&run, err) || !make_query(&l, cursor.id, &query, err)
        || !look(&l, &query, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    if (!write_found(&l, ask->fields, out, err))
        return false;
    cursor.id = l.last;
    wf_cursor_write(call->arena, l.more ? &cursor : NULL, out);
    wf_jw_close(out, '}');
    return true;
}
