/* http/prepare.h - all that is asked of a request before its handler sees it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_PREPARE_H
#define HTTP_PREPARE_H

#include "http/request.h"

/* Reads and judges what comes before the body: headers, target, route, who
 * asks, what is sent. A failure is left in req->result, with `close` where the
 * rest must not be read. */
void http_prepare_headers(struct http_request *req, const char *method,
                          const char *version);

/* Judges the body once it is whole. False: the failure is in req->result. */
bool http_prepare_body(struct http_request *req);

/* Whether who asks has the scope of the route. Errors: WEFT_E_DENIED. */
bool http_check_scope(const struct http_request *req, weft_error *err);

#endif
