/* doc/unseen.h - fields that work does not show, because whoever gave it away
 * did not see them: nobody gives away what they are not to see.
 *
 * They stand with the seat as text, " grade lines.cost ", so that SQL can ask
 * for one of them; NULL: none.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_UNSEEN_H
#define WF_DOC_UNSEEN_H

#include "doc/access.h"

/* Whether a seat with `unseen` does not show the field. Only what is private,
 * or a hide speaks of, can be unseen. */
bool wf_unseen_has(const char *unseen, const struct wf_form *form,
                   const struct wf_field *field);

/* Who gives work away: a person, at a place of the document, and what theirs
 * does not show them already. */
struct wf_unseen_giver {
    wf_id person;
    struct wf_place_asked place;
    const char *unseen;
};

/* That, and what they would not see if they were asked there. */
WF_MUST_CHECK bool wf_unseen_by(struct wf_call *call, const struct wf_doc *doc,
                                const struct wf_unseen_giver *giver,
                                const char **out, weft_error *err);

/* Appends " AND …": the seat `s` shows the field, which is not private. */
void wf_unseen_query(const struct wf_form *form, const struct wf_field *field,
                     struct wf_query *query);

#endif
