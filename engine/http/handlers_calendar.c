/* http/handlers_calendar.c - what is due for somebody, as a calendar to which
 * other programs subscribe.
 *
 * Such programs send no headers: the address itself holds a token, which may do
 * this and nothing else, and can be revoked like any other.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/report.h>

#include "base/error.h"
#include "base/hash.h"
#include "http/handlers.h"

/* The token of the path; ".ics" behind it is for programs that look for it. */
static const char *token_of(const struct http_request *req)
{
    struct wf_str text = wf_str_of(req->args[0]);
    const size_t end = strlen(".ics");

    if (wf_str_ends(req->args[0], ".ics"))
        text.len -= end;
    return wf_arena_slice(req->arena, text);
}

/* The answer, kept by who has it already. */
static void answer(struct http_request *req, const weft_reply *reply)
{
    size_t len;
    const char *body = weft_reply_body(reply, &len);
    struct wf_hash hash = wf_hash_of(body, len);
    char *tag = wf_arena_alloc(req->arena, WF_HASH_TEXT);

    wf_hash_write(&hash, tag);
    req->result.body =
        (struct wf_str){ wf_arena_mem(req->arena, body, len), len };
    req->result.type = "text/calendar; charset=utf-8";
    req->result.etag = tag;
}

/* Whatever is wrong with the token, nothing is there. */
static void fail(struct http_request *req, const weft_error *why)
{
    if (why->code == WEFT_E_SIGNED_OUT || why->code == WEFT_E_DENIED)
        wf_fail(&req->result.error, WEFT_E_NOTFOUND, "There is nothing at %s.",
                "/calendar/");
    else
        wf_fail_as(&req->result.error, why);
}

void http_calendar(struct http_request *req)
{
    const char *as = http_params_find(&req->target.params, "as");
    weft_error err = http_error_init(req);
    weft_session *session = NULL;
    weft_reply *reply;

    if (as && !wf_streq(as, "todo")) {
        wf_fail(&req->result.error, WEFT_E_MALFORMED,
                "as is todo, or left out; not \"%.40s\".", as);
        return;
    }
    if (!weft_session_by_token(req->site->engine, token_of(req), NULL, &session,
                               &err)) {
        fail(req, &err);
        return;
    }
    reply =
        weft_calendar(session, http_request_site(req), wf_streq(as, "todo"));
    if (weft_reply_error(reply))
        fail(req, weft_reply_error(reply));
    else
        answer(req, reply);
    weft_reply_free(reply);
    weft_session_free(session);
}
