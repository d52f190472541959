/* org/successor.h - who has taken over from somebody who leaves.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_SUCCESSOR_H
#define WF_ORG_SUCCESSOR_H

#include "org/person.h"

/* Names the heir of `person`; the last one named counts. */
WF_MUST_CHECK bool wf_successor_set(struct wf_call *call, wf_id person,
                                    wf_id heir, weft_error *err);

/* The active person who has taken over from `person`, through heirs who have
 * left themselves; 0: nobody has. */
WF_MUST_CHECK bool wf_successor_find(struct wf_call *call, wf_id person,
                                     wf_id *out, weft_error *err);

/* Gives `heir` what `person` is in the organisation: their roles, the units
 * that they head, the people who report to them. */
struct wf_inherited {
    int roles, units, reports;
};
WF_MUST_CHECK bool wf_successor_inherit(struct wf_call *call, wf_id person,
                                        wf_id heir, struct wf_inherited *counts,
                                        weft_error *err);

#endif
