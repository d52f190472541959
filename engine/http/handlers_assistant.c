/* http/handlers_assistant.c - questions and acts in people's own words.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/assistant.h>

#include "base/error.h"
#include "base/json.h"
#include "http/handlers.h"

/* Whether the body confirms what was offered before. */
static bool confirms(const struct http_request *req)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_error broken = http_error_init(req);
    struct wf_json *body;

    return wf_json_parse(req->arena, req->text.at, req->text.len, &limits,
                         &body, &broken)
           && wf_json_get(body, "confirm");
}

void http_bot_ask(struct http_request *req)
{
    if (confirms(req))
        req->result.command =
            weft_bot_do(req->session, req->text.at, req->text.len);
    else
        req->result.reply =
            weft_bot_ask(req->session, req->text.at, req->text.len);
}

void http_bot_intents(struct http_request *req)
{
    req->result.reply = weft_bot_intents(req->session);
}
