/* def/ways.h - which steps can be reached from which.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_WAYS_H
#define WF_DEF_WAYS_H

#include "def/load.h"

struct wf_ways;

/* Worked out once a form; lives in load->scratch. */
const struct wf_ways *wf_ways_of(struct wf_load *load);

/* Whether a document in `from` may come to `to`; every step reaches itself. */
bool wf_ways_reach(const struct wf_ways *ways, const struct wf_step *from,
                   const struct wf_step *to);

/* Whether it may come to an end. */
bool wf_ways_end(const struct wf_ways *ways, const struct wf_step *from);

#endif
