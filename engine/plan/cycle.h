/* plan/cycle.h - runs of cycles: launched by hand or by their clock, brought to
 * people piece by piece.
 *
 * A run is a row for a cycle and a period, so that launching it twice makes
 * nothing twice. What takes long goes in pieces, a timer each, with rows that
 * say how far it has come: first the audience is gathered, then each stage
 * makes its documents when it opens. Requests go on between the pieces, and a
 * server that stops goes on where it was.
 *
 * Source: docs/definition-language.md, "Cycles".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_PLAN_CYCLE_H
#define WF_PLAN_CYCLE_H

#include "def/cycle.h"
#include "doc/stage.h"
#include "flow/live.h"
#include "flow/timer.h"

enum {
    WF_CYCLE_PEOPLE = 500,   /* looked at in one command */
    WF_CYCLE_DOCUMENTS = 50, /* made or closed in one command */
    WF_CYCLE_REMINDERS = 200
};

/* One run. */
struct wf_run {
    wf_id id;
    const char *cycle;
    int version; /* of the cycle, when it was launched last */
    struct wf_span span;
    const char *audience; /* WHO of a pilot; NULL: the whole audience */
    int64_t launched;
    wf_id launched_by; /* 0: its clock */
    wf_id at_person;
    int64_t gathered; /* 0: the audience is not known yet */
};
struct wf_runs {
    struct wf_run *at; /* newest first */
    size_t n, cap;
};

/* The live cycle of this id. Errors: WEFT_E_NOTFOUND. */
WF_MUST_CHECK bool wf_cycle_find(struct wf_call *call, const char *id,
                                 const struct wf_cycle **out, weft_error *err);

/* --- Rows: cycle_rows.c */

WF_MUST_CHECK bool wf_run_load(struct wf_call *call, wf_id id,
                               struct wf_run *out, bool *found,
                               weft_error *err);
WF_MUST_CHECK bool wf_run_find(struct wf_call *call, const char *cycle,
                               const char *period, struct wf_run *out,
                               bool *found, weft_error *err);
WF_MUST_CHECK bool wf_runs_load(struct wf_call *call, const char *cycle,
                                int limit, struct wf_runs *out,
                                weft_error *err);
/* Inserts it, or updates the one of this id. */
WF_MUST_CHECK bool wf_run_save(struct wf_call *call, const struct wf_run *run,
                               weft_error *err);

/* How far a stage has come. */
struct wf_stage_row {
    struct wf_stage_times times;
    const char *state; /* waiting, making, made, closing, closed */
    wf_id at_person;
    int64_t made, refused;
    /* Counted when it was asked for: wf_stage_rows(). */
    int64_t open, handed_in, done, void_;
};
struct wf_stage_rows {
    struct wf_stage_row *at;
    size_t n, cap;
};
WF_MUST_CHECK bool wf_stage_row_load(struct wf_call *call, wf_id id,
                                     struct wf_stage_row *out, bool *found,
                                     weft_error *err);
/* Those of a run, by their opening; `count`: with what became of their
 * documents. */
WF_MUST_CHECK bool wf_stage_rows(struct wf_call *call, wf_id run, bool count,
                                 struct wf_stage_rows *out, weft_error *err);
WF_MUST_CHECK bool wf_stage_row_save(struct wf_call *call,
                                     const struct wf_stage_row *row,
                                     weft_error *err);

/* What a stage made for a person; document 0: refused, or nobody may know. */
struct wf_stage_document {
    wf_id stage, person, document;
    const char *code, *reason; /* of a refusal */
};
WF_MUST_CHECK bool wf_stage_document_add(struct wf_call *call,
                                         const struct wf_stage_document *row,
                                         weft_error *err);

/* --- Launching: cycle_launch.c */

struct wf_launch {
    const struct wf_cycle *cycle;
    const char *period;   /* NULL: the one that holds today */
    const char *audience; /* WHO: a part of the audience; NULL: all of it */
};

/* Works out what a launch would be: its run, not stored unless it was there
 * (id 0), and the times of its stages. Errors: WEFT_E_INVALID the period, the
 * audience, or times that are out of order. */
WF_MUST_CHECK bool wf_launch_plan(struct wf_call *call,
                                  const struct wf_launch *launch,
                                  struct wf_run *run,
                                  struct wf_stage_rows *stages,
                                  weft_error *err);

/* Launches it: its rows, and the timer of the first piece. A run that is there
 * is widened: whoever is new in its audience is added. */
WF_MUST_CHECK bool wf_cycle_launch(struct wf_flow *flow,
                                   const struct wf_launch *launch,
                                   struct wf_run *run, weft_error *err);

/* How many of the audience it would be given to, and (up to `max`) who. */
struct wf_members {
    wf_id *at;
    size_t n, cap;
};
WF_MUST_CHECK bool wf_launch_people(struct wf_call *call,
                                    const struct wf_launch *launch, size_t max,
                                    struct wf_members *out, int64_t *n,
                                    weft_error *err);

/* --- Pieces: cycle_gather.c, cycle_stage.c, cycle_close.c, cycle_clock.c */

/* Begins to make a stage's documents when it opens, now if it is open. */
WF_MUST_CHECK bool wf_stage_begin(struct wf_flow *flow,
                                  const struct wf_stage_row *row,
                                  const struct wf_cycle *cycle,
                                  weft_error *err);

/* Winds up the clock of a cycle that has gone live. */
extern wf_live_fn wf_cycle_begin;

/* Reveals a run's stages now (`stage` NULL: all that have a time for it).
 * Errors: WEFT_E_NOTFOUND no such stage; WEFT_E_CONFLICT none to reveal. */
WF_MUST_CHECK bool wf_run_reveal(struct wf_flow *flow, const struct wf_run *run,
                                 const char *stage, weft_error *err);

/* Has a run's stages that are open (`stage` NULL: all of them) remind, in
 * pieces, whoever has not handed in, also what asks later, and was not reminded
 * within the hour.
 * Errors: WEFT_E_NOTFOUND no such stage; WEFT_E_CONFLICT none is open. */
WF_MUST_CHECK bool wf_run_remind(struct wf_flow *flow, const struct wf_run *run,
                                 const char *stage, weft_error *err);

/* One stage's time, and the key of its timers. */
WF_MUST_CHECK bool wf_cycle_timer(struct wf_flow *flow, const char *kind,
                                  wf_id id, int64_t due, wf_id after,
                                  weft_error *err);
/* Of a timer: the id in its key and the last id that its pieces have done. */
wf_id wf_cycle_timer_id(const struct wf_timer *timer);
wf_id wf_cycle_timer_after(const struct wf_timer *timer);

/* Whether a failure says nothing of the one person or document. */
bool wf_cycle_is_of_all(weft_code code);

extern wf_timer_fn wf_cycle_gather_fire, wf_cycle_look_fire,
    wf_cycle_stage_fire, wf_cycle_remind_fire, wf_cycle_nudge_fire,
    wf_cycle_close_fire, wf_cycle_clock_fire;

#endif
