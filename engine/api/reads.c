/* api/reads.c - which looks are new today, and commands that keep them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/reads.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "api/command.h"
#include "base/error.h"
#include "doc/reading.h"
#include "org/company.h"

#define DAY_MS INT64_C(86400000)

enum {
    SLOTS = 1 << 14,
    PIECE = 100,        /* looks of one command */
    ASK_MS = 10 * 1000, /* a changed setting counts after so long */
};

/* A slot holds the hash of one look of today; another look may push it out,
 * and then the first one is kept again, which the store does not mind. */
struct wf_reads {
    atomic_int_fast64_t asked_at; /* when the setting was read */
    atomic_int days;              /* it; 0: nothing is noted */
    atomic_int_fast64_t day;      /* on which old ones were last forgotten */
    atomic_uint_fast64_t slots[SLOTS];
};

struct wf_reads *wf_reads_new(void)
{
    struct wf_reads *reads = calloc(1, sizeof *reads);

    if (!reads)
        wf_oom();
    return reads;
}

void wf_reads_free(struct wf_reads *reads)
{
    free(reads);
}

/* --- Whether it is wanted */

bool wf_reads_learn(struct wf_turn *turn, weft_error *err)
{
    struct wf_reads *reads = turn->engine->reads;
    struct wf_company company;

    if (!wf_company_load(&turn->call, &company, err))
        return false;
    atomic_store(&reads->days, company.reads_kept_days);
    return true;
}

static bool read_setting(struct wf_turn *turn, const void *with,
                         weft_error *err)
{
    (void)with;
    return wf_reads_learn(turn, err);
}

static void forget_reply(void *self, weft_reply *reply)
{
    (void)self;
    weft_reply_free(reply);
}

static const struct wf_asker the_engine = { .system = true };

bool wf_reads_begin(weft_engine *engine, weft_error *err)
{
    weft_reply *reply =
        wf_question_as(engine, &the_engine, 0, read_setting, NULL);
    const weft_error *failure = weft_reply_error(reply);
    bool ok = !failure || wf_fail_as(err, failure);

    weft_reply_free(reply);
    atomic_store(&engine->reads->asked_at, wf_clock_now(&engine->clock));
    return ok;
}

static void renew(weft_engine *engine)
{
    weft_submit(wf_command_as(engine, &the_engine, read_setting), forget_reply,
                NULL);
}

/* Others may have changed it; a look does not wait to find out. */
static bool are_wanted(weft_engine *engine, int64_t now)
{
    struct wf_reads *reads = engine->reads;
    int64_t at = atomic_load(&reads->asked_at);

    if (now < at || now - at > ASK_MS) {
        atomic_store(&reads->asked_at, now);
        renew(engine);
    }
    return atomic_load(&reads->days) > 0;
}

/* --- Keeping */

struct look {
    wf_id *documents;
    size_t n;
    wf_id reader;
    int forget_days; /* 0: not today again */
};

static bool keep(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct look *look = with;

    if (look->forget_days
        && !wf_readings_forget(&turn->call, look->forget_days, err))
        return false;
    for (size_t i = 0; i < look->n; i++)
        if (!wf_reading_add(&turn->call, look->documents[i], look->reader, err))
            return false;
    return true;
}

static bool is_new(struct wf_reads *reads, int64_t day, wf_id reader, wf_id id)
{
    int64_t parts[] = { day, reader, id };
    struct wf_hash hash = wf_hash_of(parts, sizeof parts);
    uint_fast64_t key;

    memcpy(&key, hash.at, sizeof key);
    return atomic_exchange(&reads->slots[key % SLOTS], key) != key;
}

/* At most PIECE of them, in one command. */
static void note(struct wf_turn *turn, const wf_id *ids, size_t n)
{
    weft_engine *engine = turn->engine;
    struct wf_reads *reads = engine->reads;
    int64_t day = turn->call.now / DAY_MS;
    wf_id fresh[PIECE];
    weft_command *command;
    struct look *look;
    size_t n_fresh = 0;

    for (size_t i = 0; i < n; i++)
        if (is_new(reads, day, turn->call.me->id, ids[i]))
            fresh[n_fresh++] = ids[i];
    if (n_fresh == 0)
        return;
    command = wf_command_as(engine, &the_engine, keep);
    look = WF_NEW(command->arena, struct look);
    *look =
        (struct look){ .documents = WF_NEW_N(command->arena, wf_id, n_fresh),
                       .n = n_fresh,
                       .reader = turn->call.me->id };
    memcpy(look->documents, fresh, n_fresh * sizeof fresh[0]);
    if (atomic_exchange(&reads->day, day) != day)
        look->forget_days = atomic_load(&reads->days);
    command->with = look;
    weft_submit(command, forget_reply, NULL);
}

void wf_reads_note_all(struct wf_turn *turn, const wf_id *ids, size_t n)
{
    if (n == 0 || !turn->call.me || turn->call.system
        || !are_wanted(turn->engine, turn->call.now))
        return;
    for (size_t i = 0; i < n; i += PIECE)
        note(turn, &ids[i], n - i < PIECE ? n - i : PIECE);
}

void wf_reads_note(struct wf_turn *turn, wf_id id)
{
    wf_reads_note_all(turn, &id, 1);
}
