/* http/auth.c - who asks, and whether it is they who ask.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/auth.h"

#include <strings.h>

#include "base/error.h"
#include "base/hash.h"

enum {
    SECRET_MAX = 256
};

/* Only a page under TLS may keep a cookie that the host alone can set. */
static const char *cookie_name(const struct http_site *site)
{
    return site->tls ? "__Host-weft" : "weft";
}

struct wf_str http_cookie_find(const char *header, const char *name)
{
    struct wf_str rest = wf_str_of(header), pair, found = { NULL, 0 };
    size_t n = 0;

    while (wf_str_split(&rest, ';', &pair)) {
        struct wf_str value = wf_str_trim(pair), key;

        if (!wf_str_split(&value, '=', &key) || !wf_str_is(key, name))
            continue;
        found = value;
        n++;
    }
    return n == 1 ? found : (struct wf_str){ NULL, 0 };
}

const char *http_auth_cookie(const struct http_request *req, const char *secret)
{
    return wf_arena_printf(
        req->arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s",
        cookie_name(req->site), secret ? secret : "",
        req->site->tls ? "; Secure" : "", secret ? "" : "; Max-Age=0");
}

/* --- Sessions */

static bool open_by_token(struct http_request *req, const char *header,
                          weft_error *err)
{
    static const char scheme[] = "Bearer ";

    if (strncasecmp(header, scheme, sizeof scheme - 1) != 0
        || strlen(header) > SECRET_MAX)
        return wf_fail(err, WEFT_E_SIGNED_OUT,
                       "Sign in, or send \"Authorization: Bearer\" with an API "
                       "token.");
    req->session = weft_session_of_token(req->site->engine,
                                         header + sizeof scheme - 1, req->wish);
    return true;
}

static void open_by_cookie(struct http_request *req)
{
    struct wf_str secret = http_cookie_find(
        http_headers_find(&req->headers, "Cookie"), cookie_name(req->site));

    if (secret.len == 0 || secret.len > SECRET_MAX)
        return;
    req->by_cookie = true;
    req->session = weft_session_of_cookie(
        req->site->engine, wf_arena_slice(req->arena, secret), req->wish);
}

/* Nobody who is known. */
static bool forget(struct http_request *req)
{
    weft_session_free(req->session);
    req->session = NULL;
    return false;
}

bool http_auth_open(struct http_request *req, bool asks, weft_error *err)
{
    const char *header = http_headers_find(&req->headers, "Authorization");

    if (!header)
        open_by_cookie(req);
    else if (!open_by_token(req, header, err))
        return false;
    return !req->session || asks || weft_session_meet(req->session, err)
           || forget(req);
}

/* --- Changes */

bool http_origin_is(const char *origin, const char *host)
{
    const char *authority = strstr(origin, "://");

    return authority && strcasecmp(authority + strlen("://"), host) == 0;
}

bool http_auth_origin(const struct http_request *req, weft_error *err)
{
    const char *site = http_headers_find(&req->headers, "Sec-Fetch-Site");
    const char *origin = http_headers_find(&req->headers, "Origin");
    const char *host = http_headers_find(&req->headers, "Host");

    if (req->session && !req->by_cookie)
        return true; /* no browser sends a token by itself */
    if ((site && !wf_streq(site, "same-origin") && !wf_streq(site, "none"))
        || (origin && !http_origin_is(origin, host)))
        return wf_fail(err, WEFT_E_DENIED,
                       "This change comes from a page of another origin.");
    return true;
}

static const char *csrf_of(const struct http_request *req)
{
    const char *sent = http_headers_find(&req->headers, "X-CSRF-Token");

    return sent || !http_is_page_form(req)
               ? sent
               : http_params_find(&req->form, "csrf");
}

bool http_auth_csrf(const struct http_request *req, weft_error *err)
{
    const char *sent, *expected;

    if (!req->session || !req->by_cookie)
        return true;
    sent = csrf_of(req);
    expected = weft_session_csrf(req->session);
    if (sent && expected && strlen(sent) == strlen(expected)
        && wf_secret_equal(sent, expected, strlen(sent)))
        return true;
    return wf_fail(err, WEFT_E_DENIED,
                   "The header X-CSRF-Token is missing, or is not the one of "
                   "this session.");
}
