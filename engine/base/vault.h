/* base/vault.h - a key that is kept outside the store, and small secrets
 * sealed with it: whoever has the store alone cannot open them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_VAULT_H
#define WF_BASE_VAULT_H

#include <stdbool.h>
#include <stddef.h>

#include <weft/error.h>

#include "base/hash.h"

struct wf_vault;

/* A vault whose key stands in the file `path`, made with the first secret,
 * readable for its owner only. NULL: a key of this process, gone with it. Safe
 * from any thread. */
struct wf_vault *wf_vault_new(const char *path);
/* A vault without a key: nothing can be sealed or opened until somebody says in
 * which file the key is to stand. */
struct wf_vault *wf_vault_none(void);
void wf_vault_free(struct wf_vault *vault);

enum {
    WF_VAULT_EXTRA = 40,    /* bytes that sealing adds */
    WF_VAULT_MAX = 1 << 20, /* of what is sealed */
};

/* Seals `len` bytes into `len` + WF_VAULT_EXTRA bytes of `arena`. Sealing the
 * same twice gives two different boxes.
 * Errors: WEFT_E_STORE the key cannot be read or made, or there is none. */
WF_MUST_CHECK bool wf_vault_seal(struct wf_vault *vault, struct wf_arena *arena,
                                 const void *data, size_t len,
                                 unsigned char **box, weft_error *err);

/* Opens a box of `len` bytes into `len` - WF_VAULT_EXTRA bytes of `arena`.
 * Errors: WEFT_E_STORE it was sealed with another key, or changed. */
WF_MUST_CHECK bool wf_vault_open(struct wf_vault *vault, struct wf_arena *arena,
                                 const void *box, size_t len,
                                 unsigned char **data, weft_error *err);

/* The same as text (base64url). */
WF_MUST_CHECK bool wf_vault_seal_text(struct wf_vault *vault,
                                      struct wf_arena *arena, const char *data,
                                      size_t len, const char **text,
                                      weft_error *err);
WF_MUST_CHECK bool wf_vault_open_text(struct wf_vault *vault,
                                      struct wf_arena *arena, const char *text,
                                      const char **data, size_t *len,
                                      weft_error *err);

/* A hash that nobody can make without the key. */
WF_MUST_CHECK bool wf_vault_hash(struct wf_vault *vault, const void *data,
                                 size_t len, struct wf_hash *out,
                                 weft_error *err);

#endif
