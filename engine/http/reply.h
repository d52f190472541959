/* http/reply.h - the answer of a request on its way out.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_REPLY_H
#define HTTP_REPLY_H

#include <microhttpd.h>

#include "http/request.h"

/* Queues what `req->result` says, once. On a thread of libmicrohttpd. */
enum MHD_Result http_reply_send(struct http_request *req);

/* True if `header` (If-None-Match) names the entity tag, which is given
 * without its quotes. */
bool http_etag_matches(const char *header, const char *etag);

/* A text among the members of a reply's body, in the request's arena; NULL
 * where there is none, or the reply is a failure. */
const char *http_reply_member(const struct http_request *req,
                              const weft_reply *reply, const char *name);

#endif
