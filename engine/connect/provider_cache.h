/* connect/provider_cache.h - what OpenID providers say of themselves, and their
 * keys, asked for when they are needed and kept for ten minutes.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_CONNECT_PROVIDER_CACHE_H
#define WF_CONNECT_PROVIDER_CACHE_H

#include "connect/oidc.h"

/* In the arena of who asked. */
struct wf_provider_info {
    const char *authorize, *token;
    const char *sign_out; /* NULL: none */
    const char *keys_url;
    bool says_iss;      /* RFC 9207: it tells who it is on the way back */
    bool takes_in_form; /* the secret goes into the form, not into Basic */
};

WF_MUST_CHECK bool wf_provider_info(struct wf_oidc *oidc,
                                    struct wf_arena *arena,
                                    const struct wf_oidc_provider *provider,
                                    struct wf_provider_info *out,
                                    weft_error *err);

/* The keys, an array. `*anew`: one was not among them, so they are asked for
 * again, at most once a minute; afterwards, whether they were. */
WF_MUST_CHECK bool wf_provider_keys(struct wf_oidc *oidc,
                                    struct wf_arena *arena,
                                    const struct wf_oidc_provider *provider,
                                    bool *anew, const struct wf_json **out,
                                    weft_error *err);

/* Now, in ms. */
int64_t wf_oidc_now(const struct wf_oidc *oidc);

#endif
