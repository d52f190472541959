/* api/turn.c - one question or command in the course of being answered.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/turn.h"

#include "api/session.h"
#include "base/error.h"
#include "flow/delegation.h"
#include "store/ahead.h"

enum {
    QUESTION_MS = 5000
};

static bool load_me(struct wf_turn *turn, weft_session *session,
                    weft_error *err)
{
    const struct wf_person *me;

    if (session && session->find)
        return wf_session_meet(session, turn, err);
    if (!turn->asker->person)
        return true;
    if (!wf_person_find(&turn->call, turn->asker->person, &me, err))
        return false;
    if (!me || !me->active)
        return wf_fail(err, WEFT_E_SIGNED_OUT, "Please sign in.");
    turn->call.me = me;
    return true;
}

/* Who asks, where a question still has to find that out. */
static bool ask_who(struct wf_turn *turn, weft_session *session,
                    weft_error *err)
{
    return !session || !session->find || !session->ahead
           || session->ahead(&turn->call, session->key, err);
}

/* What every command asks, and every one about a document. */
static bool ask_ahead(struct wf_turn *turn, const struct wf_start *start,
                      weft_error *err)
{
    struct wf_call *call = &turn->call;
    wf_id me = turn->asker->person;

    return wf_generation_ahead(call->db, "definition", err)
           && wf_person_ahead(call, me, err)
           && (!start->makes || wf_delegation_ahead(call, me, err))
           && (!start->about
               || (wf_doc_ahead(call, start->about, err)
                   && (!me || wf_access_ahead(call, start->about, me, err))));
}

/* The first question after a start or a deploy loads the definitions for all
 * others: the time of that is not its own. */
static bool take_definitions(struct wf_turn *turn, struct wf_db *db,
                             weft_error *err)
{
    int64_t began = wf_monotonic_ms(), until = wf_db_set_deadline(db, 0);
    bool ok = wf_registry_acquire(turn->engine->definitions, db,
                                  &turn->call.registry, err);

    wf_db_set_deadline(db, until ? until + wf_monotonic_ms() - began : 0);
    return ok;
}

bool wf_turn_begin(struct wf_turn *turn, const struct wf_start *start,
                   weft_error *err)
{
    weft_engine *engine = start->engine;
    struct wf_arena *arena = start->reply->arena;

    turn->engine = engine;
    turn->asker = start->asker;
    turn->reply = start->reply;
    turn->findings = (struct wf_diags)WF_DIAGS_INIT(arena, start->asker->lang);
    turn->body = (struct wf_buf)WF_BUF_INIT(arena);
    turn->out = (struct wf_json_writer)WF_JSON_WRITER_INIT(&turn->body);
    turn->call = (struct wf_call){
        .arena = arena,
        .db = start->db,
        .ids = wf_db_is_reader(start->db) ? NULL : engine->ids,
        .log = &engine->log,
        .now = start->now ? start->now : wf_clock_now(&engine->clock),
        .system = start->asker->system,
        .via = start->asker->via,
        .lang = start->asker->lang,
        .findings = &turn->findings,
        .vault = engine->vault,
    };
    wf_flow_begin(&turn->flow, &turn->call, start->budget);
    if (!ask_who(turn, start->session, err)
        || !wf_roster_join(engine->directory, start->db, &turn->roster, err))
        return false;
    turn->call.people = wf_people_new(arena, turn->roster);
    if (!wf_db_is_reader(start->db) && !ask_ahead(turn, start, err))
        return false;
    if (!take_definitions(turn, start->db, err)
        || !load_me(turn, start->session, err))
        return false;
    memcpy(err->lang, start->asker->lang, sizeof err->lang);
    return wf_asker_may(start->asker, start->scope, err);
}

void wf_turn_end(struct wf_turn *turn)
{
    wf_flow_end(&turn->flow);
    wf_registry_release(&turn->call.registry);
    wf_roster_leave(&turn->roster);
}

void wf_turn_keep(struct wf_turn *turn)
{
    turn->reply->body = wf_buf_text(&turn->body);
    turn->reply->len = turn->body.len;
}

/* --- Questions */

static bool ask(const struct wf_start *on, wf_answer_fn *answer,
                const void *with, const char **findings, weft_error *err)
{
    struct wf_reader reader WF_CLEANUP(wf_reader_end) = WF_READER_INIT;
    struct wf_turn turn WF_CLEANUP(wf_turn_end) = WF_TURN_INIT;
    struct wf_start start = *on;
    int64_t until = on->unhurried ? 0 : wf_monotonic_ms() + QUESTION_MS;

    if (!start.db && !wf_reader_begin(on->engine->store, until, &reader, err))
        return false;
    if (!start.db)
        start.db = reader.db;
    if (!wf_turn_begin(&turn, &start, err))
        return false;
    if (!answer(&turn, with, err)) {
        *findings = wf_reply_findings(&turn.findings);
        return false;
    }
    wf_turn_keep(&turn);
    return true;
}

static weft_reply *question(const struct wf_start *start, wf_answer_fn *answer,
                            const void *with)
{
    weft_reply *reply = wf_reply_new(wf_arena_new());
    weft_error err = wf_error_in(start->asker->lang);
    const char *findings = "[]";
    struct wf_start begun = *start;

    begun.reply = reply;
    if (!ask(&begun, answer, with, &findings, &err))
        wf_reply_fail(reply, &err, findings);
    return reply;
}

weft_reply *wf_question_as(weft_engine *engine, const struct wf_asker *asker,
                           unsigned scope, wf_answer_fn *answer,
                           const void *with)
{
    struct wf_start start = { .engine = engine,
                              .asker = asker,
                              .scope = scope,
                              .budget = WF_BUDGET_COMMAND,
                              .unhurried = asker->system };

    return question(&start, answer, with);
}

weft_reply *wf_question_of_job(weft_engine *engine,
                               const struct wf_asker *asker, int64_t now,
                               wf_answer_fn *answer, const void *with)
{
    struct wf_start start = {
        .engine = engine, .asker = asker, .now = now, .budget = WF_BUDGET_JOB
    };

    return question(&start, answer, with);
}

static weft_reply *question_of(weft_session *session, unsigned scope,
                               wf_answer_fn *answer, const void *with,
                               bool unhurried)
{
    struct wf_start start = { .engine = session->engine,
                              .asker = &session->asker,
                              .session = session,
                              .scope = scope,
                              .budget = WF_BUDGET_COMMAND,
                              .unhurried = unhurried };
    weft_reply *reply;

    if (session->within) {
        start.db = session->within->call.db;
        start.now = session->within->call.now;
    }
    reply = question(&start, answer, with);
    wf_session_touch_later(session);
    return reply;
}

weft_reply *wf_question(weft_session *session, unsigned scope,
                        wf_answer_fn *answer, const void *with)
{
    return question_of(session, scope, answer, with, false);
}

weft_reply *wf_question_unhurried(weft_session *session, unsigned scope,
                                  wf_answer_fn *answer, const void *with)
{
    return question_of(session, scope, answer, with, true);
}

/* --- Rights */

bool wf_turn_administers(struct wf_turn *turn, weft_error *err)
{
    bool is_admin;

    if (!wf_is_admin(&turn->call, &is_admin, err))
        return false;
    return is_admin
           || wf_fail(err, WEFT_E_DENIED,
                      "This needs the role \"admin\", which you do not have.");
}

bool wf_turn_watches(struct wf_turn *turn, bool *administers, weft_error *err)
{
    struct wf_call *call = &turn->call;
    bool is_admin, may;

    if (!wf_is_admin(call, &is_admin, err))
        return false;
    may = is_admin;
    if (!may
        && !wf_role_held(call, call->me->id, "dpo", WF_EVERYWHERE, &may, err))
        return false;
    if (administers)
        *administers = is_admin;
    return may
           || wf_fail(err, WEFT_E_DENIED,
                      "This is for administrators, and for whoever holds the "
                      "role \"%s\".",
                      "dpo");
}
