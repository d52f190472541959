/* support/expr_world.h - what a formula sees in a test: a form, a document,
 * people, settings, a clock that stands still.
 *
 * Described by JSON, as tests/vectors/formulas.json says it: what `own` does
 * not say is taken from `common`.
 *   now, zone     the clock (RFC 3339) and the zone of the package
 *   package       settings and scales (form_by_hand.h)
 *   forms         {"goal":[fields]}; "form" of the case names one of them, or
 *                 "fields" gives the fields themselves
 *   names         {"step":"draft", …}; types as the language has them
 *   people        {"7":{"login":…,"name":…,"unit":…,"grade":…,"title":…,
 *                 "manager":…}}
 *   documents     {"100":{"form":"goal","data":{…}}}, behind links
 *   quiet         days without a change, for stale()
 *   data, row     the document; [table, index] of the row in turn
 *   stored, approver, private   flags of the scope
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef SUPPORT_EXPR_WORLD_H
#define SUPPORT_EXPR_WORLD_H

#include "def/expr.h"
#include "def/form.h"

struct expr_world {
    struct wf_arena *arena;
    const struct wf_json *common, *own;
    struct wf_package *package;
    struct wf_form *form;
    struct wf_scope scope;
    struct wf_source source;
    struct wf_env env;
    int64_t units; /* 100,000 to begin with */
};

/* `world` is borrowed by what it holds: it may not be moved. */
void expr_world_init(struct expr_world *world, struct wf_arena *arena,
                     const struct wf_json *common, const struct wf_json *own);

/* Parses and links; NULL and findings. */
struct wf_expr *expr_world_link(struct expr_world *world, const char *text,
                                enum wf_type want, struct wf_diags *diags);

#endif
