/* api/notification.c - what one was told, and has read.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/document.h>

#include "api/command.h"
#include "api/params.h"
#include "flow/notification.h"

struct asked {
    const weft_param *params;
    size_t n;
};

static bool list(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct asked *asked = with;
    struct wf_params params;

    return wf_params_read(turn->call.arena, asked->params, asked->n,
                          WF_PARAMS_PAGE, &params, err)
           && wf_notification_list(&turn->call, params.query.cursor,
                                   params.query.limit, &turn->out, err);
}

weft_reply *weft_notification_list(weft_session *session,
                                   const weft_param *params, size_t n)
{
    struct asked asked = { params, n };

    return wf_question(session, WEFT_SCOPE_READ, list, &asked);
}

struct seen {
    wf_id upto;
};

static bool mark(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct seen *seen = with;

    return wf_notification_read(&turn->call, seen->upto, err)
           && wf_notification_list(&turn->call, NULL, 50, &turn->out, err);
}

weft_command *weft_notification_read(weft_session *session, const char *body,
                                     size_t len)
{
    static const struct wf_member members[] = {
        { "upto", WF_BODY_ID, offsetof(struct seen, upto), false },
    };
    weft_command *command = wf_command_new(session, WEFT_SCOPE_WRITE, mark);
    struct wf_text text = { body, len };

    wf_command_read(command, members, WF_COUNT(members), text,
                    WF_NEW(command->arena, struct seen));
    return command;
}
