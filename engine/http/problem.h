/* http/problem.h - failures as RFC 9457 tells them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_PROBLEM_H
#define HTTP_PROBLEM_H

#include "http/request.h"

/* The status of the request's failure. */
int http_problem_status(const struct http_request *req, const weft_error *err);

/* Writes `err` as application/problem+json; `findings` is the JSON array of
 * what is wrong with the document or the definitions, "" for none. */
void http_problem_write(const struct http_request *req, const weft_error *err,
                        struct wf_str findings, struct wf_buf *out);

/* The few words for a status, in the language of who asks. */
const char *http_problem_title(const struct http_request *req, int status);

#endif
