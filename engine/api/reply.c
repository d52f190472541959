/* api/reply.c - the one answer to a question or a command.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/reply.h"

#include <stdio.h>

#include <weft/file.h>

weft_error wf_error_in(const char *lang)
{
    weft_error err = WEFT_ERROR_INIT;

    snprintf(err.lang, sizeof err.lang, "%s", lang ? lang : "");
    return err;
}

weft_reply *wf_reply_new(struct wf_arena *arena)
{
    weft_reply *reply = WF_NEW(arena, weft_reply);

    reply->arena = arena;
    reply->body = "";
    return reply;
}

void wf_reply_fail(weft_reply *reply, const weft_error *err, const char *body)
{
    struct wf_arena *arena = reply->arena;

    *reply = (weft_reply){
        .arena = arena, .error = *err, .body = body, .len = strlen(body)
    };
}

const char *wf_reply_findings(const struct wf_diags *findings)
{
    struct wf_buf buf = WF_BUF_INIT(findings->arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&buf);

    if (findings->n > 0 && findings->at[0].place.file)
        wf_diags_json(findings, &out);
    else
        wf_diags_fields_json(findings, WF_SEVERITY_ERROR, &out);
    return wf_buf_text(&buf);
}

const weft_error *weft_reply_error(const weft_reply *reply)
{
    return reply->error.code == WEFT_OK ? NULL : &reply->error;
}

const char *weft_reply_body(const weft_reply *reply, size_t *len)
{
    if (len)
        *len = reply->len;
    return reply->body;
}

const char *weft_reply_etag(const weft_reply *reply)
{
    return reply->etag[0] ? reply->etag : NULL;
}

int64_t weft_reply_id(const weft_reply *reply)
{
    return reply->id;
}

bool weft_reply_is_repeat(const weft_reply *reply)
{
    return reply->repeat;
}

void weft_reply_free(weft_reply *reply)
{
    if (reply)
        wf_arena_free(reply->arena);
}

const char *weft_reply_type(const weft_reply *reply)
{
    return reply->type;
}

const char *weft_reply_name(const weft_reply *reply)
{
    return reply->name;
}
