/* base/str.h - a slice of text, and the small questions asked of text.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_STR_H
#define WF_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Bytes of somebody else's memory; not NUL-terminated. `at` may be NULL where
 * `len` is 0. */
struct wf_str {
    const char *at;
    size_t len;
};

static inline struct wf_str wf_str_of(const char *text)
{
    struct wf_str s = { text, text ? strlen(text) : 0 };

    return s;
}

/* NULL equals only NULL. */
bool wf_streq(const char *a, const char *b);
bool wf_str_is(struct wf_str s, const char *text);
bool wf_str_starts(const char *text, const char *prefix);
bool wf_str_ends(const char *text, const char *suffix);

/* NULL or "" */
bool wf_str_empty(const char *text);

/* A hash that strangers cannot foresee: seeded once per process. */
uint64_t wf_str_hash(struct wf_str s);

/* Without white space (space, tab, CR, LF) at both ends. */
struct wf_str wf_str_trim(struct wf_str s);

/* Cuts the part before the next `sep` off `*rest` (all of it where there is
 * none) and returns false once nothing is left. "a,,b" gives "a", "", "b"; "a,"
 * gives "a" alone, "" nothing. */
bool wf_str_split(struct wf_str *rest, char sep, struct wf_str *part);

/* True if the whole slice is a decimal integer that fits. */
bool wf_str_to_int(struct wf_str s, int64_t *out);

/* Matches [a-z][a-z0-9_-]{0,62}, the ids of the definition language. */
bool wf_str_is_id(const char *text);

#endif
