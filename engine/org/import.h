/* org/import.h - people and units from CSV: by key, all or nothing.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_IMPORT_H
#define WF_ORG_IMPORT_H

#include "org/call.h"

struct wf_import_result {
    int64_t n_rows, n_added, n_changed, n_same;
    int64_t n_left;                    /* of the changed: active no more */
    const struct wf_json *differences; /* of a check: see below */
};

/* Reads the CSV (docs/http.md, "Files that people bring"), checks every row,
 * and unless `check` applies them and brings the closures up to date. Mistakes
 * are findings with field "[ROW].column", rows from 1; with any of them
 * nothing is changed and the call fails with WEFT_E_INVALID.
 *
 * A check applies them, looks at what came out, and takes it back: its
 * differences are [{"row","id","kind","changes":[{"field","from","to"}]}] with
 * a kind of added, changed or left, of the first WF_DIFFERENCES_MAX rows that
 * are not the same. */
WF_MUST_CHECK bool wf_import_units(struct wf_call *call, const char *csv,
                                   size_t len, bool check,
                                   struct wf_import_result *out,
                                   weft_error *err);
WF_MUST_CHECK bool wf_import_people(struct wf_call *call, const char *csv,
                                    size_t len, bool check,
                                    struct wf_import_result *out,
                                    weft_error *err);

/* What was before today, from CSV: `login`, `what` (manager, dotted, unit,
 * title, grade, active), `value`, `since`, `until`. A period ends today at the
 * latest; one without an end holds today, and says since when. Those of one
 * `what` of a person replace what was known of it. What is today stays. */
WF_MUST_CHECK bool wf_import_history(struct wf_call *call, const char *csv,
                                     size_t len, bool check,
                                     struct wf_import_result *out,
                                     weft_error *err);

enum {
    WF_DIFFERENCES_MAX = 1000
};

/* One person, for init and tests; roles as in a CSV ("admin;hrbp@unit"). */
WF_MUST_CHECK bool wf_person_add(struct wf_call *call, const char *login,
                                 const char *name, const char *roles,
                                 wf_id *out, weft_error *err);

#endif
