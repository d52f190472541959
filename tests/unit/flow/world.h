/* unit/flow/world.h - a small company with one form, in a store of its own,
 * whose people act.
 *
 *     boss (head of hq, admin)
 *      +- lead (head of shop)
 *          +- ann, ben (of shop)
 *     hr1, hr2: role hrbp for shop; boss manages them
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef UNIT_FLOW_WORLD_H
#define UNIT_FLOW_WORLD_H

#include "flow/flow.h"
#include "suite.h"

struct world {
    struct wf_arena *arena;
    struct wf_store *store;
    struct wf_vault *vault;
    struct wf_db *db;
    struct wf_definitions *definitions;
    const struct wf_registry *registry;
    struct wf_ids *ids;
    struct wf_clock clock;
    int64_t now, start;
    struct wf_log log;
    struct wf_diags findings; /* of the last act */
    weft_error err;           /* of the last act */
    wf_id doc;                /* the last one made */
};

/* `workflow` and what stands before it are the inside of <form id="form"
 * subject="owner">; `lua` is its hook file, NULL: none. */
void world_begin(struct world *w, const char *inside, const char *lua);
void world_end(struct world *w);

/* Deploys once more. */
void world_deploy(struct world *w, const char *inside, const char *lua);

/* Deploys one more form, a whole file. */
void world_deploy_form(struct world *w, const char *xml);

/* Each is a command of its own, of this login (NULL: the engine): false if it
 * was refused, then w->err and w->findings say why and nothing has changed.
 * JSON may be NULL. */
bool world_create(struct world *w, const char *login, const char *json);
bool world_act(struct world *w, const char *login, const char *action,
               const char *json);
bool world_say(struct world *w, const char *login, const char *action,
               const char *comment);
bool world_return(struct world *w, const char *login, const char *to);
/* A verb that names people, by commas ("ben,hr1"); `place` of add-approver. */
bool world_name(struct world *w, const char *login, const char *action,
                const char *people, const char *place);
bool world_delegate(struct world *w, const char *login, const char *to,
                    const char *since, const char *until);
/* Ends what `login` has given. */
bool world_delegate_end(struct world *w, const char *login);
/* `login` is set inactive; before that with `heir` all goes to that one. */
bool world_leave(struct world *w, const char *login, const char *heir);
/* All of `login` goes to `heir`; `login` stays active. */
bool world_hand_over(struct world *w, const char *login, const char *heir);
bool world_come_back(struct world *w, const char *login);
bool world_patch(struct world *w, const char *login, const char *json);

/* Fails the test with the error of `w` unless `ok`. */
#define WORLD_OK(w, ok)                                                        \
    ck_assert_msg((ok), "%s (%s)", (w)->err.text, world_found(w))

/* Findings of the last act as text. */
const char *world_found(struct world *w);

/* Of the last document: "step" or "step/level"; open logins, by age; kinds of
 * its events with reasons, "create skip:self"; a field as JSON text; what
 * `login` can do; the chain of `login`'s view as "lead:ann,ben head!self". */
const char *world_at(struct world *w);
const char *world_waiting(struct world *w);
const char *world_history(struct world *w);
const char *world_field(struct world *w, const char *field);
const char *world_can(struct world *w, const char *login);
/* Whom the documents ask that the last document asked for, by age of these. */
const char *world_asked(struct world *w);
const char *world_chain(struct world *w, const char *login, const char *json);

/* The levels of the last document's own chain, "lead:ann head:boss": asked,
 * and to come. */
const char *world_rest(struct world *w);

/* The last event: who did what, in whose name, naming whom, with its reason:
 * "ben approve for lead", "- assign for lead: ben (delegation)". */
const char *world_last_event(struct world *w);

/* What waits in the inbox of `login`: number of items; the document of the
 * last one, 0 if none. */
size_t world_inbox(struct world *w, const char *login);
size_t world_inbox_due(struct world *w, const char *login, const char *due);
wf_id world_task(struct world *w, const char *login);
const char *world_task_title(struct world *w, const char *login);
/* How many statements the inbox takes. */
int64_t world_inbox_cost(struct world *w, const char *login);

/* Turns to the n-th open document that is nobody's secret, counted round. */
void world_turn_to(struct world *w, size_t n);

/* Whether `login` (NULL: the engine) may read the last document; how many of
 * `form` a list shows them. */
bool world_sees(struct world *w, const char *login);
size_t world_list(struct world *w, const char *login, const char *form);

/* The last document as `login` (NULL: the engine) sees it, as JSON. */
const char *world_view(struct world *w, const char *login);

/* Number of findings of the invariants; 0: all hold. */
size_t world_verify(struct world *w);
/* With so many units for each document. */
size_t world_verify_within(struct world *w, int64_t units);

/* Takes the next due job and runs it; between its run and its keeping,
 * `meanwhile` happens. False: none was due, or it was not kept (w->err). */
bool world_run_job(struct world *w, void (*meanwhile)(void));

/* Runs the jobs that are due. Returns how many. */
int world_jobs(struct world *w);

/* Moves the clock on to `ms` after the start; what is due on the way fires, in
 * order. False: one failed (w->err). */
bool world_wait(struct world *w, int64_t ms);

int64_t world_count(struct world *w, const char *sql);

#endif
