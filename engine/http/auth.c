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
static const char *cookie_name(const struct http_request *req)
{
    return req->client.is_secure ? "__Host-weft" : "weft";
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
        cookie_name(req), secret ? secret : "",
        req->client.is_secure ? "; Secure" : "", secret ? "" : "; Max-Age=0");
}

/* --- On the way to a provider and back. Their page leads here, so the cookie
 * is sent from another site: Lax lets a plain visit have it. */

static const char *way_name(const struct http_request *req)
{
    return req->client.is_secure ? "__Host-weft-sign-in" : "weft-sign-in";
}

const char *http_auth_way(const struct http_request *req, const char *kept)
{
    return wf_arena_printf(
        req->arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax; Max-Age=600%s",
        way_name(req), kept, req->client.is_secure ? "; Secure" : "");
}

const char *http_auth_way_kept(const struct http_request *req)
{
    struct wf_str kept = http_cookie_find(
        http_headers_find(&req->headers, "Cookie"), way_name(req));

    return kept.len > 0 ? wf_arena_slice(req->arena, kept) : NULL;
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
        http_headers_find(&req->headers, "Cookie"), cookie_name(req));

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

bool http_origin_is(const char *origin, const char *host, bool secure)
{
    const char *authority = strstr(origin, "://");

    /* A page without TLS may be anybody's, whatever its host. */
    return authority && strcasecmp(authority + strlen("://"), host) == 0
           && (!secure || wf_str_starts(origin, "https:"));
}

bool http_auth_origin(const struct http_request *req, weft_error *err)
{
    const char *site = http_headers_find(&req->headers, "Sec-Fetch-Site");
    const char *origin = http_headers_find(&req->headers, "Origin");
    const char *host = http_headers_find(&req->headers, "Host");

    if (req->session && !req->by_cookie)
        return true; /* no browser sends a token by itself */
    if ((site && !wf_streq(site, "same-origin") && !wf_streq(site, "none"))
        || (origin && !http_origin_is(origin, host, req->client.is_secure)))
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

const char *http_auth_page_token(struct http_request *req)
{
    const char *token = weft_session_csrf(req->session);
    size_t n = token ? strlen(token) : 0;
    unsigned char *mask = wf_arena_room(req->arena, n + 1);
    struct wf_buf out = WF_BUF_INIT(req->arena);

    if (req->page_token || !token)
        return req->page_token;
    wf_random(mask, n);
    for (size_t i = 0; i < n; i++)
        wf_buf_printf(&out, "%02x", mask[i]);
    for (size_t i = 0; i < n; i++)
        wf_buf_printf(&out, "%02x", mask[i] ^ (unsigned char)token[i]);
    return req->page_token = wf_buf_text(&out);
}

static int digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : 0;
}

static unsigned char byte_at(const char *hex, size_t i)
{
    return (unsigned char)(digit(hex[2 * i]) << 4 | digit(hex[2 * i + 1]));
}

/* What a page had, as the session has it; anything else as it is. */
static const char *unmask(struct wf_arena *arena, const char *sent, size_t n)
{
    char *token;

    if (strlen(sent) != 4 * n)
        return sent;
    token = wf_arena_alloc(arena, n + 1);
    for (size_t i = 0; i < n; i++)
        token[i] = (char)(byte_at(sent, i) ^ byte_at(sent, n + i));
    return token;
}

bool http_auth_csrf(const struct http_request *req, weft_error *err)
{
    const char *sent, *expected;

    if (!req->session || !req->by_cookie)
        return true;
    sent = csrf_of(req);
    expected = weft_session_csrf(req->session);
    if (sent && expected)
        sent = unmask(req->arena, sent, strlen(expected));
    if (sent && expected && strlen(sent) == strlen(expected)
        && wf_secret_equal(sent, expected, strlen(sent)))
        return true;
    return wf_fail(err, WEFT_E_DENIED,
                   "The header X-CSRF-Token is missing, or is not the one of "
                   "this session.");
}
