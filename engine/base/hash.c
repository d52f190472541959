/* base/hash.c - hashes, randomness and passwords, by libsodium.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/hash.h"

#include <assert.h>
#include <stdalign.h>
#include <string.h>

#include <sodium.h>

#include "base/error.h"
#include "base/text.h"

static_assert(sizeof(crypto_generichash_state)
                  <= sizeof(((struct wf_hasher *)NULL)->state),
              "libsodium's state fits into ours");
static_assert(alignof(crypto_generichash_state) <= alignof(struct wf_hasher),
              "libsodium's state may stand where ours does");
static_assert((int)WF_PASSWORD_TEXT >= (int)crypto_pwhash_STRBYTES,
              "a password's hash fits");

static crypto_generichash_state *state_of(struct wf_hasher *hasher)
{
    return (crypto_generichash_state *)(void *)hasher->state;
}

struct wf_hash wf_hash_of(const void *data, size_t len)
{
    struct wf_hash hash;

    crypto_generichash(hash.at, sizeof hash.at, data, len, NULL, 0);
    return hash;
}

void wf_hasher_init(struct wf_hasher *hasher)
{
    crypto_generichash_init(state_of(hasher), NULL, 0, WF_HASH_LEN);
    hasher->n_held = 0;
}

static void hash_held(struct wf_hasher *hasher)
{
    crypto_generichash_update(state_of(hasher), hasher->held, hasher->n_held);
    hasher->n_held = 0;
}

/* A call of libsodium costs more than the few bytes of most parts. */
void wf_hasher_add(struct wf_hasher *hasher, const void *data, size_t len)
{
    if (len > sizeof hasher->held - hasher->n_held)
        hash_held(hasher);
    if (len > sizeof hasher->held) {
        crypto_generichash_update(state_of(hasher), data, len);
        return;
    }
    if (len > 0)
        memcpy(hasher->held + hasher->n_held, data, len);
    hasher->n_held += len;
}

void wf_hasher_add_int(struct wf_hasher *hasher, int64_t n)
{
    unsigned char bytes[8];

    for (unsigned i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)((uint64_t)n >> (8 * i));
    wf_hasher_add(hasher, bytes, sizeof bytes);
}

void wf_hasher_add_text(struct wf_hasher *hasher, const char *text, size_t len)
{
    wf_hasher_add_int(hasher, (int64_t)len);
    wf_hasher_add(hasher, text, len);
}

struct wf_hash wf_hasher_end(struct wf_hasher *hasher)
{
    struct wf_hash hash;

    hash_held(hasher);
    crypto_generichash_final(state_of(hasher), hash.at, sizeof hash.at);
    return hash;
}

void wf_hash_write(const struct wf_hash *hash, char text[WF_HASH_TEXT])
{
    sodium_bin2hex(text, WF_HASH_TEXT, hash->at, sizeof hash->at);
}

bool wf_hash_equal(const struct wf_hash *a, const struct wf_hash *b)
{
    return wf_secret_equal(a->at, b->at, sizeof a->at);
}

bool wf_crypto_init(weft_error *err)
{
    if (sodium_init() < 0)
        return wf_fail(err, WEFT_E_INTERNAL,
                       "The random number generator of this machine does not "
                       "work.");
    return true;
}

void wf_random(void *out, size_t len)
{
    randombytes_buf(out, len);
}

bool wf_secret_equal(const void *a, const void *b, size_t len)
{
    return !sodium_memcmp(a, b, len);
}

const char *wf_random_text(struct wf_arena *arena, size_t n)
{
    const int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    size_t size = sodium_base64_encoded_len(n, variant);
    unsigned char *bytes = wf_arena_alloc(arena, n);
    char *text = wf_arena_alloc(arena, size);

    randombytes_buf(bytes, n);
    sodium_bin2base64(text, size, bytes, n, variant);
    sodium_memzero(bytes, n);
    return text;
}

const char *wf_base64_bytes(struct wf_arena *arena, struct wf_str text,
                            size_t *len)
{
    unsigned char *bytes = wf_arena_alloc(arena, text.len + 1);

    if (sodium_base642bin(bytes, text.len, text.at, text.len, NULL, len, NULL,
                          sodium_base64_VARIANT_ORIGINAL)
        != 0)
        return NULL;
    return (const char *)bytes;
}

const char *wf_base64_read(struct wf_arena *arena, struct wf_str text)
{
    size_t len;

    return wf_base64_bytes(arena, text, &len);
}

const char *wf_base64_write(struct wf_arena *arena, const void *data,
                            size_t len)
{
    size_t size =
        sodium_base64_encoded_len(len, sodium_base64_VARIANT_ORIGINAL);
    char *text = wf_arena_alloc(arena, size);

    return sodium_bin2base64(text, size, data, len,
                             sodium_base64_VARIANT_ORIGINAL);
}

/* The least is counted in characters, as people do; the most in bytes, as it
 * is there to bound the work. */
bool wf_password_hash(const char *password, size_t len,
                      char text[WF_PASSWORD_TEXT], weft_error *err)
{
    if (wf_utf8_count(password, len) < WF_PASSWORD_MIN || len > WF_PASSWORD_MAX)
        return wf_fail(err, WEFT_E_INVALID,
                       "A password has at least %d characters and at most %d "
                       "bytes.",
                       WF_PASSWORD_MIN, WF_PASSWORD_MAX);
    if (crypto_pwhash_str(text, password, len,
                          crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE))
        return wf_fail(err, WEFT_E_BUSY,
                       "There is not enough memory for a password now. Try "
                       "again.");
    return true;
}

bool wf_password_is_weak(const char *text)
{
    return crypto_pwhash_str_needs_rehash(text,
                                          crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                          crypto_pwhash_MEMLIMIT_INTERACTIVE);
}

bool wf_password_matches(const char *text, const char *password, size_t len)
{
    return len <= WF_PASSWORD_MAX
           && !crypto_pwhash_str_verify(text, password, len);
}
