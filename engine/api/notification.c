/* api/notification.c - what one was told, and has read.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/document.h>

#include "api/command.h"
#include "api/params.h"
#include "base/error.h"
#include "flow/notification.h"

struct asked {
    const weft_param *params;
    size_t n;
};

static bool list_page(struct wf_turn *turn, const struct wf_params *params,
                      weft_error *err)
{
    const char *state = params->query.state;
    struct wf_told_query query = { params->query.cursor, params->query.limit,
                                   wf_streq(state, "unread"),
                                   wf_streq(state, "each") };

    if (state && !query.unread && !query.each)
        return wf_fail(err, WEFT_E_MALFORMED,
                       "state is unread, each, or nothing; not \"%s\".", state);
    return wf_notification_list(&turn->call, &query, &turn->out, err);
}

static bool list(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct asked *asked = with;
    struct wf_params params;

    return wf_params_read(turn->call.arena, asked->params, asked->n,
                          WF_PARAMS_PAGE | WF_PARAMS_STATE, &params, err)
           && list_page(turn, &params, err);
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
    static const struct wf_told_query newest = { NULL, 50, false, false };
    const struct seen *seen = with;

    return wf_notification_read(&turn->call, seen->upto, err)
           && wf_notification_list(&turn->call, &newest, &turn->out, err);
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

/* --- How one wants to be told */

static bool show(struct wf_turn *turn, const void *with, weft_error *err)
{
    (void)with;
    return wf_wish_show(&turn->call, &turn->out, err);
}

weft_reply *weft_notification_settings(weft_session *session)
{
    return wf_question(session, WEFT_SCOPE_READ, show, NULL);
}

static bool change(struct wf_turn *turn, const void *with, weft_error *err)
{
    return wf_wish_save(&turn->call, with, err)
           && wf_wish_show(&turn->call, &turn->out, err);
}

weft_command *weft_notification_settings_set(weft_session *session,
                                             const char *body, size_t len)
{
    static const struct wf_member members[] = {
        { "quiet", WF_BODY_OBJECT, offsetof(struct wf_wish_change, quiet),
          false },
        { "working_days", WF_BODY_ANY,
          offsetof(struct wf_wish_change, working_days), false },
        { "times", WF_BODY_ARRAY, offsetof(struct wf_wish_change, times),
          false },
        { "kinds", WF_BODY_OBJECT, offsetof(struct wf_wish_change, kinds),
          false },
    };
    weft_command *command = wf_command_new(session, WEFT_SCOPE_WRITE, change);
    struct wf_text text = { body, len };

    wf_command_read(command, members, WF_COUNT(members), text,
                    WF_NEW(command->arena, struct wf_wish_change));
    return command;
}
