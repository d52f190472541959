/* connect/id_token.h - whether an ID token, or a logout token, is what it says
 * it is, and is meant for us, here and now.
 *
 * Source: OpenID Connect Core 1.0, 3.1.3.7; Back-Channel Logout 1.0, 2.4
 * to 2.6; RFC 7515, 7517, 8725.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_CONNECT_ID_TOKEN_H
#define WF_CONNECT_ID_TOKEN_H

#include "base/json.h"
#include "base/macros.h"

struct wf_id_token_want {
    const char *token;
    const struct wf_json *keys; /* of the provider: those of a JWK set */
    const char *issuer, *client;
    const char *nonce; /* NULL: it is to be a logout token, and have none */
    const char *access_token; /* that came with it, for at_hash; or NULL */
    int64_t now;              /* ms */
};

/* Checks the token. On success `*claims` is what it says. `*is_key_unknown`:
 * it is refused for a key that is not among them, which newer ones may be.
 * Errors: WEFT_E_SIGNED_OUT with why it is refused. */
WF_MUST_CHECK bool wf_id_token_check(struct wf_arena *arena,
                                     const struct wf_id_token_want *want,
                                     struct wf_json **claims,
                                     bool *is_key_unknown, weft_error *err);

/* SHA-256 of `text`, its first `n` bytes as base64url without padding. */
const char *wf_sha256_text(struct wf_arena *arena, const char *text, size_t n);

#endif
