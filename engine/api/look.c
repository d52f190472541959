/* api/look.c - looking at documents, and at what happened to them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/document.h>

#include "api/kept.h"
#include "api/params.h"
#include "api/reads.h"
#include "api/render.h"
#include "doc/comment.h"
#include "doc/history.h"
#include "doc/reaction.h"
#include "doc/watch.h"

struct look;

/* Tells one thing of a document that is open and seen. */
typedef bool tell_fn(struct wf_turn *turn, const struct look *look,
                     struct wf_doc *doc, const struct wf_rights *rights,
                     weft_error *err);

/* What is asked of one document, or of many. */
struct look {
    tell_fn *tell;
    wf_id id;
    const char *field;
    const weft_param *params;
    size_t n;
};

static bool open_and_tell(struct wf_turn *turn, const void *with,
                          weft_error *err)
{
    const struct look *look = with;
    struct wf_doc *doc;
    struct wf_rights rights;

    return wf_doc_open(&turn->call, look->id, &doc, &rights, err)
           && look->tell(turn, look, doc, &rights, err);
}

/* The same, noted. */
static bool open_and_note(struct wf_turn *turn, const void *with,
                          weft_error *err)
{
    const struct look *look = with;

    if (!open_and_tell(turn, with, err))
        return false;
    wf_reads_note(turn, look->id);
    return true;
}

static weft_reply *ask(weft_session *session, const struct look *look)
{
    return wf_question(session, WEFT_SCOPE_READ, open_and_note, look);
}

/* --- One document */

static bool show(struct wf_turn *turn, const struct look *look,
                 struct wf_doc *doc, const struct wf_rights *rights,
                 weft_error *err)
{
    (void)look;
    return wf_render_seen(turn, doc, rights, err);
}

static bool get(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct look *look = with;

    turn->reply->id = look->id;
    if (!wf_kept_answer(turn, look->id, open_and_tell, look, err))
        return false;
    wf_reads_note(turn, look->id);
    return true;
}

weft_reply *weft_document_get(weft_session *session, int64_t id)
{
    struct look look = { .tell = show, .id = id };

    return wf_question(session, WEFT_SCOPE_READ, get, &look);
}

static bool chain(struct wf_turn *turn, const struct look *look,
                  struct wf_doc *doc, const struct wf_rights *rights,
                  weft_error *err)
{
    (void)look;
    (void)rights;
    return wf_flow_chain(&turn->flow, doc, &turn->out, err);
}

weft_reply *weft_document_chain(weft_session *session, int64_t id)
{
    return ask(session, &(struct look){ .tell = chain, .id = id });
}

static bool lights(struct wf_turn *turn, const struct look *look,
                   struct wf_doc *doc, const struct wf_rights *rights,
                   weft_error *err)
{
    (void)look;
    return wf_episodes_tell(&turn->call, doc, rights, &turn->out, err);
}

weft_reply *weft_document_lights(weft_session *session, int64_t id)
{
    return ask(session, &(struct look){ .tell = lights, .id = id });
}

static bool explain(struct wf_turn *turn, const struct look *look,
                    struct wf_doc *doc, const struct wf_rights *rights,
                    weft_error *err)
{
    return wf_view_explain(&turn->call, doc, rights, look->field, &turn->out,
                           err);
}

weft_reply *weft_document_explain(weft_session *session, int64_t id,
                                  const char *field)
{
    return ask(session,
               &(struct look){ .tell = explain, .id = id, .field = field });
}

static bool reactions(struct wf_turn *turn, const struct look *look,
                      struct wf_doc *doc, const struct wf_rights *rights,
                      weft_error *err)
{
    (void)look;
    (void)rights;
    return wf_reaction_list(&turn->call, doc, &turn->out, err);
}

weft_reply *weft_document_reactions(weft_session *session, int64_t id)
{
    return ask(session, &(struct look){ .tell = reactions, .id = id });
}

/* --- Pages of what belongs to one */

static bool read_page(struct wf_turn *turn, const struct look *look,
                      struct wf_page *page, weft_error *err)
{
    struct wf_params params;

    if (!wf_params_read(turn->call.arena, look->params, look->n, WF_PARAMS_PAGE,
                        &params, err))
        return false;
    *page = (struct wf_page){ params.query.cursor, params.query.limit };
    return true;
}

static bool history(struct wf_turn *turn, const struct look *look,
                    struct wf_doc *doc, const struct wf_rights *rights,
                    weft_error *err)
{
    struct wf_page page;

    return read_page(turn, look, &page, err)
           && wf_history_list(&turn->call, doc, rights, &page, &turn->out, err);
}

weft_reply *weft_document_history(weft_session *session, int64_t id,
                                  const weft_param *params, size_t n)
{
    return ask(
        session,
        &(struct look){ .tell = history, .id = id, .params = params, .n = n });
}

static bool comments(struct wf_turn *turn, const struct look *look,
                     struct wf_doc *doc, const struct wf_rights *rights,
                     weft_error *err)
{
    struct wf_page page;

    (void)rights;
    return read_page(turn, look, &page, err)
           && wf_comment_list(&turn->call, doc, &page, &turn->out, err);
}

weft_reply *weft_document_comments(weft_session *session, int64_t id,
                                   const weft_param *params, size_t n)
{
    return ask(
        session,
        &(struct look){ .tell = comments, .id = id, .params = params, .n = n });
}

/* --- Lists */

/* Documents; `parent` 0: beneath any or none. */
static bool tell_list(struct wf_turn *turn, const struct look *look,
                      wf_id parent, weft_error *err)
{
    struct wf_params params;

    if (!wf_params_read(turn->call.arena, look->params, look->n,
                        WF_PARAMS_PAGE | WF_PARAMS_DOCUMENTS, &params, err))
        return false;
    params.query.parent = parent;
    return wf_list_documents(&turn->call, &params.query, &turn->out, err);
}

static bool list(struct wf_turn *turn, const void *with, weft_error *err)
{
    return tell_list(turn, with, 0, err);
}

weft_reply *weft_document_list(weft_session *session, const weft_param *params,
                               size_t n)
{
    struct look look = { .params = params, .n = n };

    return wf_question(session, WEFT_SCOPE_READ, list, &look);
}

static bool children(struct wf_turn *turn, const struct look *look,
                     struct wf_doc *doc, const struct wf_rights *rights,
                     weft_error *err)
{
    (void)rights;
    return tell_list(turn, look, doc->id, err);
}

weft_reply *weft_document_children(weft_session *session, int64_t id,
                                   const weft_param *params, size_t n)
{
    return ask(
        session,
        &(struct look){ .tell = children, .id = id, .params = params, .n = n });
}
