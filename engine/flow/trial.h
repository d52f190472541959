/* flow/trial.h - a document that is nowhere, on a form that need not be live:
 * whom it would ask, what somebody would see of it, what one of its hooks would
 * do. Nothing is stored, nobody is told.
 *
 * Hooks have the rights of whoever tries (flow->trier), never those of the
 * person whom the trial is about: else trying would be a way to read what that
 * person reads.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_TRIAL_H
#define WF_FLOW_TRIAL_H

#include "flow/flow.h"

struct wf_trial {
    const struct wf_form *form;
    const struct wf_person *author; /* whose document it would be */
    const struct wf_person *eyes;   /* who looks at it */
    const struct wf_step *step;     /* where it stands, or where they are */
    const struct wf_level *level;   /* asked; NULL: at no level */
    const struct wf_json *data;     /* as people send it; NULL: none */
    const struct wf_doc
        *like; /* a document that is there, for its data; NULL */
    const struct wf_rights *rights; /* to that one, of whoever tries: what they
                                     * do not see is left out */
};

/* Appends the members "chain", "data", "visible", "required", "errors",
 * "warnings", "seen" and "edit" to an open object. What does not fit the form
 * is a finding, and the rest is taken. */
WF_MUST_CHECK bool wf_trial_write(struct wf_flow *flow,
                                  const struct wf_trial *trial,
                                  struct wf_json_writer *out, weft_error *err);

/* Appends the member "hook": what `function` of the form's file would do:
 * {"changes","errors","warnings","log","calls","result","problem","units"}. An
 * error of the function is told there, with its line. */
struct wf_trial_hook {
    const char *function;
    const char *action, *comment; /* its second argument; NULL: none */
};
WF_MUST_CHECK bool wf_trial_run(struct wf_flow *flow,
                                const struct wf_trial *trial,
                                const struct wf_trial_hook *hook,
                                struct wf_json_writer *out, weft_error *err);

/* --- What filling in a form and trying one have in common (evaluate.c) */

/* What functions give by default beside what is `said`. What they want done
 * besides is not done. */
WF_MUST_CHECK bool wf_trial_defaults(struct wf_flow *flow, struct wf_doc *doc,
                                     const struct wf_json *said,
                                     weft_error *err);

/* What a new document would be with `data`: taken member by member, so that one
 * bad entry does not hide the rest. */
WF_MUST_CHECK bool wf_trial_fill(struct wf_flow *flow, struct wf_doc *doc,
                                 const struct wf_json *data,
                                 const struct wf_rights *rights,
                                 weft_error *err);

/* What is to be filled in where it stands. */
struct wf_trial_work {
    const struct wf_field_set *edit, *require;
};
struct wf_trial_work wf_trial_work_at(const struct wf_step *step,
                                      const struct wf_level *level);

/* Appends "data", "visible", "required", "errors" and "warnings". */
WF_MUST_CHECK bool wf_trial_tell(struct wf_flow *flow, struct wf_doc *doc,
                                 const struct wf_trial_work *work,
                                 const struct wf_rights *rights,
                                 struct wf_json_writer *out, weft_error *err);

#endif
