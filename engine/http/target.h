/* http/target.h - what a request asks for: path segments and parameters.
 *
 * libmicrohttpd decodes before it shows ("/a%00b" arrives as "/a"), so we read
 * the target as it was sent (RFC 9112, 3.2) and decode each part by itself.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_TARGET_H
#define HTTP_TARGET_H

#include <weft/document.h>

#include "base/arena.h"

enum {
    HTTP_SEGMENTS_MAX = 8,
    HTTP_PARAMS_MAX = 64,
    HTTP_TARGET_MAX = 8192
};

/* Names and values, decoded, each name once, in their order. */
struct http_params {
    weft_param at[HTTP_PARAMS_MAX];
    size_t n;
};

struct http_target {
    const char *path; /* as it was sent, without the query */
    const char *segments[HTTP_SEGMENTS_MAX]; /* decoded; none for "/" */
    size_t n_segments;
    struct http_params params;
};

/* Reads `raw` ("/a/b?c=d", or with "http://host" before it). Texts of `out`
 * live in `arena`. Errors: WEFT_E_MALFORMED for what no honest client sends:
 * raw control or non-ASCII bytes, "%00", "%2F", "." and "..", broken UTF-8, a
 * parameter twice; WEFT_E_NOTFOUND for more segments than any route has. */
WF_MUST_CHECK bool http_target_parse(struct wf_arena *arena, const char *raw,
                                     struct http_target *out, weft_error *err);

/* Reads "a=b&c=d" of a query or of a form (application/x-www-form-urlencoded).
 * Errors: WEFT_E_MALFORMED. */
WF_MUST_CHECK bool http_params_parse(struct wf_arena *arena, struct wf_str text,
                                     struct http_params *out, weft_error *err);

/* The value of `name`; NULL where it is not given. */
const char *http_params_find(const struct http_params *params,
                             const char *name);

/* `text` as the value of a parameter: all but letters, digits and "-._~/" as
 * %XX. */
const char *http_target_quote(struct wf_arena *arena, const char *text);

#endif
