/* http/handlers_forms.c - forms, and the definitions that make them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/handlers.h"

#include <weft/trial.h>

#include "base/error.h"

/* A version in the query, 0 where it is not given. */
static bool read_version(struct http_request *req, const char *name, int *out)
{
    const char *text = http_params_find(&req->target.params, name);
    int64_t version = 0;

    *out = 0;
    if (!text)
        return true;
    if (!wf_str_to_int(wf_str_of(text), &version) || version < 1
        || version > INT32_MAX)
        return wf_fail(&req->result.error, WEFT_E_MALFORMED,
                       "\"%s\" is to be the number of a version.", name);
    *out = (int)version;
    return true;
}

void http_form_list(struct http_request *req)
{
    req->result.reply = weft_form_list(req->session);
}

void http_form_get(struct http_request *req)
{
    int version;

    if (read_version(req, "version", &version))
        req->result.reply = weft_form_get(req->session, req->args[0], version);
}

void http_form_xml(struct http_request *req)
{
    int version;

    if (!read_version(req, "version", &version))
        return;
    req->result.type = "application/xml";
    req->result.reply = weft_form_xml(req->session, req->args[0], version);
}

void http_form_bpmn(struct http_request *req)
{
    int version;

    if (!read_version(req, "version", &version))
        return;
    req->result.reply = weft_form_bpmn(req->session, req->args[0], version);
    if (weft_reply_error(req->result.reply))
        return;
    req->result.type = "application/xml";
    req->result.file = wf_arena_printf(req->arena, "%s.bpmn", req->args[0]);
}

void http_form_versions(struct http_request *req)
{
    req->result.reply =
        weft_form_versions(req->session, req->args[0],
                           http_params_find(&req->target.params, "as"));
}

/* The version that the path names. */
static bool path_version(struct http_request *req, weft_version *out)
{
    int64_t version;

    if (!wf_str_to_int(wf_str_of(req->args[1]), &version) || version < 1
        || version > INT32_MAX)
        return wf_fail(&req->result.error, WEFT_E_NOTFOUND,
                       "There is no version %s of \"%s\".", req->args[1],
                       req->args[0]);
    *out = (weft_version){ req->args[0], (int)version };
    return true;
}

void http_form_release(struct http_request *req)
{
    weft_version which;

    if (path_version(req, &which))
        req->result.command = weft_form_release(req->session, &which,
                                                req->text.at, req->text.len);
}

void http_form_retire(struct http_request *req)
{
    weft_version which;

    if (path_version(req, &which))
        req->result.command =
            weft_form_retire(req->session, &which, req->text.at, req->text.len);
}

void http_form_rollback(struct http_request *req)
{
    req->result.command = weft_form_rollback(req->session, req->args[0],
                                             req->text.at, req->text.len);
}

/* Which two versions; to 0: the live one. */
static bool read_two(struct http_request *req, int *from, int *to)
{
    if (!read_version(req, "from", from) || !read_version(req, "to", to))
        return false;
    return *from
           || wf_fail(&req->result.error, WEFT_E_MALFORMED,
                      "Say which versions are to be compared: ?from=1&to=2.");
}

void http_form_diff(struct http_request *req)
{
    int from, to;

    if (read_two(req, &from, &to))
        req->result.reply =
            weft_form_diff(req->session, req->args[0], from, to);
}

void http_definition_list(struct http_request *req)
{
    req->result.reply = weft_definition_list(
        req->session, http_params_find(&req->target.params, "kind"));
}

void http_definition_versions(struct http_request *req)
{
    req->result.reply =
        weft_definition_versions(req->session, req->args[0], req->args[1]);
}

void http_definition_xml(struct http_request *req)
{
    int version;

    if (!read_version(req, "version", &version))
        return;
    req->result.type = "application/xml";
    req->result.reply =
        weft_definition_xml(req->session, req->args[0], req->args[1], version);
}

void http_definition_diff(struct http_request *req)
{
    weft_definition of = { req->args[0], req->args[1] };
    int from, to;

    if (read_two(req, &from, &to))
        req->result.reply = weft_definition_diff(req->session, &of, from, to);
}

void http_form_migrate(struct http_request *req)
{
    req->result.command = weft_form_migrate(req->session, req->args[0],
                                            req->text.at, req->text.len);
}

void http_migration_list(struct http_request *req)
{
    req->result.reply = weft_migration_list(req->session, req->args[0]);
}

void http_migration_get(struct http_request *req)
{
    int64_t run = 0;

    (void)wf_str_to_int(wf_str_of(req->args[1]), &run);
    req->result.reply = weft_migration_get(req->session, req->args[0], run);
}

void http_form_overlays(struct http_request *req)
{
    req->result.reply = weft_form_overlays(req->session, req->args[0]);
}

void http_retention(struct http_request *req)
{
    req->result.reply = weft_retention(
        req->session, http_params_find(&req->target.params, "form"));
}

void http_adjustable(struct http_request *req)
{
    req->result.reply = weft_adjustable(req->session);
}

void http_form_adjustable(struct http_request *req)
{
    req->result.reply = weft_form_adjustable(req->session, req->args[0]);
}

void http_form_adjust(struct http_request *req)
{
    req->result.command = weft_form_adjust(req->session, req->args[0],
                                           req->text.at, req->text.len);
}

void http_form_lint(struct http_request *req)
{
    req->result.reply =
        weft_lint(req->session, http_params_find(&req->target.params, "form"));
}

void http_form_clone(struct http_request *req)
{
    req->result.command = weft_form_clone(req->session, req->args[0],
                                          req->text.at, req->text.len);
}

void http_form_hooks(struct http_request *req)
{
    int version;

    if (read_version(req, "version", &version))
        req->result.reply =
            weft_form_hooks(req->session, req->args[0], version);
}

void http_form_try(struct http_request *req)
{
    req->result.reply =
        weft_form_try(req->session, req->args[0], req->text.at, req->text.len);
}

void http_form_simulate(struct http_request *req)
{
    req->result.reply = weft_form_simulate(req->session, req->args[0],
                                           req->text.at, req->text.len);
}

void http_form_evaluate(struct http_request *req)
{
    req->result.reply = weft_form_evaluate(req->session, req->args[0],
                                           req->text.at, req->text.len);
}

void http_definition_add(struct http_request *req)
{
    weft_upload upload = {
        .data = req->text.at,
        .len = req->text.len,
        .zip = req->body.type == HTTP_TAKES_ZIP,
        .package = http_params_find(&req->target.params, "package"),
        .pilot = http_params_find(&req->target.params, "pilot"),
        .at = http_params_find(&req->target.params, "at"),
        .reason = http_params_find(&req->target.params, "reason"),
    };

    if (http_request_flag(req, "check", &upload.check)
        && http_request_flag(req, "test", &upload.test))
        req->result.command = weft_deploy_upload(req->session, &upload);
}
