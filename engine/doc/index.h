/* doc/index.h - the rows by which documents are found: typed values of their
 * fields, links to others, and tokens of full text.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_INDEX_H
#define WF_DOC_INDEX_H

#include "doc/doc.h"

/* Whether people look for words in it. */
bool wf_field_has_words(const struct wf_field *field);

/* Brings the rows up to the data: those that changed since they were stored. */
WF_MUST_CHECK bool wf_index_save(struct wf_call *call, struct wf_doc *doc,
                                 weft_error *err);

/* Makes the rows that are missing, of a document that was stored before
 * something began to ask by its fields. */
WF_MUST_CHECK bool wf_index_fill(struct wf_call *call, const struct wf_doc *doc,
                                 weft_error *err);

/* All rows of a document that goes, and links of others to it. */
WF_MUST_CHECK bool wf_index_remove(struct wf_call *call, wf_id document,
                                   weft_error *err);

#endif
