/* def/deploy.h - storing what was compiled, and looking at what is stored.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_DEPLOY_H
#define WF_DEF_DEPLOY_H

#include "base/id.h"
#include "def/compile.h"
#include "def/registry.h"
#include "def/release.h"

struct wf_elem;

struct wf_deploy_options {
    wf_id by; /* person; 0: the command line */
    int64_t now;
    const char *pilot; /* WHO text; NULL: for everyone */
    int64_t at;        /* when it goes live; 0: now */
    struct wf_ids *ids;
};

struct wf_deployed {
    const char *kind, *id;
    int version;
    wf_id row;
    bool is_new;  /* false: it was deployed already, for the same people */
    bool planned; /* it goes live later */
};
struct wf_deployed_rows {
    struct wf_deployed *at;
    size_t n;
};

/* Makes every definition of `bundle` live, or a pilot, or plans it, and bumps
 * the generation. What the same hash was made of is there already, as the
 * version it has: a pilot is widened or made for everyone without a new text.
 * Else it is stored as the next version. In the caller's transaction. `*out`
 * has one row a definition. */
WF_MUST_CHECK bool wf_deploy(struct wf_db *db, struct wf_arena *arena,
                             const struct wf_bundle *bundle,
                             const struct wf_deploy_options *options,
                             struct wf_deployed_rows *out, weft_error *err);

/* One change of a clone: {"op","sel","xml"}. Of our own also where it goes, and
 * the attribute that it adds ("@NAME"); see markup/patch.h. */
struct wf_change {
    const char *op, *sel, *xml;
    const char *pos, *type;
};

/* Makes one change of the tree; mistakes as below. */
bool wf_change_apply(struct wf_arena *arena, struct wf_elem *root,
                     const struct wf_change *change, struct wf_diags *diags);

/* The text of the same form after all of them: `raw` as it was written, to
 * which an overlay has operations added. NULL as below. */
struct wf_changes {
    const struct wf_change *at;
    size_t n;
};
const char *wf_change_text(struct wf_arena *arena, const struct wf_form *form,
                           const char *raw, const struct wf_changes *changes,
                           struct wf_diags *diags);

/* The XML of a clone (the merged base with a new id and label), or of an
 * overlay (from="BASE@V" and the changes as operations). Mistakes of the
 * changes are findings (file "changes", line the number of the change). NULL
 * if there are any. A clone names its base's hook file, which the compiler
 * finds in their package. */
struct wf_clone_options {
    const char *id, *label; /* label NULL: the base's */
    bool overlay;
    const struct wf_change *changes;
    size_t n_changes;
};
const char *wf_clone_text(struct wf_arena *arena, const struct wf_form *base,
                          const struct wf_clone_options *options,
                          struct wf_diags *diags);

/* Differences in meaning between two versions, as a JSON array of the rows of
 * def/diff.h. */
void wf_form_diff(const struct wf_form *from, const struct wf_form *to,
                  const char *lang, struct wf_json_writer *out);

/* Sets a package's setting. Errors: WEFT_E_INVALID a value of another type. */
struct wf_setting_change {
    const char *package;
    const struct wf_setting *setting;
    const struct wf_json *value; /* NULL or null: back to the default */
    wf_id by;
    int64_t now;
};
WF_MUST_CHECK bool wf_setting_save(struct wf_db *db,
                                   const struct wf_setting_change *change,
                                   weft_error *err);

#endif
