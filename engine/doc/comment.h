/* doc/comment.h - talk beside a document.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_COMMENT_H
#define WF_DOC_COMMENT_H

#include "doc/access.h"
#include "doc/cursor.h"

/* What somebody says: text of at most 4,000 characters, files that are theirs
 * and that nothing holds yet (an array of ids; NULL: none), or both. */
struct wf_said {
    const char *text; /* NULL: none */
    const struct wf_json *files;
};

/* By call->me, who must have the right. Answers
 * {"id","author","text","at","files"?}. */
WF_MUST_CHECK bool wf_comment_add(struct wf_call *call,
                                  const struct wf_doc *doc,
                                  const struct wf_said *said,
                                  struct wf_json_writer *out, weft_error *err);
WF_MUST_CHECK bool wf_comment_list(struct wf_call *call,
                                   const struct wf_doc *doc,
                                   const struct wf_page *page,
                                   struct wf_json_writer *out, weft_error *err);

/* All of a document that goes. */
WF_MUST_CHECK bool wf_comments_remove(struct wf_call *call, wf_id document,
                                      weft_error *err);

#endif
