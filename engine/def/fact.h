/* def/fact.h - what can be known of a document without reading it: its columns,
 * its fields that have index rows, what is known of its people. Formulas of
 * reports are made of these and of nothing else, so that a store can gather a
 * million documents.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_FACT_H
#define WF_DEF_FACT_H

#include "def/kind.h"

struct wf_node;
struct wf_load;

enum wf_fact_kind {
    WF_FACT_NAME,   /* state, step, creator, created … */
    WF_FACT_FIELD,  /* a field with one value */
    WF_FACT_PERSON, /* a part of the person that `of` is */
    WF_FACT_HAS,    /* whether the list in `field` has the member `word` */
};

struct wf_fact {
    enum wf_fact_kind kind;
    enum wf_type type;
    enum wf_name name;
    const struct wf_field *field;
    enum wf_person_part part;
    const struct wf_node *of; /* a fact itself: a person */
    const char *word;
};

/* Whether the linked `node` is a fact as it stands. */
bool wf_fact_of(const struct wf_node *node, struct wf_fact *out);

/* The field that the whole expression is; NULL where it is more than that. */
const struct wf_field *wf_expr_field(const struct wf_expr *expr);

/* Findings for all that the linked `expr` reads and that is no fact. */
void wf_facts_check(struct wf_load *load, const struct wf_expr *expr);

/* Calls `see` for the fields of `form` that `expr` (NULL: none) reads and that
 * need index rows; for `uses` of a kind. */
void wf_facts_use(const struct wf_form *form, const struct wf_expr *expr,
                  wf_kind_see_fn *see, void *self);

/* Whether a column of the document row itself holds the field. */
bool wf_fact_is_column(const struct wf_form *form,
                       const struct wf_field *field);

#endif
