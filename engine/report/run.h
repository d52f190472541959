/* report/run.h - a report being worked out: its query, its rows.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_REPORT_RUN_H
#define WF_REPORT_RUN_H

#include "org/idmap.h"
#include "report/report.h"
#include "report/span.h"

enum {
    WF_RUN_ROWS_MAX = 500000 /* of the query */
};

/* What is gathered for one measure of a row. */
struct wf_acc {
    double sum, rest; /* whose sum is exact */
    int64_t n;        /* values that are there */
    int64_t holds;
    double min, max;
    struct wf_map seen; /* of distinct */
};

struct wf_row {
    struct wf_value *keys; /* one a group */
    int64_t documents;
    struct wf_acc *accs; /* one a measure */
    double *results;
    bool *there;
    int depth; /* of a tree */
    bool hidden;
    int64_t unseen;     /* people whom the reader cannot see one by one */
    int64_t own_unseen; /* of a tree: those of the unit itself */
    int64_t own;        /* documents of the unit itself */
    /* With a floor: who made them, and whom they are about. */
    struct wf_idset *people, *subjects, *own_people, *own_subjects;
};

struct wf_run {
    struct wf_call *call;
    const struct wf_report *report;
    const struct wf_report_ask *ask;
    bool whole; /* no groups: the total alone */
    struct wf_units units;
    struct wf_facts facts;
    struct wf_fields fields; /* that must be seen */
    struct wf_span span;
    struct wf_period first; /* of a group by periods */
    struct wf_expr *where;  /* NULL: none, or the store asks it */
    struct wf_expr **groups;
    struct wf_expr **values; /* of measures; NULL: the store adds it up */
    struct wf_fact_column *creator, *subject, *date; /* NULL: not needed */
    struct wf_query query;
    int at_period, at_many, at_count, at_sums; /* columns; -1: none */
    int64_t units_left;

    bool reads_me; /* some expression asks who reads */
    WF_LIST(struct wf_row *) rows;
    size_t left; /* rows beyond the limit */
    struct wf_map by_key;
    struct wf_row total;
};

/* Understands what is asked and makes the query. `whole`: without groups.
 * Errors: WEFT_E_MALFORMED. */
WF_MUST_CHECK bool wf_run_begin(struct wf_run *run, struct wf_call *call,
                                const struct wf_report *report,
                                const struct wf_report_ask *ask, bool whole,
                                weft_error *err);

/* The group whose value is a list; NULL: none. */
const struct wf_report_group *wf_run_many(const struct wf_run *run);

/* Whether a document counts in several rows, so that their sum is not the
 * whole: then it is asked for apart. */
bool wf_run_repeats(const struct wf_run *run);

/* Asks the store and fills the rows, in no order. */
WF_MUST_CHECK bool wf_run_go(struct wf_run *run, weft_error *err);

/* All of it: the rows with their results, sorted, their people loaded. */
WF_MUST_CHECK bool wf_run_numbers(struct wf_run *run, weft_error *err);

/* The row of these keys; NULL: none. */
struct wf_row *wf_run_row(const struct wf_run *run,
                          const struct wf_value *keys);

/* What was gathered, as results rounded to the digits of their measures. */
WF_MUST_CHECK bool wf_tally_finish(struct wf_run *run, struct wf_row *row,
                                   weft_error *err);

/* Adds the row of the query at hand to a row. */
WF_MUST_CHECK bool wf_tally_add(struct wf_run *run, struct wf_row *row,
                                struct wf_stmt *stmt, const struct wf_env *env,
                                int64_t n, weft_error *err);
/* The same documents are the unit's own, not of one below. */
void wf_tally_add_own(struct wf_run *run, struct wf_row *row, int64_t n);
void wf_tally_init(const struct wf_run *run, struct wf_row *row);

/* Orders the rows as the report says and cuts them to its limit. */
void wf_run_sort(struct wf_run *run);

/* The environment of expressions whose facts are set. */
struct wf_run_env {
    struct wf_env env;
    struct wf_source source;
    struct wf_run *run;
};
void wf_run_env_init(struct wf_run_env *env, struct wf_run *run,
                     struct wf_arena *arena);

/* What a key reads like; `person` is loaded already. NULL: it is absent. */
const char *wf_run_label(const struct wf_run *run,
                         const struct wf_report_group *group,
                         struct wf_value key);

/* Appends the columns that it is grouped by, each with ", " behind it; how many
 * there are. And the join of what counts several times. */
int wf_run_add_columns(struct wf_run *run, struct wf_query *query);
void wf_run_add_joins(const struct wf_run *run, struct wf_query *query);

/* The keys of the row of the query at hand. */
WF_MUST_CHECK bool wf_run_keys(struct wf_run *run, const struct wf_env *env,
                               struct wf_stmt *stmt, struct wf_value *keys,
                               weft_error *err);

/* Appends the conditions on `d`: access, void, where, span, unit. For
 * wf_run_begin() and for the documents behind a row. */
WF_MUST_CHECK bool wf_run_add_conditions(struct wf_run *run,
                                         struct wf_query *query,
                                         weft_error *err);

#endif
