/* flow/ask.h - small questions that the files of this folder share: who is
 * meant, and does a condition hold.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_ASK_H
#define WF_FLOW_ASK_H

#include "flow/flow.h"

/* The people of `doc` that `who` means, lua() included. NULL `who`: nobody. */
WF_MUST_CHECK bool wf_ask_people(struct wf_flow *flow, const struct wf_doc *doc,
                                 const struct wf_who *who,
                                 struct wf_who_list *out, weft_error *err);

/* Whether call->me is among them; the system is among all. */
WF_MUST_CHECK bool wf_ask_is_one_of(struct wf_flow *flow,
                                    const struct wf_doc *doc,
                                    const struct wf_who *who, bool *out,
                                    weft_error *err);

/* Whether `person` is among them in their own right: not as the heir of one
 * who has left. */
WF_MUST_CHECK bool wf_ask_means(struct wf_flow *flow, const struct wf_doc *doc,
                                const struct wf_who *who, wf_id person,
                                bool *out, weft_error *err);

/* Whether `when` holds for `doc`; NULL always does. */
WF_MUST_CHECK bool wf_ask_holds(struct wf_flow *flow, const struct wf_doc *doc,
                                const struct wf_expr *when,
                                const struct wf_person *approver, bool *out,
                                weft_error *err);

/* Lists of people as sets. */
bool wf_who_list_has(const struct wf_who_list *list, wf_id person);
void wf_who_list_add(struct wf_arena *arena, struct wf_who_list *list,
                     wf_id person);
void wf_who_list_remove(struct wf_who_list *list, wf_id person);

#endif
