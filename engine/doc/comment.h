/* doc/comment.h - talk beside a document.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_COMMENT_H
#define WF_DOC_COMMENT_H

#include "doc/access.h"
#include "doc/cursor.h"

/* Text of 1–4,000 characters by call->me, who must have the right. Answers
 * {"id","author","text","at"}. */
WF_MUST_CHECK bool wf_comment_add(struct wf_call *call,
                                  const struct wf_doc *doc, const char *text,
                                  struct wf_json_writer *out, weft_error *err);
WF_MUST_CHECK bool wf_comment_list(struct wf_call *call,
                                   const struct wf_doc *doc,
                                   const struct wf_page *page,
                                   struct wf_json_writer *out, weft_error *err);

/* All of a document that goes. */
WF_MUST_CHECK bool wf_comments_remove(struct wf_call *call, wf_id document,
                                      weft_error *err);

#endif
