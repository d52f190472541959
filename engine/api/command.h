/* api/command.h - what changes something: read on the caller's thread, run on
 * the writer's, answered after the commit.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_COMMAND_H
#define WF_API_COMMAND_H

#include "api/body.h"
#include "api/idempotency.h"
#include "api/turn.h"

struct weft_command {
    struct wf_work work; /* first: the writer knows no more of it */
    weft_engine *engine;
    struct wf_arena *arena; /* the reply's in the end */
    struct wf_asker asker;
    struct wf_diags findings; /* of the first checks */
    wf_answer_fn *run;
    const void *with;
    void (*end)(const void *with); /* gives back what it holds; or NULL */
    int64_t now;                   /* 0: the clock's */
    bool makes;                    /* a document */
    bool is_secret;                /* its answer is not to be kept */
    struct wf_once once;

    /* Of its run. */
    weft_reply *reply;
    weft_error err;       /* first of all of the first checks */
    const char *problems; /* the findings of a failed run, as JSON */
    int64_t wake_at;      /* when something is to be done later; 0: never */
    int64_t send_at;      /* when something is to be sent; 0: never */
    size_t piece;         /* how many of its pieces are kept */
    bool more;            /* the next one follows */
    weft_done *done;
    void *self;
};

/* A command in the name of `session`, who needs `scope`. Never NULL: what does
 * not pass the first checks is answered when it is run. */
weft_command *wf_command_new(weft_session *session, unsigned scope,
                             wf_answer_fn *run);
weft_command *wf_command_as(weft_engine *engine, const struct wf_asker *asker,
                            wf_answer_fn *run);

/* Whether the first checks have passed so far. */
bool wf_command_is_sound(const weft_command *command);

/* Reads the JSON of its body into the members of `with`, which becomes what
 * the command is run with. `text` NULL: an empty object. */
void wf_command_read(weft_command *command, const struct wf_member *members,
                     size_t n, struct wf_text text, void *with);

/* What it changes and others too: they wait for one another before they begin,
 * on whichever node. A document, or one of these, which are no ids. */
enum {
    WF_TOUCHES_TIMERS = -1, /* so that they fire in order */
};
void wf_command_touches(weft_command *command, wf_id id);

/* Nobody waits for it: it lets others go first. */
void wf_command_patient(weft_command *command);

/* Runs it once for each key, see idempotency.h. */
void wf_command_once(weft_command *command, const weft_how *how,
                     const char *verb, wf_id id, struct wf_text text);

#endif
