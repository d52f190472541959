/* doc/access_ask.h - the rules of access as SQL, for the queries of this
 * folder.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_ACCESS_ASK_H
#define WF_DOC_ACCESS_ASK_H

#include "doc/access.h"

struct wf_fields {
    const struct wf_field **at;
    size_t n, cap;
};

/* What a query asks of access. */
struct wf_ask {
    const char *form; /* documents of it and of its overlays; NULL: of all */

    /* Adds the fields of a version that must be seen; false: its documents do
     * not count. NULL: none must. */
    bool (*fields)(const void *self, struct wf_arena *arena,
                   const struct wf_form *version, struct wf_fields *out);
    const void *self;

    /* Beyond reading, of enum wf_right: a grant gives it, work in hand does
     * not. 0: reading is enough. */
    unsigned right;

    /* What the query says already: whatever follows from it is left out. */
    bool is_read;                /* call->me may read the document */
    bool is_subject, is_creator; /* call->me is */

    /* Asked of some rows of many, as of those of a page: what it says of people
     * is looked up for each, not worked out for all. */
    bool by_row;
};

/* Documents of `form` on which the field of this path is seen; NULL: all. */
struct wf_ask wf_ask_field(const char *form, const char *path);

/* Appends a condition over `d`: a document that `ask` names, that call->me may
 * read, and on which they see the fields. */
WF_MUST_CHECK bool wf_ask_add(struct wf_call *call, const struct wf_ask *ask,
                              struct wf_query *query, weft_error *err);

/* Where the documents are that wf_ask_add() lets through: appends statements
 * that give their ids, some of them twice, and perhaps those of others, each
 * behind " UNION ALL ". What was appended for WF_WHO_REACHES_ALL does not. */
WF_MUST_CHECK bool wf_ask_find(struct wf_call *call, const struct wf_ask *ask,
                               struct wf_query *query, enum wf_who_reach *reach,
                               weft_error *err);

/* Whether everybody who may read a document that `ask` names sees the fields
 * on it: then no condition is needed for them. */
WF_MUST_CHECK bool wf_ask_is_open(struct wf_call *call,
                                  const struct wf_ask *ask, bool *out,
                                  weft_error *err);

/* The live forms that count as `form` (itself, its overlays); of all for
 * NULL. */
struct wf_forms {
    const struct wf_form **at;
    size_t n, cap;
};
void wf_ask_forms(struct wf_call *call, const char *form, struct wf_forms *out);

/* Appends "d.form IN (…)" for them; "1 = 0" where there are none. */
void wf_ask_add_forms(const struct wf_forms *forms, struct wf_query *query);

/* Appends the condition that `when` holds on the document `d`, for the forms
 * that the compiler lets stand in access. True or false, never unknown. */
WF_MUST_CHECK bool wf_when_query(struct wf_call *call,
                                 const struct wf_form *form,
                                 const struct wf_expr *when,
                                 struct wf_query *query, weft_error *err);

#endif
