/* connect/oidc.h - signing in at an OpenID provider: where to send a browser,
 * and what its way back is worth. Code flow with PKCE and nothing else.
 *
 * Source: OpenID Connect Core 1.0 and Discovery 1.0, RFC 7636, 9207, 9700.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_CONNECT_OIDC_H
#define WF_CONNECT_OIDC_H

#include "base/clock.h"
#include "base/json.h"
#include "base/macros.h"

/* What providers say of themselves, and their keys, kept for a while; one an
 * engine; any thread. */
struct wf_oidc;
struct wf_oidc *wf_oidc_new(const struct wf_clock *clock);
void wf_oidc_free(struct wf_oidc *oidc);

struct wf_oidc_provider {
    const char *issuer, *client;
    const char *secret; /* NULL: a public client */
    bool inside;        /* it may be in one's own network, and without TLS */
};

/* One sign-in on its way: where, and what both of its requests know:
 * random texts, and `back`, the address that the browser comes back to. */
struct wf_oidc_way {
    const struct wf_oidc_provider *provider;
    const char *state, *nonce, *verifier, *back;
};

/* The address to send the browser to. Errors: those of wf_outgoing_ask();
 * WEFT_E_BUSY what the provider says of itself does not fit. */
WF_MUST_CHECK bool wf_oidc_leave(struct wf_oidc *oidc, struct wf_arena *arena,
                                 const struct wf_oidc_way *way,
                                 const char **url, weft_error *err);

struct wf_oidc_claims {
    const char *subject;
    const char *login, *name, *email; /* NULL: not said */
    const char *session;              /* its `sid`; NULL: not said */
};

/* Redeems the code that came back, with the `iss` beside it (NULL: none), once
 * the caller has found state and browser to be those of `way`.
 * Errors: the same; WEFT_E_SIGNED_OUT with why it is refused. */
struct wf_oidc_return {
    const char *code, *iss;
};
WF_MUST_CHECK bool wf_oidc_redeem(struct wf_oidc *oidc, struct wf_arena *arena,
                                  const struct wf_oidc_way *way,
                                  const struct wf_oidc_return *came,
                                  struct wf_oidc_claims *out, weft_error *err);

/* Checks a logout token that the provider itself has sent.
 * Errors: those of wf_outgoing_ask(); WEFT_E_SIGNED_OUT it is none. */
struct wf_oidc_logout {
    const char *subject, *session; /* one of them may be NULL */
    const char *name;              /* its `jti` */
    int64_t until;                 /* when it would be too old, ms */
};
WF_MUST_CHECK bool wf_oidc_logout(struct wf_oidc *oidc, struct wf_arena *arena,
                                  const struct wf_oidc_provider *provider,
                                  const char *token, struct wf_oidc_logout *out,
                                  weft_error *err);

/* Where one signs out there, to be led on to `back`; NULL: it cannot be. */
WF_MUST_CHECK bool wf_oidc_sign_out(struct wf_oidc *oidc,
                                    struct wf_arena *arena,
                                    const struct wf_oidc_provider *provider,
                                    const char *back, const char **url,
                                    weft_error *err);

#endif
