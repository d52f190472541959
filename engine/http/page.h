/* http/page.h - the plain pages: sign-in, what waits for me, what went wrong.
 *
 * They work without script, and would without style, in any browser.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_PAGE_H
#define HTTP_PAGE_H

#include "http/request.h"

#define HTTP_HTML "text/html; charset=utf-8"

/* True if who asks is a person with a browser, also where it fails. */
bool http_page_wants(const struct http_request *req);

/* A page that says what went wrong, and how to go on. */
void http_page_failure(struct http_request *req, const weft_error *err,
                       struct wf_str findings, struct wf_buf *out);

/* Appends `text` as it stands in HTML, in text and in attributes alike. */
void http_html_text(struct wf_buf *out, const char *text);

#endif
