/* doc/erase.h - what is written about somebody, or by them, taken away: words
 * go, numbers and choices stay, and so do totals and the chain of the history.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_ERASE_H
#define WF_DOC_ERASE_H

#include "doc/doc.h"

struct wf_erased {
    size_t documents, comments, events;
};

/* The same for one document, whoever it is about; adds to `out`. */
WF_MUST_CHECK bool wf_erase_document(struct wf_call *call, wf_id id,
                                     struct wf_erased *out, weft_error *err);

/* What is told of a document beside it, which goes: talk, history, news; adds
 * to `out`. */
WF_MUST_CHECK bool wf_erase_told(struct wf_call *call, wf_id id,
                                 struct wf_erased *out, weft_error *err);

/* Of documents about `person` (or, where they are about nobody, made by them)
 * the texts, what was said beneath and what their history tells; of all others
 * what the person said; of the organisation's history what names `login`.
 * Digests stay, so the chain holds. */
WF_MUST_CHECK bool wf_erase_texts(struct wf_call *call, wf_id person,
                                  const char *login, struct wf_erased *out,
                                  weft_error *err);

/* Once the person has another name: titles, and what formulas have made of the
 * former one, in whosever documents. */
WF_MUST_CHECK bool wf_erase_name(struct wf_call *call, wf_id person,
                                 const char *former, weft_error *err);

#endif
