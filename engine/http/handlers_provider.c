/* http/handlers_provider.c - signing in at identity providers: out and back,
 * and which there are.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/auth.h"
#include "http/handlers.h"
#include "http/page.h"
#include "http/reply.h"

/* --- Which there are */

void http_provider_names(struct http_request *req)
{
    req->result.reply = weft_provider_names(req->site->engine, req->wish);
}

void http_provider_list(struct http_request *req)
{
    req->result.reply = weft_provider_list(req->session);
}

void http_provider_set(struct http_request *req)
{
    req->result.command =
        weft_provider_set(req->session, req->text.at, req->text.len);
}

void http_provider_remove(struct http_request *req)
{
    req->result.command = weft_provider_remove(req->session, req->args[0]);
}

void http_provider_link(struct http_request *req)
{
    req->result.command = weft_provider_link(req->session, req->args[0],
                                             req->text.at, req->text.len);
}

/* --- Out and back */

/* A text of a reply that went well; NULL: it did not, and is the result. */
static const char *told(struct http_request *req, weft_reply *reply,
                        const char *name)
{
    const char *text = http_reply_member(req, reply, name);

    if (weft_reply_error(reply))
        req->result.reply = reply;
    else
        weft_reply_free(reply);
    return text;
}

void http_provider_begin(struct http_request *req)
{
    const char *kept = NULL;
    weft_provider_start with = {
        .provider = req->args[0],
        .next = http_params_find(&req->target.params, "next"),
        .lang = req->lang,
    };
    weft_reply *reply = weft_provider_begin(req->site->engine, &with, &kept);

    if (!weft_reply_error(reply))
        req->result.cookie = http_auth_way(req, kept);
    req->result.location = told(req, reply, "location");
}

void http_provider_finish(struct http_request *req)
{
    const struct http_params *params = &req->target.params;
    const char *secret = NULL;
    weft_provider_return with = {
        .provider = req->args[0],
        .kept = http_auth_way_kept(req),
        .state = http_params_find(params, "state"),
        .code = http_params_find(params, "code"),
        .iss = http_params_find(params, "iss"),
        .problem = http_params_find(params, "error"),
        .lang = req->lang,
        .agent = http_headers_find(&req->headers, "User-Agent"),
    };
    weft_reply *reply = weft_provider_finish(req->site->engine, &with, &secret);

    if (!weft_reply_error(reply))
        req->result.cookie = http_auth_cookie(req, secret);
    req->result.location = told(req, reply, "next");
}

/* --- And out again: one is signed out here whatever is there. */

void http_provider_leave(struct http_request *req)
{
    weft_reply *reply =
        weft_provider_leave(req->site->engine, req->args[0], req->lang);
    const char *label = http_reply_member(req, reply, "label");
    const char *url = http_reply_member(req, reply, "location");

    weft_reply_free(reply);
    http_page_signed_out(req, label, url);
}

/* Back-Channel Logout, 2.5: the provider's own request. */
void http_provider_logout(struct http_request *req)
{
    weft_provider_logout with = {
        .provider = req->args[0],
        .token = http_params_find(&req->form, "logout_token"),
        .lang = req->lang,
    };

    req->result.reply = weft_provider_hear_logout(req->site->engine, &with);
}
