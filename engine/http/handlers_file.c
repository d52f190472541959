/* http/handlers_file.c - files up and down.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include <weft/file.h>

#include "base/error.h"
#include "http/handlers.h"

/* Whatever it is, it is no page of ours. */
static const char SANDBOX[] = "default-src 'none'; sandbox";

static int64_t id_of(const struct http_request *req)
{
    int64_t id = 0;

    return wf_str_to_int(wf_str_of(req->args[0]), &id) ? id : 0;
}

/* Runs on a worker: the parts are commands that are waited for. */
void http_file_add(struct http_request *req)
{
    const struct http_params *params = &req->target.params;
    const char *seconds = http_params_find(params, "seconds");
    weft_new_file what = { .name = http_params_find(params, "name"),
                           .type =
                               http_headers_find(&req->headers, "Content-Type"),
                           .bytes = req->text.at,
                           .len = req->text.len };
    char *end = NULL;

    if (seconds) {
        what.seconds = strtod(seconds, &end);
        if (end == seconds || *end || !(what.seconds > 0)
            || what.seconds > 86400) {
            wf_fail(&req->result.error, WEFT_E_MALFORMED,
                    "seconds is a number such as 12.5.");
            return;
        }
    }
    req->result.command = weft_file_upload(req->session, &what);
}

void http_file_get(struct http_request *req)
{
    struct http_result *result = &req->result;

    result->reply = weft_file_get(req->session, id_of(req));
    if (weft_reply_error(result->reply))
        return;
    result->type = weft_reply_type(result->reply);
    result->file = weft_reply_name(result->reply);
    result->policy = SANDBOX;
}

void http_document_files(struct http_request *req)
{
    req->result.reply = weft_document_files(req->session, id_of(req));
}
