/* report/report.h - what reports answer: numbers of the documents that their
 * reader may see, or, with a floor, of all, so that nobody is told apart.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_REPORT_REPORT_H
#define WF_REPORT_REPORT_H

#include "def/limits.h"
#include "def/report.h"
#include "doc/list.h"
#include "report/kept.h"
#include "report/table.h"

/* What is asked of a report; NULL members: not said. */
struct wf_report_ask {
    const char *period; /* "2026-10"; the present one if it has `over` */
    const char *unit;   /* documents about its people and those below */
    const char *cursor; /* of documents */
    int limit;          /* the same; 0: the usual */
    const char *fields; /* the same: whose values are shown too */
    struct {
        const char *group, *value;
    } keys[WF_MAX_REPORT_GROUPS]; /* of documents: of which row */
    size_t n_keys;
};

/* The live report or dashboard that call->me may see. Errors: WEFT_E_NOTFOUND.
 */
WF_MUST_CHECK bool wf_report_open(struct wf_call *call, const char *id,
                                  const struct wf_report **out,
                                  weft_error *err);
WF_MUST_CHECK bool wf_dashboard_open(struct wf_call *call, const char *id,
                                     const struct wf_dashboard **out,
                                     weft_error *err);

/* Those of a kind ("report", "dashboard") that call->me may see:
 * {"items":[{"id","label","help"?,"form"?,"over"?,"chart"?}]}. */
WF_MUST_CHECK bool wf_report_list(struct wf_call *call, const char *kind,
                                  struct wf_json_writer *out, weft_error *err);

/* The numbers as JSON (docs/http.md, "Reports"), from `kept` if they are there
 * and at most a minute old, else worked out and kept; `kept` NULL: worked out.
 * Errors: WEFT_E_MALFORMED period or unit; WEFT_E_TOO_LARGE more different
 * documents or rows than a report takes. */
WF_MUST_CHECK bool wf_report_answer(struct wf_call *call,
                                    const struct wf_report *report,
                                    const struct wf_report_ask *ask,
                                    struct wf_reports_kept *kept,
                                    struct wf_json_writer *out,
                                    weft_error *err);

/* Whether call->me may take its numbers out. Errors: WEFT_E_DENIED. */
WF_MUST_CHECK bool wf_report_check_export(struct wf_call *call,
                                          const struct wf_report *report,
                                          weft_error *err);

/* The same as a table. Errors: also WEFT_E_DENIED unless call->me may export
 * documents of the form. */
WF_MUST_CHECK bool wf_report_table(struct wf_call *call,
                                   const struct wf_report *report,
                                   const struct wf_report_ask *ask,
                                   struct wf_table **out, weft_error *err);

/* The documents behind the numbers, or behind one row, as call->me may see
 * them: a page as of wf_list_documents(), possibly shorter while there is a
 * next one. Errors: WEFT_E_DENIED of a report with a floor. */
WF_MUST_CHECK bool wf_report_documents(struct wf_call *call,
                                       const struct wf_report *report,
                                       const struct wf_report_ask *ask,
                                       struct wf_json_writer *out,
                                       weft_error *err);

/* A page: its parts, each with its numbers or its documents. */
WF_MUST_CHECK bool wf_dashboard_answer(struct wf_call *call,
                                       const struct wf_dashboard *board,
                                       const struct wf_report_ask *ask,
                                       struct wf_reports_kept *kept,
                                       struct wf_json_writer *out,
                                       weft_error *err);

#endif
