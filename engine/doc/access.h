/* doc/access.h - who may see and do what: one decision for one document, one
 * SQL condition for lists, both from the same rules.
 *
 * Nothing is granted but by the form's access and by work in hand; hides win
 * over both. Not visible is WEFT_E_NOTFOUND with the same words as not there.
 * Any failure denies.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_ACCESS_H
#define WF_DOC_ACCESS_H

#include "doc/doc.h"
#include "store/query.h"

/* What call->me may do with one document, decided once for a call. */
struct wf_rights {
    unsigned rights;        /* enum wf_right; 0: it does not exist for them */
    const bool *field_seen; /* by wf_field_number(); length form->n_fields */
    bool has_work;          /* an open seat of this person */
};
WF_MUST_CHECK bool wf_access_decide(struct wf_call *call,
                                    const struct wf_doc *doc,
                                    struct wf_rights *out, weft_error *err);

/* Asks ahead for what it will ask of `person` (store/ahead.h). */
WF_MUST_CHECK bool wf_access_ahead(struct wf_call *call, wf_id document,
                                   wf_id person, weft_error *err);

/* The same of a document that is nowhere, as if call->me were asked at a step
 * of it, or at a level of an approval (NULL: none). */
struct wf_place_asked {
    const char *step, *level;
};
WF_MUST_CHECK bool wf_access_decide_asked(struct wf_call *call,
                                          const struct wf_doc *doc,
                                          const struct wf_place_asked *asked,
                                          struct wf_rights *out,
                                          weft_error *err);

/* The place of a field among all of its form, from 0. */
size_t wf_field_number(const struct wf_form *form,
                       const struct wf_field *field);
bool wf_rights_see(const struct wf_rights *rights, const struct wf_form *form,
                   const struct wf_field *field);

/* Loads and decides; WEFT_E_NOTFOUND unless it may be read. */
WF_MUST_CHECK bool wf_doc_open(struct wf_call *call, wf_id id,
                               struct wf_doc **doc, struct wf_rights *rights,
                               weft_error *err);

/* Whether call->me may create documents of `form`; may derive from it; sees it
 * in the list of forms (may create, or has any grant that needs no document,
 * or has a document or work of it). */
WF_MUST_CHECK bool wf_access_may_create(struct wf_call *call,
                                        const struct wf_form *form, bool *out,
                                        weft_error *err);
WF_MUST_CHECK bool wf_access_may_derive(struct wf_call *call,
                                        const struct wf_form *form, bool *out,
                                        weft_error *err);
WF_MUST_CHECK bool wf_access_may_see_form(struct wf_call *call,
                                          const struct wf_form *form, bool *out,
                                          weft_error *err);
/* Whether call->me may deploy into the package (its policy, else role admin).
 */
WF_MUST_CHECK bool wf_access_may_deploy(struct wf_call *call,
                                        const struct wf_package *package,
                                        bool *out, weft_error *err);

/* Whether call->me is among `who`, words without a document. */
WF_MUST_CHECK bool wf_access_is_among(struct wf_call *call,
                                      const struct wf_who *who, bool *out,
                                      weft_error *err);

/* Appends a condition over the document row `d`: documents of the family
 * `form` (all of its stored versions; NULL: of every form) that call->me may
 * read. `field`, where not NULL, must also be seen on them. */
WF_MUST_CHECK bool wf_access_query(struct wf_call *call, const char *form,
                                   const char *field, struct wf_query *query,
                                   weft_error *err);

#endif
