/* api/scenario.h - the world of one scenario: a store of its own in memory, a
 * company, a package and a clock; and the functions by which its script gets at
 * them.
 *
 * Source: docs/scenarios.md.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_SCENARIO_H
#define WF_API_SCENARIO_H

#include <stdatomic.h>

#include <weft/scenario.h>

#include "base/json.h"
#include "def/calendar.h"
#include "script/script.h"

/* A package and where its scenarios begin. */
struct wf_play {
    const char *lang;
    const char *store; /* the URL of a new one that is not kept */
    const weft_file *files;
    size_t n_files;
    weft_engine *model; /* of a world as each begins; NULL: none is made yet */
    const char *zone;   /* of the package */
    const char *speaks; /* its language, which people of a scenario read */
    struct wf_calendar calendar; /* its default one */
};

struct wf_world {
    const struct wf_play *play;
    struct wf_arena *arena;
    weft_engine *engine;
    weft_session *system;
    _Atomic int64_t now; /* the clock, read by the engine's threads too */
    int64_t last;        /* the document that was touched last; 0: none */
};

/* A new store with people and the package, on Monday 2026-10-12 at 09:00 in the
 * package's zone: a copy of the model of `play` where that has one.
 * wf_world_close() takes one that did not open. */
WF_MUST_CHECK bool wf_world_open(struct wf_world *world,
                                 const struct wf_play *play, weft_error *err);
void wf_world_close(struct wf_world *world);

/* Moves the clock on; what becomes due on the way is done, in order. Errors:
 * WEFT_E_INVALID no such duration or time, or one that is over. */
WF_MUST_CHECK bool wf_world_advance(struct wf_world *world, const char *by,
                                    weft_error *err);
WF_MUST_CHECK bool wf_world_move_to(struct wf_world *world, const char *at,
                                    weft_error *err);

/* Does what is due now. */
WF_MUST_CHECK bool wf_world_settle(struct wf_world *world, weft_error *err);

/* What is wrong with its store, see weft_verify(); NULL: it is sound. */
const char *wf_world_unsound(const struct wf_world *world);

/* `ms` by the wall clock of the package: "2026-10-12 09:00". */
const char *wf_world_time(const struct wf_world *world, struct wf_arena *arena,
                          int64_t ms);

/* The file of this name; NULL if there is none. */
const weft_file *wf_play_file(const struct wf_play *play, const char *name);

/* What the script of a scenario may call; `self` is the world. */
extern const struct wf_host wf_scenario_hosts[];
extern const size_t wf_scenario_n_hosts;

#endif
