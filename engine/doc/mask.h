/* doc/mask.h - texts made unreadable, for a copy of a store that tests may
 * have: letters become other letters, what is not one stays.
 *
 * The same text becomes the same one throughout a copy, so that what belonged
 * together still does, and another one in the next: the key is thrown away.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_MASK_H
#define WF_DOC_MASK_H

#include "doc/doc.h"

struct wf_mask {
    unsigned char key[32]; /* random */
};

/* In `arena`; NULL for NULL. */
const char *wf_mask_text(const struct wf_mask *mask, struct wf_arena *arena,
                         const char *text);

/* Masks the texts of up to `limit` documents with ids above *last, and what is
 * made of them. *last is 0 behind the last one. In a transaction. */
WF_MUST_CHECK bool wf_mask_documents(struct wf_call *call,
                                     const struct wf_mask *mask, int limit,
                                     wf_id *last, weft_error *err);

#endif
