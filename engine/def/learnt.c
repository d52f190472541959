/* def/learnt.c - keeps what was last learnt.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/learnt.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

struct wf_learnt {
    struct wf_arena *arena;
    struct wf_likeness *likeness;
    const struct wf_intents **from;
    size_t n, users;
};

struct wf_learning {
    pthread_mutex_t lock;
    struct wf_learnt *last; /* under `lock`, as are all users */
};

struct wf_learning *wf_learning_new(void)
{
    struct wf_learning *learning = calloc(1, sizeof *learning);

    if (!learning)
        wf_oom();
    pthread_mutex_init(&learning->lock, NULL);
    return learning;
}

static void give_back(struct wf_learnt *learnt)
{
    if (learnt && --learnt->users == 0)
        wf_arena_free(learnt->arena);
}

void wf_learning_free(struct wf_learning *learning)
{
    if (!learning)
        return;
    give_back(learning->last);
    pthread_mutex_destroy(&learning->lock);
    free(learning);
}

static bool is_of(const struct wf_learnt *learnt,
                  const struct wf_intents *const *intents, size_t n)
{
    return learnt && learnt->n == n
           && memcmp(learnt->from, intents, n * sizeof *intents) == 0;
}

static struct wf_learnt *learn(const struct wf_intents *const *intents,
                               size_t n)
{
    struct wf_arena *arena = wf_arena_new();
    struct wf_learnt *learnt = WF_NEW(arena, struct wf_learnt);

    learnt->arena = arena;
    learnt->n = n;
    learnt->from = WF_NEW_N(arena, const struct wf_intents *, n);
    learnt->likeness = wf_likeness_new(arena);
    for (size_t i = 0; i < n; i++) {
        learnt->from[i] = intents[i];
        for (size_t j = 0; j < intents[i]->said.n; j++)
            wf_likeness_add(learnt->likeness, intents[i]->said.at[j].text,
                            intents[i]->said.at[j].kind);
    }
    wf_likeness_seal(learnt->likeness);
    return learnt;
}

struct wf_learnt *wf_learning_acquire(struct wf_learning *learning,
                                      const struct wf_intents *const *intents,
                                      size_t n)
{
    struct wf_learnt *learnt;

    pthread_mutex_lock(&learning->lock);
    if (!is_of(learning->last, intents, n)) {
        give_back(learning->last);
        learning->last = learn(intents, n);
        learning->last->users = 1;
    }
    learnt = learning->last;
    learnt->users++;
    pthread_mutex_unlock(&learning->lock);
    return learnt;
}

void wf_learnt_release(struct wf_learning *learning, struct wf_learnt *learnt)
{
    pthread_mutex_lock(&learning->lock);
    give_back(learnt);
    pthread_mutex_unlock(&learning->lock);
}

const struct wf_likeness *wf_learnt_likeness(const struct wf_learnt *learnt)
{
    return learnt->likeness;
}
