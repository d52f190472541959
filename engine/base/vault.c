/* base/vault.c - secrets sealed by libsodium's secretbox (XSalsa20, Poly1305),
 * a random nonce before each.
 *
 * The key file holds one line: 32 random bytes as base64url. It is made under
 * another name and linked, so that no process ever reads half of it, and two
 * that make it at once agree on one.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/vault.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sodium.h>

#include "base/error.h"

enum {
    KEY_LEN = crypto_secretbox_KEYBYTES,
    NONCE_LEN = crypto_secretbox_NONCEBYTES,
    KEY_TEXT = 64,     /* room for the line */
    LINE_LEN = 43 + 1, /* of the key as base64url, and its end */
    BASE64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING,
};

static_assert((int)WF_VAULT_EXTRA == (int)NONCE_LEN + crypto_secretbox_MACBYTES,
              "what sealing adds");

/* Who takes `state` from UNKNOWN to TAKING writes `key`; it is read by others
 * only once it is KNOWN. */
enum state {
    UNKNOWN,
    TAKING,
    KNOWN,
    NONE /* and there will be none */
};

struct wf_vault {
    char *path; /* NULL: no file */
    atomic_int state;
    unsigned char key[KEY_LEN];
};

struct wf_vault *wf_vault_new(const char *path)
{
    struct wf_vault *vault = calloc(1, sizeof *vault);

    if (!vault)
        wf_oom();
    atomic_init(&vault->state, path ? UNKNOWN : KNOWN);
    if (!path) {
        randombytes_buf(vault->key, KEY_LEN);
        return vault;
    }
    vault->path = strdup(path);
    if (!vault->path)
        wf_oom();
    return vault;
}

struct wf_vault *wf_vault_none(void)
{
    struct wf_vault *vault = wf_vault_new(NULL);

    atomic_store(&vault->state, NONE);
    return vault;
}

void wf_vault_free(struct wf_vault *vault)
{
    if (!vault)
        return;
    sodium_memzero(vault->key, KEY_LEN);
    free(vault->path);
    free(vault);
}

/* --- The file */

static bool fails(const struct wf_vault *vault, weft_error *err)
{
    return wf_fail(err, WEFT_E_STORE,
                   "The key file %s cannot be used: %s. Put the key that "
                   "belongs to this store there.",
                   vault->path, strerror(errno));
}

static bool parse_key(const char *text, size_t len, unsigned char key[KEY_LEN])
{
    size_t n;

    while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == '\r'))
        len--;
    return sodium_base642bin(key, KEY_LEN, text, len, NULL, &n, NULL, BASE64)
               == 0
           && n == KEY_LEN;
}

static bool read_key(const struct wf_vault *vault, unsigned char key[KEY_LEN],
                     weft_error *err)
{
    char text[KEY_TEXT];
    int file = open(vault->path, O_RDONLY | O_CLOEXEC);
    ssize_t len;
    bool ok;

    if (file < 0)
        return fails(vault, err);
    len = read(file, text, sizeof text);
    close(file);
    errno = EINVAL;
    ok = len > 0 && parse_key(text, (size_t)len, key);
    sodium_memzero(text, sizeof text);
    return ok || fails(vault, err);
}

static bool write_whole(int file, const char *text, size_t len)
{
    return write(file, text, len) == (ssize_t)len && fsync(file) == 0;
}

/* Makes the file, unless somebody else was first. */
static bool make_file(const struct wf_vault *vault, weft_error *err)
{
    unsigned char key[KEY_LEN];
    char line[KEY_TEXT], temporary[4096];
    int file;
    bool ok;

    snprintf(temporary, sizeof temporary, "%s.XXXXXX", vault->path);
    file = mkostemp(temporary, O_CLOEXEC); /* mode 0600 */
    if (file < 0)
        return fails(vault, err);
    randombytes_buf(key, KEY_LEN);
    sodium_bin2base64(line, sizeof line - 1, key, KEY_LEN, BASE64);
    line[strlen(line)] = '\n'; /* in place of its NUL */
    ok = write_whole(file, line, LINE_LEN)
         && (link(temporary, vault->path) == 0 || errno == EEXIST);
    close(file);
    unlink(temporary);
    sodium_memzero(key, sizeof key);
    sodium_memzero(line, sizeof line);
    return ok || fails(vault, err);
}

static bool key_of_file(const struct wf_vault *vault, bool make,
                        unsigned char key[KEY_LEN], weft_error *err)
{
    if (make && access(vault->path, F_OK) != 0 && !make_file(vault, err))
        return false;
    return read_key(vault, key, err);
}

/* `make`: the key may be a new one. */
static bool key_of(struct wf_vault *vault, bool make,
                   unsigned char key[KEY_LEN], weft_error *err)
{
    int unknown = UNKNOWN;

    if (atomic_load(&vault->state) == KNOWN) {
        memcpy(key, vault->key, KEY_LEN);
        return true;
    }
    if (atomic_load(&vault->state) == NONE)
        return wf_fail(err, WEFT_E_STORE,
                       "There is no key to seal secrets with. Name its file in "
                       "WEFT_KEY_FILE, for every server and command on this "
                       "store the same.");
    if (!key_of_file(vault, make, key, err))
        return false;
    if (atomic_compare_exchange_strong(&vault->state, &unknown, TAKING)) {
        memcpy(vault->key, key, KEY_LEN);
        atomic_store(&vault->state, KNOWN);
    }
    return true;
}

/* --- Boxes */

bool wf_vault_seal(struct wf_vault *vault, struct wf_arena *arena,
                   const void *data, size_t len, unsigned char **box,
                   weft_error *err)
{
    unsigned char key[KEY_LEN];
    unsigned char *out;

    assert(len <= WF_VAULT_MAX);
    if (!key_of(vault, true, key, err))
        return false;
    out = wf_arena_alloc(arena, len + WF_VAULT_EXTRA);
    randombytes_buf(out, NONCE_LEN);
    crypto_secretbox_easy(out + NONCE_LEN, data, len, out, key);
    sodium_memzero(key, sizeof key);
    *box = out;
    return true;
}

bool wf_vault_open(struct wf_vault *vault, struct wf_arena *arena,
                   const void *box, size_t len, unsigned char **data,
                   weft_error *err)
{
    const unsigned char *in = box;
    unsigned char key[KEY_LEN];
    unsigned char *out;
    bool ok;

    if (!key_of(vault, false, key, err))
        return false;
    if (len < WF_VAULT_EXTRA)
        return wf_fail(err, WEFT_E_STORE, "A sealed secret is damaged.");
    out = wf_arena_alloc(arena, len - WF_VAULT_EXTRA + 1);
    ok = crypto_secretbox_open_easy(out, in + NONCE_LEN, len - NONCE_LEN, in,
                                    key)
         == 0;
    sodium_memzero(key, sizeof key);
    if (!ok)
        return wf_fail(err, WEFT_E_STORE,
                       "A secret of this store was sealed with another key: "
                       "put the key file that belongs to it in place.");
    *data = out;
    return true;
}

bool wf_vault_seal_text(struct wf_vault *vault, struct wf_arena *arena,
                        const char *data, size_t len, const char **text,
                        weft_error *err)
{
    size_t box_len = len + WF_VAULT_EXTRA;
    size_t room = sodium_base64_encoded_len(box_len, BASE64);
    unsigned char *box;
    char *out;

    if (!wf_vault_seal(vault, arena, data, len, &box, err))
        return false;
    out = wf_arena_alloc(arena, room);
    sodium_bin2base64(out, room, box, box_len, BASE64);
    *text = out;
    return true;
}

bool wf_vault_open_text(struct wf_vault *vault, struct wf_arena *arena,
                        const char *text, const char **data, size_t *len,
                        weft_error *err)
{
    size_t room = strlen(text), n;
    unsigned char *box = wf_arena_alloc(arena, room + 1), *out;

    if (sodium_base642bin(box, room, text, room, NULL, &n, NULL, BASE64) != 0
        || n < WF_VAULT_EXTRA)
        return wf_fail(err, WEFT_E_STORE, "A sealed secret is damaged.");
    if (!wf_vault_open(vault, arena, box, n, &out, err))
        return false;
    *len = n - WF_VAULT_EXTRA;
    out[*len] = '\0';
    *data = (const char *)out;
    return true;
}

bool wf_vault_hash(struct wf_vault *vault, const void *data, size_t len,
                   struct wf_hash *out, weft_error *err)
{
    unsigned char key[KEY_LEN];

    if (!key_of(vault, true, key, err))
        return false;
    crypto_generichash(out->at, sizeof out->at, data, len, key, KEY_LEN);
    sodium_memzero(key, sizeof key);
    return true;
}
