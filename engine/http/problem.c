/* http/problem.c - failures as RFC 9457 tells them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/problem.h"

#include "base/error.h"
#include "base/json.h"
#include "base/messages.h"
#include "http/route.h"

/* Each status has one title. The kinds come from the engine's codes but for
 * those that only HTTP knows. */
static const char *title_of(const char *lang, int status)
{
    switch (status) {
    case 400:
        return wf_message(lang, "The request cannot be read");
    case 401:
        return wf_message(lang, "Not signed in");
    case 403:
        return wf_message(lang, "Not allowed");
    case 404:
        return wf_message(lang, "Not found");
    case 405:
        return wf_message(lang, "This method does not work here");
    case 409:
        return wf_message(lang, "Not possible as things stand");
    case 412:
        return wf_message(lang, "Changed in the meantime");
    case 413:
        return wf_message(lang, "Too large");
    case 414:
        return wf_message(lang, "The address is too long");
    case 415:
        return wf_message(lang, "This kind of content is not taken");
    case 422:
        return wf_message(lang, "Fails its rules");
    case 429:
        return wf_message(lang, "Too many requests");
    case 431:
        return wf_message(lang, "The headers are too long");
    case 503:
        return wf_message(lang, "Not possible at the moment");
    case 507:
        return wf_message(lang, "The disk is full");
    default:
        return wf_message(lang, "A mistake on our side");
    }
}

const char *http_problem_title(const struct http_request *req, int status)
{
    return title_of(req->lang, status);
}

int http_problem_status(const struct http_request *req, const weft_error *err)
{
    return req->result.status ? req->result.status : weft_code_http(err->code);
}

static const char *kind_of(const struct http_request *req,
                           const weft_error *err)
{
    switch (req->result.status) {
    case 405:
        return "method-not-allowed";
    case 414:
        return "target-too-long";
    case 431:
        return "headers-too-long";
    default:
        return weft_code_name(err->code);
    }
}

void http_problem_write(const struct http_request *req, const weft_error *err,
                        struct wf_str findings, struct wf_buf *out)
{
    struct wf_json_writer w = WF_JSON_WRITER_INIT(out);
    int status = http_problem_status(req, err);
    bool compiles = req->route && req->route->flags & HTTP_COMPILES;

    wf_jw_open(&w, '{');
    wf_jw_key_text(
        &w, "type",
        wf_arena_printf(req->arena, "urn:weft:problem:%s", kind_of(req, err)));
    wf_jw_key_text(&w, "title", title_of(req->lang, status));
    wf_jw_key(&w, "status");
    wf_jw_int(&w, status);
    wf_jw_key_text(&w, "detail", err->text);
    wf_jw_key_text(&w, "instance", req->target.path);
    if (findings.len > strlen("[]")) {
        wf_jw_key(&w, compiles ? "diagnostics" : "errors");
        wf_jw_raw(&w, findings.at, findings.len);
    }
    wf_jw_close(&w, '}');
}
