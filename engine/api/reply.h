/* api/reply.h - the one answer to a question or a command.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_REPLY_H
#define WF_API_REPLY_H

#include <weft/call.h>

#include "base/diag.h"
#include "base/id.h"
#include "doc/view.h"

/* Lives in its own arena, with all that it was made of. */
struct weft_reply {
    struct wf_arena *arena;
    weft_error error; /* WEFT_OK: it went well */
    const char *body;
    size_t len;
    char etag[WF_ETAG_TEXT]; /* "": none */
    wf_id id;                /* 0: none */
    bool repeat;
    const char *type, *name; /* of a file; NULL: JSON */
};

/* An error that is still to be filled, in `lang` (NULL: English). */
weft_error wf_error_in(const char *lang);

/* An empty reply that owns `arena` from now on. */
weft_reply *wf_reply_new(struct wf_arena *arena);

/* Makes `reply` one of failure; `body` is a JSON array. */
void wf_reply_fail(weft_reply *reply, const weft_error *err, const char *body);

/* What was found, as the JSON array that goes with a failure: mistakes in
 * definitions by their places, others by their fields. */
const char *wf_reply_findings(const struct wf_diags *findings);

#endif
