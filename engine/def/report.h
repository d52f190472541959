/* def/report.h - a question over the documents of a form: groups, measures, a
 * chart; and pages of such questions.
 *
 * Source: docs/definition-language.md, "Reports", "Dashboards".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_REPORT_H
#define WF_DEF_REPORT_H

#include "def/head.h"

/* An expression as it was written, until what it is over is known. */
struct wf_said {
    const char *text; /* NULL: not said */
    struct wf_place place;
    struct wf_expr *expr;
};

enum wf_measure_fn {
    WF_MEASURE_COUNT, /* of documents; with a value: for which it holds */
    WF_MEASURE_SUM,
    WF_MEASURE_AVG,
    WF_MEASURE_MIN,
    WF_MEASURE_MAX,
    WF_MEASURE_SHARE,    /* percent for which the value holds */
    WF_MEASURE_DISTINCT, /* of different values */
    WF_MEASURE_FORMULA,  /* over the measures before it */
};

struct wf_report_group {
    const char *id;
    struct wf_words *words;
    struct wf_said value;          /* not said: periods of the date */
    const struct wf_field *many;   /* value is a list: each member counts */
    const struct wf_field *labels; /* value is a field with options */
    bool of_light;                 /* value is the document's health */
    bool tree;                     /* units count for all above them as well */
    enum wf_period_unit over;      /* of periods */
    int last;                      /* how many of them, up to now */
    struct wf_place place;
    struct wf_report_group *next;
};

struct wf_measure {
    const char *id;
    struct wf_words *words; /* label, unit */
    enum wf_measure_fn fn;
    struct wf_said value;
    struct wf_said formula; /* over wf_report.results */
    int digits;             /* behind the point, 2 unless it is said */
    struct wf_place place;
    struct wf_measure *next;
};

enum wf_chart {
    WF_CHART_NONE,
    WF_CHART_BAR,
    WF_CHART_LINE,
    WF_CHART_PIE,
    WF_CHART_NUMBER,
};
const char *wf_chart_name(enum wf_chart chart); /* NULL: none */

struct wf_report {
    struct wf_head head;
    const char *form_id;
    const struct wf_form *form; /* NULL: it is not here */
    struct wf_said where;
    bool with_void;   /* where reads the state: void documents count too */
    const char *date; /* "created", "updated", "open" or a field's id; NULL:
                       * none */
    bool open;        /* date="open": all that was open as a period ended */
    const struct wf_field *date_field;
    enum wf_period_unit over; /* what one answer is about; none: all time */
    const char *sort;         /* of a measure or group, NULL: by the groups */
    bool descending;
    int limit; /* 0: none */
    enum wf_chart chart;
    const struct wf_who *tell;     /* when each `over` ends; NULL: nobody */
    const struct wf_who *audience; /* for=; NULL: whoever sees the form */
    int floor;                     /* 0: none */
    struct wf_report_group *groups;
    struct wf_measure *measures;
    size_t n_groups, n_measures;
    const struct wf_form *results; /* a form of number fields: the measures */
};

const struct wf_measure *wf_report_measure(const struct wf_report *report,
                                           const char *id);
const struct wf_report_group *wf_report_group(const struct wf_report *report,
                                              const char *id);

/* --- A page of them */

enum wf_part_kind {
    WF_PART_REPORT,
    WF_PART_LIST,
    WF_PART_BOARD,
};

struct wf_part {
    enum wf_part_kind kind;
    const char *ref; /* the report */
    const char *form_id;
    const struct wf_form *form;
    struct wf_said where;
    const char *columns, *sort, *group, *card;
    struct wf_words *words;
    struct wf_place place;
    struct wf_part *next;
};

struct wf_dashboard {
    struct wf_head head;
    const struct wf_who *audience; /* for=; NULL: everyone */
    struct wf_part *parts;
};

#endif
