/* doc/listing.c - one list of documents as a query: its conditions and order.
 *
 * Whoever may read few documents has these found and sorted; for whoever may
 * read many the index is walked in the order of the list, and each document
 * asked whether they may: the page is soon full. What is mine is what I am the
 * subject of and what I have created: two walks along two indexes, each in the
 * order of the list and no longer than a page, put together.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/listing.h"

#include "base/error.h"
#include "doc/veil.h"

enum {
    FEW_MAX = 4000 /* so many are found and sorted as fast as others walked */
};

/* What narrows the list more than whom it is for. */
static bool is_narrow(const struct wf_list_query *asked)
{
    return asked->walked || asked->mine || asked->ids || asked->parent
           || asked->tree || asked->subject || asked->unit || asked->search;
}

static struct wf_ask ask_of(const struct wf_listing *l)
{
    return (struct wf_ask){ .form = l->asked->form,
                            .right = l->asked->right,
                            .by_row = true };
}

/* Chooses the way to them: by counting, no further than it matters. */
static bool count_few(struct wf_listing *l, weft_error *err)
{
    struct wf_query query = WF_QUERY_INIT(l->call->arena);
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    wf_query_add(&query, WF_SQL("SELECT count(*) FROM (SELECT 1 FROM ("));
    wf_query_append(&query, &l->found);
    wf_query_add(&query, WF_SQL(") found LIMIT "));
    wf_query_bind_int(&query, FEW_MAX + 1);
    wf_query_add(&query, WF_SQL(") counted"));
    if (!wf_query_begin(l->call->db, &query, &q, err)
        || wf_stmt_step(&q, err) != WF_FETCH_ROW)
        return false;
    l->few = wf_stmt_int(&q, 0) <= FEW_MAX;
    return true;
}

static bool find_few(struct wf_listing *l, weft_error *err)
{
    const struct wf_ask ask = ask_of(l);
    enum wf_who_reach reach;

    if (is_narrow(l->asked))
        return true;
    l->found = (struct wf_query)WF_QUERY_INIT(l->call->arena);
    wf_query_add(&l->found, WF_SQL("SELECT 0 AS id"));
    return wf_ask_find(l->call, &ask, &l->found, &reach, err)
           && (reach == WF_WHO_REACHES_ALL || count_few(l, err));
}

bool wf_listing_begin(struct wf_listing *listing, struct wf_call *call,
                      const struct wf_list_query *asked, weft_error *err)
{
    const char *sort = asked->sort ? asked->sort : "-updated";

    *listing = (struct wf_listing){ .call = call, .asked = asked };
    listing->cursor.list = sort;
    listing->descending = *sort == '-';
    if (!wf_cursor_read(call->arena, asked->cursor, &listing->cursor, err)
        || !wf_target_find(call, asked->form, sort + (*sort == '-'),
                           &listing->sort, err))
        return false;
    if (listing->sort.many)
        return wf_fail(err, WEFT_E_MALFORMED,
                       "Lists are not sorted by %s: it has several values.",
                       sort);
    return find_few(listing, err);
}

/* Whether the order is a column that no row lacks and everybody sees. */
static bool is_sure(const struct wf_listing *l)
{
    return l->there || (l->sort.open && l->sort.column && l->sort.column->sure);
}

bool wf_listing_may_walk(const struct wf_listing *l)
{
    bool in_nothing = l->cursor.id && wf_json_is_nothing(l->cursor.value);

    return !l->few && !l->asked->mine && l->sort.column
           && l->sort.column->indexed && !in_nothing;
}

static bool is_by(const struct wf_listing *l, const char *column)
{
    return l->sort.column && wf_streq(l->sort.column->name, column);
}

bool wf_listing_add_guarded(const struct wf_listing *l, struct wf_ask ask,
                            struct wf_sql value, struct wf_query *query,
                            weft_error *err)
{
    bool open;

    if (!wf_ask_is_open(l->call, &ask, &open, err))
        return false;
    if (open) {
        wf_query_add(query, value);
        return true;
    }
    ask.is_read = ask.by_row = true;
    wf_query_add(query, WF_SQL("CASE WHEN "));
    if (!wf_ask_add(l->call, &ask, query, err))
        return false;
    wf_query_add(query, WF_SQL(" THEN "));
    wf_query_add(query, value);
    wf_query_add(query, WF_SQL(" END"));
    return true;
}

bool wf_listing_add_value(const struct wf_listing *l, struct wf_query *query,
                          weft_error *err)
{
    struct wf_sql value = l->sort.column ? l->sort.column->order
                          : l->sort.kind == WF_TARGET_NUMBER ? WF_SQL("o.num")
                                                             : WF_SQL("o.text");

    if (l->there) {
        wf_query_add(query, value);
        return true;
    }
    return wf_listing_add_guarded(l, l->sort.ask, value, query, err);
}

static void bind_cursor(const struct wf_listing *l, struct wf_query *query)
{
    const struct wf_json *value = l->cursor.value;
    int64_t whole;

    if (wf_json_is(value, WF_JSON_TEXT))
        wf_query_bind_text(query, wf_json_str(value));
    else if (l->sort.kind == WF_TARGET_TIME && wf_json_to_int(value, &whole))
        wf_query_bind_int(query, whole);
    else
        wf_query_bind_real(query, wf_json_num(value, 0));
}

/* Behind the cursor: a lesser (or greater) value, or the same and a lesser id;
 * what has no value comes last. */
static bool add_cursor(const struct wf_listing *l, struct wf_query *query,
                       weft_error *err)
{
    struct wf_sql beyond = l->descending ? WF_SQL(" < ") : WF_SQL(" > ");
    bool has_value = !wf_json_is_nothing(l->cursor.value);

    if (!l->cursor.id)
        return true;
    wf_query_add(query, WF_SQL(" AND ("));
    if (has_value) {
        wf_query_add(query, WF_SQL("("));
        if (!wf_listing_add_value(l, query, err))
            return false;
        wf_query_add(query, WF_SQL(", d.id)"));
        wf_query_add(query, beyond);
        wf_query_add(query, WF_SQL("("));
        bind_cursor(l, query);
        wf_query_add(query, WF_SQL(", "));
        wf_query_bind_int(query, l->cursor.id);
        wf_query_add(query, WF_SQL(")"));
    }
    if (!is_sure(l)) {
        wf_query_add(query, has_value ? WF_SQL(" OR ") : WF_SQL(""));
        if (!wf_listing_add_value(l, query, err))
            return false;
        wf_query_add(query, WF_SQL(" IS NULL"));
        if (!has_value) {
            wf_query_add(query, WF_SQL(" AND d.id"));
            wf_query_add(query, beyond);
            wf_query_bind_int(query, l->cursor.id);
        }
    }
    wf_query_add(query, WF_SQL(")"));
    return true;
}

static bool add_order(const struct wf_listing *l, struct wf_query *query,
                      weft_error *err)
{
    struct wf_sql way = l->descending ? WF_SQL(" DESC") : WF_SQL("");

    wf_query_add(query, WF_SQL(" ORDER BY "));
    if (!wf_listing_add_value(l, query, err))
        return false;
    wf_query_add(query, way);
    if (!is_sure(l))
        wf_query_add(query, WF_SQL(" NULLS LAST"));
    wf_query_add(query, WF_SQL(", d.id"));
    wf_query_add(query, way);
    wf_query_add(query, WF_SQL(" LIMIT "));
    wf_query_bind_int(query, l->asked->limit + 1);
    return true;
}

static void add_text(struct wf_query *query, struct wf_sql condition,
                     const char *value)
{
    if (!value)
        return;
    wf_query_add(query, condition);
    wf_query_bind_text(query, value);
}

/* A condition on what a column shows counts only where it is seen. */
static bool add_seen(const struct wf_listing *l, const char *name,
                     struct wf_query *query, weft_error *err)
{
    struct wf_ask ask = wf_column_ask(wf_column_named(name), l->asked->form);
    bool open;

    if (!wf_ask_is_open(l->call, &ask, &open, err))
        return false;
    if (open)
        return true;
    ask.is_read = true;
    wf_query_add(query, WF_SQL(" AND "));
    return wf_ask_add(l->call, &ask, query, err);
}

static bool add_subject(const struct wf_listing *l, struct wf_query *query,
                        weft_error *err)
{
    const struct wf_filter filter = { "subject", NULL, l->asked->subject };

    return !l->asked->subject
           || wf_filter_add(l->call, l->asked->form, &filter, query, err);
}

static bool add_unit(const struct wf_listing *l, struct wf_query *query,
                     weft_error *err)
{
    if (!l->asked->unit)
        return true;
    wf_query_add(query, WF_SQL(" AND d.subject IN (SELECT p.id FROM unit u"
                               " JOIN unit_above a ON a.above = u.id"
                               " JOIN person p ON p.unit = a.unit"
                               " WHERE u.key = "));
    wf_query_bind_text(query, l->asked->unit);
    wf_query_add(query, WF_SQL(")"));
    return add_seen(l, "subject", query, err);
}

static bool add_period(const struct wf_listing *l, struct wf_query *query,
                       weft_error *err)
{
    add_text(query, WF_SQL(" AND d.period = "), l->asked->period);
    return !l->asked->period || add_seen(l, "period", query, err);
}

static bool add_parent(const struct wf_listing *l, struct wf_query *query,
                       weft_error *err)
{
    if (!l->asked->parent)
        return true;
    wf_query_add(query, WF_SQL(" AND d.parent = "));
    wf_query_bind_int(query, l->asked->parent);
    return add_seen(l, "parent", query, err);
}

/* Which half of what is mine is asked for; neither: whatever I may read. */
struct half {
    bool subject, creator;
};

/* " WHERE" it may be read. Few, and a half, are found by people: the planner is
 * not shown the form, by which it would walk through everybody's documents. */
static bool add_access(const struct wf_listing *l, struct half half,
                       struct wf_query *query, weft_error *err)
{
    bool is_half = l->few || half.subject || half.creator;
    struct wf_ask ask = ask_of(l);
    struct wf_forms forms = { 0 };

    ask.is_subject = half.subject;
    ask.is_creator = half.creator;
    wf_query_add(query, WF_SQL(" WHERE "));
    if (l->few) {
        wf_query_add(query, WF_SQL("d.id IN ("));
        wf_query_append(query, &l->found);
        wf_query_add(query, WF_SQL(") AND "));
    }
    if (l->asked->form && !is_half) {
        wf_ask_forms(l->call, l->asked->form, &forms);
        wf_ask_add_forms(&forms, query);
        wf_query_add(query, WF_SQL(" AND "));
    }
    if (is_half)
        wf_query_add(query, WF_SQL("CASE WHEN "));
    if (!wf_ask_add(l->call, &ask, query, err))
        return false;
    if (is_half)
        wf_query_add(query, WF_SQL(" THEN 1 ELSE 0 END = 1"));
    return true;
}

static void add_ids(const struct wf_listing *l, struct wf_query *query)
{
    if (!l->asked->ids)
        return;
    wf_query_add(query, WF_SQL(" AND d.id IN (0"));
    for (size_t i = 0; i < l->asked->n_ids; i++) {
        wf_query_add(query, WF_SQL(", "));
        wf_query_bind_int(query, l->asked->ids[i]);
    }
    wf_query_add(query, WF_SQL(")"));
}

/* What any document must be to be like those of the list, wherever it
 * hangs. */
static bool add_alike(const struct wf_listing *l, struct half half,
                      struct wf_query *query, weft_error *err)
{
    const struct wf_list_query *asked = l->asked;

    if (!add_access(l, half, query, err))
        return false;
    if (asked->signed_) {
        wf_query_add(query, WF_SQL(" AND "));
        wf_veil_query_none(query);
    }
    add_ids(l, query);
    add_text(query, WF_SQL(" AND d.step = "), asked->step);
    add_text(query, WF_SQL(" AND d.state = "), asked->state);
    if (!add_subject(l, query, err) || !add_unit(l, query, err)
        || !add_period(l, query, err))
        return false;
    for (size_t i = 0; i < asked->n_filters; i++)
        if (!wf_filter_add(l->call, asked->form, &asked->filters[i], query,
                           err))
            return false;
    return !asked->search
           || wf_search_add(l->call, asked->form, asked->search, query, err);
}

static void add_me(const struct wf_listing *l, struct wf_sql condition,
                   struct wf_query *query)
{
    wf_query_add(query, condition);
    wf_query_bind_int(query, l->call->me ? l->call->me->id : 0);
}

/* The same of whatever half. */
static bool add_all_alike(const struct wf_listing *l, struct wf_query *query,
                          weft_error *err)
{
    const struct half neither = { 0 };

    if (!add_alike(l, neither, query, err))
        return false;
    if (!l->asked->mine)
        return true;
    add_me(l, WF_SQL(" AND (d.creator = "), query);
    add_me(l, WF_SQL(" OR (d.subject = "), query);
    if (!add_seen(l, "subject", query, err))
        return false;
    wf_query_add(query, WF_SQL("))"));
    return true;
}

/* The top of a tree: beneath nothing that is listed, as far as is seen. The
 * document above has the name `d` inside, as every condition has it. */
static bool add_top(const struct wf_listing *l, struct wf_query *query,
                    weft_error *err)
{
    const struct wf_ask parent =
        wf_column_ask(wf_column_named("parent"), l->asked->form);

    if (!l->asked->tree || l->asked->parent)
        return true;
    wf_query_add(query, WF_SQL(" AND NOT EXISTS (SELECT 1 FROM (SELECT "));
    if (!wf_listing_add_guarded(l, parent, WF_SQL("d.parent"), query, err))
        return false;
    wf_query_add(query, WF_SQL(" AS id) up JOIN document d ON d.id = up.id"));
    if (!add_all_alike(l, query, err))
        return false;
    wf_query_add(query, WF_SQL(")"));
    return true;
}

static bool add_there(const struct wf_listing *l, struct wf_query *query,
                      weft_error *err)
{
    struct wf_ask ask = l->sort.ask;

    if (!l->there)
        return true;
    wf_query_add(query, WF_SQL(" AND "));
    wf_query_add(query, l->sort.column->order);
    wf_query_add(query, WF_SQL(" IS NOT NULL"));
    if (l->sort.open)
        return true;
    ask.is_read = ask.by_row = true;
    wf_query_add(query, WF_SQL(" AND "));
    return wf_ask_add(l->call, &ask, query, err);
}

/* Everything that a document of the list must be. */
static bool add_conditions(const struct wf_listing *l, struct half half,
                           struct wf_query *query, weft_error *err)
{
    return add_alike(l, half, query, err) && add_parent(l, query, err)
           && add_top(l, query, err) && add_there(l, query, err);
}

/* The ids of one half, at most a page of them where the index gives them in
 * the order of the list. A subject that is not seen is not mine to tell. */
static bool add_half(const struct wf_listing *l, struct half half,
                     struct wf_query *query, weft_error *err)
{
    wf_query_add(query, WF_SQL("SELECT d.id FROM document d"));
    if (!add_conditions(l, half, query, err))
        return false;
    add_me(l,
           half.subject ? WF_SQL(" AND d.subject = ")
                        : WF_SQL(" AND d.creator = "),
           query);
    if (half.subject && !add_seen(l, "subject", query, err))
        return false;
    return !is_by(l, "updated")
           || (add_cursor(l, query, err) && add_order(l, query, err));
}

static bool add_mine(const struct wf_listing *l, struct wf_query *query,
                     weft_error *err)
{
    wf_query_add(query, WF_SQL(" WHERE d.id IN (SELECT id FROM ("));
    if (!add_half(l, (struct half){ .subject = true }, query, err))
        return false;
    wf_query_add(query, WF_SQL(") subject_half UNION SELECT id FROM ("));
    if (!add_half(l, (struct half){ .creator = true }, query, err))
        return false;
    wf_query_add(query, WF_SQL(") creator_half)"));
    return true;
}

bool wf_listing_add_all(const struct wf_listing *l, struct wf_query *query,
                        weft_error *err)
{
    wf_query_add(query, WF_SQL(" FROM document d"));
    return add_all_alike(l, query, err) && add_parent(l, query, err)
           && add_top(l, query, err);
}

bool wf_listing_add_below(const struct wf_listing *l, const wf_id *parents,
                          size_t n, struct wf_query *query, weft_error *err)
{
    wf_query_add(query, WF_SQL(" FROM document d"));
    if (!add_all_alike(l, query, err) || !add_seen(l, "parent", query, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        wf_query_add(query,
                     i == 0 ? WF_SQL(" AND d.parent IN (") : WF_SQL(", "));
        wf_query_bind_int(query, parents[i]);
    }
    wf_query_add(query, n ? WF_SQL(")") : WF_SQL(" AND 1 = 0"));
    return true;
}

/* What is sorted by stands beside the document. */
static void add_from(const struct wf_listing *l, struct wf_query *query)
{
    wf_query_add(query, WF_SQL(" FROM document d"));
    if (is_by(l, "creator"))
        wf_query_add(query, WF_SQL(" LEFT JOIN person c ON c.id = d.creator"));
    if (is_by(l, "subject"))
        wf_query_add(query, WF_SQL(" LEFT JOIN person s ON s.id = d.subject"));
    if (l->sort.field) {
        wf_query_add(query, WF_SQL(" LEFT JOIN field_index o"
                                   " ON o.document = d.id AND o.row = 0"
                                   " AND o.field = "));
        wf_query_bind_text(query, l->sort.field->path);
    }
}

/* The ids of the page first: what else is shown is worked out for these
 * only. */
static bool add_few(const struct wf_listing *l, struct wf_query *query,
                    weft_error *err)
{
    const struct half neither = { 0 };

    wf_query_add(query, WF_SQL(" WHERE d.id IN (SELECT id FROM (SELECT d.id"));
    add_from(l, query);
    if (!add_conditions(l, neither, query, err) || !add_cursor(l, query, err)
        || !add_order(l, query, err))
        return false;
    wf_query_add(query, WF_SQL(") few)"));
    return true;
}

bool wf_listing_add_page(const struct wf_listing *l, struct wf_query *query,
                         weft_error *err)
{
    const struct half neither = { 0 };

    add_from(l, query);
    if (l->few)
        return add_few(l, query, err) && add_order(l, query, err);
    if (l->asked->mine ? !add_mine(l, query, err)
                       : !add_conditions(l, neither, query, err))
        return false;
    return add_cursor(l, query, err) && add_order(l, query, err);
}
