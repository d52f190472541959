/* store/ground.h - what an answer rests on, read off the statements that were
 * run for it.
 *
 * Who keeps an answer must know when it is no longer true. Asked by hand, that
 * would be forgotten with the next table; so each statement is read for the
 * tables it names, and a transaction adds them up. A table that has no row in
 * ground.c is WF_GROUND_OTHER: what rests on it cannot be kept.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_STORE_GROUND_H
#define WF_STORE_GROUND_H

#include "store/db.h"

enum wf_ground {
    WF_GROUND_DOCUMENT = 1,     /* rows of one document: its stamp counts */
    WF_GROUND_ORGANISATION = 2, /* the generation "organisation" */
    WF_GROUND_DEFINITION = 4,   /* the generation "definition" */
    WF_GROUND_ASKER = 8,        /* sign-in: found out for every question */
    WF_GROUND_OTHER = 16,       /* all else: the clock, scripts, any table */
};

/* As wf_stmt_begin() for rows of the one document `id`, which becomes $1: only
 * so does WF_GROUND_DOCUMENT hold, and only for one document in a transaction.
 * Whoever changes such rows raises the count that doc/doc.h tells of. */
WF_MUST_CHECK bool wf_stmt_begin_of(struct wf_db *db, const char *sql,
                                    int64_t id, struct wf_stmt *out,
                                    weft_error *err);

/* All that this transaction has rested on so far, a set of enum wf_ground; and
 * one more that no statement shows. */
unsigned wf_db_grounds(const struct wf_db *db);
void wf_db_rest_on(struct wf_db *db, enum wf_ground ground);

/* The same inside the store: of one transaction. */
struct wf_footing {
    unsigned reads, changes;
    int64_t document; /* whose rows were read; 0: of none yet */
    bool knows;       /* the usual generations, as generation.c names them */
    int64_t state;    /* as memo.c asked for it; 0: not yet */
    int64_t generations[2];
    bool moved[2]; /* which of the usual it has bumped itself */
};

/* Before a commit: bumps the generation of what it has changed. */
WF_MUST_CHECK bool wf_generation_tell(struct wf_db *db, weft_error *err);

/* Reads `sql`: what it rests on, and the grounds of the tables it changes. */
void wf_ground_read(const char *sql, unsigned *reads, unsigned *changes);

#endif
