/* http/pool.h - a few threads for what would hold up all other requests:
 * passwords, compilers, imports.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_POOL_H
#define HTTP_POOL_H

#include <stdbool.h>
#include <stddef.h>

#include <weft/error.h>

#include "base/macros.h"

struct http_pool;

typedef void http_work_fn(void *work);

/* `n_threads` that call `run` with what is added; at most `max` wait.
 * Errors: WEFT_E_INTERNAL where no thread can be started. */
WF_MUST_CHECK bool http_pool_open(unsigned n_threads, size_t max,
                                  http_work_fn *run, struct http_pool **out,
                                  weft_error *err);

/* Finishes what waits, then ends the threads. NULL is allowed. */
void http_pool_close(struct http_pool *pool);

/* False where as many wait as may. */
bool http_pool_add(struct http_pool *pool, void *work);

#endif
