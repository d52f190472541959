/* doc/view.h - what people see of a document, and its tag.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_VIEW_H
#define WF_DOC_VIEW_H

#include "doc/access.h"

/* What only flow knows of a document for this person. */
struct wf_can {
    const char **actions; /* action and verb ids */
    size_t n_actions;
    const struct wf_field_set *edit; /* of their work; NULL: nothing */
    const struct wf_json *options;   /* that functions give; NULL: none do */
    bool may_appeal;
    int64_t appeal_until; /* 0: ever */
};

/* The document as API.md shows it; fields not seen are absent. Warnings are
 * worked out now. */
WF_MUST_CHECK bool wf_view_doc(struct wf_call *call, const struct wf_doc *doc,
                               const struct wf_rights *rights,
                               const struct wf_can *can,
                               struct wf_json_writer *out, weft_error *err);

/* data alone, as seen: people as {"id","login","name"} and so on. */
WF_MUST_CHECK bool wf_view_data(struct wf_call *call, const struct wf_doc *doc,
                                const struct wf_rights *rights,
                                struct wf_json **out, weft_error *err);

/* The entity tag: "R-W", R of what this reader sees of edits and steps, W of
 * all that they see. wf_etag_matches_edit() compares R only, for If-Match. */
enum {
    WF_ETAG_TEXT = 64
};
void wf_etag_write(const struct wf_doc *doc, const struct wf_rights *rights,
                   const char *body, size_t len, char text[WF_ETAG_TEXT]);
bool wf_etag_matches_edit(const char *if_match, const struct wf_doc *doc,
                          const struct wf_rights *rights);

/* Why a field has its value, as its reader may see it. */
WF_MUST_CHECK bool wf_view_explain(struct wf_call *call,
                                   const struct wf_doc *doc,
                                   const struct wf_rights *rights,
                                   const char *field,
                                   struct wf_json_writer *out, weft_error *err);

#endif
