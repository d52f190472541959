/* flow/work.c - somebody's inbox: the seats that are open for them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/date.h"
#include "base/error.h"
#include "base/list.h"
#include "base/messages.h"
#include "doc/title.h"
#include "doc/veil.h"
#include "flow/level.h"
#include "flow/verb.h"
#include "org/company.h"
#include "store/query.h"

/* One row, copied before anything else is asked of the store. */
struct item {
    wf_id seat, document;
    const char *form_id, *step, *level, *title, *title_other;
    const struct wf_form *form;
    int version;
    int64_t due, since;
};

struct items {
    struct item *at;
    size_t n, cap;
};

/* Seats without a due time come last; the cursor is "DUE-ID" of the last
 * row, NULL due written as this. */
static const int64_t NEVER = INT64_MAX;

static bool parse_cursor(const char *cursor, int64_t *due, wf_id *id,
                         weft_error *err)
{
    struct wf_str rest = wf_str_of(cursor), part;

    if (wf_str_split(&rest, '-', &part) && wf_str_to_int(part, due)
        && wf_id_parse(rest, id))
        return true;
    return wf_fail(err, WEFT_E_MALFORMED,
                   "This cursor is not one that a list has given.");
}

/* The last moment that `due` means; days are those where I am, else those of
 * the company. */
static bool end_of_due(struct wf_call *call, const char *due, int64_t *out,
                       weft_error *err)
{
    const char *zone = call->me ? call->me->timezone : NULL;
    struct wf_company company;
    int32_t day, of_day;

    *out = call->now;
    if (wf_streq(due, "overdue"))
        return true;
    if (!zone && !wf_company_load(call, &company, err))
        return false;
    if (!zone)
        zone = company.timezone;
    if (wf_streq(due, "today")
            ? wf_zone_to_local(zone, call->now, &day, &of_day)
            : wf_date_parse(wf_str_of(due), &day)) {
        if (!wf_zone_from_local(zone, day + 1, 0, out))
            *out = call->now;
        --*out;
        return true;
    }
    return wf_fail(err, WEFT_E_MALFORMED,
                   "due takes overdue, today or a day such as 2026-10-31, not "
                   "\"%s\".",
                   due);
}

static bool add_filters(struct wf_query *q, struct wf_call *call,
                        const struct wf_work_query *query, weft_error *err)
{
    int64_t last;

    if (query->form) {
        wf_query_add(q, WF_SQL(" AND s.form = "));
        wf_query_bind_text(q, query->form);
    }
    if (!query->due)
        return true;
    if (!end_of_due(call, query->due, &last, err))
        return false;
    wf_query_add(q, WF_SQL(" AND s.due <= "));
    wf_query_bind_int(q, last);
    return true;
}

/* What is to be written anonymously has no seat: it is asked for apart. */
static void add_veiled(struct wf_query *q, const struct wf_veiled *veiled)
{
    wf_query_add(q, WF_SQL(" UNION ALL SELECT d.id, d.id, d.form, d.step,"
                           " NULL, d.title, d.version, d.due, d.created, NULL,"
                           " d.title_other"
                           " FROM document d WHERE d.state = 'open'"
                           " AND d.id IN ("));
    for (size_t i = 0; i < veiled->n; i++) {
        if (i > 0)
            wf_query_add(q, WF_SQL(", "));
        wf_query_bind_int(q, veiled->at[i]);
    }
    wf_query_add(q, WF_SQL(")"));
}

static bool add_all(struct wf_call *call, struct wf_query *q, weft_error *err)
{
    struct wf_veiled veiled;

    if (!wf_veil_mine(call, &veiled, err))
        return false;
    wf_query_add(q,
                 WF_SQL("SELECT s.id, s.document, s.form, s.step, s.level,"
                        " s.title, s.version, s.due, coalesce(s.asks, s.made),"
                        " s.title_other"
                        " FROM (SELECT s.id, s.document, s.form, s.step,"
                        " s.level, d.title, d.version, s.due, s.made, s.asks,"
                        " d.title_other"
                        " FROM seat s JOIN document d ON d.id = s.document"
                        " WHERE s.state = 'open' AND s.person = "));
    wf_query_bind_int(q, call->me ? call->me->id : 0);
    wf_query_add(q, WF_SQL(" AND (s.asks IS NULL OR s.asks <= "));
    wf_query_bind_int(q, call->now);
    wf_query_add(q, WF_SQL(")"));
    if (veiled.n > 0)
        add_veiled(q, &veiled);
    wf_query_add(q, WF_SQL(") s WHERE 1 = 1"));
    return true;
}

static bool make_query(struct wf_call *call, const struct wf_work_query *query,
                       struct wf_query *q, weft_error *err)
{
    if (!add_all(call, q, err) || !add_filters(q, call, query, err))
        return false;
    if (query->cursor) {
        int64_t due;
        wf_id id;

        if (!parse_cursor(query->cursor, &due, &id, err))
            return false;
        wf_query_add(q, WF_SQL(" AND (coalesce(s.due, "));
        wf_query_bind_int(q, NEVER);
        wf_query_add(q, WF_SQL("), s.id) > ("));
        wf_query_bind_int(q, due);
        wf_query_add(q, WF_SQL(", "));
        wf_query_bind_int(q, id);
        wf_query_add(q, WF_SQL(")"));
    }
    wf_query_add(q, WF_SQL(" ORDER BY s.due NULLS LAST, s.id LIMIT "));
    wf_query_bind_int(q, query->limit + 1);
    return true;
}

static bool load_items(struct wf_call *call, const struct wf_query *query,
                       struct items *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    if (!wf_query_begin(call->db, query, &q, err))
        return false;
    while ((fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) = (struct item){
            .seat = wf_stmt_int(&q, 0),
            .document = wf_stmt_int(&q, 1),
            .form_id = wf_stmt_str(&q, 2, call->arena),
            .step = wf_stmt_str(&q, 3, call->arena),
            .level = wf_stmt_str(&q, 4, call->arena),
            .title = wf_stmt_str(&q, 5, call->arena),
            .version = (int)wf_stmt_int(&q, 6),
            .due = wf_stmt_is_null(&q, 7) ? 0 : wf_stmt_int(&q, 7),
            .since = wf_stmt_int(&q, 8),
            .title_other = wf_stmt_str(&q, 9, call->arena),
        };
    return fetch == WF_FETCH_DONE;
}

/* The first `n`, with their forms, called as I see them. */
static bool load_titles(struct wf_call *call, struct items *items, size_t n,
                        weft_error *err)
{
    struct wf_title_rows rows = { NULL, 0, 0 };
    const char **titles = WF_NEW_N(call->arena, const char *, n);

    for (size_t i = 0; i < n; i++) {
        struct item *item = &items->at[i];

        if (!wf_registry_version(call->registry, call->db, item->form_id,
                                 item->version, &item->form, err))
            return false;
        *WF_PUSH(call->arena, &rows) = (struct wf_title_row){
            .document = item->document,
            .form = item->form,
            .title = item->title,
            .other = item->title_other,
            .is_own_secret = item->seat == item->document,
        };
    }
    if (n > 0
        && !wf_titles_of_rows(call, &rows, call->me, call->lang, titles, err))
        return false;
    for (size_t i = 0; i < n; i++)
        items->at[i].title = titles[i];
    return true;
}

/* What may be done, and what a button for it says. */
struct choice {
    const char *id, *label;
};

struct choices {
    struct choice *at;
    size_t n, cap;
};

static void add_choices(const struct wf_call *call, const struct wf_step *step,
                        const struct wf_level *level, struct choices *out)
{
    const char *lang = call->lang;

    for (const struct wf_action *action = step->actions; action;
         action = action->next)
        if (!action->by)
            *WF_PUSH(call->arena, out) =
                (struct choice){ action->id, wf_words_label(action->words, lang,
                                                            action->id) };
    if (!level)
        return;
    for (const struct wf_verb *verb = wf_verb_next(NULL); verb;
         verb = wf_verb_next(verb))
        if (verb->needs_seat && wf_level_allows(level, verb->bit))
            *WF_PUSH(call->arena, out) =
                (struct choice){ verb->id, wf_message(lang, verb->label) };
}

static void write_choices(const struct choices *choices,
                          struct wf_json_writer *out)
{
    wf_jw_key(out, "actions");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < choices->n; i++)
        wf_jw_text(out, choices->at[i].id);
    wf_jw_close(out, ']');
    wf_jw_key(out, "labels");
    wf_jw_open(out, '{');
    for (size_t i = 0; i < choices->n; i++)
        wf_jw_key_text(out, choices->at[i].id, choices->at[i].label);
    wf_jw_close(out, '}');
}

static void write_item(struct wf_call *call, const struct item *item,
                       struct wf_json_writer *out)
{
    const struct wf_form *form = item->form;
    const struct wf_step *step = wf_form_step(form, item->step);
    struct wf_level_turn turn = { .level = NULL };
    struct choices choices = { NULL, 0, 0 };

    (void)wf_level_turn_find(step, item->level, &turn);
    wf_jw_open(out, '{');
    wf_jw_key(out, "id");
    wf_jw_id(out, item->seat);
    wf_jw_key(out, "document");
    wf_jw_open(out, '{');
    wf_jw_key(out, "id");
    wf_jw_id(out, item->document);
    wf_jw_key_text(out, "form", form->id);
    wf_jw_key_text(out, "form_label",
                   wf_words_label(form->words, call->lang, form->id));
    wf_jw_key_text(out, "title", item->title);
    wf_jw_close(out, '}');
    wf_jw_key_text(out, "step", item->step);
    wf_jw_key_text_or_null(out, "level", item->level);
    wf_jw_key_text_or_null(out, "lane", step->lane ? step->lane->id : NULL);
    wf_jw_key_text(out, "label",
                   turn.level
                       ? wf_level_turn_label(&turn, call)
                       : wf_words_label(step->words, call->lang, step->id));
    wf_jw_key_time(out, "due", item->due);
    wf_jw_key_time(out, "since", item->since);
    wf_jw_key(out, "overdue");
    wf_jw_bool(out, item->due && item->due < call->now);
    add_choices(call, step, turn.level, &choices);
    write_choices(&choices, out);
    wf_jw_close(out, '}');
}

bool wf_work_list(struct wf_flow *flow, const struct wf_work_query *query,
                  struct wf_json_writer *out, weft_error *err)
{
    struct wf_call *call = flow->call;
    struct wf_query q = WF_QUERY_INIT(call->arena);
    struct items items = { NULL, 0, 0 };
    size_t limit = (size_t)query->limit;
    size_t n;

    if (!make_query(call, query, &q, err) || !load_items(call, &q, &items, err))
        return false;
    n = items.n > limit ? limit : items.n;
    if (!load_titles(call, &items, n, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < n; i++)
        write_item(call, &items.at[i], out);
    wf_jw_close(out, ']');
    wf_jw_key_text_or_null(
        out, "next",
        items.n <= limit
            ? NULL
            : wf_arena_printf(
                call->arena, "%lld-%lld",
                (long long)(items.at[n - 1].due ? items.at[n - 1].due : NEVER),
                (long long)items.at[n - 1].seat));
    wf_jw_close(out, '}');
    return true;
}
