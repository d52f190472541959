/* weft/engine.h - open a store and keep it running.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WEFT_ENGINE_H
#define WEFT_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <weft/error.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One open store and the packages that live in it. May be used from any
 * thread; every other handle is used by one thread at a time. */
typedef struct weft_engine weft_engine;

typedef struct weft_options {
    bool create;      /* make the store where there is none */
    bool no_jobs;     /* do not run what is due: a tool beside a server */
    size_t max_queue; /* commands that may wait; 0: 1024 */
    /* Lines for operators; NULL: standard error. */
    void (*log)(void *self, const char *line);
    void *log_self;
    /* The clock, milliseconds since 1970 UTC; NULL: the machine's. */
    int64_t (*now_ms)(void *self);
    void *now_self;
    /* The file with the key that seals secrets, made with the first of them;
     * NULL: the store's path and ".key"; a store in a database has none then,
     * and what has to be sealed is refused. */
    const char *key_file;
    /* A store that this opening makes is one that nobody relies on until it is
     * closed: commits do not wait for the disk, closing does. */
    bool in_the_making;
} weft_options;

#define WEFT_OPTIONS_INIT                                                      \
    {                                                                          \
        false, false, 0, NULL, NULL, NULL, NULL, NULL, false                   \
    }

/* Opens the store at `url` ("sqlite:PATH", "sqlite::memory:" for one that is
 * not kept) and brings its tables up to this version. On success `*out` is the
 * caller's, to be given to weft_engine_close(); on failure it is untouched.
 * Errors: WEFT_E_NOTFOUND no store there and not `create`; WEFT_E_STORE
 * unreadable, or too new for this Weft; WEFT_E_BUSY another process is
 * upgrading it. */
WEFT_API WEFT_MUST_CHECK bool weft_engine_open(const char *url,
                                               const weft_options *options,
                                               weft_engine **out,
                                               weft_error *err);

/* Finishes the commands that wait, then frees `engine` and all that it lent.
 * NULL is allowed. */
WEFT_API void weft_engine_close(weft_engine *engine);

/* Takes no new commands (they answer WEFT_E_BUSY) and waits for the ones in
 * hand: the first half of closing, for a server that drains. */
WEFT_API void weft_engine_drain(weft_engine *engine);

/* Whether commands would be taken and kept now; else why not, as
 * WEFT_E_BUSY. */
WEFT_API bool weft_engine_is_ready(weft_engine *engine, weft_error *err);

typedef struct weft_stats {
    int64_t commands, batches, refused; /* since opening */
    int64_t again; /* runs of a command after another was in its way */
    int64_t commit_us;
    size_t waiting;
} weft_stats;
WEFT_API void weft_engine_stats(weft_engine *engine, weft_stats *out);

/* Fires the timers and jobs that are due now, or by `to_ms`, in order of due,
 * those of the future at their own time. Returns how many in `*fired`. For
 * `weft tick`. */
WEFT_API WEFT_MUST_CHECK bool weft_engine_tick(weft_engine *engine,
                                               int64_t to_ms, int64_t *fired,
                                               weft_error *err);

/* A copy of the living store at `path`; puts one back in place of a store that
 * nobody has open. */
WEFT_API WEFT_MUST_CHECK bool weft_engine_backup(weft_engine *engine,
                                                 const char *path,
                                                 weft_error *err);
/* A masked copy at `path`, for tests: the same documents in the same steps, but
 * people are numbered, texts are other texts, comments, histories' contents and
 * files are gone, and nobody can sign in. Errors: WEFT_E_CONFLICT a file is
 * there. */
WEFT_API WEFT_MUST_CHECK bool weft_engine_fork(weft_engine *engine,
                                               const char *path,
                                               weft_error *err);
WEFT_API WEFT_MUST_CHECK bool weft_restore(const char *path, const char *url,
                                           weft_error *err);

/* Copies the whole store at `from` into the new one at `to`, of whichever kind
 * they are, reads it there and compares. Told of each table: how many rows, and
 * a hash over all of them, 32 digits. Errors: WEFT_E_NOTFOUND no store at
 * `from`; WEFT_E_CONFLICT the one at `to` is not empty; WEFT_E_STORE the two
 * differ. */
typedef void weft_copied(void *self, const char *table, int64_t n_rows,
                         const char *hash);
WEFT_API WEFT_MUST_CHECK bool weft_copy(const char *from, const char *to,
                                        weft_copied *tell, void *self,
                                        weft_error *err);

#ifdef __cplusplus
}
#endif

#endif
