/* api/turn.h - one question or command in the course of being answered: who
 * asks, the call that goes down the layers, and the answer that is written.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_TURN_H
#define WF_API_TURN_H

#include <weft/session.h>

#include "api/engine.h"
#include "api/reply.h"
#include "api/scope.h"
#include "flow/flow.h"
#include "org/directory.h"

struct wf_turn {
    weft_engine *engine;
    const struct wf_asker *asker;
    struct wf_call call;
    struct wf_roster *roster; /* the people of a question; NULL: a command's */
    struct wf_flow flow;
    size_t piece; /* of a command that goes in pieces: which one, from 0 */
    bool more;    /* it says so: once this one is kept, the next is run, behind
                   * whatever waits meanwhile; the last one answers */
    struct wf_diags findings;
    struct wf_buf body;
    struct wf_json_writer out; /* writes `body` */
    weft_reply *reply;
};
#define WF_TURN_INIT                                                           \
    {                                                                          \
        .engine = NULL                                                         \
    }

/* What a turn begins with. */
struct wf_start {
    weft_engine *engine;
    const struct wf_asker *asker;
    weft_session *session; /* whose `asker` is; NULL: of none */
    unsigned scope;        /* that the asker needs */
    weft_reply *reply;     /* the turn lives in its arena */
    struct wf_db *db;
    int64_t now; /* 0: the clock's */
    struct wf_budget budget;
    wf_id about;    /* a document that it is about; 0: none that is known */
    bool makes;     /* it makes one */
    bool unhurried; /* a question that may take as long as it takes */
};

/* Takes the definitions as `db` sees them and finds who asks, whose rights are
 * asked from here on. wf_turn_end() takes an empty turn.
 * Errors: WEFT_E_SIGNED_OUT not signed in, or the person is not active any
 * more; WEFT_E_DENIED they may not use the scope. */
WF_MUST_CHECK bool wf_turn_begin(struct wf_turn *turn,
                                 const struct wf_start *start, weft_error *err);
void wf_turn_end(struct wf_turn *turn);

/* Makes what was written the body of the reply. */
void wf_turn_keep(struct wf_turn *turn);

/* What answers: writes turn->out, may set the etag and the id of the reply. A
 * command's may be called again from its start. */
typedef bool wf_answer_fn(struct wf_turn *turn, const void *with,
                          weft_error *err);

/* Asks `answer` on a snapshot of the store, the same one that tells who asks.
 * Never NULL. */
weft_reply *wf_question(weft_session *session, unsigned scope,
                        wf_answer_fn *answer, const void *with);

/* The same for what reads the whole store: other questions are broken off after
 * some seconds, and answer WEFT_E_BUSY. Not for what anybody may ask. */
weft_reply *wf_question_unhurried(weft_session *session, unsigned scope,
                                  wf_answer_fn *answer, const void *with);

/* The same without a session, in the name of `asker`. What the engine asks
 * itself is not broken off: its first question takes in all definitions, and
 * without an answer it could not begin. */
weft_reply *wf_question_as(weft_engine *engine, const struct wf_asker *asker,
                           unsigned scope, wf_answer_fn *answer,
                           const void *with);

/* The same with the budget of a job, at `now` (0: the clock's). */
weft_reply *wf_question_of_job(weft_engine *engine,
                               const struct wf_asker *asker, int64_t now,
                               wf_answer_fn *answer, const void *with);

/* That it is the system, or a person who holds the role admin now. Errors:
 * WEFT_E_DENIED. */
WF_MUST_CHECK bool wf_turn_administers(struct wf_turn *turn, weft_error *err);

/* That it is one of these, or a person who answers for the data: the role dpo.
 * `*administers` (NULL: it does not matter) says which. Errors: WEFT_E_DENIED.
 */
WF_MUST_CHECK bool wf_turn_watches(struct wf_turn *turn, bool *administers,
                                   weft_error *err);

#endif
