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
struct wf_hub;
struct wf_kept;
struct wf_oidc;
struct wf_reads;
struct wf_scheduler;
struct wf_vault;
struct wf_timer_kind;
struct wf_reports_kept;

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
    struct wf_kept *kept;         /* answers */
    struct wf_reads *reads;       /* who has looked at what lately */
    struct wf_general *general;   /* intents of the engine's own */
    struct wf_learning *learning; /* from the examples of all intents */
    struct wf_oidc *oidc; /* what identity providers say of themselves */
    struct wf_reports_kept *reports; /* numbers */
    struct wf_hub *hub;              /* of event streams */
    struct wf_writer *writer;
    struct wf_scheduler *scheduler;            /* NULL: jobs are not run here */
    struct wf_scheduler *sender;               /* of letters; NULL: the same */
    const struct wf_timer_kind *const *timers; /* of each layer, then NULL */
    atomic_bool draining;                      /* no new commands */
    bool is_alone; /* a scenario's: connectors fetch nothing */
};

/* An engine on a store of its own that is not kept and begins with what that of
 * `model` holds, which is at rest and is closed last. It writes one thing after
 * the other. */
WF_MUST_CHECK bool wf_engine_open_like(weft_engine *model,
                                       const weft_options *options,
                                       weft_engine **out, weft_error *err);

#endif
