/* doc/summary.h - what of the data stands in the document's own row.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_SUMMARY_H
#define WF_DOC_SUMMARY_H

#include "doc/doc.h"

/* The title that the form's template makes for who reads `lang`, of what
 * `sight` sees (NULL: all). */
WF_MUST_CHECK bool wf_summary_title(struct wf_call *call, const char *lang,
                                    const struct wf_doc *doc,
                                    const struct wf_sight *sight,
                                    const char **out, weft_error *err);

/* The text of its unique fields; NULL where nothing has to differ: no such
 * fields, one of them absent, or a void document. */
const char *wf_summary_uniq(struct wf_call *call, const struct wf_doc *doc);

#endif
