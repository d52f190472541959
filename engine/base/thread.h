/* base/thread.h - threads of our own.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_THREAD_H
#define WF_BASE_THREAD_H

#include <pthread.h>
#include <stdbool.h>

#include "base/macros.h"

/* Starts `run(self)` on a new thread, on which no signal arrives: those are
 * for the threads of the embedder. False where the machine starts no more. */
WF_MUST_CHECK bool wf_thread_start(pthread_t *out, void *(*run)(void *),
                                   void *self);

#endif
