/* connect/envelope.h - the envelope in which WeCom calls us, and DingTalk with
 * events: an encrypted text with its receiver inside, signed beside; and the
 * cipher of both, which Feishu has too. For this layer alone.
 *
 * The ciphers and hashes are OpenSSL's. Source: "callback encryption" in the
 * vendors' pages.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_CONNECT_ENVELOPE_H
#define WF_CONNECT_ENVELOPE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

struct wf_envelope {
    const char *token;    /* that signatures are made with */
    const char *key;      /* EncodingAESKey: 43 characters of Base64 */
    const char *receiver; /* for whom it is: a company, an app; "": nobody */
};

/* What stands beside an encrypted text. */
struct wf_stamp {
    const char *timestamp, *nonce;
};

/* Whether `key` is one: 43 characters that stand for 32 bytes. */
bool wf_envelope_is_key(const char *key);

/* Hexadecimal SHA-1 of token, timestamp, nonce and text, sorted and joined. */
const char *wf_envelope_sign(struct wf_arena *arena,
                             const struct wf_envelope *envelope,
                             const struct wf_stamp *stamp, const char *text);

/* The message in `text`, NUL-terminated. Returns NULL, or what is wrong with
 * it: "not Base64", "not whole blocks", "padding", "length", "receiver",
 * "key". Only for a text whose signature is right. */
const char *wf_envelope_open(struct wf_arena *arena,
                             const struct wf_envelope *envelope,
                             const char *text, struct wf_str *out);

/* `message` sealed; `random` 16 bytes, NULL: of this machine. */
const char *wf_envelope_seal(struct wf_arena *arena,
                             const struct wf_envelope *envelope,
                             const char *message, const void *random);

/* AES-256-CBC without padding, `len` a multiple of 16; NULL: it is not, or
 * OpenSSL refuses. `out` has `len` bytes and a NUL behind them. */
char *wf_aes_open(struct wf_arena *arena, const unsigned char key[32],
                  const unsigned char iv[16], const char *data, size_t len);

/* The bytes behind which `data` is padded to whole `block`s (PKCS #7), each of
 * them looked at; -1: it is not. */
long wf_padding_strip(const char *data, size_t len, size_t block);

void wf_sha256(struct wf_str text, unsigned char out[32]);
const char *wf_sha256_hex(struct wf_arena *arena, struct wf_str text);

#endif
