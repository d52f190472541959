/* http/openapi.h - the OpenAPI 3.1 document of all routes.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_OPENAPI_H
#define HTTP_OPENAPI_H

#include "base/buf.h"

/* Written from the route table and the schemas of schemas/http.json. */
void http_openapi_write(struct wf_arena *arena, struct wf_buf *out);

#endif
