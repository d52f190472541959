/* doc/rollup_part.h - the parts that documents give one another, and their
 * totals, as rows.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_ROLLUP_PART_H
#define WF_DOC_ROLLUP_PART_H

#include "base/list.h"
#include "doc/doc.h"

/* What one source, or one row of it, gives to one rollup of one target. */
struct wf_part {
    wf_id source, target;
    int number;      /* of the rollup */
    const char *row; /* id; "" for the document */
    bool has_num, has_weight;
    double num, weight;
    const char *value; /* JSON, of fn="latest"; NULL: none */
    int64_t made;
};
struct wf_parts {
    WF_LIST(struct wf_part) list;
};

/* What `source` gives to `target` by its rollup `r`, as both are now. */
WF_MUST_CHECK bool wf_parts_make(struct wf_call *call,
                                 const struct wf_doc *source,
                                 const struct wf_doc *target,
                                 const struct wf_rollup *r,
                                 struct wf_parts *out, weft_error *err);

/* The same by all of its rollups. */
WF_MUST_CHECK bool wf_parts_make_all(struct wf_call *call,
                                     const struct wf_doc *source,
                                     const struct wf_doc *target,
                                     struct wf_parts *out, weft_error *err);

/* Parts that are kept: given by a source, in order of target; or given to a
 * target, in order of source. */
WF_MUST_CHECK bool wf_parts_given_by(struct wf_call *call, wf_id source,
                                     struct wf_parts *out, weft_error *err);
WF_MUST_CHECK bool wf_parts_given_to(struct wf_call *call, wf_id target,
                                     struct wf_parts *out, weft_error *err);

/* Replaces `old` by `made`, all of one target, and moves its totals by the
 * difference. `*changed` if there was one. */
WF_MUST_CHECK bool wf_parts_replace(struct wf_call *call,
                                    const struct wf_doc *target,
                                    const struct wf_parts *old,
                                    const struct wf_parts *made, bool *changed,
                                    weft_error *err);

/* Forgets all parts and totals of a target. */
WF_MUST_CHECK bool wf_parts_forget(struct wf_call *call, wf_id target,
                                   weft_error *err);

/* Whether two parts give the same. */
bool wf_part_same(const struct wf_part *a, const struct wf_part *b);

/* --- Totals. A sum is two numbers that are exact together. */

struct wf_sum {
    double high, rest;
};
void wf_sum_add(struct wf_sum *sum, double number);

struct wf_totals {
    int number;
    int64_t parts, absent, changed;
    struct wf_sum total, weight;
};
struct wf_totals_list {
    WF_LIST(struct wf_totals) list;
};
/* Asks ahead for what wf_totals_load() will want (store/ahead.h). */
WF_MUST_CHECK bool wf_totals_ahead(struct wf_call *call, wf_id target,
                                   weft_error *err);
WF_MUST_CHECK bool wf_totals_load(struct wf_call *call, wf_id target,
                                  struct wf_totals_list *out, weft_error *err);
const struct wf_totals *wf_totals_of(const struct wf_totals_list *list,
                                     int number);

/* Adds or with `sign` -1 takes away one part. */
void wf_totals_add(struct wf_totals *totals, const struct wf_rollup *r,
                   const struct wf_part *part, int sign);

/* The value of a rollup with these totals; nil where there are no parts. */
WF_MUST_CHECK bool wf_totals_value(struct wf_call *call, wf_id target,
                                   const struct wf_rollup *r,
                                   const struct wf_totals *totals,
                                   struct wf_value *out, weft_error *err);

#endif
