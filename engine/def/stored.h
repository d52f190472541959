/* def/stored.h - stored definitions of any kind as rows: their texts, and what
 * is known of their versions. Forms have more to tell (def/release.h).
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_STORED_H
#define WF_DEF_STORED_H

#include "base/id.h"
#include "store/db.h"

struct wf_stored {
    wf_id row;
    const char *kind, *id, *package, *file, *text, *hook, *hash;
    int version;
    bool live;
    int64_t deployed, planned; /* planned 0: it is not */
};
struct wf_stored_rows {
    struct wf_stored *at;
    size_t n, cap;
};

/* One version; 0: the live one. Errors: WEFT_E_NOTFOUND. */
struct wf_stored_name {
    const char *kind, *id;
    int version;
};
WF_MUST_CHECK bool wf_stored_load(struct wf_db *db, struct wf_arena *arena,
                                  const struct wf_stored_name *name,
                                  struct wf_stored *out, weft_error *err);
/* By its row. Errors: WEFT_E_NOTFOUND. */
WF_MUST_CHECK bool wf_stored_load_row(struct wf_db *db, struct wf_arena *arena,
                                      wf_id row, struct wf_stored *out,
                                      weft_error *err);

/* All versions of one, newest first; and all that are live, by kind and id,
 * without their texts. */
WF_MUST_CHECK bool wf_stored_versions(struct wf_db *db, struct wf_arena *arena,
                                      const char *kind, const char *id,
                                      struct wf_stored_rows *out,
                                      weft_error *err);
WF_MUST_CHECK bool wf_stored_live(struct wf_db *db, struct wf_arena *arena,
                                  struct wf_stored_rows *out, weft_error *err);

#endif
