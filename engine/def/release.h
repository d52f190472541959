/* def/release.h - which versions of a form take new documents, and whose: live
 * for everyone, pilots by audience, planned for a time, retired.
 *
 * Versions themselves never change. Several are live at once where there are
 * pilots; one for everyone ends all others. What was live when stays, a row an
 * era, so that a form is linked with what it was checked against, and people
 * can see who got which.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_RELEASE_H
#define WF_DEF_RELEASE_H

#include "base/id.h"
#include "store/db.h"

enum wf_release_state {
    WF_RETIRED,
    WF_LIVE,
    WF_PILOT,
    WF_PLANNED
};
const char *wf_release_state_name(enum wf_release_state state);

/* A stored version, with what is known of it. */
struct wf_version_info {
    wf_id row;
    const char *id, *package, *file, *text, *hook, *hash, *base, *audience;
    int version, base_version;
    enum wf_release_state state;
    bool live; /* or a pilot */
    int64_t deployed, planned;
    wf_id deployed_by;
};
struct wf_version_rows {
    struct wf_version_info *at; /* newest first */
    size_t n;
};

/* The text of a form's version (0: the live one) and what is known of it.
 * Errors: WEFT_E_NOTFOUND. */
WF_MUST_CHECK bool wf_version_load(struct wf_db *db, struct wf_arena *arena,
                                   const char *form, int version,
                                   struct wf_version_info *out,
                                   weft_error *err);
WF_MUST_CHECK bool wf_versions_load(struct wf_db *db, struct wf_arena *arena,
                                    const char *form,
                                    struct wf_version_rows *out,
                                    weft_error *err);

/* A time in which a version took new documents. */
struct wf_era {
    int version;
    const char *audience; /* NULL: everyone */
    int64_t since, until; /* until 0: it goes on */
    wf_id begun_by, ended_by;
};
struct wf_eras {
    struct wf_era *at; /* in order of time */
    size_t n, cap;
};
WF_MUST_CHECK bool wf_eras_load(struct wf_db *db, struct wf_arena *arena,
                                const char *form, struct wf_eras *out,
                                weft_error *err);

/* The version that was for everyone before the present one; 0: there was none.
 */
int wf_eras_before(const struct wf_eras *eras);

/* --- Changing it, in the caller's transaction. The caller bumps the generation
 * "definition". */
struct wf_release {
    const char *form;
    int version;
    const char *audience; /* WHO; NULL: everyone */
    wf_id by;
    int64_t now;
    struct wf_ids *ids;
};

/* Gives the version to new documents from now on: of everyone, which ends all
 * others; or of `audience` beside the others, which also widens or narrows the
 * pilot that it is. Errors: WEFT_E_NOTFOUND; WEFT_E_CONFLICT it is the one for
 * everyone, and there would be none. */
WF_MUST_CHECK bool wf_release(struct wf_db *db,
                              const struct wf_release *release,
                              weft_error *err);

/* Ends a pilot, or takes back what was planned. Errors: as above. */
WF_MUST_CHECK bool wf_release_end(struct wf_db *db,
                                  const struct wf_release *release,
                                  weft_error *err);

/* Puts off the definition of this row, which is not live, until `at`: then it
 * is for `audience`, NULL for everyone. */
WF_MUST_CHECK bool wf_release_plan(struct wf_db *db, wf_id row,
                                   const char *audience, int64_t at,
                                   weft_error *err);

/* Makes the definition of this row, of whatever kind, live as it was planned
 * for `at`; *done is false if it has been released, planned anew or taken back
 * since. `release` says by whom and when. */
WF_MUST_CHECK bool wf_release_due(struct wf_db *db, wf_id row, int64_t at,
                                  const struct wf_release *release, bool *done,
                                  weft_error *err);

/* Makes the row the one that is live of its kind and name; for what has no
 * pilots. */
WF_MUST_CHECK bool wf_release_row(struct wf_db *db, wf_id row, const char *kind,
                                  const char *name, weft_error *err);

#endif
