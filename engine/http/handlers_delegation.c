/* http/handlers_delegation.c - substitutes, leavers, copies, and what the
 * engine does by itself.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/handlers.h"

/* The {id} of the route, which has been found to be a number. */
static int64_t id_of(const struct http_request *req)
{
    int64_t id = 0;

    return wf_str_to_int(wf_str_of(req->args[0]), &id) ? id : 0;
}

void http_delegation_list(struct http_request *req)
{
    req->result.reply = weft_delegation_list(
        req->session, http_params_find(&req->target.params, "person"));
}

void http_delegation_add(struct http_request *req)
{
    req->result.command =
        weft_delegation_add(req->session, req->text.at, req->text.len, NULL);
}

void http_delegation_end(struct http_request *req)
{
    req->result.command = weft_delegation_end(req->session, id_of(req));
}

void http_handover(struct http_request *req)
{
    req->result.command = weft_handover(req->session, req->args[0],
                                        req->text.at, req->text.len, NULL);
}

void http_copy_list(struct http_request *req)
{
    req->result.reply = weft_copy_list(req->session, req->target.params.at,
                                       req->target.params.n);
}

void http_document_copies(struct http_request *req)
{
    req->result.reply = weft_document_copies(req->session, id_of(req));
}

void http_copy_read(struct http_request *req)
{
    req->result.command = weft_copy_read(req->session, id_of(req));
}

void http_backlog_list(struct http_request *req)
{
    req->result.reply = weft_backlog_list(req->session, req->target.params.at,
                                          req->target.params.n);
}

void http_backlog_revive(struct http_request *req)
{
    req->result.command = weft_backlog_revive(req->session, id_of(req));
}

void http_backlog_drop(struct http_request *req)
{
    req->result.command = weft_backlog_drop(req->session, id_of(req));
}
