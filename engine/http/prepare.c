/* http/prepare.c - all that is asked of a request before its handler sees it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/prepare.h"

#include "base/error.h"
#include "base/messages.h"
#include "base/text.h"
#include "http/auth.h"
#include "http/peer.h"
#include "http/redirect.h"
#include "http/route.h"
#include "http/router.h"

enum {
    TARGET_TOO_LONG = 414,
    HEADERS_TOO_LONG = 431,
    WRONG_METHOD = 405,
    NO_CONTENT = 204,
    MOVED = 308,
    HTTPS_PORT = 443,
};

/* --- What two programs could read differently */

static bool fail_and_close(struct http_request *req)
{
    req->result.close = true;
    return false;
}

/* Each of these ends the connection: what comes next on it is not known. */
static bool check_frame(struct http_request *req, const char *version,
                        weft_error *err)
{
    if (req->headers.overflow) {
        req->result.status = HEADERS_TOO_LONG;
        wf_fail(err, WEFT_E_TOO_LARGE,
                "The headers are too long: at most %d of %d bytes.",
                HTTP_HEADERS_MAX, HTTP_HEADER_BYTES_MAX);
        return fail_and_close(req);
    }
    if (!wf_streq(version, "HTTP/1.1") && !wf_streq(version, "HTTP/1.0")) {
        wf_fail(err, WEFT_E_MALFORMED, "Speak HTTP/1.1, please.");
        return fail_and_close(req);
    }
    return http_headers_check(&req->headers, err) || fail_and_close(req);
}

/* Whom the request is counted for, behind a proxy of ours by each request. */
static bool find_client(struct http_request *req, weft_error *err)
{
    struct http_site *site = req->site;

    if (!http_client_find(site->proxies, req->arena, &req->headers,
                          &req->client, err))
        return fail_and_close(req);
    return !req->client.is_behind
           || http_peers_enter(site->peers, &req->place, &req->client.at)
           || wf_fail(err, WEFT_E_LIMITED,
                      "Too much is being done at the moment. Try again soon.");
}

static bool read_target(struct http_request *req, weft_error *err)
{
    if (strlen(req->raw_target) > HTTP_TARGET_MAX) {
        req->result.status = TARGET_TOO_LONG;
        return wf_fail(err, WEFT_E_TOO_LARGE,
                       "The address is too long: at most %d bytes.",
                       HTTP_TARGET_MAX);
    }
    return http_target_parse(req->arena, req->raw_target, &req->target, err);
}

/* --- Where it goes */

static bool fail_method(struct http_request *req, const char *allow,
                        weft_error *err)
{
    if (!allow[0])
        return wf_fail(err, WEFT_E_NOTFOUND, "There is nothing at %s.",
                       req->target.path);
    req->result.allow = allow;
    req->result.status = WRONG_METHOD;
    return wf_fail(err, WEFT_E_MALFORMED, "What works here: %s.", allow);
}

static bool check_params(const struct http_request *req, weft_error *err)
{
    const struct http_params *params = &req->target.params;

    for (size_t i = 0; i < params->n; i++) {
        if (!http_route_knows(req->route, params->at[i].name))
            return wf_fail(err, WEFT_E_MALFORMED,
                           "There is no parameter \"%s\" here.",
                           params->at[i].name);
    }
    return true;
}

static bool find_route(struct http_request *req, weft_error *err)
{
    const char *allow = "";

    req->route = http_router_find(req->site->router, req, &allow);
    if (!req->route)
        return fail_method(req, allow, err);
    req->is_foreign = (req->route->flags & HTTP_FOREIGN) != 0;
    return check_params(req, err);
}

/* --- Who asks */

static bool fail_signed_out(weft_error *err)
{
    return wf_fail(err, WEFT_E_SIGNED_OUT,
                   "Sign in, or send \"Authorization: Bearer\" with an API "
                   "token.");
}

bool http_check_scope(const struct http_request *req, weft_error *err)
{
    unsigned scope = req->route->scope;

    return (weft_session_scopes(req->session) & scope) == scope
           || wf_fail(err, WEFT_E_DENIED,
                      "This token or session has no right for this.");
}

/* What carries secrets does so by TLS, or within this machine. Whether the
 * server lives may be asked by anything. */
static bool check_way(struct http_request *req, weft_error *err)
{
    if (req->client.is_secure || req->site->options.insecure
        || http_address_is_local(&req->client.at)
        || (req->route->caller == HTTP_ANYONE && req->method == HTTP_GET
            && !(req->route->flags & (HTTP_PAGE | HTTP_HIDDEN))))
        return true;
    if (req->route->flags & HTTP_PAGE && req->client.is_behind) {
        req->result.location = http_redirect_to(
            req->arena, http_headers_find(&req->headers, "Host"), HTTPS_PORT,
            req->raw_target);
    }
    if (req->result.location) {
        req->result.status = MOVED;
        return false;
    }
    return wf_fail(err, WEFT_E_DENIED,
                   "From other machines this server is asked by TLS only.");
}

static bool check_caller(struct http_request *req, weft_error *err)
{
    enum http_caller caller = req->route->caller;
    bool asks = caller == HTTP_USER && req->method == HTTP_GET;
    weft_error unknown = http_error_init(req);
    bool known = http_auth_open(req, asks, &unknown);

    if (req->session) {
        req->lang = weft_session_lang(req->session);
        *err = http_error_init(req); /* one language from here on */
    }
    if (caller == HTTP_ANYONE)
        return true;
    if (caller == HTTP_OPERATOR && !req->session && req->client.is_local)
        return true;
    if (!known)
        return wf_fail_as(err, &unknown);
    if (!req->session)
        return fail_signed_out(err);
    return asks || http_check_scope(req, err);
}

static bool check_change(struct http_request *req, weft_error *err)
{
    if (req->method == HTTP_GET)
        return true;
    return http_auth_origin(req, err)
           && (http_is_page_form(req) || req->route->caller == HTTP_ANYONE
               || http_auth_csrf(req, err));
}

/* --- What is sent */

static bool has_body(const struct http_request *req)
{
    return http_headers_length(&req->headers) != 0;
}

static const char *taken_names(const struct http_request *req)
{
    struct wf_buf names = WF_BUF_INIT(req->arena);

    for (unsigned bit = HTTP_TAKES_JSON; bit <= HTTP_TAKES_LAST; bit <<= 1) {
        if (!(req->route->takes & bit))
            continue;
        if (names.len > 0)
            wf_buf_str(&names, ", ");
        wf_buf_str(&names, http_media_name((enum http_takes)bit));
    }
    return wf_buf_text(&names);
}

static bool check_type(struct http_request *req, weft_error *err)
{
    const char *type = http_headers_find(&req->headers, "Content-Type");
    const char *coding = http_headers_find(&req->headers, "Content-Encoding");

    if (req->route->takes & HTTP_TAKES_FILE)
        req->body.type = HTTP_TAKES_FILE;
    else if (type)
        req->body.type = http_media_of(type);
    if (!has_body(req) && !type)
        return true;
    if (coding && !wf_streq(coding, "identity"))
        return wf_fail(err, WEFT_E_UNSUPPORTED,
                       "A compressed body is not taken here.");
    if (req->route->takes == HTTP_TAKES_NOTHING)
        return !has_body(req)
               || wf_fail(err, WEFT_E_UNSUPPORTED, "No body is taken here.");
    return req->route->takes & req->body.type
           || wf_fail(err, WEFT_E_UNSUPPORTED,
                      "Say in Content-Type what the body is: %s.",
                      taken_names(req));
}

/* Refused before a byte of it is read. */
static bool check_length(struct http_request *req, weft_error *err)
{
    req->body.max = http_media_max(req->body.type);
    if (http_headers_length(&req->headers) <= req->body.max)
        return true;
    return http_fail_too_large(req->body.max, err) || fail_and_close(req);
}

/* --- All of it */

static bool is_for_machines(const struct http_route *route)
{
    return route->caller != HTTP_USER && !(route->flags & HTTP_PAGE)
           && route->method == HTTP_GET;
}

static bool check_draining(const struct http_request *req, weft_error *err)
{
    if (!atomic_load(&req->site->draining) || is_for_machines(req->route))
        return true;
    wf_fail(err, WEFT_E_BUSY, "Weft is shutting down. Try again in a moment.");
    err->retry_after_s = 5;
    return false;
}

/* A method that every path has. */
static bool answer_options(struct http_request *req)
{
    const char *allow = "";

    if (wf_streq(req->raw_target, "*"))
        allow = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    else
        http_router_find(req->site->router, req, &allow);
    if (!allow[0])
        return false;
    req->result.allow = allow;
    req->result.status = NO_CONTENT;
    return true;
}

/* The language that somebody has chosen on a page stands before the one that
 * their browser speaks. */
static const char *wish_of(const struct http_request *req)
{
    const char *cookies = http_headers_find(&req->headers, "Cookie");
    struct wf_str chosen = http_cookie_find(cookies, "lang");

    return chosen.len > 0 ? wf_arena_slice(req->arena, chosen)
                          : http_headers_find(&req->headers, "Accept-Language");
}

void http_prepare_headers(struct http_request *req, const char *method,
                          const char *version)
{
    weft_error *err = &req->result.error;

    req->wish = wish_of(req);
    req->lang = wf_lang_choose(req->wish, "en");
    *err = http_error_init(req);
    req->method = http_method_of(method, &req->is_head);
    if (!check_frame(req, version, err) || !find_client(req, err))
        return;
    if (req->method == HTTP_OPTIONS && wf_streq(req->raw_target, "*")) {
        answer_options(req);
        return;
    }
    if (!read_target(req, err)
        || (req->method == HTTP_OPTIONS && answer_options(req)))
        return;
    if (find_route(req, err) && check_draining(req, err) && check_way(req, err)
        && check_caller(req, err) && check_type(req, err)
        && check_change(req, err))
        (void)check_length(req, err);
}

bool http_prepare_body(struct http_request *req)
{
    weft_error *err = &req->result.error;

    if (err->code != WEFT_OK || req->result.status == NO_CONTENT
        || req->result.status == MOVED
        || !http_body_whole(&req->body, &req->text, err))
        return false;
    if (req->body.type == HTTP_TAKES_CSV
        && !wf_utf8_is_valid(req->text.at, req->text.len))
        return wf_fail(err, WEFT_E_MALFORMED,
                       "The body is not UTF-8 text without U+0000.");
    if (req->body.type != HTTP_TAKES_FORM)
        return true;
    return http_params_parse(req->arena, req->text, &req->form, err)
           && (req->route->caller == HTTP_ANYONE || http_auth_csrf(req, err));
}
