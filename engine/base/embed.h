/* base/embed.h - the files that the program carries in itself.
 *
 * SQL, the XML schema, the Lua library and the packages are text in the tree
 * and constant bytes in the program. cmake/embed.cmake makes the table.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_EMBED_H
#define WF_BASE_EMBED_H

#include <stddef.h>

/* One file. `name` is its path in the tree without a leading "schemas/":
 * "sql/0001_core.sql", "weft-1.xsd", "scripts/scoring.lua",
 * "templates/starter/package.xml". `data[len]` is 0, so that a text can be
 * read as a C string. Lives as long as the program. */
struct wf_embedded {
    const char *name;
    const unsigned char *data;
    size_t len;
};

/* The file of exactly this name, or NULL. */
const struct wf_embedded *wf_embedded_find(const char *name);

/* Goes through the files whose names begin with `prefix`, in the order of
 * their paths: the first one after `last`, or after nothing when that is NULL;
 * NULL at the end. */
const struct wf_embedded *wf_embedded_next(const char *prefix,
                                           const struct wf_embedded *last);

#endif
