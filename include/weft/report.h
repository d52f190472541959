/* weft/report.h - what goes out as numbers and files: documents as tables,
 * reports and dashboards.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WEFT_REPORT_H
#define WEFT_REPORT_H

#include <weft/document.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Documents of a form that one may read and may take out (the right `export`)
 * as a file: the parameters of weft_document_list() but for pages, sorting and
 * counts, and
 *   format  "csv" (UTF-8, RFC 4180), "xlsx", or "xes" (what happened to them,
 *           as an event log of IEEE 1849, people by aliases); csv if not said
 *   table   of a CSV: the rows of that item table
 * The body is the file. No text in it is run by a spreadsheet. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_document_export(
    weft_session *session, const weft_param *params, size_t n);

/* The reports and dashboards that one may see:
 * {"items":[{"id","label","help"?,"form","over","chart"}]}. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_report_list(weft_session *session);
WEFT_API WEFT_MUST_CHECK weft_reply *weft_dashboard_list(weft_session *session);

/* The numbers of a report, over what its reader may see. Parameters:
 *   period  "2026-10"; the present one if the report is over periods
 *   unit    documents about people of that unit and below
 *   format  json (docs/http.md, "Reports"), csv or xlsx; a file needs the right
 *           to export documents of its form */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_report_get(weft_session *session,
                                                     const char *id,
                                                     const weft_param *params,
                                                     size_t n);

/* The documents behind its numbers: a page as of weft_document_list(), maybe
 * shorter than `limit` while there is a `next`. Parameters: period, unit,
 * limit, cursor, and key[GROUP] for those of one row. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_report_documents(
    weft_session *session, const char *id, const weft_param *params, size_t n);

/* A dashboard with the numbers and documents of its parts. Parameters: period,
 * unit. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_dashboard_get(
    weft_session *session, const char *id, const weft_param *params, size_t n);

/* What one has to do and by when, as a calendar to subscribe to (iCalendar):
 * the open work and the open documents of one's own that have a due time, but
 * for what is answered anonymously. `site` is where the application lies, such
 * as "https://weft.example"; as events, or as tasks. Needs the scope
 * `calendar`. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_calendar(weft_session *session,
                                                   const char *site,
                                                   bool as_tasks);

/* How much was used, for administrators: {"items":[{"day","form","what","unit",
 * "n","people"}]}, the newest day first; form, what and unit null: all, people
 * null: fewer than three. Parameters: from, to (days), form. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_usage_list(weft_session *session,
                                                     const weft_param *params,
                                                     size_t n);

#ifdef __cplusplus
}
#endif

#endif
