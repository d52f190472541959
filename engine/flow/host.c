/* flow/host.c - the table of the functions that hooks may call. The sandbox,
 * the help and docs/hooks.md read it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/host.h"

#include "base/error.h"

/* A call of the store costs about as much as this many instructions. */
enum {
    CHEAP = 10,
    ONE_ROW = 500,
    MANY_ROWS = 2000,
    COMMAND = 5000
};

/* clang-format off */
const struct wf_host wf_hook_hosts[] = {
    { "find", wf_host_find, MANY_ROWS, "find(form, where, opts)",
      "Documents that you may see: a list. where = { field = value, other = { "
      "gte = 1 } }; opts = { limit = 50, sort = \"-updated\" }." },
    { "get", wf_host_get, ONE_ROW, "get(id)",
      "One document, or nil." },
    { "create", wf_host_create, COMMAND, "create(form, data, opts)",
      "A new document. opts = { parent = doc, key = \"…\" }: the same key "
      "gives the same document." },
    { "update", wf_host_update, COMMAND, "update(doc, data)",
      "Changes fields of another document." },
    { "act", wf_host_act, COMMAND, "act(doc, action, data)",
      "Takes an action of another document." },
    { "link", wf_host_link, COMMAND, "link(doc, parent)",
      "Hangs a document under another." },
    { "override", wf_host_override, COMMAND,
      "override(doc, field, value, reason)",
      "Sets a value over that of another document, with a reason; nil takes "
      "it away." },
    { "notify", wf_host_notify, ONE_ROW, "notify(who, text, opts)",
      "Tells people. who: a person, a list, or words such as "
      "\"manager(owner)\"." },
    { "people", wf_host_people, ONE_ROW, "people(who)",
      "The people that the words mean: a list." },
    { "series", wf_host_series, MANY_ROWS, "series(metric, subject, from, to)",
      "The points of a metric that you may see: { { at, value }, … } in order "
      "of time; from and to are days or times, both included." },
    { "setting", wf_host_setting, CHEAP, "setting(name)",
      "The value of a setting of the package." },
    { "now", wf_host_now, CHEAP, "now()",
      "The engine's time, as text." },
    { "log", wf_host_log, CHEAP, "log(…)",
      "A line in the operator's log." },
    { "fail", wf_host_fail, CHEAP, "fail(field, message)",
      "Refuses the save or action, at a field." },
    { "warn", wf_host_warn, CHEAP, "warn(field, message)",
      "Warns at a field." },
    { "t", wf_host_t, CHEAP, "t(id)",
      "The label of a field, step, action or option in the reader's "
      "language." },

    { "sum", wf_host_sum, MANY_ROWS, "sum(values) or sum(form, where, field)",
      "Adds up, a list or a field of documents." },
    { "avg", wf_host_formula, CHEAP, "avg(values, absent)", "The mean." },
    { "sd", wf_host_formula, CHEAP, "sd(values, absent)",
      "The standard deviation." },
    { "weighted", wf_host_formula, CHEAP, "weighted(values, weights, absent)",
      "The weighted mean." },
    { "min", wf_host_formula, CHEAP, "min(values, absent)", "The least." },
    { "max", wf_host_formula, CHEAP, "max(values, absent)", "The greatest." },
    { "count", wf_host_formula, CHEAP, "count(values)",
      "How many are present." },
    { "any", wf_host_formula, CHEAP, "any(values)", "Whether one is true." },
    { "all", wf_host_formula, CHEAP, "all(values)", "Whether all are true." },
    { "first", wf_host_formula, CHEAP, "first(values)", "The first one." },
    { "last", wf_host_formula, CHEAP, "last(values)", "The last one." },
    { "clamp", wf_host_formula, CHEAP, "clamp(x, low, high)",
      "x within bounds." },
    { "round", wf_host_formula, CHEAP, "round(x, digits)", "Rounded." },
    { "floor", wf_host_formula, CHEAP, "floor(x)", "Rounded down." },
    { "ceil", wf_host_formula, CHEAP, "ceil(x)", "Rounded up." },
    { "band", wf_host_formula, CHEAP, "band(x, 90, 'A', 75, 'B', 'C')",
      "The first threshold that x reaches." },
    { "days", wf_host_formula, CHEAP, "days(from, to)",
      "Days between two dates." },
    { "working_days", wf_host_formula, CHEAP, "working_days(from, to)",
      "Working days between two dates." },
    { "date", wf_host_formula, CHEAP, "date(text)", "A date." },
    { "today", wf_host_formula, CHEAP, "today()", "The engine's day." },
    { "year", wf_host_formula, CHEAP, "year(date)", "Its year." },
    { "quarter", wf_host_formula, CHEAP, "quarter(date)", "Its quarter." },
    { "week", wf_host_formula, CHEAP, "week(date)", "Its ISO week." },
    { "prev", wf_host_formula, CHEAP, "prev(period)", "The period before." },
    { "start_of", wf_host_formula, CHEAP, "start_of(period)",
      "Its first day." },
    { "end_of", wf_host_formula, CHEAP, "end_of(period)", "Its last day." },
    { "expected", wf_host_formula, CHEAP, "expected(start, due)",
      "The part of the time that is gone, in percent." },
    { "behind", wf_host_formula, CHEAP, "behind(progress, start, due)",
      "Percent points behind the time." },
    { "len", wf_host_formula, CHEAP, "len(text)", "Its characters." },
    { "lower", wf_host_formula, CHEAP, "lower(text)", "In lower case." },
    { "upper", wf_host_formula, CHEAP, "upper(text)", "In upper case." },
    { "contains", wf_host_formula, CHEAP, "contains(text or list, part)",
      "Whether it is in there." },
    { "concat", wf_host_formula, CHEAP, "concat(…)", "Joined text." },
    { "text", wf_host_formula, CHEAP, "text(x)", "As text." },
    { "number", wf_host_formula, CHEAP, "number(text)", "As a number." },
    { "unit", wf_host_formula, ONE_ROW, "unit(person)", "Their unit." },
    { "manager", wf_host_manager, ONE_ROW, "manager(person)",
      "Their manager." },
    { "grade", wf_host_formula, ONE_ROW, "grade(person)", "Their grade." },
};
/* clang-format on */

const size_t wf_n_hook_hosts = WF_COUNT(wf_hook_hosts);

const struct wf_json *wf_host_arg(const struct wf_json *args, size_t n)
{
    const struct wf_json *arg = NULL;

    if (wf_json_is(args, WF_JSON_ARRAY) && n < args->u.array.n)
        arg = args->u.array.at[n];
    return wf_json_is(arg, WF_JSON_NULL) ? NULL : arg;
}

bool wf_host_text(const struct wf_host *host, const struct wf_json *args,
                  size_t n, const char **out, weft_error *err)
{
    *out = wf_json_str(wf_host_arg(args, n));
    if (*out)
        return true;
    return wf_fail(err, WEFT_E_INVALID, "%s: argument %d must be text.",
                   host->signature, (int)n + 1);
}
