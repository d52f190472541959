/* doc/veil.h - documents whose writer nobody may know: the veil over them, and
 * who wrote which, apart from what was written.
 *
 * While the veil is down, a document exists for its writer and for nobody else:
 * not for administrators, not for hooks that run as the system. The engine
 * itself is shown that it is there, and no more. Lifted, it is shown as its
 * form's access says, still without a writer, a time or a history.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_VEIL_H
#define WF_DOC_VEIL_H

#include "doc/doc.h"
#include "store/query.h"

/* Who is asked, and for what. */
struct wf_rater {
    wf_id parent; /* the document that asks */
    const char *step, *party;
    int64_t round;
    wf_id person;
};

/* Makes `doc`, which is new, an anonymous one: an id and a time that tell
 * nothing, no creator. */
WF_MUST_CHECK bool wf_veil_begin(struct wf_call *call, struct wf_doc *doc,
                                 weft_error *err);

/* Notes, sealed, that `rater` is the writer of `document`. */
WF_MUST_CHECK bool wf_veil_give(struct wf_call *call, wf_id document,
                                const struct wf_rater *rater, weft_error *err);

/* Fills doc->veil; for wf_doc_load(). */
WF_MUST_CHECK bool wf_veil_load(struct wf_call *call, struct wf_doc *doc,
                                weft_error *err);

/* Whether call->me is the writer of `doc`, whose veil is down. */
WF_MUST_CHECK bool wf_veil_is_mine(struct wf_call *call,
                                   const struct wf_doc *doc, bool *out,
                                   weft_error *err);

/* Documents behind the veil of which call->me is the writer, in no order that
 * tells anything. */
struct wf_veiled {
    wf_id *at;
    size_t n, cap;
};
WF_MUST_CHECK bool wf_veil_mine(struct wf_call *call, struct wf_veiled *out,
                                weft_error *err);

/* Whether call->me has one of this family to write. */
WF_MUST_CHECK bool wf_veil_has_of(struct wf_call *call, const char *family,
                                  bool *out, weft_error *err);

/* Appends the condition over `d` that it is not behind a veil; that it never
 * was: hooks, rollups and alerts meet no anonymous document at all. `by_index`:
 * the query walks along an index that lacks the creator. */
void wf_veil_query(struct wf_query *query, bool by_index);
void wf_veil_query_none(struct wf_query *query);

/* Takes the veil away with its document. */
WF_MUST_CHECK bool wf_veil_remove(struct wf_call *call, wf_id document,
                                  weft_error *err);

/* Whether an event on `document` would tell of its writer. */
bool wf_veil_hides(const struct wf_call *call, wf_id document);

/* --- Closing */

/* Whether `writers` of these documents, who are to be shown as one set, would
 * let fewer than `floor` people be told apart from a set that was shown in an
 * earlier round. */
WF_MUST_CHECK bool wf_veil_tells_apart(struct wf_call *call,
                                       const struct wf_rater *like,
                                       const struct wf_veiled *documents,
                                       int floor, bool *out, weft_error *err);

/* Forgets who wrote what of a party in this round: what is left says who had
 * answered, and whether their answers show. */
WF_MUST_CHECK bool wf_veil_forget(struct wf_call *call,
                                  const struct wf_rater *like,
                                  const struct wf_veiled *documents, bool shown,
                                  weft_error *err);

/* Lifts the veil of a document, and gives it the rows for searching that it
 * had not; the day is the one of closing, for all alike. */
WF_MUST_CHECK bool wf_veil_lift(struct wf_call *call, struct wf_doc *doc,
                                weft_error *err);

#endif
