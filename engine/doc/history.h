/* doc/history.h - what happened: append-only, hash-chained.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_HISTORY_H
#define WF_DOC_HISTORY_H

#include "doc/access.h"
#include "doc/cursor.h"

struct wf_event {
    wf_id document; /* 0: of no document (a deploy, a sign-in …) */
    const char *kind;
    const char *step, *level;      /* NULL: none */
    const char *reason;            /* code, for the engine's own acts */
    const char *comment;           /* NULL: none */
    const struct wf_json *changes; /* of wf_doc_changes(); NULL: none */
    wf_id for_person;              /* in whose name or place; 0: nobody's */
    const wf_id *people;           /* whom it names: asked, told, added */
    size_t n_people;
    bool by_system;      /* the engine's act though a person caused it */
    bool is_saved_after; /* wf_doc_save() follows in this transaction */
    bool is_first;       /* of its document, which is being made */
};

/* Appends to the lane of call->db: reads the head, hashes, moves the head, in
 * the transaction of the change itself. */
WF_MUST_CHECK bool wf_history_add(struct wf_call *call,
                                  const struct wf_event *event,
                                  weft_error *err);

/* The document's events as the API shows them, changes of unseen fields left
 * out; oldest first. */
WF_MUST_CHECK bool wf_history_list(struct wf_call *call,
                                   const struct wf_doc *doc,
                                   const struct wf_rights *rights,
                                   const struct wf_page *page,
                                   struct wf_json_writer *out, weft_error *err);

/* Writes the members "for" and "people" of an event with this payload (NULL:
 * none): in whose name it was done, and whom it names. */
WF_MUST_CHECK bool wf_history_named(struct wf_call *call,
                                    const struct wf_json *payload,
                                    struct wf_json_writer *out,
                                    weft_error *err);

/* When one of these fields was last changed; where none ever was, when the
 * document was created. */
WF_MUST_CHECK bool wf_history_last_change(struct wf_call *call,
                                          const struct wf_doc *doc,
                                          const struct wf_field *const *fields,
                                          size_t n, int64_t *at,
                                          weft_error *err);

/* Walks every lane; the first bad seq of each is a finding. */
WF_MUST_CHECK bool wf_history_verify(struct wf_call *call, weft_error *err);

#endif
