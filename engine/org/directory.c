/* org/directory.c - persons, what their roles allow, and the names of units,
 * kept for all questions while the organisation does not change.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/directory.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/error.h"
#include "org/idmap.h"

enum {
    PERSONS_MAX = 10000
};

struct wf_directory {
    pthread_mutex_t lock; /* of all below, and of what its rosters hold */
    struct wf_roster *current;
};

struct wf_roster {
    struct wf_directory *directory;
    struct wf_arena *arena;
    int64_t generation;
    size_t n_users; /* the directory is one, of the current roster */
    struct wf_idmap entries;
    const struct wf_unit_names *unit_names;
    struct wf_arena *of_unit_names; /* NULL: there are none yet */
};

struct entry {
    struct wf_person person;
    unsigned scopes;
    bool has_scopes;
    int64_t definitions; /* that the scopes are by */
};

static void roster_free(struct wf_roster *roster)
{
    if (roster->of_unit_names)
        wf_arena_free(roster->of_unit_names);
    wf_arena_free(roster->arena);
}

struct wf_directory *wf_directory_new(void)
{
    struct wf_directory *directory = calloc(1, sizeof *directory);

    if (!directory)
        wf_oom();
    pthread_mutex_init(&directory->lock, NULL);
    return directory;
}

void wf_directory_free(struct wf_directory *directory)
{
    if (!directory)
        return;
    if (directory->current)
        roster_free(directory->current);
    pthread_mutex_destroy(&directory->lock);
    free(directory);
}

/* --- Rosters, under the lock */

static struct wf_roster *roster_new(struct wf_directory *directory,
                                    int64_t generation)
{
    struct wf_arena *arena = wf_arena_new();
    struct wf_roster *roster = WF_NEW(arena, struct wf_roster);

    roster->directory = directory;
    roster->arena = arena;
    roster->generation = generation;
    return roster;
}

static void count_down(struct wf_roster *roster)
{
    if (roster && --roster->n_users == 0)
        roster_free(roster);
}

/* A snapshot older than what is current has a roster for itself alone. */
static struct wf_roster *roster_of(struct wf_directory *directory,
                                   int64_t generation)
{
    struct wf_roster *current = directory->current;

    if (current && current->generation == generation)
        return current;
    if (current && current->generation > generation)
        return roster_new(directory, generation);
    directory->current = roster_new(directory, generation);
    directory->current->n_users++;
    count_down(current);
    return directory->current;
}

bool wf_roster_join(struct wf_directory *directory, struct wf_db *db,
                    struct wf_roster **out, weft_error *err)
{
    int64_t generation;

    if (!wf_db_is_reader(db))
        return true;
    if (!wf_generation_get(db, "organisation", &generation, err))
        return false;
    pthread_mutex_lock(&directory->lock);
    *out = roster_of(directory, generation);
    (*out)->n_users++;
    pthread_mutex_unlock(&directory->lock);
    return true;
}

void wf_roster_leave(struct wf_roster **roster)
{
    struct wf_directory *directory;

    if (!*roster)
        return;
    directory = (*roster)->directory;
    pthread_mutex_lock(&directory->lock);
    count_down(*roster);
    pthread_mutex_unlock(&directory->lock);
    *roster = NULL;
}

/* --- Who is in one */

static struct entry *find(struct wf_roster *roster, wf_id id)
{
    struct entry *entry;

    if (!roster)
        return NULL;
    pthread_mutex_lock(&roster->directory->lock);
    entry = wf_idmap_find(&roster->entries, id);
    pthread_mutex_unlock(&roster->directory->lock);
    return entry;
}

const struct wf_person *wf_roster_find(struct wf_roster *roster, wf_id id)
{
    const struct entry *entry = find(roster, id);

    return entry ? &entry->person : NULL;
}

static struct entry *entry_new(struct wf_arena *arena,
                               const struct wf_person *person)
{
    struct entry *entry = WF_NEW(arena, struct entry);
    struct wf_person *copy = &entry->person;

    *copy = *person;
    copy->login = wf_arena_str(arena, person->login);
    copy->name = wf_arena_str(arena, person->name);
    copy->unit_key = wf_arena_str(arena, person->unit_key);
    copy->title = wf_arena_str(arena, person->title);
    copy->locale = wf_arena_str(arena, person->locale);
    copy->timezone = wf_arena_str(arena, person->timezone);
    copy->email = wf_arena_str(arena, person->email);
    return entry;
}

void wf_roster_add(struct wf_roster *roster, const struct wf_person *person)
{
    if (!roster)
        return;
    pthread_mutex_lock(&roster->directory->lock);
    if (roster->entries.n < PERSONS_MAX
        && !wf_idmap_has(&roster->entries, person->id))
        wf_idmap_add(roster->arena, &roster->entries, person->id,
                     entry_new(roster->arena, person));
    pthread_mutex_unlock(&roster->directory->lock);
}

bool wf_roster_scopes(struct wf_roster *roster, wf_id id, int64_t definitions,
                      unsigned *out)
{
    struct entry *entry;
    bool known;

    if (!roster)
        return false;
    pthread_mutex_lock(&roster->directory->lock);
    entry = wf_idmap_find(&roster->entries, id);
    known = entry && entry->has_scopes && entry->definitions == definitions;
    if (known)
        *out = entry->scopes;
    pthread_mutex_unlock(&roster->directory->lock);
    return known;
}

void wf_roster_set_scopes(struct wf_roster *roster, wf_id id,
                          int64_t definitions, unsigned scopes)
{
    struct entry *entry;

    if (!roster)
        return;
    pthread_mutex_lock(&roster->directory->lock);
    entry = wf_idmap_find(&roster->entries, id);
    if (entry) {
        entry->scopes = scopes;
        entry->has_scopes = true;
        entry->definitions = definitions;
    }
    pthread_mutex_unlock(&roster->directory->lock);
}

/* --- Units */

const struct wf_unit_names *wf_roster_unit_names(struct wf_roster *roster)
{
    const struct wf_unit_names *names;

    if (!roster)
        return NULL;
    pthread_mutex_lock(&roster->directory->lock);
    names = roster->unit_names;
    pthread_mutex_unlock(&roster->directory->lock);
    return names;
}

const struct wf_unit_names *wf_roster_keep_unit_names(
    struct wf_roster *roster, const struct wf_unit_names *names,
    struct wf_arena *arena)
{
    pthread_mutex_lock(&roster->directory->lock);
    if (roster->unit_names) {
        wf_arena_free(arena);
        names = roster->unit_names;
    } else {
        roster->unit_names = names;
        roster->of_unit_names = arena;
    }
    pthread_mutex_unlock(&roster->directory->lock);
    return names;
}
