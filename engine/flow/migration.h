/* flow/migration.h - many documents move, some at a time: a row that says how
 * far it has come, so that requests go on between the pieces and a server that
 * stops goes on where it was.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_MIGRATION_H
#define WF_FLOW_MIGRATION_H

#include "flow/migrate.h"
#include "flow/timer.h"

enum {
    WF_MIGRATION_PIECE = 20 /* documents in one command */
};

struct wf_migration_run {
    wf_id id, started_by;
    const char *form, *reason;
    int version;
    const struct wf_json *steps, *fields;
    int64_t started, finished; /* finished 0: it goes on */
    int at_version;
    wf_id at_document;
    int64_t moved, refused;
};
struct wf_migration_runs {
    struct wf_migration_run *at; /* newest first */
    size_t n, cap;
};

/* The one of a form that goes on, *found false: none does; one by its id;
 * the last of a form, at most `limit`. */
WF_MUST_CHECK bool wf_migration_current(struct wf_call *call, const char *form,
                                        struct wf_migration_run *out,
                                        bool *found, weft_error *err);
WF_MUST_CHECK bool wf_migration_load(struct wf_call *call, wf_id id,
                                     struct wf_migration_run *out, bool *found,
                                     weft_error *err);
WF_MUST_CHECK bool wf_migrations_load(struct wf_call *call, const char *form,
                                      int limit, struct wf_migration_runs *out,
                                      weft_error *err);

/* Why documents stayed, oldest first, at most 200. */
struct wf_refusal {
    wf_id document;
    const char *code, *reason;
};
struct wf_refusals {
    struct wf_refusal *at;
    size_t n, cap;
};
WF_MUST_CHECK bool wf_migration_refusals(struct wf_call *call, wf_id id,
                                         struct wf_refusals *out,
                                         weft_error *err);

/* Begins one: fills its id. Nothing moves yet. */
WF_MUST_CHECK bool wf_migration_begin(struct wf_call *call,
                                      struct wf_migration_run *run,
                                      weft_error *err);

/* Moves the next documents and keeps how far it has come; sets a timer for the
 * next piece unless it has finished. */
WF_MUST_CHECK bool wf_migration_go_on(struct wf_flow *flow,
                                      struct wf_migration_run *run,
                                      weft_error *err);

/* The timer of the next piece. */
extern wf_timer_fn wf_migration_fire;

/* One document in a savepoint of its own. *refused holds the reason if it
 * stays; with `keep` false all is undone in any case. False: the store. */
struct wf_migration_one {
    wf_id document;
    bool keep;
    /* Told of the document before it moves, and of what became of it, as long
     * as that can be seen; or NULL. */
    bool (*before)(void *self, struct wf_doc *doc, weft_error *err);
    bool (*after)(void *self, struct wf_doc *doc, const struct wf_moved *moved,
                  weft_error *err);
    void *self;
};
WF_MUST_CHECK bool wf_migration_try(struct wf_flow *flow,
                                    const struct wf_migration *migration,
                                    const struct wf_migration_one *one,
                                    weft_error *refused, weft_error *err);

#endif
