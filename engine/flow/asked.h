/* flow/asked.h - one document that a step asks somebody for.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_ASKED_H
#define WF_FLOW_ASKED_H

#include "flow/flow.h"

/* One document to be asked for. */
struct wf_asked {
    struct wf_doc *doc; /* that asks, in its step */
    wf_id person;
    const struct wf_group *group; /* of a collect; NULL: of a call */
    const struct wf_json *row;    /* of each="TABLE"; NULL: none */
    int64_t round;
    int64_t due; /* so long it is waited for; 0: as long as it takes */
};

/* Makes it: of the form as that person is given it, filled by <set>, hung
 * under the one that asks. Of a call it is about that person, of a collect
 * they write it. */
WF_MUST_CHECK bool wf_asked_make(struct wf_flow *flow,
                                 const struct wf_asked *asked, weft_error *err);

#endif
