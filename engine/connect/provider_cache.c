/* connect/provider_cache.c - what providers have said, as texts, by issuer.
 *
 * Nobody waits for the network with the lock in hand: two who find nothing both
 * ask, and the later answer stays.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "connect/provider_cache.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "connect/outgoing.h"

#define KEEP_MS INT64_C(600000)
#define AGAIN_MS INT64_C(60000)

/* Texts are malloc'ed. */
struct kept {
    char *issuer, *about, *keys;
    int64_t about_at, keys_at;
    int64_t renewed_at; /* when keys were last asked for out of turn */
    struct kept *next;
};

struct wf_oidc {
    struct wf_clock clock;
    pthread_mutex_t lock; /* guards what follows; held for copies only */
    struct kept *first;
};

struct wf_oidc *wf_oidc_new(const struct wf_clock *clock)
{
    struct wf_oidc *oidc = calloc(1, sizeof *oidc);

    if (!oidc)
        wf_oom();
    oidc->clock = *clock;
    pthread_mutex_init(&oidc->lock, NULL);
    return oidc;
}

void wf_oidc_free(struct wf_oidc *oidc)
{
    if (!oidc)
        return;
    while (oidc->first) {
        struct kept *kept = oidc->first;

        oidc->first = kept->next;
        free(kept->issuer);
        free(kept->about);
        free(kept->keys);
        free(kept);
    }
    pthread_mutex_destroy(&oidc->lock);
    free(oidc);
}

int64_t wf_oidc_now(const struct wf_oidc *oidc)
{
    return wf_clock_now(&oidc->clock);
}

/* --- With the lock in hand */

static char *copy_of(const char *text)
{
    char *copy = strdup(text);

    if (!copy)
        wf_oom();
    return copy;
}

/* Issuers are configured, so there are few. */
static struct kept *kept_of(struct wf_oidc *oidc, const char *issuer)
{
    struct kept *kept = oidc->first;

    while (kept && strcmp(kept->issuer, issuer) != 0)
        kept = kept->next;
    if (kept)
        return kept;
    kept = calloc(1, sizeof *kept);
    if (!kept)
        wf_oom();
    kept->issuer = copy_of(issuer);
    kept->next = oidc->first;
    oidc->first = kept;
    return kept;
}

static void replace(char **text, int64_t *at, const char *with, int64_t now)
{
    free(*text);
    *text = copy_of(with);
    *at = now;
}

/* --- Asking */

static bool fail_odd(const char *url, weft_error *err)
{
    return wf_fail(err, WEFT_E_BUSY,
                   "\"%s\" does not answer as an OpenID provider does.", url);
}

static bool ask(struct wf_arena *arena, const struct wf_oidc_provider *provider,
                const char *url, struct wf_json **out, weft_error *err)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    const struct wf_outgoing what = { .url = url, .inside = provider->inside };
    weft_error ignored = WEFT_ERROR_INIT;
    struct wf_incoming answer;

    if (!wf_outgoing_ask(arena, &what, &answer, err))
        return false;
    return (answer.status == 200
            && wf_json_parse(arena, answer.body.at, answer.body.len, &limits,
                             out, &ignored)
            && wf_json_is(*out, WF_JSON_OBJECT))
           || fail_odd(url, err);
}

static const char *about_url(struct wf_arena *arena, const char *issuer)
{
    bool slash = wf_str_ends(issuer, "/");

    return wf_arena_printf(arena, "%s%s.well-known/openid-configuration",
                           issuer, slash ? "" : "/");
}

/* --- What it says of itself */

static const char *text_of(const struct wf_json *about, const char *name)
{
    return wf_json_str(wf_json_get(about, name));
}

static bool lists(const struct wf_json *about, const char *name,
                  const char *value)
{
    const struct wf_json *list = wf_json_get(about, name);

    for (size_t i = 0; wf_json_is(list, WF_JSON_ARRAY) && i < wf_json_len(list);
         i++) {
        const char *one = wf_json_str(list->u.array.at[i]);

        if (one && wf_streq(one, value))
            return true;
    }
    return false;
}

/* A configuration of another issuer, byte for byte, is another's. Where it says
 * nothing of PKCE with SHA-256 it does not do what we ask. */
static bool read_about(const struct wf_json *about,
                       const struct wf_oidc_provider *provider,
                       struct wf_provider_info *out, weft_error *err)
{
    const char *issuer = text_of(about, "issuer");

    *out = (struct wf_provider_info){
        .authorize = text_of(about, "authorization_endpoint"),
        .token = text_of(about, "token_endpoint"),
        .sign_out = text_of(about, "end_session_endpoint"),
        .keys_url = text_of(about, "jwks_uri"),
        .says_iss = wf_json_is_true(wf_json_get(
            about, "authorization_response_iss_parameter_supported")),
        .takes_in_form =
            lists(about, "token_endpoint_auth_methods_supported",
                  "client_secret_post")
            && !lists(about, "token_endpoint_auth_methods_supported",
                      "client_secret_basic"),
    };
    if (!issuer || !wf_streq(issuer, provider->issuer))
        return wf_fail(err, WEFT_E_BUSY,
                       "The provider \"%s\" says that it is another one.",
                       provider->issuer);
    if (!out->authorize || !out->token || !out->keys_url)
        return fail_odd(provider->issuer, err);
    if (wf_json_get(about, "code_challenge_methods_supported")
        && !lists(about, "code_challenge_methods_supported", "S256"))
        return wf_fail(err, WEFT_E_BUSY,
                       "The provider \"%s\" does not do PKCE with S256.",
                       provider->issuer);
    return true;
}

bool wf_provider_info(struct wf_oidc *oidc, struct wf_arena *arena,
                      const struct wf_oidc_provider *provider,
                      struct wf_provider_info *out, weft_error *err)
{
    int64_t now = wf_clock_now(&oidc->clock);
    struct wf_json *about = NULL;
    const char *text = NULL;
    struct kept *kept;

    pthread_mutex_lock(&oidc->lock);
    kept = kept_of(oidc, provider->issuer);
    if (kept->about && now - kept->about_at < KEEP_MS)
        text = wf_arena_str(arena, kept->about);
    pthread_mutex_unlock(&oidc->lock);
    if (text)
        return wf_json_read_stored(arena, text, &about, err)
               && read_about(about, provider, out, err);

    if (!ask(arena, provider, about_url(arena, provider->issuer), &about, err)
        || !read_about(about, provider, out, err))
        return false;
    text = wf_json_dump(arena, about);
    pthread_mutex_lock(&oidc->lock);
    kept = kept_of(oidc, provider->issuer);
    replace(&kept->about, &kept->about_at, text, now);
    pthread_mutex_unlock(&oidc->lock);
    return true;
}

/* --- Keys */

/* The text that is kept and will do, else NULL: they are to be asked for. */
static const char *known_keys(struct wf_oidc *oidc, struct wf_arena *arena,
                              const char *issuer, bool anew)
{
    int64_t now = wf_clock_now(&oidc->clock);
    const char *text = NULL;
    struct kept *kept;

    pthread_mutex_lock(&oidc->lock);
    kept = kept_of(oidc, issuer);
    if (kept->keys && now - kept->keys_at < KEEP_MS
        && (!anew || now - kept->renewed_at < AGAIN_MS))
        text = wf_arena_str(arena, kept->keys);
    else if (anew)
        kept->renewed_at = now;
    pthread_mutex_unlock(&oidc->lock);
    return text;
}

bool wf_provider_keys(struct wf_oidc *oidc, struct wf_arena *arena,
                      const struct wf_oidc_provider *provider, bool *anew,
                      const struct wf_json **out, weft_error *err)
{
    const char *text = known_keys(oidc, arena, provider->issuer, *anew);
    struct wf_provider_info info;
    struct wf_json *set, *known;
    struct kept *kept;

    *anew = text == NULL;
    if (text) {
        if (!wf_json_read_stored(arena, text, &known, err))
            return false;
        *out = known;
        return true;
    }
    if (!wf_provider_info(oidc, arena, provider, &info, err)
        || !ask(arena, provider, info.keys_url, &set, err))
        return false;
    *out = wf_json_get(set, "keys");
    if (!wf_json_is(*out, WF_JSON_ARRAY))
        return fail_odd(info.keys_url, err);
    text = wf_json_dump(arena, *out);
    pthread_mutex_lock(&oidc->lock);
    kept = kept_of(oidc, provider->issuer);
    replace(&kept->keys, &kept->keys_at, text, wf_clock_now(&oidc->clock));
    pthread_mutex_unlock(&oidc->lock);
    return true;
}
