/* flow/migrate.h - a running document moves to another version of its form.
 *
 * What it holds is carried over (doc/convert.h), its step becomes the one of
 * the same id or the one that the designer names for it. People who are asked
 * stay asked where the work means the same; else they are asked anew, through
 * the same code as ever, and earlier approvals count. Derived values are worked
 * out by the new formulas. Either all of it happens, or the document stays as
 * it was and the reason is told.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_MIGRATE_H
#define WF_FLOW_MIGRATE_H

#include "doc/convert.h"
#include "flow/flow.h"

struct wf_migration {
    const struct wf_form *to;
    const struct wf_json *steps;  /* {"old step": "new step"}; NULL: none */
    const struct wf_json *fields; /* {"old path": "new path"}; NULL: none */
    const char *reason;           /* for the history; NULL: none */
};

/* Where documents in `step` of another version go; NULL: nowhere, also where
 * the new step does not wait for what the old one has asked for. */
const struct wf_step *wf_migrate_step(const struct wf_migration *migration,
                                      const struct wf_step *step);

/* Whether those who are asked at `step` and `level` (NULL: none) of the form
 * `from` stay asked at the step `at` that stands for it: it is the same work
 * for the same people, under another name perhaps. */
bool wf_migrate_keeps(const struct wf_migration *migration,
                      const struct wf_form *from, const struct wf_step *step,
                      const char *level, const struct wf_step *at);

/* The same step in the other version, for a document or a lane that stands in
 * it. Errors: WEFT_E_CONFLICT there is none. */
WF_MUST_CHECK bool wf_migrate_find_step(const struct wf_migration *migration,
                                        const struct wf_step *step,
                                        const struct wf_step **out,
                                        weft_error *err);

/* One document, or the lane that is looked at in both, from where `old` is to
 * its present step: who is asked stays asked where `*kept`. */
WF_MUST_CHECK bool wf_migrate_place(struct wf_flow *flow, struct wf_doc *doc,
                                    struct wf_doc *old,
                                    const struct wf_migration *migration,
                                    bool *kept, weft_error *err);

/* The lanes of a document that was in the parallel old->step and comes to the
 * parallel doc->step (migrate_lane.c): each is in the lane of its name, new
 * ones begin. *kept where all that were asked still are. Errors:
 * WEFT_E_CONFLICT a lane that is open is gone, or its step is. */
WF_MUST_CHECK bool wf_migrate_lanes(struct wf_flow *flow, struct wf_doc *doc,
                                    struct wf_doc *old,
                                    const struct wf_migration *migration,
                                    bool *kept, weft_error *err);

/* The rows of lanes as the document's present form has them; what old->step, a
 * parallel, has given up is given up in them too. */
WF_MUST_CHECK bool wf_migrate_lane_rows(struct wf_call *call,
                                        struct wf_doc *doc, struct wf_doc *old,
                                        weft_error *err);

/* What became of one document. */
struct wf_moved {
    const struct wf_step *from, *to;
    const char *from_level, *to_level; /* NULL: none */
    bool kept;                         /* who was asked still is */
    struct wf_who_list asked;          /* who is now */
    struct wf_conversion values;
    const struct wf_json *derived; /* [{"field","from","to"}] */
};

/* Moves a document that was loaded in this transaction, with a "migrate" event.
 * After a failure all of it is to be undone. Errors: WEFT_E_CONFLICT it is
 * finished, anonymous, there already, its step is gone, or another is like it;
 * WEFT_E_INVALID nobody can be asked; WEFT_E_SCRIPT. */
WF_MUST_CHECK bool wf_migrate_doc(struct wf_flow *flow, struct wf_doc *doc,
                                  const struct wf_migration *migration,
                                  struct wf_moved *out, weft_error *err);

#endif
