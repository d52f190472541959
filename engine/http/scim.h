/* http/scim.h - failures as SCIM tells them (RFC 7644, 3.12).
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_SCIM_H
#define HTTP_SCIM_H

#include "http/request.h"

/* Whether the request goes to SCIM, also where nothing is. */
bool http_scim_wants(const struct http_request *req);

/* Writes the Error; `findings` as in http/problem.h. Its status. */
int http_scim_failure(const struct http_request *req, const weft_error *err,
                      struct wf_str findings, struct wf_buf *out);

#define HTTP_SCIM_TYPE "application/scim+json"

#endif
