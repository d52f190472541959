/* http/page.h - pages: what all of them share, signing in, what went wrong.
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

/* The page that asks who one is. */
void http_page_sign_in(struct http_request *req);

/* Signed out here; at an identity provider (`label`; NULL: none) one is not,
 * and may be at `url`. */
void http_page_signed_out(struct http_request *req, const char *label,
                          const char *url);

/* Writes a page up to what stands in its body, and from there on. Sets its
 * policy. */
void http_page_begin(struct http_request *req, const char *title,
                     struct wf_buf *out);
void http_page_end(struct wf_buf *out);

/* Appends an element that holds only text, and a message in the language of
 * who asks. */
void http_html_element(struct wf_buf *out, const char *name, const char *text);
void http_html_say(const struct http_request *req, struct wf_buf *out,
                   const char *message);

/* Appends what `fmt`, a message that has been translated, makes. */
void http_html_printf(const struct http_request *req, struct wf_buf *out,
                      const char *fmt, ...) WF_PRINTF(3, 4);

/* Appends a picture of the sprite that stands in the page. */
void http_html_icon(const char *name, struct wf_buf *out);

/* Appends `text` as it stands in HTML, in text and in attributes alike. */
void http_html_text(struct wf_buf *out, const char *text);

#endif
