/* base/hash.h - hashes, randomness, passwords and their texts, by libsodium.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_HASH_H
#define WF_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <weft/error.h>

#include "base/arena.h"
#include "base/macros.h"

enum {
    WF_HASH_LEN = 32,
    WF_HASH_TEXT = 2 * WF_HASH_LEN + 1
};

struct wf_hash {
    unsigned char at[WF_HASH_LEN];
};

/* BLAKE2b-256, at once or in parts. */
struct wf_hasher {
    _Alignas(64) unsigned char state[384];
    unsigned char held[512]; /* small parts, until there are many */
    size_t n_held;
};
struct wf_hash wf_hash_of(const void *data, size_t len);
void wf_hasher_init(struct wf_hasher *hasher);
void wf_hasher_add(struct wf_hasher *hasher, const void *data, size_t len);
void wf_hasher_add_int(struct wf_hasher *hasher, int64_t n); /* 8 bytes, LE */
/* Its length as 8 bytes first, so that parts cannot run together. */
void wf_hasher_add_text(struct wf_hasher *hasher, const char *text, size_t len);
struct wf_hash wf_hasher_end(struct wf_hasher *hasher);

void wf_hash_write(const struct wf_hash *hash, char text[WF_HASH_TEXT]);
bool wf_hash_equal(const struct wf_hash *a, const struct wf_hash *b);

/* To be called once before threads; safe to repeat. */
WF_MUST_CHECK bool wf_crypto_init(weft_error *err);

void wf_random(void *out, size_t len);
bool wf_secret_equal(const void *a, const void *b, size_t len); /* same time */

/* Base64url without padding; `n` random bytes so written, in the arena. */
const char *wf_random_text(struct wf_arena *arena, size_t n);

/* The bytes of a Base64 text (RFC 4648, 4, with padding), as text in the arena;
 * NULL where it is none. */
const char *wf_base64_read(struct wf_arena *arena, struct wf_str text);
/* The same with how many there are: they may have a NUL among them. */
const char *wf_base64_bytes(struct wf_arena *arena, struct wf_str text,
                            size_t *len);
/* And back. */
const char *wf_base64_write(struct wf_arena *arena, const void *data,
                            size_t len);

/* argon2id with 64 MiB, t = 2. The caller bounds how many run at once.
 * Errors: WEFT_E_INVALID too short or too long; WEFT_E_BUSY no memory. */
enum {
    WF_PASSWORD_TEXT = 128,
    WF_PASSWORD_MIN = 8,
    WF_PASSWORD_MAX = 256
};
WF_MUST_CHECK bool wf_password_hash(const char *password, size_t len,
                                    char text[WF_PASSWORD_TEXT],
                                    weft_error *err);
/* Whether it was made with less work than is done today. */
bool wf_password_is_weak(const char *text);
bool wf_password_matches(const char *text, const char *password, size_t len);

#endif
