/* api/engine.h - what an open engine holds.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_ENGINE_H
#define WF_API_ENGINE_H

#include <stdatomic.h>

#include <weft/engine.h>

#include "base/id.h"
#include "base/log.h"
#include "def/registry.h"
#include "org/signin.h"
#include "store/writer.h"

struct wf_directory;
struct wf_kept;
struct wf_scheduler;
struct wf_vault;
struct wf_timer_kind;

/* In the order in which they are made; they end in the reverse one. */
struct weft_engine {
    struct wf_clock clock;
    struct wf_log log;
    struct wf_store *store;
    struct wf_vault *vault; /* of what the store alone must not tell */
    struct wf_definitions *definitions;
    struct wf_ids *ids;
    struct wf_gate *gate;
    struct wf_directory *directory;
    struct wf_kept *kept; /* answers */
    struct wf_writer *writer;
    struct wf_scheduler *scheduler;            /* NULL: jobs are not run here */
    const struct wf_timer_kind *const *timers; /* of each layer, then NULL */
    atomic_bool draining;                      /* no new commands */
};

#endif
