/* http/compress.h - bodies in fewer bytes, for who takes them so.
 *
 * Of what is made anew for each request only pages are compressed. They hold
 * what others wrote beside a secret; so the secret looks different in each of
 * them (http_auth_page_token), and its length gives nothing away.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_HTTP_COMPRESS_H
#define WF_HTTP_COMPRESS_H

#include "http/request.h"

/* True if Accept-Encoding names gzip, and not to refuse it. */
bool http_takes_gzip(const struct http_request *req);

/* Compresses result.body, into the request's arena, where that is taken and
 * worth it. What cannot be compressed stays as it is. */
void http_compress(struct http_request *req);

/* The way back, of a result.body of ours that is gzip: for who does not take it
 * so. */
void http_expand(struct http_request *req);

#endif
