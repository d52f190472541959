/* doc/warn.h - the warnings that a reader of a document is shown.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_WARN_H
#define WF_DOC_WARN_H

#include "doc/access.h"

/* Findings of the rules of severity warning that tell this reader of nothing
 * but what they see. */
WF_MUST_CHECK bool wf_rules_warn(struct wf_call *call, const struct wf_doc *doc,
                                 const struct wf_rights *rights,
                                 weft_error *err);

#endif
