/* store/store.c - an open store: its URL, its write connection, the pool of
 * its readers.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/driver.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "base/str.h"
#include "store/like.h"

/* --- Opening. */

static bool is_of_postgresql(const char *url)
{
    return wf_str_starts(url, "postgresql://")
           || wf_str_starts(url, "postgres://");
}

/* A path is taken as it is; "mysql:shop" is none. */
static bool has_scheme(const char *url)
{
    size_t n = strspn(url, "abcdefghijklmnopqrstuvwxyz"
                           "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-");

    return n > 0 && url[n] == ':';
}

bool wf_store_locate(const char *url, struct wf_location *out, weft_error *err)
{
    static const char SCHEME[] = "sqlite:", SCRATCH[] = "scratch+";
    bool is_kept = !wf_str_starts(url, SCRATCH);
    const char *path = is_kept ? url : url + sizeof SCRATCH - 1;

    if (is_of_postgresql(path)) {
        *out = (struct wf_location){ &wf_driver_pg, wf_heap_printf("%s", path),
                                     is_kept };
        return true;
    }
    if (is_kept && wf_str_starts(url, SCHEME))
        path += sizeof SCHEME - 1;
    else if (!is_kept || has_scheme(url))
        return wf_fail(err, WEFT_E_MALFORMED,
                       "%s is not the URL of a store. Write sqlite:PATH, or "
                       "postgresql://HOST/DATABASE.",
                       url);
    if (!*path)
        return wf_fail(err, WEFT_E_MALFORMED,
                       "The URL of the store names no file. Write "
                       "sqlite:PATH.");
    is_kept = strcmp(path, ":memory:") != 0;
    *out = (struct wf_location){ &wf_driver_sqlite,
                                 is_kept ? wf_heap_printf("%s", path) : NULL,
                                 is_kept };
    return true;
}

static struct wf_store *store_new(const struct wf_store_options *options)
{
    struct wf_store *store = wf_heap_new(sizeof *store);

    store->options = *options;
    atomic_init(&store->closing, false);
    atomic_init(&store->epoch, 0);
    pthread_mutex_init(&store->lock, NULL);
    pthread_cond_init(&store->returned, NULL);
    wf_hub_open(store);
    return store;
}

/* Frees all but what is lent. */
static void store_free(struct wf_store *store)
{
    while (store->idle) {
        struct wf_db *db = store->idle;

        store->idle = db->next;
        wf_db_close(db);
    }
    wf_hub_close(store->hub);
    wf_db_close(store->writer);
    if (store->driver)
        store->driver->dispose(store);
    pthread_cond_destroy(&store->returned);
    pthread_mutex_destroy(&store->lock);
    free(store->location);
    free(store);
}

static bool open_store(struct wf_store *store, const char *url, weft_error *err)
{
    struct wf_location place;

    if (!wf_store_locate(url, &place, err))
        return false;
    store->driver = place.driver;
    store->location = place.location;
    store->is_kept = place.is_kept;
    return store->driver->provide(store, err)
           && wf_db_open(store, false, &store->writer, err)
           && wf_migrate(store->writer, err);
}

bool wf_store_open(const char *url, const struct wf_store_options *options,
                   struct wf_store **out, weft_error *err)
{
    struct wf_store *store = store_new(options);

    if (!open_store(store, url, err)) {
        store_free(store);
        return false;
    }
    *out = store;
    return true;
}

static bool open_like(struct wf_store *store, weft_error *err)
{
    struct wf_reader from WF_CLEANUP(wf_reader_end) = WF_READER_INIT;

    return store->driver->provide(store, err)
           && wf_db_open(store, false, &store->writer, err)
           && wf_reader_begin(store->model, 0, &from, err)
           && store->driver->like(store->writer, from.db, err)
           && wf_migrate(store->writer, err);
}

bool wf_store_open_like(struct wf_store *model,
                        const struct wf_store_options *options,
                        struct wf_store **out, weft_error *err)
{
    struct wf_store *store = store_new(options);

    store->driver = model->driver;
    store->location = wf_heap_printf("%s", model->location);
    store->model = model;
    if (!open_like(store, err)) {
        store_free(store);
        return false;
    }
    *out = store;
    return true;
}

void wf_store_close(struct wf_store *store)
{
    if (!store)
        return;
    wf_node_close(store->node);
    atomic_store(&store->closing, true);
    pthread_mutex_lock(&store->lock);
    while (store->n_lent > 0)
        pthread_cond_wait(&store->returned, &store->lock);
    pthread_mutex_unlock(&store->lock);
    store_free(store);
}

const char *wf_store_path(const struct wf_store *store)
{
    return store->is_kept && store->driver == &wf_driver_sqlite
               ? store->location
               : NULL;
}

bool wf_store_is_kept(const struct wf_store *store)
{
    return store->is_kept;
}

struct wf_db *wf_store_writer(struct wf_store *store)
{
    return store->writer;
}

/* --- Readers. */

/* An idle connection, or leave to open one (`*out` NULL). A database may have
 * a limit of how many are open: then this waits for one to come back. */
static bool take_idle(struct wf_store *store, struct wf_db **out,
                      weft_error *err)
{
    size_t most = store->driver->n_readers;
    struct timespec until;
    int rc = 0;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += WF_BUSY_TIMEOUT_MS / 1000;
    pthread_mutex_lock(&store->lock);
    while (most > 0 && store->n_lent >= most && rc == 0)
        rc = pthread_cond_timedwait(&store->returned, &store->lock, &until);
    *out = NULL;
    if (rc == 0) {
        *out = store->idle;
        if (*out) {
            store->idle = (*out)->next;
            store->n_idle--;
        }
        store->n_lent++;
    }
    pthread_mutex_unlock(&store->lock);
    if (rc == 0)
        return true;
    wf_fail(err, WEFT_E_BUSY,
            "More is being read than the store answers. Try again.");
    err->retry_after_s = 1;
    return false;
}

static bool is_fresh(const struct wf_store *store, struct wf_db *db)
{
    return db->epoch == atomic_load(&store->epoch)
           && (!db->driver->is_alive || db->driver->is_alive(db));
}

/* Takes `db`, which may be NULL, out of use. */
static void give_back(struct wf_store *store, struct wf_db *db)
{
    bool keep = db && !db->broken && db->epoch == atomic_load(&store->epoch);

    pthread_mutex_lock(&store->lock);
    keep = keep && store->n_idle < WF_READERS_KEPT;
    if (keep) {
        db->next = store->idle;
        store->idle = db;
        store->n_idle++;
    }
    pthread_mutex_unlock(&store->lock);
    if (!keep)
        wf_db_close(db);
    /* Last, as the store may be freed from here on. */
    pthread_mutex_lock(&store->lock);
    store->n_lent--;
    pthread_cond_signal(&store->returned);
    pthread_mutex_unlock(&store->lock);
}

bool wf_reader_begin(struct wf_store *store, int64_t deadline,
                     struct wf_reader *out, weft_error *err)
{
    struct wf_db *db;

    if (!take_idle(store, &db, err))
        return false;
    if (db && !is_fresh(store, db)) {
        wf_db_close(db);
        db = NULL;
    }
    if (!db && !wf_db_open(store, true, &db, err)) {
        give_back(store, NULL);
        return false;
    }
    db->deadline = deadline;
    if (!wf_db_begin(db, err)) {
        give_back(store, db);
        return false;
    }
    out->store = store;
    out->db = db;
    return true;
}

int64_t wf_db_set_deadline(struct wf_db *db, int64_t deadline)
{
    int64_t before = db->deadline;

    db->deadline = deadline;
    return before;
}

void wf_reader_end(struct wf_reader *reader)
{
    if (!reader->db)
        return;
    wf_db_rollback(reader->db);
    give_back(reader->store, reader->db);
    reader->db = NULL;
}
