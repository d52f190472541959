/* doc/derive.h - derived values, and the rules that a document must meet.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_DERIVE_H
#define WF_DOC_DERIVE_H

#include "doc/doc.h"

/* Computes all formulas in their order into doc->data. */
WF_MUST_CHECK bool wf_derive(struct wf_call *call, struct wf_doc *doc,
                             weft_error *err);

/* Whether each value that follows from the document's own entries is what its
 * formula gives; what hangs on time, people, settings or others is as old as
 * the last save. Computes anew what is in doc->data. */
WF_MUST_CHECK bool wf_derive_verify(struct wf_call *call, struct wf_doc *doc,
                                    bool *sound, weft_error *err);

/* Computes the texts alone: nobody's numbers change by it. */
WF_MUST_CHECK bool wf_derive_texts(struct wf_call *call, struct wf_doc *doc,
                                   weft_error *err);

/* Findings of rules: the warnings, or if `saving` the errors of those with
 * on="save". The errors that stop actions are wf_complete_check()'s. */
WF_MUST_CHECK bool wf_rules_check(struct wf_call *call,
                                  const struct wf_doc *doc, bool saving,
                                  weft_error *err);

/* The errors of rules with on="always", which also hold where a document only
 * follows others. Errors: WEFT_E_INVALID, with findings. */
WF_MUST_CHECK bool wf_rules_always(struct wf_call *call,
                                   const struct wf_doc *doc, weft_error *err);

/* What stops an action: required fields that `require` or the fields' own
 * required / required-when ask of `edit`, least numbers of rows, totals, and
 * rules of severity error; of what is frozen, only the rules. All as findings.
 */
WF_MUST_CHECK bool wf_complete_check(struct wf_call *call,
                                     const struct wf_doc *doc,
                                     const struct wf_field_set *edit,
                                     const struct wf_field_set *require,
                                     weft_error *err);

/* What a document must hold that begins beyond its first step: all that is
 * required but for the fields of `later`, which the step that it comes to
 * edits; with none of these, whatever stops an action. As findings. */
WF_MUST_CHECK bool wf_begun_check(struct wf_call *call,
                                  const struct wf_doc *doc,
                                  const struct wf_field_set *later,
                                  weft_error *err);

/* Whether a field is shown now (visible-when of it, its section, its table). */
WF_MUST_CHECK bool wf_field_is_visible(struct wf_call *call,
                                       const struct wf_doc *doc,
                                       const struct wf_field *field,
                                       const struct wf_json *row, bool *out,
                                       weft_error *err);

/* Paths of fields shown, and of fields required now, for live forms. */
WF_MUST_CHECK bool wf_fields_now(struct wf_call *call, const struct wf_doc *doc,
                                 struct wf_json **visible,
                                 struct wf_json **required, weft_error *err);

#endif
