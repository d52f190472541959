/* http/stream.h - an answer that goes on: events, for as long as somebody
 * listens.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_STREAM_H
#define HTTP_STREAM_H

#include <microhttpd.h>

#include "http/request.h"

/* The body of req->stream: whoever has nothing to say suspends the connection
 * until the stream wakes it. */
struct MHD_Response *http_stream_response(struct http_request *req);

#endif
