/* store/memory.h - the place of a store that is not kept.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_STORE_MEMORY_H
#define WF_STORE_MEMORY_H

#include <stdbool.h>

#include <weft/error.h>

#include "base/macros.h"

/* A folder that is one store's alone. Zero-initialised is none. */
struct wf_memory {
    char *folder;
    int lock; /* descriptor: held as long as the folder is in use */
};

/* Makes one, in memory where the machine has such a place, and removes those
 * of processes that were killed. */
WF_MUST_CHECK bool wf_memory_make(struct wf_memory *out, weft_error *err);

/* Removes the folder and all in it. */
void wf_memory_remove(struct wf_memory *memory);

#endif
