/* api/privacy.c - the rights of whom data are about: who has looked at them, a
 * copy of them, and that they are erased.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/privacy.h>

#include "api/command.h"
#include "api/params.h"
#include "api/render.h"
#include "base/error.h"
#include "base/list.h"
#include "doc/comment.h"
#include "doc/erase.h"
#include "doc/history.h"
#include "doc/reading.h"
#include "flow/forget.h"
#include "org/edit.h"
#include "org/erase.h"

enum {
    PIECE = 50,      /* documents of one answer */
    PIECE_MAX = 200, /* events or comments of one document */
};

static const char SQL_MINE[] =
    "SELECT id FROM document WHERE subject = $1 AND id > $2"
    " UNION SELECT id FROM document WHERE creator = $1 AND id > $2"
    " ORDER BY id LIMIT $3";

struct asked {
    const char *id;
    const weft_param *params;
    size_t n;
};

static bool find(struct wf_turn *turn, const char *id,
                 const struct wf_person **out, weft_error *err)
{
    if (!wf_person_named(&turn->call, wf_json_text(turn->call.arena, id), out,
                         err))
        return false;
    return *out
           || wf_fail(err, WEFT_E_NOTFOUND, "There is nobody called \"%s\".",
                      id);
}

static bool is_me(const struct wf_call *call, const struct wf_person *person)
{
    return call->system || (call->me && call->me->id == person->id);
}

/* --- Who has looked */

static bool check_is_for_me(struct wf_turn *turn,
                            const struct wf_person *person, weft_error *err)
{
    struct wf_call *call = &turn->call;
    bool may = is_me(call, person);

    if (!may
        && (!call->me
            || !wf_role_held(call, call->me->id, "dpo", WF_EVERYWHERE, &may,
                             err)))
        return false;
    return may
           || wf_fail(
               err, WEFT_E_DENIED,
               "This is for the person themselves, and for whoever holds "
               "the role \"%s\".",
               "dpo");
}

static bool readers(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct asked *asked = with;
    const struct wf_person *person;
    struct wf_params params;
    struct wf_page page;

    if (!find(turn, asked->id, &person, err)
        || !check_is_for_me(turn, person, err)
        || !wf_params_read(turn->call.arena, asked->params, asked->n,
                           WF_PARAMS_PAGE, &params, err))
        return false;
    page = (struct wf_page){ params.query.cursor, params.query.limit };
    return wf_reading_list(&turn->call, person->id, &page, &turn->out, err);
}

weft_reply *weft_person_readers(weft_session *session, const char *id,
                                const weft_param *params, size_t n)
{
    struct asked asked = { id, params, n };

    return wf_question(session, WEFT_SCOPE_READ, readers, &asked);
}

/* --- A copy */

struct ids {
    wf_id *at;
    size_t n, cap;
};

static bool list_mine(struct wf_call *call, wf_id person, wf_id after,
                      struct ids *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_MINE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, person);
    wf_stmt_bind_int(&q, 2, after);
    wf_stmt_bind_int(&q, 3, PIECE + 1);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) = wf_stmt_int(&q, 0);
    return got == WF_FETCH_DONE;
}

/* As the person sees it: a copy shows nothing that the pages would not. An
 * administrator gets none over the pages, who may see less than they do. */
static bool write_one(struct wf_turn *turn, wf_id id, weft_error *err)
{
    static const struct wf_page all = { NULL, PIECE_MAX };
    struct wf_json_writer *out = &turn->out;
    struct wf_rights rights;
    struct wf_doc *doc;

    if (!wf_doc_open(&turn->call, id, &doc, &rights, err)) {
        if (err->code != WEFT_E_NOTFOUND)
            return false;
        err->code = WEFT_OK;
        return true;
    }
    wf_jw_open(out, '{');
    wf_jw_key(out, "document");
    if (!wf_render_seen(turn, doc, &rights, err))
        return false;
    wf_jw_key(out, "history");
    if (!wf_history_list(&turn->call, doc, &rights, &all, out, err))
        return false;
    wf_jw_key(out, "comments");
    if (!wf_comment_list(&turn->call, doc, &all, out, err))
        return false;
    wf_jw_close(out, '}');
    turn->reply->etag[0] = '\0';
    return true;
}

static bool write_documents(struct wf_turn *turn, wf_id after, weft_error *err)
{
    struct ids ids = { NULL, 0, 0 };

    if (!list_mine(&turn->call, turn->call.me->id, after, &ids, err))
        return false;
    wf_jw_key(&turn->out, "documents");
    wf_jw_open(&turn->out, '[');
    for (size_t i = 0; i < ids.n && i < PIECE; i++)
        if (!write_one(turn, ids.at[i], err))
            return false;
    wf_jw_close(&turn->out, ']');
    wf_jw_key_id_or_null(&turn->out, "next",
                         ids.n > PIECE ? ids.at[PIECE - 1] : 0);
    return true;
}

static bool data(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct asked *asked = with;
    const struct wf_person *person;
    struct wf_json *record;
    const char *cursor = asked->n ? asked->params[0].value : NULL;
    wf_id after = 0;

    if (cursor && !wf_id_parse(wf_str_of(cursor), &after))
        return wf_fail(err, WEFT_E_MALFORMED,
                       "The cursor is broken. Begin the list anew.");
    if (!find(turn, asked->id, &person, err))
        return false;
    if (!is_me(&turn->call, person))
        return wf_fail(
            err, WEFT_E_DENIED,
            "A copy of all about somebody is for themselves. Whoever "
            "has the store makes one with \"weft person data\".");
    if (!wf_person_record(&turn->call, person->login, &record, err))
        return false;
    turn->call.me = person; /* who asks from here on */
    turn->call.system = false;
    wf_jw_open(&turn->out, '{');
    wf_jw_key(&turn->out, "person");
    wf_jw_tree(&turn->out, record);
    if (!write_documents(turn, after, err))
        return false;
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_reply *weft_person_data(weft_session *session, const char *id,
                             const char *cursor)
{
    const weft_param from = { "cursor", cursor };
    struct asked asked = { id, &from, cursor ? 1 : 0 };

    return wf_question(session, WEFT_SCOPE_READ, data, &asked);
}

/* --- Erasure */

/* Whoever is still here is set inactive first: then nothing waits for them. */
static bool erase(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct wf_call *call = &turn->call;
    const struct wf_person *person;
    const char *former;
    struct wf_erased erased;
    struct wf_event event = { .kind = "erase" };
    wf_id id;

    if (!wf_turn_administers(turn, err) || !find(turn, with, &person, err))
        return false;
    if (person->active)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "\"%s\" is still active. Set them inactive first.",
                       person->login);
    id = person->id;
    former = wf_arena_str(call->arena, person->name);
    if (!wf_erase_texts(call, person->id, person->login, &erased, err)
        || !wf_person_erase(call, person->id, &event.comment, err)
        || !wf_erase_name(call, id, former, err)
        || !wf_forget_now(&turn->flow, err)
        || !wf_history_add(call, &event, err))
        return false;
    wf_jw_open(&turn->out, '{');
    wf_jw_key_text(&turn->out, "login", event.comment);
    wf_jw_key(&turn->out, "documents");
    wf_jw_int(&turn->out, (int64_t)erased.documents);
    wf_jw_key(&turn->out, "comments");
    wf_jw_int(&turn->out, (int64_t)erased.comments);
    wf_jw_key(&turn->out, "events");
    wf_jw_int(&turn->out, (int64_t)erased.events);
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_command *weft_person_erase(weft_session *session, const char *id)
{
    weft_command *command = wf_command_new(session, WEFT_SCOPE_ADMIN, erase);

    command->with = wf_arena_str(command->arena, id);
    return command;
}
