/* api/engine.c - an engine is opened, drained and closed.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/engine.h"

#include <stdlib.h>

#include "api/command.h"
#include "api/due.h"
#include "api/file.h"
#include "api/hub.h"
#include "api/kept.h"
#include "api/planned.h"
#include "api/proposal.h"
#include "api/reads.h"
#include "api/rollout.h"
#include "api/scheduler.h"
#include "api/seal.h"
#include "api/sender.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/vault.h"
#include "connect/oidc.h"
#include "connect/outgoing.h"
#include "def/intent.h"
#include "def/learnt.h"
#include "doc/rollup.h"
#include "plan/plan.h"
#include "report/kept.h"
#include "report/live.h"
#include "store/backup.h"
#include "store/copy.h"
#include "store/like.h"

/* Of all tables whose ids are made by base/id.h. */
static const char SQL_GREATEST_ID[] =
    "SELECT MAX(id) FROM (SELECT MAX(id) AS id FROM document"
    " UNION ALL SELECT MAX(id) FROM seat UNION ALL SELECT MAX(id) FROM job"
    " UNION ALL SELECT MAX(id) FROM timer"
    " UNION ALL SELECT MAX(id) FROM comment"
    " UNION ALL SELECT MAX(id) FROM notification"
    " UNION ALL SELECT MAX(id) FROM definition"
    " UNION ALL SELECT MAX(id) FROM era"
    " UNION ALL SELECT MAX(id) FROM unit UNION ALL SELECT MAX(id) FROM person"
    " UNION ALL SELECT MAX(id) FROM token UNION ALL SELECT MAX(id) FROM planned"
    " UNION ALL SELECT MAX(id) FROM alert_episode"
    " UNION ALL SELECT MAX(id) FROM metric_series"
    " UNION ALL SELECT MAX(id) FROM cycle_run"
    " UNION ALL SELECT MAX(id) FROM stage"
    " UNION ALL SELECT MAX(id) FROM file"
    " UNION ALL SELECT MAX(id) FROM team) AS made";

/* What timers do, by the layers that set them. */
static const struct wf_timer_kind *const timers[] = {
    wf_flow_timers, wf_api_timers,    wf_rollout_timers, wf_proposal_timers,
    wf_plan_timers, wf_report_timers, wf_file_timers,    NULL
};

static struct wf_clock clock_of(const weft_options *options)
{
    struct wf_clock clock = { options->now_ms, options->now_self };

    return options->now_ms ? clock : wf_clock_real;
}

/* The clock may have been set back since the store's last id was made. */
static bool ids_open(weft_engine *engine, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    unsigned node;

    if (!wf_store_node(engine->store, &node, err)
        || !wf_stmt_begin(wf_store_writer(engine->store), SQL_GREATEST_ID, &q,
                          err))
        return false;
    engine->ids = wf_ids_new(&engine->clock, node);
    if (wf_stmt_step(&q, err) != WF_FETCH_ROW)
        return false;
    wf_ids_after(engine->ids, wf_stmt_int(&q, 0));
    return true;
}

/* A store that is not kept has a key that ends with it. One that has no place
 * in the file system has none by itself. */
static struct wf_vault *vault_of(const weft_engine *engine,
                                 const weft_options *options)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    const char *path = wf_store_path(engine->store);

    if (options->key_file)
        return wf_vault_new(options->key_file);
    if (!path)
        return wf_store_is_kept(engine->store) ? wf_vault_none()
                                               : wf_vault_new(NULL);
    return wf_vault_new(wf_arena_printf(arena, "%s.key", path));
}

static bool start_threads(weft_engine *engine, weft_error *err)
{
    engine->scheduler = wf_scheduler_new(engine, &wf_due_rounds);
    engine->sender = wf_scheduler_new(engine, &wf_sender_rounds);
    return wf_scheduler_start(engine->scheduler, err)
           && wf_scheduler_start(engine->sender, err);
}

/* Where the store of an engine is, or what it begins as. */
struct origin {
    const char *url;
    weft_engine *model; /* NULL: at `url` */
};

static bool open_store(weft_engine *engine, const struct origin *origin,
                       const weft_options *options, weft_error *err)
{
    struct wf_store_options with = { .log = &engine->log,
                                     .create = options->create,
                                     .top = wf_rollup_top,
                                     .in_the_making = options->in_the_making };

    return origin->model
               ? wf_store_open_like(origin->model->store, &with, &engine->store,
                                    err)
               : wf_store_open(origin->url, &with, &engine->store, err);
}

static bool open_parts(weft_engine *engine, const struct origin *origin,
                       const weft_options *options, weft_error *err)
{
    /* One lane of the history, where there may be several: what is told of a
     * clock that stands still is in order too. */
    struct wf_writer_options writer = { options->max_queue, 0,
                                        origin->model != NULL };

    if (!wf_crypto_init(err) || !wf_outgoing_init(err)
        || !open_store(engine, origin, options, err) || !ids_open(engine, err))
        return false;
    engine->vault = vault_of(engine, options);
    engine->definitions = wf_definitions_new(&engine->log);
    engine->gate = wf_gate_new(&engine->clock);
    engine->directory = wf_directory_new();
    engine->kept = wf_kept_new();
    engine->general = wf_general_new();
    engine->learning = wf_learning_new();
    engine->reads = wf_reads_new();
    engine->oidc = wf_oidc_new(&engine->clock);
    engine->reports = wf_reports_kept_new();
    engine->hub = wf_hub_new(engine);
    return wf_writer_start(engine->store, &writer, &engine->writer, err)
           && wf_reads_begin(engine, err)
           && (options->no_jobs || start_threads(engine, err));
}

static bool open_engine(const struct origin *origin,
                        const weft_options *options, weft_engine **out,
                        weft_error *err)
{
    static const weft_options plain = WEFT_OPTIONS_INIT;
    const weft_options *with = options ? options : &plain;
    weft_engine *engine = calloc(1, sizeof *engine);

    if (!engine)
        wf_oom();
    engine->clock = clock_of(with);
    engine->log = (struct wf_log){ WF_LOG_INFO, &engine->clock, with->log,
                                   with->log_self };
    engine->timers = timers;
    atomic_init(&engine->draining, false);
    if (!open_parts(engine, origin, with, err)) {
        weft_engine_close(engine);
        return false;
    }
    *out = engine;
    return true;
}

bool weft_engine_open(const char *url, const weft_options *options,
                      weft_engine **out, weft_error *err)
{
    return open_engine(&(struct origin){ .url = url }, options, out, err);
}

bool wf_engine_open_like(weft_engine *model, const weft_options *options,
                         weft_engine **out, weft_error *err)
{
    return open_engine(&(struct origin){ .model = model }, options, out, err);
}

void weft_engine_close(weft_engine *engine)
{
    if (!engine)
        return;
    wf_scheduler_stop(engine->scheduler);
    wf_scheduler_stop(engine->sender);
    wf_hub_stop(engine->hub);
    wf_writer_stop(engine->writer);
    wf_scheduler_free(engine->scheduler); /* commands woke them to the last */
    wf_scheduler_free(engine->sender);
    wf_oidc_free(engine->oidc);
    wf_reports_kept_free(engine->reports);
    wf_hub_free(engine->hub);
    wf_reads_free(engine->reads);
    wf_learning_free(engine->learning);
    wf_general_free(engine->general);
    wf_kept_free(engine->kept);
    wf_directory_free(engine->directory);
    if (engine->gate)
        wf_gate_free(engine->gate);
    if (engine->ids)
        wf_ids_free(engine->ids);
    if (engine->definitions)
        wf_definitions_free(engine->definitions);
    wf_vault_free(engine->vault);
    if (engine->store)
        wf_store_close(engine->store);
    free(engine);
}

/* --- Draining */

void weft_engine_drain(weft_engine *engine)
{
    weft_command *last = wf_seal_command(engine);
    weft_error err = WEFT_ERROR_INIT;

    wf_scheduler_stop(engine->scheduler);
    wf_scheduler_stop(engine->sender);
    wf_hub_stop(engine->hub);
    atomic_store(&engine->draining, true);
    wf_writer_drain(engine->writer);
    /* All that was taken is kept, and now sealed: past the check of what is
     * taken. */
    if (wf_writer_do(engine->writer, &last->work, &err))
        wf_seal_tell(engine, last->reply);
    weft_reply_free(last->reply);
}

bool weft_engine_is_ready(weft_engine *engine, weft_error *err)
{
    struct wf_writer_stats stats;

    if (atomic_load(&engine->draining))
        return wf_fail(err, WEFT_E_BUSY,
                       "Weft is shutting down. Try again in a moment.");
    wf_writer_stats(engine->writer, &stats);
    if (stats.failing)
        return wf_fail(err, WEFT_E_BUSY,
                       "The last commit failed. See the log.");
    return true;
}

/* --- Figures and upkeep */

void weft_engine_stats(weft_engine *engine, weft_stats *out)
{
    struct wf_writer_stats stats;

    wf_writer_stats(engine->writer, &stats);
    *out = (weft_stats){ .commands = stats.n_work,
                         .batches = stats.n_batches,
                         .refused = stats.n_refused,
                         .again = stats.n_again,
                         .commit_us = stats.commit_us,
                         .waiting = stats.waiting };
}

bool weft_engine_tick(weft_engine *engine, int64_t to_ms, int64_t *fired,
                      weft_error *err)
{
    int64_t more;

    if (to_ms > 0)
        return wf_due_fire(engine, to_ms, fired, err)
               && wf_sender_fire(engine, to_ms, err);
    *fired = 0;
    do { /* what goes in pieces has set its next one meanwhile */
        if (!wf_due_fire(engine, wf_clock_now(&engine->clock), &more, err))
            return false;
        *fired += more;
    } while (more > 0);
    return wf_sender_fire(engine, wf_clock_now(&engine->clock), err);
}

bool weft_engine_backup(weft_engine *engine, const char *path, weft_error *err)
{
    return wf_backup_write(engine->store, path, err);
}

bool weft_copy(const char *from, const char *to, weft_copied *tell, void *self,
               weft_error *err)
{
    static const struct wf_log log = { WF_LOG_ERROR, &wf_clock_real, NULL,
                                       NULL };
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_copied_list all = { 0 };

    if (!wf_crypto_init(err)
        || !wf_copy_between(from, to, &log, arena, &all, err))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const struct wf_copied *one = &all.at[i];

        tell(self, one->table, one->n_rows,
             wf_arena_printf(arena, "%016llx%016llx",
                             (unsigned long long)one->hash[0],
                             (unsigned long long)one->hash[1]));
    }
    return true;
}

bool weft_restore(const char *path, const char *url, weft_error *err)
{
    return wf_backup_restore(path, url, err);
}
