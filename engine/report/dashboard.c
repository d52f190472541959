/* report/dashboard.c - a page of reports, lists and boards.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "report/report.h"

/* Columns that a list shows of every document anyway are no fields. */
static const char *fields_of(struct wf_call *call, const struct wf_part *part)
{
    const char *words =
        part->kind == WF_PART_BOARD ? part->card : part->columns;
    struct wf_str rest = wf_str_of(words ? words : ""), word;
    struct wf_buf out = WF_BUF_INIT(call->arena);

    while (wf_str_split(&rest, ' ', &word)) {
        const char *text = wf_arena_slice(call->arena, word);

        if (wf_form_field(part->form, text))
            wf_buf_printf(&out, "%s%s", out.len ? " " : "", text);
    }
    return out.len ? wf_buf_text(&out) : NULL;
}

static void write_label(const struct wf_call *call, const struct wf_part *part,
                        const struct wf_words *words, const char *id,
                        struct wf_json_writer *out)
{
    const char *label = wf_words_get(part->words, call->lang, WF_WORD_LABEL);

    wf_jw_key_text(out, "label",
                   label ? label : wf_words_label(words, call->lang, id));
}

/* A report that one does not see, or that cannot be shown yet, is said to be so
 * in its place; the page is not lost by it. */
static bool write_report(struct wf_call *call, const struct wf_part *part,
                         const struct wf_report_ask *ask,
                         struct wf_reports_kept *kept,
                         struct wf_json_writer *out, weft_error *err)
{
    struct wf_buf text = WF_BUF_INIT(call->arena);
    struct wf_json_writer numbers = WF_JSON_WRITER_INIT(&text);
    weft_error found = *err;
    const struct wf_report *report;
    struct wf_report_ask own = { .unit = ask->unit };

    wf_jw_key_text(out, "kind", "report");
    wf_jw_key_text(out, "id", part->ref);
    if (!wf_report_open(call, part->ref, &report, &found)) {
        wf_jw_key_text(out, "problem", found.text);
        return found.code == WEFT_E_NOTFOUND || wf_fail_as(err, &found);
    }
    own.period = report->date ? ask->period : NULL;
    if (report->floor)
        own.unit = NULL;
    write_label(call, part, report->head.words, part->ref, out);
    if (wf_report_answer(call, report, &own, kept, &numbers, &found)) {
        wf_jw_key(out, "report");
        wf_jw_raw(out, text.data, text.len);
        return true;
    }
    wf_jw_key_text(out, "problem", found.text);
    return found.code == WEFT_E_CONFLICT || found.code == WEFT_E_MALFORMED
           || wf_fail_as(err, &found);
}

static bool write_list(struct wf_call *call, const struct wf_part *part,
                       const struct wf_report_ask *ask,
                       struct wf_json_writer *out, weft_error *err)
{
    const struct wf_report of = { .form_id = part->form_id,
                                  .form = part->form,
                                  .where = part->where };
    const struct wf_report_ask own = { .unit = ask->unit,
                                       .fields = fields_of(call, part) };

    wf_jw_key_text(out, "kind", part->kind == WF_PART_BOARD ? "board" : "list");
    wf_jw_key_text(out, "form", part->form_id);
    if (!part->form)
        return true;
    write_label(call, part, part->form->words, part->form_id, out);
    if (part->columns)
        wf_jw_key_text(out, "columns", part->columns);
    if (part->group)
        wf_jw_key_text(out, "group", part->group);
    if (part->card)
        wf_jw_key_text(out, "card", part->card);
    wf_jw_key(out, "documents");
    return wf_report_documents(call, &of, &own, out, err);
}

bool wf_dashboard_answer(struct wf_call *call, const struct wf_dashboard *board,
                         const struct wf_report_ask *ask,
                         struct wf_reports_kept *kept,
                         struct wf_json_writer *out, weft_error *err)
{
    const struct wf_head *head = &board->head;

    wf_jw_open(out, '{');
    wf_jw_key_text(out, "id", head->id);
    wf_jw_key_text(out, "label",
                   wf_words_label(head->words, call->lang, head->id));
    wf_jw_key(out, "parts");
    wf_jw_open(out, '[');
    for (const struct wf_part *part = board->parts; part; part = part->next) {
        bool ok;

        wf_jw_open(out, '{');
        ok = part->kind == WF_PART_REPORT
                 ? write_report(call, part, ask, kept, out, err)
                 : write_list(call, part, ask, out, err);
        if (!ok)
            return false;
        wf_jw_close(out, '}');
    }
    wf_jw_close(out, ']');
    wf_jw_close(out, '}');
    return true;
}
