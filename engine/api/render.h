/* api/render.h - a document as the one who asks sees it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_RENDER_H
#define WF_API_RENDER_H

#include "api/turn.h"

/* Writes `doc` and sets the reply's etag, with rights and possible actions as
 * they are now; {"id","form","step","state"} for who sees it no longer. */
WF_MUST_CHECK bool wf_render_doc(struct wf_turn *turn, const struct wf_doc *doc,
                                 weft_error *err);

/* The same for who has just been found to see it, with these rights. */
WF_MUST_CHECK bool wf_render_seen(struct wf_turn *turn,
                                  const struct wf_doc *doc,
                                  const struct wf_rights *rights,
                                  weft_error *err);

#endif
