/* report/facts.h - the facts (def/fact.h) that the expressions of a report
 * read, as columns of one query, and the expressions worked out of them.
 *
 * An expression is copied with a constant in place of each fact; a row of the
 * query sets the constants. What is alike in all facts is so in all results:
 * the store gathers equal rows, and each is worked out once.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_REPORT_FACTS_H
#define WF_REPORT_FACTS_H

#include "base/list.h"
#include "def/expr_tree.h"
#include "def/fact.h"
#include "doc/access_ask.h"
#include "report/units.h"

/* Constants that stand for one fact. */
struct wf_fact_column {
    struct wf_fact fact;
    WF_LIST(struct wf_node *) nodes;
    struct wf_value value; /* of the row at hand */
};

struct wf_facts {
    struct wf_call *call;
    const struct wf_form *form;
    const struct wf_units *units;
    bool then; /* the health is that at the moment p.until of the query */
    WF_LIST(struct wf_fact_column *) columns;
};

/* The copy of `expr`, whose facts become columns. */
struct wf_expr *wf_facts_take(struct wf_facts *facts,
                              const struct wf_expr *expr);

/* The column of a field by itself. */
struct wf_fact_column *wf_facts_field(struct wf_facts *facts,
                                      const struct wf_field *field);

/* The column of what is known of every document. */
struct wf_fact_column *wf_facts_name(struct wf_facts *facts, enum wf_name name);

/* Appends the columns, each with ", " behind it. */
void wf_facts_add(const struct wf_facts *facts, struct wf_query *query);

/* Appends one fact over the document `d`, as it is in the store. */
void wf_fact_add(const struct wf_facts *facts, const struct wf_fact *fact,
                 struct wf_query *query);

/* Sets all constants from the row, whose first columns they are. */
void wf_facts_read(struct wf_facts *facts, struct wf_stmt *row,
                   struct wf_arena *arena);

/* All fields of the form that are read join `out`, each once. */
void wf_facts_fields(const struct wf_facts *facts, struct wf_fields *out);
void wf_fields_join(struct wf_arena *arena, struct wf_fields *fields,
                    const struct wf_field *field);

#endif
