/* http/handlers_reports.c - what goes out as numbers and files.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/privacy.h>
#include <weft/report.h>

#include "http/handlers.h"

static const struct format {
    const char *word, *type;
} formats[] = {
    { "csv", "text/csv; charset=utf-8" },
    { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml"
              ".sheet" },
    { "xes", "application/xml" },
};

/* What `format` asks for, a CSV if it does not say, in the headers of the
 * answer; `name` is an id. */
static void send_as_file(struct http_request *req, const char *name)
{
    const char *word = http_params_find(&req->target.params, "format");
    const struct format *format = &formats[0];

    if (weft_reply_error(req->result.reply))
        return;
    for (size_t i = 0; i < WF_COUNT(formats); i++)
        if (wf_streq(formats[i].word, word))
            format = &formats[i];
    req->result.type = format->type;
    req->result.file =
        wf_arena_printf(req->arena, "%s.%s", name ? name : "", format->word);
}

void http_document_export(struct http_request *req)
{
    req->result.reply = weft_document_export(
        req->session, req->target.params.at, req->target.params.n);
    send_as_file(req, http_params_find(&req->target.params, "form"));
}

void http_usage_list(struct http_request *req)
{
    req->result.reply = weft_usage_list(req->session, req->target.params.at,
                                        req->target.params.n);
}

void http_audit(struct http_request *req)
{
    const char *format = http_params_find(&req->target.params, "format");

    req->result.reply =
        weft_audit(req->session, req->target.params.at, req->target.params.n);
    if (wf_streq(format, "csv"))
        send_as_file(req, "audit");
}

void http_report_list(struct http_request *req)
{
    req->result.reply = weft_report_list(req->session);
}

void http_report_get(struct http_request *req)
{
    const char *format = http_params_find(&req->target.params, "format");

    req->result.reply =
        weft_report_get(req->session, req->args[0], req->target.params.at,
                        req->target.params.n);
    if (format && !wf_streq(format, "json"))
        send_as_file(req, req->args[0]);
}

void http_report_documents(struct http_request *req)
{
    req->result.reply =
        weft_report_documents(req->session, req->args[0], req->target.params.at,
                              req->target.params.n);
}

void http_dashboard_list(struct http_request *req)
{
    req->result.reply = weft_dashboard_list(req->session);
}

void http_dashboard_get(struct http_request *req)
{
    req->result.reply =
        weft_dashboard_get(req->session, req->args[0], req->target.params.at,
                           req->target.params.n);
}
