/* api/look.c - looking at documents, and at what happened to them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/document.h>

#include "api/params.h"
#include "api/render.h"
#include "doc/comment.h"
#include "doc/history.h"
#include "doc/reaction.h"

/* What is asked of one document, or of many. */
struct look {
    wf_id id;
    const char *field;
    const weft_param *params;
    size_t n;
};

/* --- One document */

static bool get(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct look *look = with;
    struct wf_doc *doc;
    struct wf_rights rights;

    if (!wf_doc_open(&turn->call, look->id, &doc, &rights, err))
        return false;
    turn->reply->id = look->id;
    return wf_render_seen(turn, doc, &rights, err);
}

weft_reply *weft_document_get(weft_session *session, int64_t id)
{
    struct look look = { .id = id };

    return wf_question(session, WEFT_SCOPE_READ, get, &look);
}

static bool chain(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct look *look = with;
    struct wf_doc *doc;
    struct wf_rights rights;

    return wf_doc_open(&turn->call, look->id, &doc, &rights, err)
           && wf_flow_chain(&turn->flow, doc, &turn->out, err);
}

weft_reply *weft_document_chain(weft_session *session, int64_t id)
{
    struct look look = { .id = id };

    return wf_question(session, WEFT_SCOPE_READ, chain, &look);
}

static bool explain(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct look *look = with;
    struct wf_doc *doc;
    struct wf_rights rights;

    return wf_doc_open(&turn->call, look->id, &doc, &rights, err)
           && wf_view_explain(&turn->call, doc, &rights, look->field,
                              &turn->out, err);
}

weft_reply *weft_document_explain(weft_session *session, int64_t id,
                                  const char *field)
{
    struct look look = { .id = id, .field = field };

    return wf_question(session, WEFT_SCOPE_READ, explain, &look);
}

static bool reactions(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct look *look = with;
    struct wf_doc *doc;
    struct wf_rights rights;

    return wf_doc_open(&turn->call, look->id, &doc, &rights, err)
           && wf_reaction_list(&turn->call, doc, &turn->out, err);
}

weft_reply *weft_document_reactions(weft_session *session, int64_t id)
{
    struct look look = { .id = id };

    return wf_question(session, WEFT_SCOPE_READ, reactions, &look);
}

/* --- Pages of what belongs to one */

static bool history(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct look *look = with;
    struct wf_params params;
    struct wf_doc *doc;
    struct wf_rights rights;
    struct wf_page page;

    if (!wf_params_read(turn->call.arena, look->params, look->n, WF_PARAMS_PAGE,
                        &params, err)
        || !wf_doc_open(&turn->call, look->id, &doc, &rights, err))
        return false;
    page = (struct wf_page){ params.query.cursor, params.query.limit };
    return wf_history_list(&turn->call, doc, &rights, &page, &turn->out, err);
}

weft_reply *weft_document_history(weft_session *session, int64_t id,
                                  const weft_param *params, size_t n)
{
    struct look look = { .id = id, .params = params, .n = n };

    return wf_question(session, WEFT_SCOPE_READ, history, &look);
}

static bool comments(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct look *look = with;
    struct wf_params params;
    struct wf_doc *doc;
    struct wf_rights rights;
    struct wf_page page;

    if (!wf_params_read(turn->call.arena, look->params, look->n, WF_PARAMS_PAGE,
                        &params, err)
        || !wf_doc_open(&turn->call, look->id, &doc, &rights, err))
        return false;
    page = (struct wf_page){ params.query.cursor, params.query.limit };
    return wf_comment_list(&turn->call, doc, &page, &turn->out, err);
}

weft_reply *weft_document_comments(weft_session *session, int64_t id,
                                   const weft_param *params, size_t n)
{
    struct look look = { .id = id, .params = params, .n = n };

    return wf_question(session, WEFT_SCOPE_READ, comments, &look);
}

/* --- Lists */

static bool list(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct look *look = with;
    struct wf_params params;

    return wf_params_read(turn->call.arena, look->params, look->n,
                          WF_PARAMS_PAGE | WF_PARAMS_DOCUMENTS, &params, err)
           && wf_list_documents(&turn->call, &params.query, &turn->out, err);
}

weft_reply *weft_document_list(weft_session *session, const weft_param *params,
                               size_t n)
{
    struct look look = { .params = params, .n = n };

    return wf_question(session, WEFT_SCOPE_READ, list, &look);
}

static bool children(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct look *look = with;
    struct wf_params params;
    struct wf_doc *doc;
    struct wf_rights rights;

    if (!wf_params_read(turn->call.arena, look->params, look->n,
                        WF_PARAMS_PAGE | WF_PARAMS_DOCUMENTS, &params, err)
        || !wf_doc_open(&turn->call, look->id, &doc, &rights, err))
        return false;
    params.query.parent = look->id;
    return wf_list_documents(&turn->call, &params.query, &turn->out, err);
}

weft_reply *weft_document_children(weft_session *session, int64_t id,
                                   const weft_param *params, size_t n)
{
    struct look look = { .id = id, .params = params, .n = n };

    return wf_question(session, WEFT_SCOPE_READ, children, &look);
}
