/* api/kept.c - answers about documents that may be given again: a table of so
 * many places; who comes later takes the place of who was there.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/kept.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/error.h"
#include "doc/doc.h"
#include "store/ground.h"

enum {
    N_PLACES = 8192, /* a power of two */
    BYTES_MAX = 16 * 1024 * 1024,
    ANSWER_MAX = 64 * 1024,
    GROUNDS = WF_GROUND_DOCUMENT | WF_GROUND_ORGANISATION | WF_GROUND_DEFINITION
              | WF_GROUND_ASKER,
};

/* Whose answer about what, and the state that it is of. */
struct key {
    wf_id document, person;
    int64_t stamp, definition, organisation;
    char lang[WEFT_LANG_MAX];
};

struct answer {
    struct key key;
    char etag[WF_ETAG_TEXT];
    size_t len;
    char body[];
};

struct wf_kept {
    pthread_mutex_t lock;
    size_t bytes, hand;
    struct answer *places[N_PLACES];
};

struct wf_kept *wf_kept_new(void)
{
    struct wf_kept *kept = calloc(1, sizeof *kept);

    if (!kept)
        wf_oom();
    pthread_mutex_init(&kept->lock, NULL);
    return kept;
}

static size_t size_of(const struct answer *answer)
{
    return answer ? sizeof *answer + answer->len : 0;
}

static void clear(struct wf_kept *kept, struct answer **place)
{
    kept->bytes -= size_of(*place);
    free(*place);
    *place = NULL;
}

void wf_kept_free(struct wf_kept *kept)
{
    if (!kept)
        return;
    for (size_t i = 0; i < N_PLACES; i++)
        free(kept->places[i]);
    pthread_mutex_destroy(&kept->lock);
    free(kept);
}

size_t wf_kept_count(struct wf_kept *kept)
{
    size_t n = 0;

    pthread_mutex_lock(&kept->lock);
    for (size_t i = 0; i < N_PLACES; i++)
        n += kept->places[i] != NULL;
    pthread_mutex_unlock(&kept->lock);
    return n;
}

static struct answer **place_of(struct wf_kept *kept, const struct key *key)
{
    uint64_t mixed = (uint64_t)key->document * UINT64_C(0x9e3779b97f4a7c15)
                     ^ (uint64_t)key->person * UINT64_C(0xc2b2ae3d27d4eb4f)
                     ^ (uint64_t)key->lang[0];

    return &kept->places[(mixed ^ mixed >> 29) % N_PLACES];
}

static bool key_equal(const struct key *a, const struct key *b)
{
    return a->document == b->document && a->person == b->person
           && a->stamp == b->stamp && a->definition == b->definition
           && a->organisation == b->organisation && wf_streq(a->lang, b->lang);
}

/* Writes the answer that is kept for `key`, if there is one. */
static bool give(struct wf_kept *kept, const struct key *key,
                 struct wf_turn *turn)
{
    const struct answer *answer;
    bool found;

    pthread_mutex_lock(&kept->lock);
    answer = *place_of(kept, key);
    found = answer && key_equal(&answer->key, key);
    if (found) {
        wf_buf_add(&turn->body, answer->body, answer->len);
        memcpy(turn->reply->etag, answer->etag, sizeof answer->etag);
    }
    pthread_mutex_unlock(&kept->lock);
    return found;
}

static struct answer *answer_new(const struct key *key,
                                 const struct wf_turn *turn)
{
    struct answer *answer = malloc(sizeof *answer + turn->body.len);

    if (!answer)
        wf_oom();
    answer->key = *key;
    answer->len = turn->body.len;
    memcpy(answer->etag, turn->reply->etag, sizeof answer->etag);
    memcpy(answer->body, wf_buf_text(&turn->body), turn->body.len);
    return answer;
}

static void keep(struct wf_kept *kept, const struct key *key,
                 const struct wf_turn *turn)
{
    struct answer *answer = answer_new(key, turn);
    struct answer **place;

    pthread_mutex_lock(&kept->lock);
    place = place_of(kept, key);
    clear(kept, place);
    while (kept->bytes + size_of(answer) > BYTES_MAX)
        clear(kept, &kept->places[kept->hand++ % N_PLACES]);
    *place = answer;
    kept->bytes += size_of(answer);
    pthread_mutex_unlock(&kept->lock);
}

static bool may_keep(const struct wf_turn *turn)
{
    return !(wf_db_grounds(turn->call.db) & ~(unsigned)GROUNDS)
           && turn->body.len <= ANSWER_MAX;
}

static bool read_key(struct wf_turn *turn, wf_id id, struct key *out,
                     weft_error *err)
{
    out->document = id;
    out->person = turn->call.me->id;
    out->definition = wf_registry_generation(turn->call.registry);
    memcpy(out->lang, turn->asker->lang, sizeof out->lang);
    return wf_generation_get(turn->call.db, "organisation", &out->organisation,
                             err)
           && wf_doc_stamp(&turn->call, id, &out->stamp, err);
}

#if WF_SANITIZED
/* Every answer that is given again is also made anew: if it rests on something
 * that nobody counts, whichever test first shows it ends here. */
static bool prove(struct wf_turn *turn, wf_answer_fn *render, const void *with,
                  weft_error *err)
{
    struct wf_buf again = turn->body;
    char etag[WF_ETAG_TEXT];

    memcpy(etag, turn->reply->etag, sizeof etag);
    turn->body = (struct wf_buf)WF_BUF_INIT(turn->call.arena);
    if (!render(turn, with, err))
        return false;
    assert(wf_streq(wf_buf_text(&again), wf_buf_text(&turn->body)));
    assert(wf_streq(etag, turn->reply->etag));
    return true;
}
#else
static bool prove(struct wf_turn *turn, wf_answer_fn *render, const void *with,
                  weft_error *err)
{
    (void)turn;
    (void)render;
    (void)with;
    (void)err;
    return true;
}
#endif

bool wf_kept_answer(struct wf_turn *turn, wf_id id, wf_answer_fn *render,
                    const void *with, weft_error *err)
{
    struct wf_kept *kept = turn->engine->kept;
    struct key key = { .document = id };

    if (!turn->call.me)
        return render(turn, with, err);
    if (!read_key(turn, id, &key, err))
        return false;
    if (give(kept, &key, turn))
        return prove(turn, render, with, err);
    if (!render(turn, with, err))
        return false;
    if (may_keep(turn))
        keep(kept, &key, turn);
    return true;
}
