/* api/seal.c - seals of the history: made in a command like any other, told to
 * the log once that is committed.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/seal.h"

#include <weft/organisation.h>

#include "doc/seal.h"

static const struct wf_asker the_engine = { .system = true };

static bool make(struct wf_turn *turn, bool if_news, weft_error *err)
{
    const char *seal;

    if (!wf_turn_administers(turn, err)
        || !wf_seal_make(&turn->call, if_news, &seal, err))
        return false;
    wf_jw_open(&turn->out, '{');
    wf_jw_key_text_or_null(&turn->out, "seal", seal);
    wf_jw_close(&turn->out, '}');
    return true;
}

static bool make_if_news(struct wf_turn *turn, const void *with,
                         weft_error *err)
{
    (void)with;
    return make(turn, true, err);
}

static bool make_now(struct wf_turn *turn, const void *with, weft_error *err)
{
    (void)with;
    return make(turn, false, err);
}

weft_command *wf_seal_command(weft_engine *engine)
{
    return wf_command_as(engine, &the_engine, make_if_news);
}

void wf_seal_tell(weft_engine *engine, const weft_reply *reply)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    weft_error ignored = WEFT_ERROR_INIT;
    struct wf_json *body = NULL;

    if (!weft_reply_error(reply) && reply->body
        && wf_json_read_stored(arena, reply->body, &body, &ignored)
        && wf_json_str(wf_json_get(body, "seal")))
        wf_log(&engine->log, WF_LOG_INFO, "seal", "%s",
               wf_json_str(wf_json_get(body, "seal")));
}

weft_command *weft_seal(weft_session *session)
{
    return wf_command_new(session, WEFT_SCOPE_ADMIN, make_now);
}
