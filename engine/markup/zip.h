/* markup/zip.h - packages as zip files, unpacked in memory, bounded.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_MARKUP_ZIP_H
#define WF_MARKUP_ZIP_H

#include <stdbool.h>
#include <stddef.h>

#include <weft/error.h>

#include "base/arena.h"

struct wf_file {
    const char *name; /* relative, '/' between parts, NFC */
    const char *data; /* NUL-terminated behind len */
    size_t len;
    struct wf_file *next;
};

/* The files of the archive, by name. Refused: over 10 MiB unpacked, over 500
 * files, a ratio over 100, absolute names, "..", links, the same name twice,
 * encryption. Errors: WEFT_E_MALFORMED, WEFT_E_TOO_LARGE. */
WF_MUST_CHECK bool wf_zip_read(struct wf_arena *arena, const void *data,
                               size_t len, struct wf_file **out,
                               weft_error *err);

#endif
