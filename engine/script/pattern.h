/* script/pattern.h - Lua's patterns, with a count of every step.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_SCRIPT_PATTERN_H
#define WF_SCRIPT_PATTERN_H

#include "script/state.h"

enum {
    WF_PATTERN_CAPTURES = 32
};

/* A text that is matched against a pattern, and what the last match caught.
 * Both texts must stay on the Lua stack. */
struct wf_match {
    lua_State *L;
    const char *text, *text_end;
    const char *pattern, *pattern_end; /* without a leading '^' */
    unsigned steps;                    /* not yet charged */
    int depth;
    int n_captures;
    struct {
        const char *at;
        ptrdiff_t len; /* or one of the values in pattern.c */
    } captures[WF_PATTERN_CAPTURES];
};

void wf_match_init(struct wf_match *match, lua_State *L, struct wf_str text,
                   struct wf_str pattern);

/* Matches at `at`, and only there. The end of what matched, or NULL. Raises on
 * a malformed pattern or an empty budget. */
const char *wf_match_at(struct wf_match *match, const char *at);

/* Charges the steps that are not yet charged. To be called when done. */
void wf_match_charge(struct wf_match *match);

/* Pushes capture `i`; where the pattern has none, 0 is the whole match. */
void wf_match_push_one(struct wf_match *match, int i, const char *begin,
                       const char *end);

/* Pushes all captures, or the whole match if there are none and `begin` is not
 * NULL. Returns how many. */
int wf_match_push_all(struct wf_match *match, const char *begin,
                      const char *end);

#endif
