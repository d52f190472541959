/* report/open.c - which reports and dashboards one sees, and may take out.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "doc/access_ask.h"
#include "report/report.h"

static bool is_for_me(struct wf_call *call, const struct wf_who *audience,
                      const struct wf_form *form, bool *out, weft_error *err)
{
    const struct wf_who_context context = { .call = call };

    *out = call->system;
    if (call->system || !call->me)
        return true;
    if (audience)
        return wf_who_includes(&context, audience, call->me->id, out, err);
    if (form)
        return wf_access_may_see_form(call, form, out, err);
    *out = true;
    return true;
}

static bool not_there(const char *id, weft_error *err)
{
    return wf_fail(err, WEFT_E_NOTFOUND,
                   "There is no report or dashboard \"%.100s\".", id);
}

bool wf_report_open(struct wf_call *call, const char *id,
                    const struct wf_report **out, weft_error *err)
{
    const struct wf_report *report =
        (const void *)wf_registry_find(call->registry, "report", id);
    bool mine = false;

    if (!report || !report->form)
        return not_there(id, err);
    if (!is_for_me(call, report->audience, report->form, &mine, err))
        return false;
    *out = report;
    return mine || not_there(id, err);
}

bool wf_dashboard_open(struct wf_call *call, const char *id,
                       const struct wf_dashboard **out, weft_error *err)
{
    const struct wf_dashboard *board =
        (const void *)wf_registry_find(call->registry, "dashboard", id);
    bool mine = false;

    if (!board)
        return not_there(id, err);
    if (!is_for_me(call, board->audience, NULL, &mine, err))
        return false;
    *out = board;
    return mine || not_there(id, err);
}

/* --- Lists */

static bool is_seen(struct wf_call *call, const struct wf_head *head,
                    bool is_report, bool *out, weft_error *err)
{
    const struct wf_report *report = (const void *)head;
    const struct wf_dashboard *board = (const void *)head;

    *out = false;
    if (!is_report)
        return is_for_me(call, board->audience, NULL, out, err);
    return !report->form
           || is_for_me(call, report->audience, report->form, out, err);
}

static void write_one(const struct wf_call *call, const struct wf_head *head,
                      bool is_report, struct wf_json_writer *out)
{
    const struct wf_report *report = (const void *)head;
    const char *help = wf_words_get(head->words, call->lang, WF_WORD_HELP);

    wf_jw_open(out, '{');
    wf_jw_key_text(out, "id", head->id);
    wf_jw_key_text(out, "label",
                   wf_words_label(head->words, call->lang, head->id));
    if (help)
        wf_jw_key_text(out, "help", help);
    if (is_report) {
        wf_jw_key_text(out, "form", report->form_id);
        wf_jw_key_text_or_null(out, "over",
                               report->over ? wf_period_unit_name(report->over)
                                            : NULL);
        wf_jw_key_text_or_null(out, "chart", wf_chart_name(report->chart));
    }
    wf_jw_close(out, '}');
}

bool wf_report_list(struct wf_call *call, const char *kind,
                    struct wf_json_writer *out, weft_error *err)
{
    bool is_report = wf_streq(kind, "report");
    const struct wf_head *head;
    size_t cursor = 0;

    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    while ((head = wf_registry_next_of(call->registry, kind, &cursor))) {
        bool seen;

        if (!is_seen(call, head, is_report, &seen, err))
            return false;
        if (seen)
            write_one(call, head, is_report, out);
    }
    wf_jw_close(out, ']');
    wf_jw_close(out, '}');
    return true;
}

/* --- Taking out */

bool wf_report_check_export(struct wf_call *call,
                            const struct wf_report *report, weft_error *err)
{
    const struct wf_ask ask = { .form = report->form_id,
                                .right = WF_RIGHT_EXPORT };
    struct wf_query query = WF_QUERY_INIT(call->arena);
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (call->system || report->floor)
        return true; /* those for whom it is; nobody is in its numbers */
    wf_query_add(&query, WF_SQL("SELECT 1 FROM document d WHERE "));
    if (!wf_ask_add(call, &ask, &query, err))
        return false;
    wf_query_add(&query, WF_SQL(" LIMIT 1"));
    if (!wf_query_begin(call->db, &query, &q, err))
        return false;
    got = wf_stmt_step(&q, err);
    if (got == WF_FETCH_DONE)
        return wf_fail(err, WEFT_E_DENIED,
                       "You may look at this report and not take it out: no "
                       "grant gives you the right to export documents of its "
                       "form.");
    return got == WF_FETCH_ROW;
}
