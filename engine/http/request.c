/* http/request.c - one request: the small things that many handlers need.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/request.h"

#include <stdio.h>

#include "base/error.h"
#include "http/compress.h"
#include "http/page.h"

weft_error http_error_init(const struct http_request *req)
{
    weft_error err = WEFT_ERROR_INIT;

    snprintf(err.lang, sizeof err.lang, "%s", req->lang);
    return err;
}

bool http_request_flag(struct http_request *req, const char *name, bool *out)
{
    const char *text = http_params_find(&req->target.params, name);

    *out = wf_streq(text, "true");
    return !text || *out || wf_streq(text, "false")
           || wf_fail(&req->result.error, WEFT_E_MALFORMED,
                      "\"%s\" is to be true or false.", name);
}

const char *http_request_site(const struct http_request *req)
{
    return wf_arena_printf(req->arena, "%s://%s",
                           req->client.is_secure ? "https" : "http",
                           http_headers_find(&req->headers, "Host"));
}

void http_result_text(struct http_request *req, const char *type,
                      const struct wf_buf *text)
{
    req->result.type = type;
    req->result.body = (struct wf_str){ wf_buf_text(text), text->len };
    if (wf_streq(type, HTTP_HTML))
        http_compress(req);
}
