/* def/expr_functions.c - the functions of the language, a row each: what the
 * linker checks, what the evaluator runs, what a person reads. The functions
 * themselves: expr_math.c, expr_words.c, expr_dates.c; what goes through rows
 * is in expr_aggregate.c.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages.h"
#include "def/expr_dates.h"
#include "def/expr_math.h"
#include "def/expr_words.h"

enum {
    MANY = WF_EXPR_ARGS_MAX
};

#define TYPE(name) (1u << (name))

/* clang-format off */

/* What a parameter takes: a bit for each type. */
static const struct param {
    const char *phrase;
    unsigned types;
} params[] = {
    [WF_P_ANY]     = { WF_MESSAGE("any value"), ~0u },
    [WF_P_NUMBER]  = { WF_MESSAGE("a number"), TYPE(WF_T_NUMBER) },
    [WF_P_TEXT]    = { WF_MESSAGE("a text"), TYPE(WF_T_TEXT) },
    [WF_P_DAY]     = { WF_MESSAGE("a date"),
                       TYPE(WF_T_DATE) | TYPE(WF_T_DATETIME) },
    [WF_P_MOMENT]  = { WF_MESSAGE("a date or a period"),
                       TYPE(WF_T_DATE) | TYPE(WF_T_DATETIME)
                       | TYPE(WF_T_PERIOD) },
    [WF_P_PERIOD]  = { WF_MESSAGE("a period"), TYPE(WF_T_PERIOD) },
    [WF_P_PERSON]  = { WF_MESSAGE("a person"), TYPE(WF_T_PERSON) },
    [WF_P_COUNTED] = { WF_MESSAGE("a text or a list"),
                       TYPE(WF_T_TEXT) | TYPE(WF_T_LIST)
                       | TYPE(WF_T_TABLE) },
};

#define AGGREGATE(kind, most) .aggregate = (kind), .min_args = 1, \
    .max_args = (most)
#define ARGS(least, most, ...) .min_args = (least), .max_args = (most), \
    .params = { __VA_ARGS__ }

static const struct wf_function functions[] = {
    { { "sum", "sum(column) or sum(table, expression)",
      "All of it added up; absent parts add nothing, no rows give 0." },
      AGGREGATE(WF_AGG_SUM, 3) },
    { { "avg", "avg(column, absent) or avg(table, expression, absent)",
      "The mean; nil of nothing." },
      AGGREGATE(WF_AGG_AVG, 3) },
    { { "sd", "sd(column, absent) or sd(table, expression, absent)",
      "The standard deviation of the whole (population); nil of nothing." },
      AGGREGATE(WF_AGG_SD, 3) },
    { { "weighted", "weighted(values, weights, absent) or "
      "weighted(table, value, weight, absent)",
      "Values times weights, added up, divided by the sum of the weights." },
      AGGREGATE(WF_AGG_WEIGHTED, 4) },
    { { "min", "min(a, b) or min(column, absent) or "
      "min(table, expression, absent)",
      "The least; nil of nothing." },
      AGGREGATE(WF_AGG_MIN, MANY) },
    { { "max", "max(a, b) or max(column, absent) or "
      "max(table, expression, absent)",
      "The greatest; nil of nothing." },
      AGGREGATE(WF_AGG_MAX, MANY) },
    { { "count", "count(table) or count(list) or count(table, condition)",
      "How many there are: rows, members, rows for which it holds." },
      AGGREGATE(WF_AGG_COUNT, 3) },
    { { "any", "any(table, condition) or any(column)",
      "Whether it holds for at least one row." },
      AGGREGATE(WF_AGG_ANY, 3) },
    { { "all", "all(table, condition) or all(column)",
      "Whether it holds for every row; true of no rows." },
      AGGREGATE(WF_AGG_ALL, 3) },
    { { "first", "first(list) or first(table, expression)",
      "What stands in the first row; with 'drop', in the first that has it." },
      AGGREGATE(WF_AGG_FIRST, 3) },
    { { "last", "last(list) or last(table, expression)",
      "What stands in the last row; with 'drop', in the last that has it." },
      AGGREGATE(WF_AGG_LAST, 3) },

    { { "clamp", "clamp(x, low, high)",
      "x, but not below low and not above high." },
      ARGS(3, 3, WF_P_NUMBER), .result = WF_T_NUMBER, .strict = true,
      .sure = true, .eval = wf_fn_clamp },
    { { "round", "round(x, digits)",
      "x rounded half away from zero to so many digits; none: to a whole." },
      ARGS(1, 2, WF_P_NUMBER), .result = WF_T_NUMBER, .strict = true,
      .sure = true, .eval = wf_fn_round },
    { { "floor", "floor(x)", "The greatest whole number not above x." },
      ARGS(1, 1, WF_P_NUMBER), .result = WF_T_NUMBER, .strict = true,
      .sure = true, .eval = wf_fn_floor },
    { { "ceil", "ceil(x)", "The least whole number not below x." },
      ARGS(1, 1, WF_P_NUMBER), .result = WF_T_NUMBER, .strict = true,
      .sure = true, .eval = wf_fn_ceil },
    { { "band", "band(x, threshold, value, …, otherwise)",
      "The value of the first threshold that x reaches, else the last value." },
      ARGS(4, MANY, WF_P_NUMBER, WF_P_ANY), .result = WF_T_ANY,
      .check = wf_check_band, .eval = wf_fn_band },
    { { "if_", "if_(condition, then, else)",
      "`then` where the condition holds, else `else`, or nil without one." },
      ARGS(2, 3, WF_P_ANY), .result = WF_T_ANY, .lazy = true,
      .check = wf_check_if, .eval = wf_fn_if },

    { { "days", "days(a, b)", "The days from a to b: b - a." },
      ARGS(2, 2, WF_P_DAY), .result = WF_T_NUMBER, .strict = true,
      .sure = true, .eval = wf_fn_days },
    { { "working_days", "working_days(a, b)",
      "The working days of the calendar after a, up to b." },
      ARGS(2, 2, WF_P_DAY), .result = WF_T_NUMBER, .strict = true,
      .eval = wf_fn_working_days },
    { { "date", "date(time) or date(text) or date(year, month, day)",
      "The day of a time, of a text such as '2026-12-31', or of its parts." },
      ARGS(1, 3, WF_P_ANY), .result = WF_T_DATE, .strict = true,
      .check = wf_check_date, .eval = wf_fn_date },
    { { "today", "today()", "The day that it is, in the zone of the package." },
      .result = WF_T_DATE, .sure = true, .eval = wf_fn_today },
    { { "now", "now()", "The time that it is." },
      .result = WF_T_DATETIME, .sure = true,
      .eval = wf_fn_now },
    { { "year", "year(x)", "The year of a date or a period." },
      ARGS(1, 1, WF_P_MOMENT), .result = WF_T_NUMBER, .strict = true,
      .sure = true, .eval = wf_fn_year },
    { { "quarter", "quarter(x)",
      "The quarter (1 to 4) of a date, or of a period's first day." },
      ARGS(1, 1, WF_P_MOMENT), .result = WF_T_NUMBER, .strict = true,
      .sure = true, .eval = wf_fn_quarter },
    { { "week", "week(x)",
      "The week (ISO 8601) of a date, or of a period's first day." },
      ARGS(1, 1, WF_P_MOMENT), .result = WF_T_NUMBER, .strict = true,
      .sure = true, .eval = wf_fn_week },
    { { "prev", "prev(period)", "The period before." },
      ARGS(1, 1, WF_P_PERIOD), .result = WF_T_PERIOD, .strict = true,
      .sure = true, .eval = wf_fn_prev },
    { { "start_of", "start_of(period)", "Its first day." },
      ARGS(1, 1, WF_P_PERIOD), .result = WF_T_DATE, .strict = true,
      .sure = true, .eval = wf_fn_start_of },
    { { "end_of", "end_of(period)", "Its last day." },
      ARGS(1, 1, WF_P_PERIOD), .result = WF_T_DATE, .strict = true,
      .sure = true, .eval = wf_fn_end_of },
    { { "expected", "expected(start, due)",
      "How much of the time from start to due has gone, in percent." },
      ARGS(2, 2, WF_P_DAY), .result = WF_T_NUMBER, .strict = true,
      .sure = true, .eval = wf_fn_expected },
    { { "behind", "behind(progress, start, due)",
      "expected(start, due) minus progress, in percent points; 0 before start." },
      ARGS(3, 3, WF_P_NUMBER, WF_P_DAY), .result = WF_T_NUMBER,
      .strict = true, .sure = true, .eval = wf_fn_behind },
    { { "stale", "stale(days, field, …)",
      "Whether for so many days nobody has acted on or changed the document, "
      "or these fields of it." },
      ARGS(1, MANY, WF_P_NUMBER, WF_P_ANY), .result = WF_T_BOOLEAN,
      .lazy = true, .check = wf_check_stale,
      .eval = wf_fn_stale },

    { { "len", "len(x)", "The characters of a text, the members of a list." },
      ARGS(1, 1, WF_P_COUNTED), .result = WF_T_NUMBER, .strict = true,
      .sure = true, .eval = wf_fn_len },
    { { "lower", "lower(text)", "The text in small letters." },
      ARGS(1, 1, WF_P_TEXT), .result = WF_T_TEXT, .strict = true,
      .sure = true, .eval = wf_fn_lower },
    { { "upper", "upper(text)", "The text in capital letters." },
      ARGS(1, 1, WF_P_TEXT), .result = WF_T_TEXT, .strict = true,
      .sure = true, .eval = wf_fn_upper },
    { { "contains", "contains(list, value) or contains(text, part)",
      "Whether the list has this member, or the text this part." },
      ARGS(2, 2, WF_P_ANY), .result = WF_T_BOOLEAN,
      .check = wf_check_contains, .eval = wf_fn_contains },
    { { "concat", "concat(a, b, …) or concat(list, separator)",
      "All of them as one text; what is absent is left out." },
      ARGS(1, MANY, WF_P_ANY), .result = WF_T_TEXT,
      .check = wf_check_concat, .eval = wf_fn_concat },
    { { "text", "text(x)", "A number, a date … as a text." },
      ARGS(1, 1, WF_P_ANY), .result = WF_T_TEXT, .strict = true, .sure = true,
      .check = wf_check_text, .eval = wf_fn_text },
    { { "number", "number(text)", "The number that a text spells, else nil." },
      ARGS(1, 1, WF_P_ANY), .result = WF_T_NUMBER, .strict = true,
      .check = wf_check_number, .eval = wf_fn_number },
    { { "money", "money(x, currency)",
      "x rounded to the smallest coin of the currency; none said: CNY." },
      ARGS(1, 2, WF_P_NUMBER, WF_P_TEXT), .result = WF_T_NUMBER,
      .strict = true, .check = wf_check_money, .eval = wf_fn_money },
    { { "scale_label", "scale_label(rating) or scale_label('scale', x)",
      "The label of the point that was chosen, or that is nearest to x." },
      ARGS(1, 2, WF_P_ANY), .result = WF_T_TEXT, .lazy = true,
      .check = wf_check_scale_label, .eval = wf_fn_scale_label },
    { { "unit", "unit(person)", "The unit that a person belongs to." },
      ARGS(1, 1, WF_P_PERSON), .result = WF_T_UNIT, .strict = true,
      .eval = wf_fn_unit },
    { { "manager", "manager(person)", "The manager of a person." },
      ARGS(1, 1, WF_P_PERSON), .result = WF_T_PERSON, .strict = true,
      .eval = wf_fn_manager },
    { { "grade", "grade(person)", "The grade of a person, a number." },
      ARGS(1, 1, WF_P_PERSON), .result = WF_T_NUMBER, .strict = true,
      .eval = wf_fn_grade },
};
/* clang-format on */

const struct wf_function *wf_function_at(size_t i)
{
    return i < WF_COUNT(functions) ? &functions[i] : NULL;
}

const struct wf_function *wf_function_find(const char *name)
{
    for (size_t i = 0; i < WF_COUNT(functions); i++)
        if (wf_streq(functions[i].help.name, name))
            return &functions[i];
    return NULL;
}

/* The last parameter that is said stands for all that follow. */
enum wf_param wf_function_param(const struct wf_function *function, size_t i)
{
    size_t last = WF_COUNT(function->params) - 1;

    while (last > 0 && function->params[last] == WF_P_UNSAID)
        last--;
    return function->params[i < last ? i : last];
}

bool wf_param_takes(enum wf_param param, enum wf_type type)
{
    return params[param].types & TYPE(type);
}

const char *wf_param_phrase(enum wf_param param)
{
    return params[param].phrase;
}

const struct wf_function_help *wf_function_help(size_t i)
{
    return i < WF_COUNT(functions) ? &functions[i].help : NULL;
}
