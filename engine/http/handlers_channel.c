/* http/handlers_channel.c - the ways out of here, for administrators.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/chat.h>
#include <weft/connector.h>

#include "http/handlers.h"

void http_channel_list(struct http_request *req)
{
    req->result.reply = weft_channel_list(req->session);
}

void http_channel_set(struct http_request *req)
{
    req->result.command =
        weft_channel_set(req->session, req->text.at, req->text.len);
}

void http_channel_remove(struct http_request *req)
{
    req->result.command = weft_channel_remove(req->session, req->args[0]);
}

void http_channel_link(struct http_request *req)
{
    req->result.command = weft_channel_link(req->session, req->args[0],
                                            req->text.at, req->text.len);
}

void http_channel_test(struct http_request *req)
{
    req->result.reply = weft_channel_test(req->session, req->args[0],
                                          req->text.at, req->text.len);
}

/* --- What chat tools call with */

static const char *query_of(const void *self, const char *name)
{
    const struct http_request *req = self;

    return http_params_find(&req->target.params, name);
}

static const char *header_of(const void *self, const char *name)
{
    const struct http_request *req = self;

    return http_headers_find(&req->headers, name);
}

void http_channel_hear(struct http_request *req)
{
    weft_chat_call with = { .channel = req->args[0],
                            .is_get = req->method == HTTP_GET,
                            .body = req->text.at ? req->text.at : "",
                            .len = req->text.len,
                            .query = query_of,
                            .header = header_of,
                            .self = req };

    req->result.reply =
        weft_chat_hear(req->site->engine, &with, &req->result.type);
}

/* --- What is fetched */

void http_connector_list(struct http_request *req)
{
    req->result.reply = weft_connector_list(req->session);
}

void http_connector_run(struct http_request *req)
{
    req->result.reply = weft_connector_run(req->session, req->args[0]);
}
