/* report/kept.c - numbers that were worked out, kept for a minute.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "report/kept.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

enum {
    N_PLACES = 1024, /* a power of two; who comes later takes the place */
    TEXT_MAX = 256 * 1024,
    BYTES_MAX = 32 * 1024 * 1024,
};

struct place {
    struct wf_hash question;
    int64_t made;
    size_t len;
    char *text; /* NULL: free */
};

struct wf_reports_kept {
    pthread_mutex_t lock;
    size_t bytes;
    struct place places[N_PLACES];
};

struct wf_reports_kept *wf_reports_kept_new(void)
{
    struct wf_reports_kept *kept = calloc(1, sizeof *kept);

    if (!kept)
        wf_oom();
    pthread_mutex_init(&kept->lock, NULL);
    return kept;
}

static void clear(struct wf_reports_kept *kept, struct place *place)
{
    if (!place->text)
        return;
    kept->bytes -= place->len;
    free(place->text);
    place->text = NULL;
}

void wf_reports_kept_free(struct wf_reports_kept *kept)
{
    if (!kept)
        return;
    for (size_t i = 0; i < N_PLACES; i++)
        clear(kept, &kept->places[i]);
    pthread_mutex_destroy(&kept->lock);
    free(kept);
}

static struct place *place_of(struct wf_reports_kept *kept,
                              const struct wf_hash *question)
{
    unsigned n;

    memcpy(&n, question->at, sizeof n);
    return &kept->places[n & (N_PLACES - 1)];
}

/* A clock that was set back makes nothing young again. */
static bool is_young(const struct place *place, int64_t now)
{
    return now >= place->made && now - place->made < WF_KEPT_MS;
}

bool wf_reports_kept_find(struct wf_reports_kept *kept,
                          const struct wf_hash *question, int64_t now,
                          struct wf_arena *arena, const char **text,
                          int64_t *made)
{
    struct place *place = place_of(kept, question);
    bool found;

    pthread_mutex_lock(&kept->lock);
    found = place->text && wf_hash_equal(&place->question, question)
            && is_young(place, now);
    if (found) {
        *text = wf_arena_mem(arena, place->text, place->len);
        *made = place->made;
    }
    pthread_mutex_unlock(&kept->lock);
    return found;
}

/* All that is too old to be given goes when room is short. */
static void make_room(struct wf_reports_kept *kept, int64_t now)
{
    for (size_t i = 0; i < N_PLACES; i++)
        if (!is_young(&kept->places[i], now))
            clear(kept, &kept->places[i]);
}

void wf_reports_kept_put(struct wf_reports_kept *kept,
                         const struct wf_hash *question, int64_t now,
                         const char *text, size_t len)
{
    struct place *place = place_of(kept, question);

    if (len > TEXT_MAX)
        return;
    pthread_mutex_lock(&kept->lock);
    if (kept->bytes + len > BYTES_MAX)
        make_room(kept, now);
    clear(kept, place);
    if (kept->bytes + len <= BYTES_MAX) {
        place->text = malloc(len + 1);
        if (!place->text)
            wf_oom();
        memcpy(place->text, text, len);
        place->question = *question;
        place->made = now;
        place->len = len;
        kept->bytes += len;
    }
    pthread_mutex_unlock(&kept->lock);
}
