/* unit/org/fixture.h - a call on a fresh store, and people put straight into
 * its tables.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef UNIT_ORG_FIXTURE_H
#define UNIT_ORG_FIXTURE_H

#include "org/call.h"
#include "org/directory.h"
#include "org/person.h"
#include "suite.h"
#include "support/store.h"

struct org {
    struct wf_arena *arena;
    struct wf_store *store;
    struct wf_db *db; /* the write connection, in a transaction */
    struct wf_ids *ids;
    struct wf_diags findings;
    struct wf_call call;
    int64_t now;
    int64_t units;
    struct wf_clock clock; /* stands at `now` */
    weft_error err;
};

/* The clock stands at 2026-10-12 09:00 in Shanghai. */
void org_begin(struct org *org);
void org_end(struct org *org);

/* Forgets loaded people, findings and the error. */
void org_forget(struct org *org);

/* What was written is there for questions; the transaction begins anew. */
void org_keep(struct org *org);

/* One question: a snapshot, the roster of it, whom it has found. */
struct org_question {
    struct wf_reader reader;
    struct wf_roster *roster;
    struct wf_call call;
};
void org_ask(struct org *org, struct wf_directory *directory,
             struct org_question *question);
void org_answered(struct org_question *question);

/* Runs a constant with $1, $2 (0: NULL) and $3, which it must have. */
void org_run(struct org *org, const char *sql, wf_id a, wf_id b,
             const char *text);

/* One row each; a manager, unit, parent or head of 0 is none. Closures hold
 * only what is added to them. */
void org_person(struct org *org, wf_id id, const char *login, wf_id manager,
                wf_id unit);
void org_unit(struct org *org, wf_id id, const char *key, wf_id parent,
              wf_id head);
void org_role(struct org *org, const char *role, wf_id person, wf_id unit);

/* Makes both closures from the edges, the slow and obvious way. */
void org_close(struct org *org);

/* Fails the test with the error of `org` unless `ok`. */
#define ORG_OK(org, ok) ck_assert_msg((ok), "%s", (org)->err.text)

#endif
