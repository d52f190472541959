/* api/session.h - what a session keeps of the one who asks.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_SESSION_H
#define WF_API_SESSION_H

#include "api/turn.h"

struct weft_session {
    weft_engine *engine;
    struct wf_arena *arena;
    struct wf_asker asker;
    const char *login;  /* NULL: the system */
    const char *csrf;   /* NULL: not by cookie */
    const char *secret; /* of the cookie; NULL: not by cookie */
};

#endif
