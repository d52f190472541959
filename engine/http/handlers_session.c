/* http/handlers_session.c - signing in and out, who am I, tokens.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/handlers.h"

#include "base/error.h"
#include "base/json.h"
#include "http/auth.h"
#include "http/peer.h"

/* The members of a JSON body. Errors: WEFT_E_MALFORMED. */
static bool read_object(struct http_request *req, struct wf_json **out,
                        weft_error *err)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;

    if (!wf_json_parse(req->arena, req->text.at, req->text.len, &limits, out,
                       err))
        return false;
    return wf_json_is(*out, WF_JSON_OBJECT)
           || wf_fail(err, WEFT_E_MALFORMED, "The body is to be an object.");
}

/* --- Signing in */

/* A password in clear text over a network is everybody's. */
static bool may_send_password(const struct http_request *req, weft_error *err)
{
    if (req->client.is_secure || req->site->options.insecure
        || req->client.is_local)
        return true;
    return wf_fail(err, WEFT_E_DENIED,
                   "Passwords are taken over TLS only, or on this machine.");
}

static bool read_credentials(struct http_request *req, weft_sign_in *out,
                             weft_error *err)
{
    struct wf_json *body;

    if (http_is_page_form(req)) {
        out->login = http_params_find(&req->form, "login");
        out->password = http_params_find(&req->form, "password");
    } else {
        if (!read_object(req, &body, err))
            return false;
        out->login = wf_json_str(wf_json_get(body, "login"));
        out->password = wf_json_str(wf_json_get(body, "password"));
    }
    return (out->login && out->password)
           || wf_fail(err, WEFT_E_MALFORMED,
                      "Signing in takes a \"login\" and a \"password\".");
}

/* Where a page leads on to: within this server, "//elsewhere" is not. */
static const char *next_of(const struct http_request *req)
{
    const char *next = http_params_find(&req->form, "next");

    return next && next[0] == '/' && next[1] != '/' && !strchr(next, '\\')
               ? next
               : "/";
}

void http_session_add(struct http_request *req)
{
    struct http_result *result = &req->result;
    weft_sign_in with = { .address = req->client.address,
                          .lang = req->wish,
                          .agent =
                              http_headers_find(&req->headers, "User-Agent") };
    const char *secret = NULL;

    if (!may_send_password(req, &result->error)
        || !read_credentials(req, &with, &result->error))
        return;
    result->reply = weft_session_sign_in(req->site->engine, &with, &secret);
    if (weft_reply_error(result->reply))
        return;
    result->cookie = http_auth_cookie(req, secret);
    if (http_is_page_form(req))
        result->location = next_of(req);
}

void http_session_end(struct http_request *req)
{
    req->result.cookie = http_auth_cookie(req, NULL);
    req->result.command = weft_session_sign_out(req->session);
}

void http_session_me(struct http_request *req)
{
    req->result.reply = weft_me(req->session);
}

/* --- Tokens */

void http_token_add(struct http_request *req)
{
    req->result.command =
        weft_token_ask(req->session, req->text.at, req->text.len);
}

void http_token_list(struct http_request *req)
{
    bool all;

    if (http_request_flag(req, "all", &all))
        req->result.reply = weft_token_list(
            req->session, http_params_find(&req->target.params, "login"), all);
}

void http_token_end(struct http_request *req)
{
    int64_t id = 0;

    wf_str_to_int(wf_str_of(req->args[0]), &id);
    req->result.command = weft_token_end(req->session, id);
}

/* --- Sessions: one's own, then those of a person */

void http_session_list(struct http_request *req)
{
    req->result.reply = weft_session_list(req->session, NULL);
}

void http_session_end_one(struct http_request *req)
{
    req->result.command = weft_session_end(req->session, NULL, req->args[0]);
}

void http_session_end_others(struct http_request *req)
{
    req->result.command = weft_session_end(req->session, NULL, NULL);
}

void http_person_sessions(struct http_request *req)
{
    req->result.reply = weft_session_list(req->session, req->args[0]);
}

void http_person_sessions_end(struct http_request *req)
{
    req->result.command = weft_session_end(req->session, req->args[0], NULL);
}
