/* http/handlers_cycle.c - cycles, their runs, and calibration.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/handlers.h"

#include <weft/cycle.h>

#include "base/error.h"

/* The run that the path names; false was answered. */
static bool path_run(struct http_request *req, weft_cycle_ref *out)
{
    out->cycle = req->args[0];
    return wf_str_to_int(wf_str_of(req->args[1]), &out->run)
           || wf_fail(&req->result.error, WEFT_E_NOTFOUND,
                      "There is no such run of \"%s\".", req->args[0]);
}

void http_cycle_list(struct http_request *req)
{
    req->result.reply = weft_cycle_list(req->session);
}

void http_cycle_get(struct http_request *req)
{
    req->result.reply = weft_cycle_get(req->session, req->args[0]);
}

void http_cycle_launch(struct http_request *req)
{
    req->result.command = weft_cycle_launch(req->session, req->args[0],
                                            req->text.at, req->text.len, NULL);
}

void http_cycle_run(struct http_request *req)
{
    weft_cycle_ref run;

    if (path_run(req, &run))
        req->result.reply = weft_cycle_run(req->session, &run);
}

void http_cycle_members(struct http_request *req)
{
    weft_cycle_ref run;

    if (path_run(req, &run))
        req->result.reply = weft_cycle_members(
            req->session, &run, req->target.params.at, req->target.params.n);
}

void http_cycle_reveal(struct http_request *req)
{
    weft_cycle_ref run;

    if (path_run(req, &run))
        req->result.command =
            weft_cycle_reveal(req->session, &run, req->text.at, req->text.len);
}

void http_cycle_remind(struct http_request *req)
{
    weft_cycle_ref run;

    if (path_run(req, &run))
        req->result.command =
            weft_cycle_remind(req->session, &run, req->text.at, req->text.len);
}

void http_cycle_calibration(struct http_request *req)
{
    weft_cycle_ref run;

    if (path_run(req, &run))
        req->result.reply = weft_cycle_calibration(
            req->session, &run, req->target.params.at, req->target.params.n);
}

void http_document_override(struct http_request *req)
{
    int64_t id = 0;

    (void)wf_str_to_int(wf_str_of(req->args[0]), &id);
    req->result.command = weft_document_override(req->session, id, req->args[1],
                                                 req->text.at, req->text.len);
}
