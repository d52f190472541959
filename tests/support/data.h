/* support/data.h - files from outside that some tests try: those of others'
 * test suites, which are not part of this tree. They are looked for in
 * $WEFT_DATA, else in a folder beside the tree; where they are not, what wants
 * them is skipped.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef SUPPORT_DATA_H
#define SUPPORT_DATA_H

#include "base/arena.h"

/* The path of the file or folder `name`. NULL, after a line that says so, where
 * there is none. */
const char *data_path(struct wf_arena *arena, const char *name);

/* The text of the file `name`, `*len` bytes and a zero; NULL as above. */
char *data_read(struct wf_arena *arena, const char *name, size_t *len);

#endif
