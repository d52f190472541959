/* doc/filter.c - filter[FIELD][OP]=VALUE as a condition over the document `d`.
 *
 * A document on which the field is not seen is in no filtered list, whatever
 * the operator: a filter may not tell what a page does not show.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/messages.h"
#include "doc/target.h"

/* clang-format off */
static const struct operator {
    const char *word;
    struct wf_sql sign;
    bool ordered;
} operators[] = {
    { "eq",  { " = " },  false },
    { "has", { " = " },  false },
    { "ne",  { " = " },  false }, /* none is equal */
    { "lt",  { " < " },  true  },
    { "lte", { " <= " }, true  },
    { "gt",  { " > " },  true  },
    { "gte", { " >= " }, true  },
};
/* clang-format on */

/* One filter being written. */
struct filtering {
    struct wf_call *call;
    const char *form;
    const struct wf_target *target;
    const struct operator* op;
    const char *value;
    struct wf_query *query;
};

static const struct operator* find_operator(const char *word)
{
    for (size_t i = 0; i < WF_COUNT(operators); i++)
        if (wf_streq(word ? word : "eq", operators[i].word))
            return &operators[i];
    return NULL;
}

static bool refuse_value(const struct filtering *f, const char *takes,
                         weft_error *err)
{
    return wf_fail(err, WEFT_E_MALFORMED,
                   "\"%.100s\" cannot be filtered for here: give %s.", f->value,
                   takes);
}

static bool bind_number(const struct filtering *f, weft_error *err)
{
    static const struct wf_json_limits limits = { 1, 1 };
    weft_error ignored = WEFT_ERROR_INIT;
    struct wf_json *json = NULL;

    if (!wf_json_parse(f->call->arena, f->value, strlen(f->value), &limits,
                       &json, &ignored)
        || (json->type != WF_JSON_NUMBER && json->type != WF_JSON_TRUE
            && json->type != WF_JSON_FALSE))
        return refuse_value(
            f, wf_message(f->call->lang, "a number, true or false"), err);
    if (json->type == WF_JSON_NUMBER)
        wf_query_bind_real(f->query, json->u.number);
    else
        wf_query_bind_real(f->query, wf_json_is_true(json) ? 1 : 0);
    return true;
}

static bool refuse_day(const struct filtering *f, weft_error *err)
{
    return refuse_value(
        f,
        wf_message(f->call->lang,
                   "a day like 2026-10-12 or a time like 2026-10-12T01:00:00Z"),
        err);
}

/* A time; or a day: its beginning, or behind it (lte, gt) its end. Days are
 * those of the form's package, without a form those of UTC. */
static bool bind_time(const struct filtering *f, weft_error *err)
{
    const struct wf_form *form =
        f->form ? wf_registry_form(f->call->registry, f->form) : NULL;
    const char *zone = form ? form->package->timezone : "UTC";
    struct wf_str text = wf_str_of(f->value);
    bool end = wf_streq(f->op->word, "lte") || wf_streq(f->op->word, "gt");
    int64_t ms;
    int32_t day;

    if (wf_date_parse(text, &day)
        && wf_zone_from_local(zone, day + (end ? 1 : 0), 0, &ms))
        ms -= end ? 1 : 0;
    else if (!wf_time_parse(text, &ms))
        return refuse_day(f, err);
    wf_query_bind_int(f->query, ms);
    return true;
}

/* Nobody of that name: a filter that holds for no document. */
static bool bind_person(const struct filtering *f, weft_error *err)
{
    const struct wf_person *person = NULL;
    char text[WF_ID_TEXT];
    struct wf_json *json = wf_json_text(f->call->arena, f->value);

    if (wf_streq(f->value, "me"))
        person = f->call->me;
    else if (!wf_person_named(f->call, json, &person, err))
        return false;
    if (f->target->column) {
        wf_query_bind_int(f->query, person ? person->id : 0);
        return true;
    }
    wf_id_write(person ? person->id : 0, text);
    wf_query_bind_text(f->query, wf_arena_str(f->call->arena, text));
    return true;
}

/* As it is in the store: texts in the order of time. */
static bool bind_day(const struct filtering *f, weft_error *err)
{
    int32_t day;
    int64_t ms;

    if (!wf_date_parse(wf_str_of(f->value), &day)
        && !wf_time_parse(wf_str_of(f->value), &ms))
        return refuse_day(f, err);
    wf_query_bind_text(f->query, f->value);
    return true;
}

static bool bind_period(const struct filtering *f, weft_error *err)
{
    struct wf_period period;

    if (!wf_period_parse(wf_str_of(f->value), &period))
        return refuse_value(f,
                            wf_message(f->call->lang,
                                       "a period like 2026, 2026-Q4, 2026-11 "
                                       "or 2026-W48"),
                            err);
    wf_query_bind_text(f->query, f->value);
    return true;
}

static bool bind_value(const struct filtering *f, weft_error *err)
{
    switch (f->target->kind) {
    case WF_TARGET_NUMBER:
        return bind_number(f, err);
    case WF_TARGET_TIME:
        return bind_time(f, err);
    case WF_TARGET_PERSON:
        return bind_person(f, err);
    case WF_TARGET_DAY:
        return bind_day(f, err);
    case WF_TARGET_PERIOD:
        return bind_period(f, err);
    default:
        wf_query_bind_text(f->query, f->value);
        return true;
    }
}

static bool is_ne(const struct filtering *f)
{
    return wf_streq(f->op->word, "ne");
}

static bool add_column(const struct filtering *f, weft_error *err)
{
    struct wf_sql value = f->target->column->value;

    if (is_ne(f)) {
        wf_query_add(f->query, WF_SQL("("));
        wf_query_add(f->query, value);
        wf_query_add(f->query, WF_SQL(" IS NULL OR "));
    }
    wf_query_add(f->query, value);
    wf_query_add(f->query, is_ne(f) ? WF_SQL(" <> ") : f->op->sign);
    if (!bind_value(f, err))
        return false;
    if (is_ne(f))
        wf_query_add(f->query, WF_SQL(")"));
    return true;
}

/* Documents of which some row of the field holds the value. The index rows are
 * called `d` in there, for they bear the column `form` too. */
static bool add_field(const struct filtering *f, weft_error *err)
{
    struct wf_forms forms = { 0 };

    wf_ask_forms(f->call, f->form, &forms);
    wf_query_add(f->query,
                 is_ne(f) ? WF_SQL("d.id NOT IN (") : WF_SQL("d.id IN ("));
    wf_query_add(f->query, WF_SQL("SELECT d.document FROM field_index d"
                                  " WHERE "));
    wf_ask_add_forms(&forms, f->query);
    wf_query_add(f->query, WF_SQL(" AND d.field = "));
    wf_query_bind_text(f->query, f->target->field->path);
    wf_query_add(f->query, f->target->kind == WF_TARGET_NUMBER
                               ? WF_SQL(" AND d.num")
                               : WF_SQL(" AND d.text"));
    wf_query_add(f->query, f->op->sign);
    if (!bind_value(f, err))
        return false;
    wf_query_add(f->query, WF_SQL(")"));
    return true;
}

static bool check_operator(const struct filtering *f,
                           const struct wf_filter *filter, weft_error *err)
{
    bool ordered = f->target->kind != WF_TARGET_PERSON;

    if (f->op && (!f->op->ordered || ordered)
        && (!wf_streq(f->op->word, "has") || f->target->many))
        return true;
    return wf_fail(err, WEFT_E_MALFORMED,
                   "filter[%.100s] does not take [%.20s]: take lt, lte, gt, "
                   "gte, ne, or of a list has.",
                   filter->field, filter->op ? filter->op : "");
}

bool wf_filter_add(struct wf_call *call, const char *form,
                   const struct wf_filter *filter, struct wf_query *query,
                   weft_error *err)
{
    struct wf_target target;
    struct filtering f = { call,
                           form,
                           &target,
                           find_operator(filter->op),
                           filter->value ? filter->value : "",
                           query };

    if (!wf_target_find(call, form, filter->field, &target, err)
        || !check_operator(&f, filter, err))
        return false;
    wf_query_add(query, WF_SQL(" AND "));
    if (!target.open) {
        target.ask.is_read = true; /* the list sees to that */
        if (!wf_ask_add(call, &target.ask, query, err))
            return false;
        wf_query_add(query, WF_SQL(" AND "));
    }
    return target.column ? add_column(&f, err) : add_field(&f, err);
}
