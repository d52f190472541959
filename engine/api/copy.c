/* api/copy.c - copies of documents: who got them, and has read them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/delegation.h>

#include "api/command.h"
#include "api/params.h"
#include "doc/cc.h"

struct asked {
    wf_id id;
    const weft_param *params;
    size_t n;
};

static bool of_document(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct asked *asked = with;
    struct wf_doc *doc;
    struct wf_rights rights;

    return wf_doc_open(&turn->call, asked->id, &doc, &rights, err)
           && wf_cc_list(&turn->call, doc->id, &turn->out, err);
}

weft_reply *weft_document_copies(weft_session *session, int64_t id)
{
    struct asked asked = { .id = id };

    return wf_question(session, WEFT_SCOPE_READ, of_document, &asked);
}

static bool mine(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct asked *asked = with;
    struct wf_params params;
    struct wf_page page;

    if (!wf_params_read(turn->call.arena, asked->params, asked->n,
                        WF_PARAMS_PAGE, &params, err))
        return false;
    page = (struct wf_page){ params.query.cursor, params.query.limit };
    return wf_cc_mine(&turn->call, &page, &turn->out, err);
}

weft_reply *weft_copy_list(weft_session *session, const weft_param *params,
                           size_t n)
{
    struct asked asked = { .params = params, .n = n };

    return wf_question(session, WEFT_SCOPE_READ, mine, &asked);
}

static bool mark(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct asked *asked = with;
    struct wf_doc *doc;
    struct wf_rights rights;

    return wf_doc_open(&turn->call, asked->id, &doc, &rights, err)
           && wf_cc_mark_read(&turn->call, doc->id, err)
           && wf_cc_list(&turn->call, doc->id, &turn->out, err);
}

weft_command *weft_copy_read(weft_session *session, int64_t id)
{
    weft_command *command = wf_command_new(session, WEFT_SCOPE_WRITE, mark);
    struct asked *asked = WF_NEW(command->arena, struct asked);

    asked->id = id;
    command->with = asked;
    return command;
}
