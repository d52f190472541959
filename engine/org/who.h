/* org/who.h - the two readings of "who": the people of a document, and a
 * condition for the documents of a person. Both come from one table of words
 * and are tested against each other.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_WHO_H
#define WF_ORG_WHO_H

#include "def/who.h"
#include "org/person.h"
#include "store/query.h"

/* The document that the words are about; NULL where there is none. */
struct wf_who_doc {
    wf_id id; /* 0: not stored yet */
    const struct wf_form *form;
    wf_id subject, creator;
    const struct wf_json *data;
};

struct wf_who_context {
    struct wf_call *call;
    const struct wf_who_doc *doc;
    /* lua(NAME): logins or ids; given by flow. NULL: refused. */
    bool (*lua)(void *self, const char *name, struct wf_json **out,
                weft_error *err);
    void *self;
};

struct wf_who_list {
    wf_id *at;
    size_t n;
    size_t cap;
};

/* First reading: the active people, each once, in the order named; holders of
 * a role and members of a unit by login. At most 10,000, else
 * WEFT_E_TOO_LARGE. */
WF_MUST_CHECK bool wf_who_people(const struct wf_who_context *context,
                                 const struct wf_who *who,
                                 struct wf_who_list *out, weft_error *err);

/* Whether `person` is among them, without making the list. */
WF_MUST_CHECK bool wf_who_includes(const struct wf_who_context *context,
                                   const struct wf_who *who, wf_id person,
                                   bool *out, weft_error *err);

/* Second reading: appends an SQL condition over the document row `d` (columns
 * id, subject, creator …) that holds for the documents of which call->me is
 * one of the people. What it costs depends on how many rows it is asked of. */
enum wf_who_way {
    WF_WHO_BY_SETS, /* each set of people is worked out once, for all rows */
    WF_WHO_BY_ROW,  /* whether somebody is in it is looked up for each row */
};
WF_MUST_CHECK bool wf_who_query(struct wf_call *call, const struct wf_who *who,
                                const struct wf_form *form, enum wf_who_way way,
                                struct wf_query *query, weft_error *err);

/* The same the other way round: where to find these documents. Appends
 * statements that give ids, each behind " UNION ALL ". They give all these
 * documents, some of them twice, and perhaps some more; what was appended for
 * WF_WHO_REACHES_ALL does not. */
enum wf_who_reach {
    WF_WHO_REACHES_SOME, /* or none */
    WF_WHO_REACHES_ALL,
};
WF_MUST_CHECK bool wf_who_find(struct wf_call *call, const struct wf_who *who,
                               const struct wf_form *form,
                               struct wf_query *query, enum wf_who_reach *reach,
                               weft_error *err);

#endif
