/* http/handlers_documents.c - documents, work, and what people are told.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/handlers.h"

#include "base/error.h"
#include "base/json.h"

/* The {id} of the route, which has been found to be a number. */
static int64_t id_of(const struct http_request *req)
{
    int64_t id = 0;

    return wf_str_to_int(wf_str_of(req->args[0]), &id) ? id : 0;
}

static weft_how how_of(const struct http_request *req)
{
    return (weft_how){
        .if_match = http_headers_find(&req->headers, "If-Match"),
    };
}

/* --- Commands */

void http_document_add(struct http_request *req)
{
    weft_how how = how_of(req);

    req->result.command =
        weft_document_create(req->session, req->text.at, req->text.len, &how);
}

void http_document_patch(struct http_request *req)
{
    weft_how how = how_of(req);

    req->result.command = weft_document_patch(
        req->session, id_of(req), req->text.at, req->text.len, &how);
}

void http_document_delete(struct http_request *req)
{
    weft_how how = how_of(req);

    req->result.command = weft_document_delete(req->session, id_of(req), &how);
}

/* What a page has posted, as the JSON that a program would have sent. */
static struct wf_str form_as_json(const struct http_request *req)
{
    struct wf_buf text = WF_BUF_INIT(req->arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&text);

    wf_jw_open(&out, '{');
    for (size_t i = 0; i < req->form.n; i++) {
        const weft_param *field = &req->form.at[i];

        if (!wf_streq(field->name, "csrf") && field->value[0])
            wf_jw_key_text(&out, field->name, field->value);
    }
    wf_jw_close(&out, '}');
    return (struct wf_str){ text.data, text.len };
}

void http_document_act(struct http_request *req)
{
    weft_how how = how_of(req);
    struct wf_str body = http_is_page_form(req) ? form_as_json(req) : req->text;

    if (http_is_page_form(req))
        req->result.location = "/";
    req->result.command = weft_document_act(
        req->session, id_of(req), req->args[1], body.at, body.len, &how);
}

void http_document_comment(struct http_request *req)
{
    weft_how how = how_of(req);

    req->result.command = weft_document_comment(
        req->session, id_of(req), req->text.at, req->text.len, &how);
}

void http_document_react(struct http_request *req)
{
    weft_how how = how_of(req);

    req->result.command = weft_document_react(
        req->session, id_of(req), req->text.at, req->text.len, &how);
}

void http_notification_read(struct http_request *req)
{
    req->result.command =
        weft_notification_read(req->session, req->text.at, req->text.len);
}

void http_notification_settings(struct http_request *req)
{
    req->result.reply = weft_notification_settings(req->session);
}

void http_notification_settings_set(struct http_request *req)
{
    req->result.command = weft_notification_settings_set(
        req->session, req->text.at, req->text.len);
}

void http_work_batch(struct http_request *req)
{
    weft_how how = how_of(req);

    req->result.command =
        weft_work_batch(req->session, req->text.at, req->text.len, &how);
}

/* --- Questions */

void http_document_get(struct http_request *req)
{
    req->result.reply = weft_document_get(req->session, id_of(req));
}

void http_document_list(struct http_request *req)
{
    req->result.reply = weft_document_list(req->session, req->target.params.at,
                                           req->target.params.n);
}

void http_document_history(struct http_request *req)
{
    req->result.reply = weft_document_history(
        req->session, id_of(req), req->target.params.at, req->target.params.n);
}

void http_document_comments(struct http_request *req)
{
    req->result.reply = weft_document_comments(
        req->session, id_of(req), req->target.params.at, req->target.params.n);
}

void http_document_children(struct http_request *req)
{
    req->result.reply = weft_document_children(
        req->session, id_of(req), req->target.params.at, req->target.params.n);
}

void http_document_reactions(struct http_request *req)
{
    req->result.reply = weft_document_reactions(req->session, id_of(req));
}

void http_document_proposal(struct http_request *req)
{
    req->result.reply = weft_document_proposal(req->session, id_of(req));
}

void http_document_chain(struct http_request *req)
{
    req->result.reply = weft_document_chain(req->session, id_of(req));
}

void http_document_lights(struct http_request *req)
{
    req->result.reply = weft_document_lights(req->session, id_of(req));
}

void http_document_explain(struct http_request *req)
{
    const char *field = http_params_find(&req->target.params, "field");

    if (field)
        req->result.reply =
            weft_document_explain(req->session, id_of(req), field);
    else
        wf_fail(&req->result.error, WEFT_E_MALFORMED,
                "Say which value is to be explained: ?field=ID.");
}

void http_work_list(struct http_request *req)
{
    req->result.reply = weft_work_list(req->session, req->target.params.at,
                                       req->target.params.n);
}

void http_notification_list(struct http_request *req)
{
    req->result.reply = weft_notification_list(
        req->session, req->target.params.at, req->target.params.n);
}
