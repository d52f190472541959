/* store/like.h - a store that begins as another one is, for what is tried many
 * times from the same beginning.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_STORE_LIKE_H
#define WF_STORE_LIKE_H

#include "store/db.h"

/* A store that is not kept, of the same database as `model`, and that holds
 * what that one holds now but for the leases of nodes: in a small part of the
 * time in which it could be made and filled. `model` is not written to
 * meanwhile, and is closed last. */
WF_MUST_CHECK bool wf_store_open_like(struct wf_store *model,
                                      const struct wf_store_options *options,
                                      struct wf_store **out, weft_error *err);

#endif
