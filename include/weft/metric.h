/* weft/metric.h - series of numbers that come from outside, and what they say.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WEFT_METRIC_H
#define WEFT_METRIC_H

#include <weft/call.h>
#include <weft/session.h>

#ifdef __cplusplus
extern "C" {
#endif

/* {"items":[{"id","label","help"?,"unit"?,"of","fn","levels":[{"id","label",
 * "colour"}],"feed"}]}: the metrics there are; feed says whether I may bring
 * points. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_metric_list(weft_session *session);

/* [{"subject","at","value"}], at most 10,000: kept all or, where a row is
 * wrong, none: WEFT_E_INVALID with findings of "[ROW].MEMBER". A time that a
 * subject has already is replaced. They are written in pieces between which
 * others write; should the machine stop on the way, the same points may be
 * brought again. {"points","subjects"}. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_metric_feed(weft_session *session,
                                                        const char *metric,
                                                        const char *body,
                                                        size_t len);
/* The same as CSV with the columns metric, subject, at, value, up to 1,000,000
 * rows; `check` keeps none. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_metric_import(weft_session *session,
                                                          const char *csv,
                                                          size_t len,
                                                          bool check);

/* {"items":[{"at","value"}]} in order of time, from and to included. */
typedef struct weft_series {
    const char *metric;
    const char *subject;   /* login, id or unit; NULL: me */
    const char *from, *to; /* RFC 3339 or days; NULL: the last 30 days, now */
    const char *step;      /* hour day week month; NULL: each point */
    const char *fn;        /* avg sum min max count last; NULL: the metric's */
} weft_series;
WEFT_API WEFT_MUST_CHECK weft_reply *weft_metric_series(
    weft_session *session, const weft_series *series);

/* What the levels said of a subject, newest first: {"items":[{"level","label",
 * "colour","begun","noticed","ended","value","told"}]}. Access as to its
 * series. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_metric_episodes(weft_session *session,
                                                          const char *metric,
                                                          const char *subject);

#ifdef __cplusplus
}
#endif

#endif
