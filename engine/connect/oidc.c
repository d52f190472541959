/* connect/oidc.c - the two requests of a sign-in, and the way out.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "connect/oidc.h"

#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "connect/id_token.h"
#include "connect/outgoing.h"
#include "connect/provider_cache.h"

/* A token that was made longer ago, with all that clocks differ, is refused. */
#define LOGOUT_MS INT64_C(900000)

enum {
    SHA256_BYTES = 32
};

/* Appends "&name=value", or "?…" as the first one of an address. */
static void add(struct wf_buf *to, char before, const char *name,
                const char *value)
{
    if (!value)
        return;
    if (before)
        wf_buf_char(to, before);
    wf_buf_printf(to, "%s=%s", name, wf_url_quote(to->arena, value));
}

static char before_of(const char *url)
{
    return strchr(url, '?') ? '&' : '?';
}

/* --- Out */

bool wf_oidc_leave(struct wf_oidc *oidc, struct wf_arena *arena,
                   const struct wf_oidc_way *way, const char **url,
                   weft_error *err)
{
    struct wf_buf out = WF_BUF_INIT(arena);
    struct wf_provider_info info;

    if (!wf_provider_info(oidc, arena, way->provider, &info, err))
        return false;
    wf_buf_str(&out, info.authorize);
    add(&out, before_of(info.authorize), "response_type", "code");
    add(&out, '&', "client_id", way->provider->client);
    add(&out, '&', "redirect_uri", way->back);
    add(&out, '&', "scope", "openid profile email");
    add(&out, '&', "state", way->state);
    add(&out, '&', "nonce", way->nonce);
    add(&out, '&', "code_challenge",
        wf_sha256_text(arena, way->verifier, SHA256_BYTES));
    add(&out, '&', "code_challenge_method", "S256");
    *url = wf_buf_text(&out);
    return true;
}

bool wf_oidc_sign_out(struct wf_oidc *oidc, struct wf_arena *arena,
                      const struct wf_oidc_provider *provider, const char *back,
                      const char **url, weft_error *err)
{
    struct wf_buf out = WF_BUF_INIT(arena);
    struct wf_provider_info info;

    *url = NULL;
    if (!wf_provider_info(oidc, arena, provider, &info, err))
        return false;
    if (!info.sign_out)
        return true;
    wf_buf_str(&out, info.sign_out);
    add(&out, before_of(info.sign_out), "client_id", provider->client);
    add(&out, '&', "post_logout_redirect_uri", back);
    *url = wf_buf_text(&out);
    return true;
}

/* --- And back */

/* Client names and secrets are quoted before they go into Basic (RFC 6749,
 * 2.3.1). */
static bool ask_token(struct wf_arena *arena,
                      const struct wf_oidc_provider *provider,
                      const struct wf_provider_info *info, const char *form,
                      struct wf_json **out, weft_error *err)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    bool basic = provider->secret && !info->takes_in_form;
    const struct wf_outgoing what = {
        .url = info->token,
        .form = form,
        .user = basic ? wf_url_quote(arena, provider->client) : NULL,
        .password = basic ? wf_url_quote(arena, provider->secret) : NULL,
        .inside = provider->inside,
    };
    weft_error ignored = WEFT_ERROR_INIT;
    struct wf_incoming answer;

    if (!wf_outgoing_ask(arena, &what, &answer, err))
        return false;
    return (answer.status == 200
            && wf_json_parse(arena, answer.body.at, answer.body.len, &limits,
                             out, &ignored)
            && wf_json_is(*out, WF_JSON_OBJECT))
           || wf_fail(err, WEFT_E_SIGNED_OUT,
                      "The sign-in is refused: the provider does not take its "
                      "code (status %ld). Try again.",
                      answer.status);
}

static const char *token_form(struct wf_arena *arena,
                              const struct wf_provider_info *info,
                              const struct wf_oidc_way *way, const char *code)
{
    const struct wf_oidc_provider *provider = way->provider;
    bool in_form = !provider->secret || info->takes_in_form;
    struct wf_buf form = WF_BUF_INIT(arena);

    add(&form, 0, "grant_type", "authorization_code");
    add(&form, '&', "code", code);
    add(&form, '&', "redirect_uri", way->back);
    add(&form, '&', "code_verifier", way->verifier);
    add(&form, '&', "client_id", in_form ? provider->client : NULL);
    add(&form, '&', "client_secret", in_form ? provider->secret : NULL);
    return wf_buf_text(&form);
}

/* Keys change: one that is not known may have come since. */
static bool check(struct wf_oidc *oidc, struct wf_arena *arena,
                  const struct wf_oidc_provider *provider,
                  struct wf_id_token_want *want, struct wf_json **claims,
                  weft_error *err)
{
    bool is_new = false, is_unknown;

    if (!wf_provider_keys(oidc, arena, provider, &is_new, &want->keys, err))
        return false;
    if (wf_id_token_check(arena, want, claims, &is_unknown, err))
        return true;
    if (!is_unknown || is_new)
        return false;
    is_new = true;
    return wf_provider_keys(oidc, arena, provider, &is_new, &want->keys, err)
           && wf_id_token_check(arena, want, claims, &is_unknown, err);
}

static const char *said(const struct wf_json *claims, const char *name)
{
    const char *text = wf_json_str(wf_json_get(claims, name));

    return text && text[0] ? text : NULL;
}

bool wf_oidc_redeem(struct wf_oidc *oidc, struct wf_arena *arena,
                    const struct wf_oidc_way *way,
                    const struct wf_oidc_return *came,
                    struct wf_oidc_claims *out, weft_error *err)
{
    const struct wf_oidc_provider *provider = way->provider;
    struct wf_id_token_want want = { .issuer = provider->issuer,
                                     .client = provider->client,
                                     .nonce = way->nonce };
    struct wf_provider_info info;
    struct wf_json *answer, *claims;

    if (!wf_provider_info(oidc, arena, provider, &info, err))
        return false;
    if (came->iss ? !wf_streq(came->iss, provider->issuer) : info.says_iss)
        return wf_fail(err, WEFT_E_SIGNED_OUT,
                       "The sign-in is refused: another provider answers than "
                       "was asked.");
    if (!ask_token(arena, provider, &info,
                   token_form(arena, &info, way, came->code), &answer, err))
        return false;
    want.token = said(answer, "id_token");
    if (!want.token)
        want.token = "";
    want.access_token = said(answer, "access_token");
    want.now = wf_oidc_now(oidc);
    if (!check(oidc, arena, provider, &want, &claims, err))
        return false;
    *out = (struct wf_oidc_claims){ said(claims, "sub"),
                                    said(claims, "preferred_username"),
                                    said(claims, "name"), said(claims, "email"),
                                    said(claims, "sid") };
    return true;
}

/* --- Signed out there */

bool wf_oidc_logout(struct wf_oidc *oidc, struct wf_arena *arena,
                    const struct wf_oidc_provider *provider, const char *token,
                    struct wf_oidc_logout *out, weft_error *err)
{
    struct wf_id_token_want want = { .token = token,
                                     .issuer = provider->issuer,
                                     .client = provider->client,
                                     .now = wf_oidc_now(oidc) };
    struct wf_json *claims;

    if (!check(oidc, arena, provider, &want, &claims, err))
        return false;
    *out = (struct wf_oidc_logout){ said(claims, "sub"), said(claims, "sid"),
                                    said(claims, "jti"), want.now + LOGOUT_MS };
    return true;
}
