/* doc/file_type.h - what an uploaded file is, by looking into it, and a name
 * that can do no harm.
 *
 * Source: docs/http.md, "Files".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_FILE_TYPE_H
#define WF_DOC_FILE_TYPE_H

#include "base/arena.h"
#include "base/str.h"

/* Its media type; NULL for what is not taken. `said` is what its uploader
 * calls it, which only decides between sound and film (may be NULL); `name`
 * tells documents apart that are all packed alike. */
const char *wf_file_type(struct wf_str bytes, const char *name,
                         const char *said);

/* `name` without folders, control and invisible characters, at most 120
 * characters, and with an ending that goes with `type`: what is a text cannot
 * be called a program. NULL counts as empty. */
const char *wf_file_name(struct wf_arena *arena, const char *name,
                         const char *type);

bool wf_file_type_is_sound(const char *type);

#endif
