/* base/pattern.h - the `pattern` of fields: I-Regexp (RFC 9485), matched whole
 * by PCRE2 under limits.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_PATTERN_H
#define WF_BASE_PATTERN_H

#include <stdbool.h>

#include <weft/error.h>

#include "base/arena.h"

struct wf_pattern; /* immutable, shared by all threads, freed by its arena */

/* Checks that `text` is an I-Regexp (at most 200 bytes, repeats at most 100,
 * also multiplied through nesting) and compiles it.
 * Errors: WEFT_E_INVALID says what is not allowed and where. */
WF_MUST_CHECK bool wf_pattern_compile(struct wf_arena *arena, const char *text,
                                      const struct wf_pattern **out,
                                      weft_error *err);

/* Whether all of `text` (at most 10 KB) matches; a match that meets its
 * limits counts as none. */
bool wf_pattern_matches(const struct wf_pattern *pattern, const char *text,
                        size_t len);

#endif
