/* api/backlog.c - timers and jobs for administrators: looked at, revived,
 * dropped.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/backlog.h>

#include "api/command.h"
#include "api/params.h"
#include "base/error.h"
#include "flow/backlog.h"

struct asked {
    const weft_param *params;
    size_t n;
};

static bool list(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct asked *asked = with;
    struct wf_params params;
    struct wf_page page;
    const char *state;

    if (!wf_turn_administers(turn, err)
        || !wf_params_read(turn->call.arena, asked->params, asked->n,
                           WF_PARAMS_PAGE | WF_PARAMS_STATE, &params, err))
        return false;
    state = params.query.state ? params.query.state : "dead";
    page = (struct wf_page){ params.query.cursor, params.query.limit };
    if (!wf_streq(state, "dead") && !wf_streq(state, "waiting"))
        return wf_fail(err, WEFT_E_MALFORMED,
                       "state is dead or waiting, not \"%s\".", state);
    return wf_backlog_list(&turn->call, wf_streq(state, "dead"), &page,
                           &turn->out, err);
}

weft_reply *weft_backlog_list(weft_session *session, const weft_param *params,
                              size_t n)
{
    struct asked asked = { params, n };

    return wf_question(session, WEFT_SCOPE_ADMIN, list, &asked);
}

/* --- Reviving and dropping */

static bool revive(struct wf_turn *turn, const void *with, weft_error *err)
{
    const wf_id *id = with;

    return wf_turn_administers(turn, err)
           && wf_backlog_revive(&turn->flow, *id, err);
}

static bool drop(struct wf_turn *turn, const void *with, weft_error *err)
{
    const wf_id *id = with;

    return wf_turn_administers(turn, err)
           && wf_backlog_drop(&turn->flow, *id, err);
}

static weft_command *command_on(weft_session *session, wf_answer_fn *run,
                                int64_t id)
{
    weft_command *command = wf_command_new(session, WEFT_SCOPE_ADMIN, run);
    wf_id *with = WF_NEW(command->arena, wf_id);

    *with = id;
    command->with = with;
    return command;
}

weft_command *weft_backlog_revive(weft_session *session, int64_t id)
{
    return command_on(session, revive, id);
}

weft_command *weft_backlog_drop(weft_session *session, int64_t id)
{
    return command_on(session, drop, id);
}
