/* http/check.h - the headers of a request, and whether two programs could read
 * them differently.
 *
 * libmicrohttpd 0.9.75 takes requests that a proxy before it may cut in
 * another place (two lengths, a length and chunks). Each of them is refused.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_CHECK_H
#define HTTP_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include <weft/error.h>

#include "base/macros.h"
#include "base/str.h"

enum {
    HTTP_HEADERS_MAX = 100,
    HTTP_HEADER_BYTES_MAX = 16384
};

/* Borrowed from the connection, as long as the request lives; values have a
 * zero behind them. */
struct http_headers {
    struct http_header {
        struct wf_str name, value;
    } at[HTTP_HEADERS_MAX];
    size_t n;
    size_t bytes;
    bool overflow; /* there were more of them */
};

void http_headers_add(struct http_headers *headers, struct wf_str name,
                      struct wf_str value);

/* The first value of `name`, whose case does not count; NULL where absent. */
const char *http_headers_find(const struct http_headers *headers,
                              const char *name);

/* True if exactly one Host, at most one of what may come once, names of token
 * characters, no control characters, one understandable length.
 * Errors: WEFT_E_MALFORMED. */
WF_MUST_CHECK bool http_headers_check(const struct http_headers *headers,
                                      weft_error *err);

/* True if `text` has the characters of a host with or without a port. */
bool http_host_is(const char *text);

/* Bytes of the body: 0 for none, -1 for chunks. Only for checked headers. */
int64_t http_headers_length(const struct http_headers *headers);

#endif
