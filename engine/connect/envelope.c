/* connect/envelope.c - encrypted texts of chat tools: signed, opened, sealed.
 *
 * Inside are 16 random bytes, the length of the message (4 bytes, the highest
 * first), the message, and its receiver; padded to blocks of 32 bytes, which
 * are twice those of the cipher: so padding is looked at here.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "connect/envelope.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"

enum {
    KEY_TEXT = 43,
    KEY = 32,
    IV = 16,
    BLOCK = 32,
    RANDOM = 16,
    HEAD = RANDOM + 4,
};

/* --- Hashes */

static const char *hash_hex(struct wf_arena *arena, const EVP_MD *kind,
                            struct wf_str text)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    struct wf_buf out = WF_BUF_INIT(arena);
    unsigned int n = 0;

    if (!EVP_Digest(text.at, text.len, digest, &n, kind, NULL))
        wf_oom();
    for (unsigned int i = 0; i < n; i++)
        wf_buf_printf(&out, "%02x", digest[i]);
    return wf_buf_text(&out);
}

void wf_sha256(struct wf_str text, unsigned char out[32])
{
    if (!EVP_Digest(text.at, text.len, out, NULL, EVP_sha256(), NULL))
        wf_oom();
}

const char *wf_sha256_hex(struct wf_arena *arena, struct wf_str text)
{
    return hash_hex(arena, EVP_sha256(), text);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *wf_envelope_sign(struct wf_arena *arena,
                             const struct wf_envelope *envelope,
                             const struct wf_stamp *stamp, const char *text)
{
    const char *parts[] = { envelope->token, stamp->timestamp, stamp->nonce,
                            text };
    struct wf_buf all = WF_BUF_INIT(arena);

    qsort(parts, WF_COUNT(parts), sizeof parts[0], by_bytes);
    for (size_t i = 0; i < WF_COUNT(parts); i++)
        wf_buf_str(&all, parts[i]);
    return hash_hex(arena, EVP_sha1(),
                    (struct wf_str){ wf_buf_text(&all), all.len });
}

/* --- The cipher */

static void end_cipher(EVP_CIPHER_CTX **cipher)
{
    EVP_CIPHER_CTX_free(*cipher);
}

static char *run_cipher(struct wf_arena *arena, bool encrypt,
                        const unsigned char key[KEY],
                        const unsigned char iv[IV], const char *data,
                        size_t len)
{
    EVP_CIPHER_CTX *cipher WF_CLEANUP(end_cipher) = EVP_CIPHER_CTX_new();
    char *out = wf_arena_alloc(arena, len + 1);
    unsigned char *to = (unsigned char *)out;
    int n = 0, rest = 0;

    if (!cipher || len == 0 || len % IV != 0 || len > INT32_MAX
        || !EVP_CipherInit_ex(cipher, EVP_aes_256_cbc(), NULL, key, iv, encrypt)
        || !EVP_CIPHER_CTX_set_padding(cipher, 0)
        || !EVP_CipherUpdate(cipher, to, &n, (const unsigned char *)data,
                             (int)len)
        || !EVP_CipherFinal_ex(cipher, to + n, &rest)
        || (size_t)n + (size_t)rest != len)
        return NULL;
    out[len] = '\0';
    return out;
}

char *wf_aes_open(struct wf_arena *arena, const unsigned char key[KEY],
                  const unsigned char iv[IV], const char *data, size_t len)
{
    return run_cipher(arena, false, key, iv, data, len);
}

long wf_padding_strip(const char *data, size_t len, size_t block)
{
    size_t n = len > 0 ? (unsigned char)data[len - 1] : 0;
    unsigned char other = 0;

    if (n < 1 || n > block || n > len)
        return -1;
    for (size_t i = len - n; i < len; i++)
        other |= (unsigned char)((unsigned char)data[i] ^ n);
    return other ? -1 : (long)(len - n);
}

/* --- Envelopes */

/* The last of its characters has bits that nobody uses, and that are set: by
 * the letter it is no Base64. */
static const unsigned char *key_of(struct wf_arena *arena, const char *text)
{
    unsigned char *key = wf_arena_alloc(arena, KEY + 1);
    unsigned char padded[KEY_TEXT + 1];

    if (!text || strlen(text) != KEY_TEXT)
        return NULL;
    memcpy(padded, text, KEY_TEXT);
    padded[KEY_TEXT] = '=';
    return EVP_DecodeBlock(key, padded, sizeof padded) == KEY + 1 ? key : NULL;
}

bool wf_envelope_is_key(const char *key)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();

    return key_of(arena, key) != NULL;
}

static size_t read_length(const char *at)
{
    const unsigned char *bytes = (const unsigned char *)at;

    return (size_t)bytes[0] << 24 | (size_t)bytes[1] << 16
           | (size_t)bytes[2] << 8 | bytes[3];
}

/* What is left of `plain` without its head: a message and its receiver. */
static const char *take_apart(struct wf_arena *arena, const char *plain,
                              size_t len, const char *receiver,
                              struct wf_str *out)
{
    size_t all = strlen(receiver), n;

    if (len < HEAD)
        return "length";
    n = read_length(plain + RANDOM);
    if (n > len - HEAD)
        return "length";
    if (len - HEAD - n != all
        || !wf_secret_equal(plain + HEAD + n, receiver, all))
        return "receiver";
    out->at = wf_arena_mem(arena, plain + HEAD, n);
    out->len = n;
    return NULL;
}

const char *wf_envelope_open(struct wf_arena *arena,
                             const struct wf_envelope *envelope,
                             const char *text, struct wf_str *out)
{
    const unsigned char *key = key_of(arena, envelope->key);
    const char *data, *plain;
    size_t len;
    long n;

    if (!key)
        return "key";
    data = wf_base64_bytes(arena, wf_str_of(text), &len);
    if (!data)
        return "not Base64";
    if (len == 0 || len % BLOCK != 0)
        return "not whole blocks";
    plain = wf_aes_open(arena, key, key, data, len);
    n = plain ? wf_padding_strip(plain, len, BLOCK) : -1;
    if (n < 0)
        return "padding";
    return take_apart(arena, plain, (size_t)n, envelope->receiver, out);
}

const char *wf_envelope_seal(struct wf_arena *arena,
                             const struct wf_envelope *envelope,
                             const char *message, const void *random)
{
    const unsigned char *key = key_of(arena, envelope->key);
    struct wf_buf plain = WF_BUF_INIT(arena);
    char head[HEAD];
    size_t n = strlen(message);
    const char *sealed;
    char fill;

    if (!key || n > INT32_MAX / 2)
        return NULL;
    if (random)
        memcpy(head, random, RANDOM);
    else
        wf_random(head, RANDOM);
    for (int i = 0; i < HEAD - RANDOM; i++)
        head[RANDOM + i] = (char)(n >> (24 - 8 * i) & 0xff);
    wf_buf_add(&plain, head, HEAD);
    wf_buf_add(&plain, message, n);
    wf_buf_str(&plain, envelope->receiver);
    fill = (char)(BLOCK - plain.len % BLOCK);
    for (int i = 0; i < fill; i++)
        wf_buf_add(&plain, &fill, 1);
    sealed = run_cipher(arena, true, key, key, wf_buf_text(&plain), plain.len);
    return sealed ? wf_base64_write(arena, sealed, plain.len) : NULL;
}
