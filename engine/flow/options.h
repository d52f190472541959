/* flow/options.h - the options that a function of the hook file gives:
 * options="lua:NAME".
 *
 * The function is given the document and returns a list: of texts, or of
 * { id =, label = }. It only reads: what it wants done besides is not done.
 *
 * Source: docs/definition-language.md, "Fields".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_OPTIONS_H
#define WF_FLOW_OPTIONS_H

#include "flow/flow.h"

/* Findings (code option) for what has been chosen since the document was
 * loaded and is none of the options. */
WF_MUST_CHECK bool wf_options_check(struct wf_flow *flow, struct wf_doc *doc,
                                    weft_error *err);

/* {"PATH": [{"id","label"}]} of those fields that `rights` lets see; *out NULL
 * where the form has none. */
WF_MUST_CHECK bool wf_options_list(struct wf_flow *flow,
                                   const struct wf_doc *doc,
                                   const struct wf_rights *rights,
                                   struct wf_json **out, weft_error *err);

#endif
