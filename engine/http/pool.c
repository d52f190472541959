/* http/pool.c - a few threads for what would hold up all other requests:
 * passwords, compilers, imports.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/pool.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/thread.h"

enum {
    THREADS_MAX = 8
};

struct http_pool {
    http_work_fn *run;
    pthread_mutex_t lock;
    pthread_cond_t more;
    bool closing;
    pthread_t threads[THREADS_MAX];
    unsigned n_threads;
    size_t max, n, first; /* a ring */
    void *waiting[];
};

/* The next work; NULL once all is done and the pool closes. */
static void *take(struct http_pool *pool)
{
    void *work = NULL;

    pthread_mutex_lock(&pool->lock);
    while (pool->n == 0 && !pool->closing)
        pthread_cond_wait(&pool->more, &pool->lock);
    if (pool->n > 0) {
        work = pool->waiting[pool->first];
        pool->first = (pool->first + 1) % pool->max;
        pool->n--;
    }
    pthread_mutex_unlock(&pool->lock);
    return work;
}

static void *run(void *self)
{
    struct http_pool *pool = self;
    void *work;

    while ((work = take(pool)))
        pool->run(work);
    return NULL;
}

bool http_pool_open(unsigned n_threads, size_t max, http_work_fn *work,
                    struct http_pool **out, weft_error *err)
{
    struct http_pool *pool =
        calloc(1, sizeof *pool + max * sizeof pool->waiting[0]);

    if (!pool)
        wf_oom();
    pool->run = work;
    pool->max = max;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->more, NULL);
    while (pool->n_threads < n_threads && pool->n_threads < THREADS_MAX
           && wf_thread_start(&pool->threads[pool->n_threads], run, pool))
        pool->n_threads++;
    if (pool->n_threads == 0) {
        http_pool_close(pool);
        return wf_fail(err, WEFT_E_INTERNAL, "No thread can be started.");
    }
    *out = pool;
    return true;
}

void http_pool_close(struct http_pool *pool)
{
    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->closing = true;
    pthread_cond_broadcast(&pool->more);
    pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 0; i < pool->n_threads; i++)
        pthread_join(pool->threads[i], NULL);
    pthread_cond_destroy(&pool->more);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

bool http_pool_add(struct http_pool *pool, void *work)
{
    bool room;

    pthread_mutex_lock(&pool->lock);
    room = pool->n < pool->max;
    if (room) {
        pool->waiting[(pool->first + pool->n) % pool->max] = work;
        pool->n++;
        pthread_cond_signal(&pool->more);
    }
    pthread_mutex_unlock(&pool->lock);
    return room;
}
