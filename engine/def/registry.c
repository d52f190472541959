/* def/registry.c - snapshots: taken, counted, asked. What they are made of is
 * registry_load.c's.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/registry.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/embed.h"
#include "base/error.h"
#include "base/str.h"
#include "def/alert.h"
#include "def/registry_parts.h"
#include "script/chunk.h"

enum {
    KEY_MAX = 160
};

/* --- The holder */

struct wf_definitions *wf_definitions_new(const struct wf_log *log)
{
    struct wf_definitions *made = calloc(1, sizeof *made);

    if (!made)
        wf_oom();
    made->log = log;
    made->arena = wf_arena_new();
    pthread_mutex_init(&made->current_lock, NULL);
    pthread_mutex_init(&made->loaded_lock, NULL);
    made->chunks = wf_chunks_new();
    return made;
}

void wf_definitions_free(struct wf_definitions *definitions)
{
    if (!definitions)
        return;
    if (definitions->current)
        wf_arena_free(definitions->current->arena);
    wf_arena_free(definitions->arena);
    wf_chunks_free(definitions->chunks);
    pthread_mutex_destroy(&definitions->loaded_lock);
    pthread_mutex_destroy(&definitions->current_lock);
    free(definitions);
}

static void unlock(pthread_mutex_t **lock)
{
    if (*lock)
        pthread_mutex_unlock(*lock);
}

/* Held to the end of the block. */
static pthread_mutex_t *locked(pthread_mutex_t *lock)
{
    pthread_mutex_lock(lock);
    return lock;
}

struct wf_chunks *wf_registry_chunks(const struct wf_registry *registry)
{
    return registry->owner->chunks;
}

/* --- Snapshots */

/* The current snapshot, counted up, if it is of this generation. */
static const struct wf_registry *take_current(struct wf_definitions *owner,
                                              int64_t generation)
{
    pthread_mutex_t *lock WF_CLEANUP(unlock) = locked(&owner->current_lock);
    struct wf_registry *current = owner->current;

    (void)lock;
    if (!current || current->generation != generation)
        return NULL;
    current->n_users++;
    return current;
}

/* Counts down; the last one out frees it. */
static void leave(struct wf_registry *registry)
{
    struct wf_definitions *owner = registry->owner;
    bool last;

    pthread_mutex_lock(&owner->current_lock);
    last = --registry->n_users == 0;
    pthread_mutex_unlock(&owner->current_lock);
    if (last)
        wf_arena_free(registry->arena);
}

/* A reader that began before a deploy sees less than what is current: that is
 * for itself alone. */
static void publish(struct wf_registry *registry)
{
    struct wf_definitions *owner = registry->owner;
    struct wf_registry *before;

    pthread_mutex_lock(&owner->current_lock);
    before = owner->current;
    if (before && before->generation > registry->generation) {
        before = NULL;
    } else {
        owner->current = registry;
        registry->n_users++;
    }
    pthread_mutex_unlock(&owner->current_lock);
    if (before)
        leave(before);
}

static struct wf_registry *new_registry(struct wf_definitions *owner,
                                        int64_t generation)
{
    struct wf_arena *arena = wf_arena_new();
    struct wf_registry *registry = WF_NEW(arena, struct wf_registry);

    registry->self = registry;
    registry->owner = owner;
    registry->n_users = 1;
    registry->generation = generation;
    registry->arena = arena;
    return registry;
}

static bool make_registry(struct wf_definitions *owner, struct wf_db *db,
                          int64_t generation, const struct wf_registry **out,
                          weft_error *err)
{
    pthread_mutex_t *lock WF_CLEANUP(unlock) = locked(&owner->loaded_lock);
    const struct wf_registry *current = take_current(owner, generation);
    struct wf_registry *made;

    (void)lock;
    if (current) { /* made while this one waited */
        *out = current;
        return true;
    }
    made = new_registry(owner, generation);
    if (!wf_registry_load(made, db, err)) {
        wf_arena_free(made->arena);
        return false;
    }
    /* What a transaction has changed may still be undone: that is for itself
     * alone. */
    if (!wf_generation_moved(db, "definition"))
        publish(made);
    *out = made;
    return true;
}

bool wf_registry_acquire(struct wf_definitions *definitions, struct wf_db *db,
                         const struct wf_registry **out, weft_error *err)
{
    const struct wf_registry *current;
    int64_t generation;

    if (!wf_generation_get(db, "definition", &generation, err))
        return false;
    current = take_current(definitions, generation);
    if (!current)
        return make_registry(definitions, db, generation, out, err);
    *out = current;
    return true;
}

bool wf_registry_renew(const struct wf_registry *registry, struct wf_db *db,
                       const struct wf_registry **out, weft_error *err)
{
    return wf_registry_acquire(registry->owner, db, out, err);
}

void wf_registry_release(const struct wf_registry **registry)
{
    if (!*registry)
        return;
    leave((*registry)->self);
    *registry = NULL;
}

int64_t wf_registry_generation(const struct wf_registry *registry)
{
    return registry->generation;
}

/* --- Questions */

static const char *key_of(char key[KEY_MAX], const char *left,
                          const char *right)
{
    snprintf(key, KEY_MAX, "%s/%s", left, right);
    return key;
}

const struct wf_form *wf_registry_form(const struct wf_registry *registry,
                                       const char *id)
{
    return wf_map_find(&registry->forms, id);
}

const struct wf_form *wf_registry_next(const struct wf_registry *registry,
                                       size_t *cursor)
{
    return *cursor < registry->forms.n
               ? registry->forms.entries[(*cursor)++].value
               : NULL;
}

const struct wf_form *wf_registry_pilot(const struct wf_registry *registry,
                                        const char *id, size_t *cursor,
                                        const struct wf_who **audience)
{
    while (*cursor < registry->pilots.n) {
        const struct wf_pilot *at =
            &registry->pilots.at[registry->pilots.n - 1 - (*cursor)++];

        if (wf_streq(at->form->id, id)) {
            *audience = at->audience;
            return at->form;
        }
    }
    return NULL;
}

const struct wf_form *wf_registry_overlay(const struct wf_registry *registry,
                                          const char *id, size_t *cursor)
{
    const struct wf_form *form;

    while ((form = wf_registry_next(registry, cursor)))
        if (form->audience && wf_streq(form->base, id))
            return form;
    return NULL;
}

const struct wf_package *wf_registry_package(const struct wf_registry *registry,
                                             const char *id)
{
    return wf_map_find(&registry->packages, id);
}

const struct wf_package *wf_registry_next_package(
    const struct wf_registry *registry, size_t *cursor)
{
    return *cursor < registry->packages.n
               ? registry->packages.entries[(*cursor)++].value
               : NULL;
}

const struct wf_calendar *wf_registry_default_calendar(
    const struct wf_registry *registry, const char *package)
{
    struct wf_loaded *const *found = wf_map_find(&registry->calendars, package);

    return found ? (*found)->calendar : NULL;
}

const struct wf_calendar *wf_registry_find_calendar(
    const struct wf_registry *registry, const char *id)
{
    for (size_t i = 0; i < registry->live.n; i++) {
        const struct wf_calendar *at = registry->live.at[i]->calendar;

        if (at && wf_streq(at->id, id))
            return at;
    }
    return NULL;
}

const struct wf_head *wf_registry_next_of(const struct wf_registry *registry,
                                          const char *kind, size_t *cursor)
{
    while (*cursor < registry->live.n) {
        const struct wf_head *at = registry->live.at[(*cursor)++]->head;

        if (at && wf_streq(wf_head_kind(at), kind))
            return at;
    }
    return NULL;
}

bool wf_registry_broken(const struct wf_registry *registry, size_t *cursor,
                        const char **kind, const char **name, int *version)
{
    while (*cursor < registry->live.n) {
        const struct wf_loaded *at = registry->live.at[(*cursor)++];

        if (at->form || at->head || at->text || at->calendar || at->package)
            continue;
        *kind = at->kind;
        *name = at->name;
        *version = at->version;
        return true;
    }
    return false;
}

const struct wf_alert *wf_registry_alert(const struct wf_registry *registry,
                                         const char *family, size_t *cursor)
{
    while (registry && *cursor < registry->alerts.n) {
        const struct wf_alert *at = registry->alerts.at[(*cursor)++];

        if (at->form && wf_streq(at->form->family, family))
            return at;
    }
    return NULL;
}

const struct wf_head *wf_registry_find(const struct wf_registry *registry,
                                       const char *kind, const char *id)
{
    const struct wf_head *at;
    size_t cursor = 0;

    while ((at = wf_registry_next_of(registry, kind, &cursor)))
        if (wf_streq(at->id, id))
            return at;
    return NULL;
}

struct wf_calendar wf_registry_calendar(const struct wf_registry *registry,
                                        const struct wf_package *package)
{
    const struct wf_calendar *found =
        wf_registry_default_calendar(registry, package->id);

    return found ? *found : wf_calendar_plain(package->timezone);
}

const struct wf_json *wf_registry_setting(const struct wf_registry *registry,
                                          const char *package, const char *id)
{
    char key[KEY_MAX];
    const struct wf_json *value =
        wf_map_find(&registry->settings, key_of(key, package, id));
    const struct wf_package *of = wf_registry_package(registry, package);
    const struct wf_setting *setting = of ? wf_package_setting(of, id) : NULL;

    return value ? value : setting ? setting->value : NULL;
}

const char *wf_registry_script(const struct wf_registry *registry,
                               const char *package, const char *name)
{
    char key[KEY_MAX];
    const struct wf_loaded *own =
        registry ? wf_map_find(&registry->scripts, key_of(key, package, name))
                 : NULL;
    const struct wf_embedded *engine;

    if (own)
        return own->text;
    snprintf(key, sizeof key, "scripts/%s.lua", name);
    engine = wf_embedded_find(key);
    return engine ? (const char *)engine->data : NULL;
}

int wf_registry_script_version(const struct wf_registry *registry,
                               const char *package, const char *name)
{
    char key[KEY_MAX];
    const struct wf_loaded *own =
        registry ? wf_map_find(&registry->scripts, key_of(key, package, name))
                 : NULL;

    return own ? own->version : 0;
}

int wf_registry_latest(const struct wf_registry *registry, const char *id)
{
    char key[KEY_MAX];
    const int *version =
        wf_map_find(&registry->latest, key_of(key, "form", id));

    return version ? *version : 0;
}

/* --- Versions */

bool wf_registry_version(const struct wf_registry *registry, struct wf_db *db,
                         const char *id, int version,
                         const struct wf_form **out, weft_error *err)
{
    const struct wf_form *live = wf_registry_form(registry, id);
    pthread_mutex_t *lock WF_CLEANUP(unlock) = NULL;

    if (live && live->version == version) {
        *out = live;
        return true;
    }
    lock = locked(&registry->owner->loaded_lock);
    return wf_registry_load_form(registry, db, id, version, out, err);
}

static const char SQL_VERSIONS[] =
    "SELECT version FROM definition WHERE kind = 'form' AND name = $1"
    " ORDER BY version DESC";

static bool version_numbers(struct wf_db *db, const char *id,
                            struct wf_arena *arena, int **out, size_t *n,
                            weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    WF_LIST(int) numbers = { 0 };
    enum wf_fetch fetched;

    if (!wf_stmt_begin(db, SQL_VERSIONS, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, id);
    while ((fetched = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(arena, &numbers) = (int)wf_stmt_int(&q, 0);
    *out = numbers.at;
    *n = numbers.n;
    return fetched == WF_FETCH_DONE;
}

static bool load_versions(const struct wf_registry *registry, struct wf_db *db,
                          const char *id, struct wf_versions *out,
                          weft_error *err)
{
    struct wf_arena *arena = registry->arena;
    int *numbers;

    if (!version_numbers(db, id, arena, &numbers, &out->n, err))
        return false;
    out->at = WF_NEW_N(arena, const struct wf_form *, out->n);
    for (size_t i = 0; i < out->n; i++)
        if (!wf_registry_load_form(registry, db, id, numbers[i], &out->at[i],
                                   err))
            return false;
    return true;
}

bool wf_registry_versions(const struct wf_registry *registry, struct wf_db *db,
                          const char *id, const struct wf_form *const **out,
                          size_t *n, weft_error *err)
{
    struct wf_registry *self = registry->self;
    pthread_mutex_t *lock WF_CLEANUP(unlock) =
        locked(&registry->owner->loaded_lock);
    struct wf_versions *versions = wf_map_find(&self->versions, id);

    (void)lock;
    if (!versions) {
        versions = WF_NEW(self->arena, struct wf_versions);
        if (!load_versions(registry, db, id, versions, err))
            return false;
        wf_map_add(self->arena, &self->versions, wf_arena_str(self->arena, id),
                   versions);
    }
    *out = versions->at;
    *n = versions->n;
    return true;
}
