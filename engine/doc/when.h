/* doc/when.h - what a TIME of the language is for a document.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_WHEN_H
#define WF_DOC_WHEN_H

#include "doc/stage.h"

/* Which end of a day is meant where no time of day is said. */
enum wf_day_edge {
    WF_DAY_BEGINS, /* its midnight: something opens, or goes on */
    WF_DAY_ENDS,   /* when its calendar closes, else its last millisecond: it
                    * is due */
};

/* `moment` for `doc`, counted from `entered` (ms) where it says nothing else,
 * by the calendar of the form's package; 0 where what it counts from is not
 * there. */
int64_t wf_when(const struct wf_call *call, const struct wf_doc *doc,
                const struct wf_moment *moment, int64_t entered,
                enum wf_day_edge edge);

/* What a TIME counts from where it is not a document's: the fields of nothing,
 * the days of a period, the times of a stage as far as they are known. */
struct wf_when_base {
    int64_t now;
    int32_t start, end;                 /* of the period; 0, 0: none */
    const struct wf_stage_times *stage; /* NULL: none */
};
int64_t wf_when_of(const struct wf_calendar *calendar,
                   const struct wf_when_base *base,
                   const struct wf_moment *moment, enum wf_day_edge edge);

/* The calendar that counts for `doc`. */
struct wf_calendar wf_when_calendar(const struct wf_call *call,
                                    const struct wf_doc *doc);

#endif
