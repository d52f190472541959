/* report/kept.h - numbers that were worked out, kept for a minute.
 *
 * What is kept is the answer to one exact question: the query with all that was
 * bound in it, access included, and the generations of definitions and
 * organisation. So whoever is given it would have been told the same; nobody
 * is given what others may see.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_REPORT_KEPT_H
#define WF_REPORT_KEPT_H

#include "base/buf.h"
#include "base/hash.h"

enum {
    WF_KEPT_MS = 60 * 1000 /* how old it may be */
};

struct wf_reports_kept; /* one an engine; any thread */
struct wf_reports_kept *wf_reports_kept_new(void);
void wf_reports_kept_free(struct wf_reports_kept *kept);

/* The text, copied, and when it was made; false: none that is young enough at
 * `now`. */
bool wf_reports_kept_find(struct wf_reports_kept *kept,
                          const struct wf_hash *question, int64_t now,
                          struct wf_arena *arena, const char **text,
                          int64_t *made);

void wf_reports_kept_put(struct wf_reports_kept *kept,
                         const struct wf_hash *question, int64_t now,
                         const char *text, size_t len);

#endif
