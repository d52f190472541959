/* plan/cycle_members.h - the people of a run, and what each was given.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_PLAN_CYCLE_MEMBERS_H
#define WF_PLAN_CYCLE_MEMBERS_H

#include "doc/cursor.h"
#include "plan/cycle.h"

/* How many there are. */
WF_MUST_CHECK bool wf_members_count(struct wf_call *call, wf_id run,
                                    int64_t *out, weft_error *err);

/* "items":[…],"next" of a page, as <weft/cycle.h> says. */
WF_MUST_CHECK bool wf_members_write(struct wf_call *call, wf_id run,
                                    const struct wf_page *page,
                                    struct wf_json_writer *out,
                                    weft_error *err);

/* Whether call->me is a member; "mine":[{"stage","document"}]. */
WF_MUST_CHECK bool wf_members_has_me(struct wf_call *call, wf_id run, bool *out,
                                     weft_error *err);
WF_MUST_CHECK bool wf_members_write_mine(struct wf_call *call, wf_id run,
                                         struct wf_json_writer *out,
                                         weft_error *err);

#endif
