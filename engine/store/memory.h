/* store/memory.h - the place of a store that is not kept.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_STORE_MEMORY_H
#define WF_STORE_MEMORY_H

#include <stdbool.h>

#include <weft/error.h>

#include "base/macros.h"

/* Makes a directory that is this store's alone, in memory where the machine
 * has such a place; `*path` is a file to be made in it, to be freed. */
WF_MUST_CHECK bool wf_memory_make(char **path, weft_error *err);

/* Removes the directory of `path` and all in it. */
void wf_memory_remove(const char *path);

#endif
