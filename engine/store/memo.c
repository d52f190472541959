/* store/memo.c - a table of places of a connection; who comes later takes the
 * place of who was there.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/memo.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "store/driver.h"

enum {
    N_PLACES = 4096 /* a power of two */
};

struct place {
    int64_t state; /* of the store; 0: nothing is here */
    const char *sql;
    unsigned reads; /* the grounds of `sql` */
    unsigned char parameter[WF_MEMO_KEY];
    unsigned char value[WF_MEMO_VALUE];
};

struct wf_memo {
    struct place places[N_PLACES];
};

void wf_memo_free(struct wf_memo *memo)
{
    free(memo);
}

/* The number of the state that this transaction sees; 0 where there is none.
 * It is asked for once, and begins the snapshot if nothing else has. */
static int64_t state_of(struct wf_db *db)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    weft_error err = WEFT_ERROR_INIT;

    if (!db->is_reader || !db->driver->state)
        return 0;
    if (!db->footing.state && wf_stmt_begin(db, db->driver->state, &q, &err)
        && wf_stmt_step(&q, &err) == WF_FETCH_ROW)
        db->footing.state = wf_stmt_int(&q, 0);
    return db->footing.state;
}

static struct place *place_of(struct wf_memo *memo,
                              const struct wf_memo_key *key)
{
    uint64_t mixed = (uintptr_t)key->sql, word;

    for (size_t at = 0; at < key->len; at += sizeof word) {
        size_t rest = key->len - at;

        word = 0;
        memcpy(&word, (const char *)key->parameter + at,
               rest < sizeof word ? rest : sizeof word);
        mixed = (mixed ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    }
    return &memo->places[(mixed ^ mixed >> 31) % N_PLACES];
}

static bool is_for(const struct place *place, const struct wf_memo_key *key,
                   int64_t state)
{
    return place->state == state && place->sql == key->sql
           && (key->len == 0
               || memcmp(place->parameter, key->parameter, key->len) == 0);
}

bool wf_memo_find(struct wf_db *db, const struct wf_memo_key *key, void *value,
                  size_t size)
{
    int64_t state = state_of(db);
    const struct place *place;

    if (!state || !db->memo)
        return false;
    place = place_of(db->memo, key);
    if (!is_for(place, key, state))
        return false;
    wf_db_rest_on_rows(db, place->reads, key->document);
    memcpy(value, place->value, size);
    return true;
}

void wf_memo_keep(struct wf_db *db, const struct wf_memo_key *key,
                  const void *value, size_t size)
{
    int64_t state = state_of(db);
    struct place *place;
    unsigned changes;

    assert(key->len <= WF_MEMO_KEY && size <= WF_MEMO_VALUE);
    if (!state)
        return;
    if (!db->memo)
        db->memo = wf_heap_new(sizeof *db->memo);
    place = place_of(db->memo, key);
    *place = (struct place){ .state = state, .sql = key->sql };
    wf_ground_read(key->sql, &place->reads, &changes);
    if (key->len > 0)
        memcpy(place->parameter, key->parameter, key->len);
    memcpy(place->value, value, size);
}

bool wf_own_find(const struct wf_db *db, const char *what, void *value,
                 size_t size)
{
    if (!db->own_what || strcmp(db->own_what, what) != 0)
        return false;
    memcpy(value, db->own_value, size);
    return true;
}

void wf_own_keep(struct wf_db *db, const char *what, const void *value,
                 size_t size)
{
    assert(size <= WF_MEMO_VALUE);
    if (db->driver->n_writers == 1)
        return;
    db->own_what = what;
    memcpy(db->own_value, value, size);
}

void wf_own_forget(struct wf_db *db)
{
    db->own_what = NULL;
}
