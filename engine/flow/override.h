/* flow/override.h - setting a value over that of a document, with a reason.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_OVERRIDE_H
#define WF_FLOW_OVERRIDE_H

#include "flow/flow.h"

/* One value: as people write it; null takes away what was set. */
struct wf_override {
    const char *field;
    const struct wf_json *value;
    const char *reason; /* compulsory */
};

/* Sets it, works out what follows, and keeps it with an event. Who may is the
 * caller's to ask. Errors: WEFT_E_INVALID with findings; WEFT_E_NOTFOUND no
 * such field. */
WF_MUST_CHECK bool wf_flow_override(struct wf_flow *flow, struct wf_doc *doc,
                                    const struct wf_override *override,
                                    weft_error *err);

#endif
