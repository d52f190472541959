/* def/rollup.h - values that a form takes from other documents, or out of the
 * points of a metric: kept true when those change, up the tree at once.
 *
 * Source: docs/definition-language.md, "Rollups" and "Values of metrics".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_ROLLUP_H
#define WF_DEF_ROLLUP_H

#include "def/field.h"

enum wf_rollup_fn {
    WF_ROLLUP_SUM,
    WF_ROLLUP_AVG,
    WF_ROLLUP_WEIGHTED,
    WF_ROLLUP_MIN,
    WF_ROLLUP_MAX,
    WF_ROLLUP_COUNT,
    WF_ROLLUP_LATEST,
    WF_ROLLUP_SHARE,  /* percent of the parts whose value holds */
    WF_ROLLUP_MANUAL, /* what was entered stands; the next one is beside it */
    WF_ROLLUP_POINTS, /* <metric-value>: what points add up to */
};

/* What a part without a value does. */
enum wf_rollup_absent {
    WF_ROLLUP_UNSAID,
    WF_ROLLUP_DROP,
    WF_ROLLUP_ZERO,
    WF_ROLLUP_BLOCK,
};

/* One pair of `match`: a field of the source that equals one of mine, or with
 * `before` the period before mine. */
struct wf_rollup_match {
    const char *id; /* of both fields */
    const struct wf_field *theirs, *mine;
    bool before;
};

struct wf_rollup {
    const struct wf_field *field; /* of the form itself, no column */
    struct wf_place place;
    const char *of, *via;
    const char **match;
    enum wf_rollup_fn fn;
    enum wf_rollup_absent absent;
    const char *state; /* of the sources; NULL: any but void */
    struct wf_expr *when;
    /* Over the source; `doc.x` is mine. NULL: not said. */
    struct wf_expr *value, *weight, *where;

    /* Of WF_ROLLUP_POINTS: of whom, a person or a unit, and over which period.
     */
    const char *metric;
    const char
        *points; /* as of wf_metric_fn_named(); NULL: as it says itself */
    const struct wf_field *subject, *over;

    int number; /* from 1 among the rollups of its form */
    /* The form of the sources, as it was when this one was deployed; NULL: it
     * comes with a package that is not here. Documents of its overlays count
     * as its own. */
    const struct wf_form *source;
    const char *source_id;
    const struct wf_field *rows; /* a table of it: each row is a source */
    const struct wf_field *link; /* how the source names me; NULL: matches */
    struct wf_rollup_match *matches;
    size_t n_matches;
    struct wf_rollup *next;
};

/* The rollup behind `after` (NULL: the first) that is of `field`; NULL at the
 * end. */
const struct wf_rollup *wf_rollup_of(const struct wf_form *form,
                                     const struct wf_field *field,
                                     const struct wf_rollup *after);

#endif
