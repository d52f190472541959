/* http/page_day.h - a day in the words that are nearest to now.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_PAGE_DAY_H
#define HTTP_PAGE_DAY_H

#include "http/request.h"

/* Appends the day of `instant` (RFC 3339) in `zone`, an IANA id; NULL or an
 * unknown one is UTC: "today", "in 3 days", "Nov 2", "Nov 2, 2025". The words
 * are those of formatDay() in engine/web/src/base/format.ts. */
void http_page_day(const struct http_request *req, const char *zone,
                   const char *instant, struct wf_buf *out);

#endif
