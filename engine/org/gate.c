/* org/gate.c - the gate before passwords: few at once, slower after failures.
 *
 * Failures are counted for the account and for the address. An account that
 * has signed in from an address before is counted for the two together: nobody
 * else can slow it down there. What is counted lies in a table of fixed size,
 * the least recently used go first, and is forgotten after a while; so nobody
 * is locked out for ever, and no stranger can make it grow.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/gate.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"

enum {
    ENTRIES = 10000,
    BUCKETS = 16384, /* a power of two */
    RUNNING_MAX = 2,
    SECOND_MS = 1000,
    FORGET_MS = 15 * 60 * SECOND_MS
};

/* So many failures are free; each further one doubles the pause, up to `most`
 * seconds. */
struct pace {
    unsigned free;
    int most_s;
};
static const struct pace of_account = { 5, 60 };
static const struct pace of_address = { 20, 300 };

/* Indices count from 1, so that 0 is none. */
struct entry {
    uint64_t key;
    unsigned in_bucket;    /* the next one there */
    unsigned newer, older; /* by use */
    unsigned failures;
    int64_t failed, until; /* ms; 0: never */
};

struct wf_gate {
    const struct wf_clock *clock;
    pthread_mutex_t lock; /* of all below */
    int running;
    unsigned char salt[16]; /* keys cannot be made to collide */
    unsigned buckets[BUCKETS];
    unsigned newest, oldest, n;
    struct entry entries[ENTRIES + 1];
};

struct wf_gate *wf_gate_new(const struct wf_clock *clock)
{
    struct wf_gate *gate = calloc(1, sizeof *gate);

    if (!gate)
        wf_oom();
    gate->clock = clock;
    pthread_mutex_init(&gate->lock, NULL);
    wf_random(gate->salt, sizeof gate->salt);
    return gate;
}

void wf_gate_free(struct wf_gate *gate)
{
    if (!gate)
        return;
    pthread_mutex_destroy(&gate->lock);
    free(gate);
}

/* --- The table. */

static uint64_t key_of(const struct wf_gate *gate, const char *login,
                       const char *address)
{
    struct wf_hasher hasher;
    struct wf_hash hash;
    uint64_t key;

    wf_hasher_init(&hasher);
    wf_hasher_add(&hasher, gate->salt, sizeof gate->salt);
    wf_hasher_add_text(&hasher, login, strlen(login));
    wf_hasher_add_text(&hasher, address, strlen(address));
    hash = wf_hasher_end(&hasher);
    memcpy(&key, hash.at, sizeof key);
    return key;
}

static void unlink_use(struct wf_gate *gate, struct entry *entry)
{
    *(entry->newer ? &gate->entries[entry->newer].older : &gate->newest) =
        entry->older;
    *(entry->older ? &gate->entries[entry->older].newer : &gate->oldest) =
        entry->newer;
}

static void link_newest(struct wf_gate *gate, unsigned at)
{
    struct entry *entry = &gate->entries[at];

    entry->newer = 0;
    entry->older = gate->newest;
    *(gate->newest ? &gate->entries[gate->newest].newer : &gate->oldest) = at;
    gate->newest = at;
}

static struct entry *find(struct wf_gate *gate, uint64_t key)
{
    unsigned at = gate->buckets[key % BUCKETS];

    while (at && gate->entries[at].key != key)
        at = gate->entries[at].in_bucket;
    if (!at)
        return NULL;
    unlink_use(gate, &gate->entries[at]);
    link_newest(gate, at);
    return &gate->entries[at];
}

/* Takes the entry that was not used for longest out of the table. */
static unsigned evict(struct wf_gate *gate)
{
    unsigned at = gate->oldest;
    unsigned *link = &gate->buckets[gate->entries[at].key % BUCKETS];

    while (*link != at)
        link = &gate->entries[*link].in_bucket;
    *link = gate->entries[at].in_bucket;
    unlink_use(gate, &gate->entries[at]);
    return at;
}

static struct entry *provide(struct wf_gate *gate, uint64_t key)
{
    struct entry *entry = find(gate, key);
    unsigned at;

    if (entry)
        return entry;
    at = gate->n < ENTRIES ? ++gate->n : evict(gate);
    entry = &gate->entries[at];
    *entry =
        (struct entry){ .key = key, .in_bucket = gate->buckets[key % BUCKETS] };
    gate->buckets[key % BUCKETS] = at;
    link_newest(gate, at);
    return entry;
}

/* --- Counting. */

/* What failures of these credentials count for: the account with this address
 * if it is known there, else the account. */
static uint64_t account_key(struct wf_gate *gate,
                            const struct wf_credentials *credentials)
{
    const char *address = credentials->address ? credentials->address : "";
    uint64_t both = key_of(gate, credentials->login, address);

    return find(gate, both) ? both : key_of(gate, credentials->login, "*");
}

static void add_failure(struct wf_gate *gate, uint64_t key,
                        const struct pace *pace, int64_t now)
{
    struct entry *entry = provide(gate, key);
    int64_t pause_s = 1;

    if (now - entry->failed > FORGET_MS)
        entry->failures = 0;
    entry->failed = now;
    entry->failures++;
    if (entry->failures < pace->free)
        return;
    for (unsigned i = pace->free; i < entry->failures && pause_s < pace->most_s;
         i++)
        pause_s *= 2;
    if (pause_s > pace->most_s)
        pause_s = pace->most_s;
    entry->until = now + pause_s * SECOND_MS;
}

static int64_t blocked_until(struct wf_gate *gate, uint64_t key)
{
    const struct entry *entry = find(gate, key);

    return entry ? entry->until : 0;
}

/* --- In and out. */

static bool refuse(int64_t wait_ms, weft_error *err)
{
    wf_fail(err, WEFT_E_LIMITED,
            "There were too many attempts to sign in. Try again later.");
    err->retry_after_s = (int)((wait_ms + SECOND_MS - 1) / SECOND_MS);
    return false;
}

/* The ms to wait, 0 if the attempt may run, which then has begun. */
static int64_t begin(struct wf_gate *gate,
                     const struct wf_credentials *credentials, int64_t now)
{
    int64_t until = blocked_until(gate, account_key(gate, credentials));
    int64_t address_until =
        credentials->address
            ? blocked_until(gate, key_of(gate, "", credentials->address))
            : 0;

    if (address_until > until)
        until = address_until;
    if (until > now)
        return until - now;
    if (gate->running == RUNNING_MAX)
        return SECOND_MS;
    gate->running++;
    return 0;
}

bool wf_gate_enter(struct wf_gate *gate,
                   const struct wf_credentials *credentials, weft_error *err)
{
    int64_t now = wf_clock_now(gate->clock);
    int64_t wait_ms;

    pthread_mutex_lock(&gate->lock);
    wait_ms = begin(gate, credentials, now);
    pthread_mutex_unlock(&gate->lock);
    return !wait_ms || refuse(wait_ms, err);
}

static void note(struct wf_gate *gate, const struct wf_credentials *credentials,
                 enum wf_gate_outcome outcome, int64_t now)
{
    uint64_t key = account_key(gate, credentials);
    struct entry *entry;

    if (outcome == WF_GATE_WRONG) {
        add_failure(gate, key, &of_account, now);
        if (credentials->address)
            add_failure(gate, key_of(gate, "", credentials->address),
                        &of_address, now);
    } else if (outcome == WF_GATE_RIGHT) {
        entry = find(gate, key);
        if (entry)
            entry->failures = 0;
        if (credentials->address)
            provide(gate,
                    key_of(gate, credentials->login, credentials->address));
    }
}

void wf_gate_leave(struct wf_gate *gate,
                   const struct wf_credentials *credentials,
                   enum wf_gate_outcome outcome)
{
    int64_t now = wf_clock_now(gate->clock);

    pthread_mutex_lock(&gate->lock);
    gate->running--;
    note(gate, credentials, outcome, now);
    pthread_mutex_unlock(&gate->lock);
}

bool wf_gate_begin(struct wf_gate *gate, weft_error *err)
{
    bool may;

    pthread_mutex_lock(&gate->lock);
    may = gate->running < RUNNING_MAX;
    gate->running += may;
    pthread_mutex_unlock(&gate->lock);
    if (may)
        return true;
    wf_fail(err, WEFT_E_LIMITED,
            "Too many passwords are being made or tried. Try again in a "
            "moment.");
    err->retry_after_s = 1;
    return false;
}

void wf_gate_end(struct wf_gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    gate->running--;
    pthread_mutex_unlock(&gate->lock);
}
