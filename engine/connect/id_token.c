/* connect/id_token.c - ID tokens, with the signatures of libcjose.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "connect/id_token.h"

#include <stdlib.h>
#include <string.h>

#include <cjose/cjose.h>
#include <openssl/evp.h>

#include "base/error.h"
#include "base/messages.h"

enum {
    TOKEN_MAX = 32 * 1024,
    SHA256_BYTES = 32,
    SKEW_S = 60,     /* clocks differ */
    AGE_S = 10 * 60, /* a token is made for this very sign-in */
};

/* What a signature may be made with: never nothing, never a secret that both
 * ends know, for that could be the public key. */
static const struct alg {
    const char *name, *key_type;
} algs[] = {
    { "RS256", "RSA" },
    { "PS256", "RSA" },
    { "ES256", "EC" },
};

static bool refuse(weft_error *err, const char *why)
{
    return wf_fail(err, WEFT_E_SIGNED_OUT, "%s", wf_message(err->lang, why));
}

/* --- Texts */

const char *wf_sha256_text(struct wf_arena *arena, const char *text, size_t n)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    cjose_err problem;
    char *encoded = NULL;
    size_t len = 0;
    const char *out;

    if (!EVP_Digest(text, strlen(text), digest, NULL, EVP_sha256(), NULL)
        || !cjose_base64url_encode(digest, n, &encoded, &len, &problem))
        return "";
    out = wf_arena_mem(arena, encoded, len);
    free(encoded);
    return out;
}

static bool read_json(struct wf_arena *arena, const void *text, size_t len,
                      struct wf_json **out)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_error ignored = WEFT_ERROR_INIT;

    return wf_json_parse(arena, text, len, &limits, out, &ignored)
           && wf_json_is(*out, WF_JSON_OBJECT);
}

/* --- The head, read by ourselves before anything is done with it. */

static bool read_head(struct wf_arena *arena, const char *token,
                      struct wf_json **out)
{
    const char *dot = strchr(token, '.');
    cjose_err problem;
    uint8_t *text = NULL;
    size_t len = 0;
    bool ok;

    if (!dot
        || !cjose_base64url_decode(token, (size_t)(dot - token), &text, &len,
                                   &problem))
        return false;
    ok = read_json(arena, text, len, out);
    free(text);
    return ok;
}

static const struct alg *find_alg(const char *name)
{
    for (size_t i = 0; name && i < WF_COUNT(algs); i++)
        if (strcmp(algs[i].name, name) == 0)
            return &algs[i];
    return NULL;
}

/* --- Keys */

static bool key_fits(const struct wf_json *key, const struct alg *alg,
                     const char *kid)
{
    const char *type = wf_json_str(wf_json_get(key, "kty"));
    const char *use = wf_json_str(wf_json_get(key, "use"));
    const char *bound = wf_json_str(wf_json_get(key, "alg"));
    const char *id = wf_json_str(wf_json_get(key, "kid"));

    return type && wf_streq(type, alg->key_type)
           && (!use || wf_streq(use, "sig"))
           && (!bound || wf_streq(bound, alg->name))
           && (!kid || (id && wf_streq(id, kid)));
}

/* The one key that fits: without a kid there may be no choice. */
static const struct wf_json *find_key(const struct wf_json *keys,
                                      const struct alg *alg, const char *kid)
{
    const struct wf_json *found = NULL;

    for (size_t i = 0; i < wf_json_len(keys); i++) {
        const struct wf_json *key = keys->u.array.at[i];

        if (!key_fits(key, alg, kid))
            continue;
        if (found)
            return NULL;
        found = key;
    }
    return found;
}

/* --- The signature */

static bool verify(struct wf_arena *arena, const char *token,
                   const struct wf_json *key, struct wf_json **claims)
{
    const char *text = wf_json_dump(arena, key);
    cjose_err problem;
    cjose_jwk_t *jwk = cjose_jwk_import(text, strlen(text), &problem);
    cjose_jws_t *jws = cjose_jws_import(token, strlen(token), &problem);
    uint8_t *plain = NULL; /* borrowed of jws */
    size_t len = 0;
    bool ok = jwk && jws && cjose_jws_verify(jws, jwk, &problem)
              && cjose_jws_get_plaintext(jws, &plain, &len, &problem)
              && read_json(arena, plain, len, claims);

    cjose_jws_release(jws);
    cjose_jwk_release(jwk);
    return ok;
}

/* --- What it says */

static bool is_text(const struct wf_json *claims, const char *name,
                    const char *value)
{
    const char *text = wf_json_str(wf_json_get(claims, name));

    return text && wf_streq(text, value);
}

/* With several audiences it must say that we are the one it was made for. */
static bool is_for(const struct wf_json *claims, const char *client)
{
    const struct wf_json *aud = wf_json_get(claims, "aud");
    bool found = false;

    if (wf_json_get(claims, "azp") && !is_text(claims, "azp", client))
        return false;
    if (wf_json_str(aud))
        return wf_streq(wf_json_str(aud), client);
    if (!wf_json_is(aud, WF_JSON_ARRAY))
        return false;
    for (size_t i = 0; i < wf_json_len(aud); i++) {
        const char *one = wf_json_str(aud->u.array.at[i]);

        found = found || (one && wf_streq(one, client));
    }
    return found && (wf_json_len(aud) == 1 || wf_json_get(claims, "azp"));
}

static bool is_of_now(const struct wf_json *claims, int64_t now_s,
                      const char **why)
{
    int64_t exp, iat, nbf;

    if (!wf_json_to_int(wf_json_get(claims, "exp"), &exp)
        || exp <= now_s - SKEW_S) {
        *why = WF_MESSAGE(
            "The sign-in is refused: the time of its token is over.");
        return false;
    }
    *why = WF_MESSAGE("The sign-in is refused: its token was not made now.");
    return wf_json_to_int(wf_json_get(claims, "iat"), &iat)
           && iat <= now_s + SKEW_S && iat >= now_s - AGE_S
           && (!wf_json_get(claims, "nbf")
               || (wf_json_to_int(wf_json_get(claims, "nbf"), &nbf)
                   && nbf <= now_s + SKEW_S));
}

static bool has_hash_of(struct wf_arena *arena, const struct wf_json *claims,
                        const char *access_token)
{
    return !wf_json_get(claims, "at_hash")
           || (access_token
               && is_text(
                   claims, "at_hash",
                   wf_sha256_text(arena, access_token, SHA256_BYTES / 2)));
}

static const char LOGOUT_EVENT[] =
    "http://schemas.openid.net/event/backchannel-logout";

/* The one thing that a logout token says. It names a session or a person, and
 * itself, so that it counts once. */
static bool says_logout(const struct wf_json *claims)
{
    const struct wf_json *events = wf_json_get(claims, "events");
    const char *subject = wf_json_str(wf_json_get(claims, "sub"));
    const char *session = wf_json_str(wf_json_get(claims, "sid"));
    const char *name = wf_json_str(wf_json_get(claims, "jti"));

    return wf_json_is(events, WF_JSON_OBJECT)
           && wf_json_is(wf_json_get(events, LOGOUT_EVENT), WF_JSON_OBJECT)
           && !wf_json_get(claims, "nonce") && name && name[0]
           && ((subject && subject[0]) || (session && session[0]));
}

static bool check_claims(struct wf_arena *arena, const struct wf_json *claims,
                         const struct wf_id_token_want *want, weft_error *err)
{
    const char *subject = wf_json_str(wf_json_get(claims, "sub"));
    const char *why;

    if (!is_text(claims, "iss", want->issuer))
        return refuse(err, WF_MESSAGE("The sign-in is refused: its token comes "
                                      "from another issuer."));
    if (!is_for(claims, want->client))
        return refuse(err, WF_MESSAGE("The sign-in is refused: its token is "
                                      "meant for somebody else."));
    if (!is_of_now(claims, want->now / 1000, &why))
        return refuse(err, why);
    if (!want->nonce)
        return says_logout(claims)
               || refuse(err, WF_MESSAGE("This token does not tell that "
                                         "somebody has signed out."));
    if (!is_text(claims, "nonce", want->nonce))
        return refuse(
            err,
            WF_MESSAGE(
                "The sign-in is refused: its token answers another question."));
    if (!has_hash_of(arena, claims, want->access_token))
        return refuse(err, WF_MESSAGE("The sign-in is refused: its token "
                                      "belongs to another answer."));
    return (subject && subject[0])
           || refuse(
               err,
               WF_MESSAGE("The sign-in is refused: its token names nobody."));
}

bool wf_id_token_check(struct wf_arena *arena,
                       const struct wf_id_token_want *want,
                       struct wf_json **claims, bool *is_key_unknown,
                       weft_error *err)
{
    struct wf_json *head, *said;
    const struct wf_json *key;
    const struct alg *alg;

    *is_key_unknown = false;
    if (strlen(want->token) > TOKEN_MAX
        || !read_head(arena, want->token, &head))
        return refuse(
            err,
            WF_MESSAGE(
                "The sign-in is refused: there is no token that can be read."));
    alg = find_alg(wf_json_str(wf_json_get(head, "alg")));
    if (!alg || wf_json_get(head, "crit"))
        return refuse(err,
                      WF_MESSAGE("The sign-in is refused: its token is not "
                                 "signed in a way that proves anything."));
    key = find_key(want->keys, alg, wf_json_str(wf_json_get(head, "kid")));
    *is_key_unknown = key == NULL;
    if (!key)
        return refuse(err,
                      WF_MESSAGE("The sign-in is refused: its token is signed "
                                 "with a key that is not the provider's."));
    if (!verify(arena, want->token, key, &said))
        return refuse(err, WF_MESSAGE("The sign-in is refused: the signature "
                                      "of its token is wrong."));
    if (!check_claims(arena, said, want, err))
        return false;
    *claims = said;
    return true;
}
