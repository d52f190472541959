/* api/demo.h - what the files of the sample company share.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_DEMO_H
#define WF_API_DEMO_H

#include "api/session.h"
#include "base/map.h"

/* What is done so far. */
struct wf_demo {
    weft_session *session;
    struct wf_arena *arena;
    struct wf_diags findings; /* mistakes in the files */
    struct wf_map names;      /* of documents of this file, to ids */
    const char *findings_text;
};

/* One file of acts. */
struct wf_demo_script {
    const char *password;
    const struct wf_json *acts;
};

/* False with `err` filled if `reply`, which is freed, is one of failure; its
 * findings become those of the demo. */
bool wf_demo_use(struct wf_demo *demo, weft_reply *reply, weft_error *err);

/* Does what a script tells, in order. */
WF_MUST_CHECK bool wf_demo_play(struct wf_demo *demo,
                                const struct wf_demo_script *script,
                                weft_error *err);

#endif
