/* doc/reaction.h - a thumb, a heart, a party beside a document: one of each
 * kind a person.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_REACTION_H
#define WF_DOC_REACTION_H

#include "doc/access.h"

/* Sets (`on`) or takes back call->me's reaction with `emoji`, one character as
 * people count them. Needs the right to comment. Setting it twice is once.
 * Errors: WEFT_E_DENIED; WEFT_E_INVALID with a finding. */
WF_MUST_CHECK bool wf_reaction_set(struct wf_call *call,
                                   const struct wf_doc *doc,
                                   const struct wf_rights *rights,
                                   const char *emoji, bool on, weft_error *err);

/* {"items":[{"emoji","count","mine"}]}, the most frequent first. */
WF_MUST_CHECK bool wf_reaction_list(struct wf_call *call,
                                    const struct wf_doc *doc,
                                    struct wf_json_writer *out,
                                    weft_error *err);

/* Removes all of a document that goes. */
WF_MUST_CHECK bool wf_reactions_remove(struct wf_call *call, wf_id document,
                                       weft_error *err);

#endif
