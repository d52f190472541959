/* def/registry_parts.h - inside the registry: the holder, a snapshot, and what
 * is kept of each stored definition.
 *
 * A definition, once loaded, stays until the holder is freed: snapshots come
 * and go, but documents run on versions, and formulas of one form point into
 * another. Its key is the row's id, which no undone transaction gives away
 * again; a version number may be.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_REGISTRY_PARTS_H
#define WF_DEF_REGISTRY_PARTS_H

#include <pthread.h>

#include "base/id.h"
#include "base/list.h"
#include "def/kind.h"
#include "def/parse.h"
#include "def/registry.h"

struct wf_definitions {
    const struct wf_log *log;
    pthread_mutex_t current_lock; /* of `current`, and of every n_users */
    struct wf_registry *current;
    pthread_mutex_t loaded_lock; /* of all below; taken before current_lock */
    struct wf_arena *arena;
    struct wf_map loaded;     /* id of the row → struct wf_loaded * */
    struct wf_chunks *chunks; /* has a lock of its own */
};

/* One row of `definition`. Of package, form, calendar, head and text one is
 * there, unless it no longer compiles. */
struct wf_loaded {
    wf_id id;
    const char *kind, *name;
    int version;
    struct wf_package *package;
    struct wf_form *form;
    struct wf_calendar *calendar;
    struct wf_head *head; /* of a kind of def/kind.h */
    const char *text;     /* of a script */
    bool begun;           /* false: reading it was broken off; begin anew */
};

/* A version that some people are given for new documents. */
struct wf_pilot {
    const struct wf_form *form;
    const struct wf_who *audience;
};

/* All stored versions of a form, newest first. */
struct wf_versions {
    const struct wf_form **at;
    size_t n;
};

/* The forms that take values from one family. */
struct wf_takers {
    WF_LIST(const char *) forms;
};

struct wf_registry {
    struct wf_registry *self; /* the same, to be counted */
    struct wf_definitions *owner;
    size_t n_users; /* under current_lock */
    int64_t generation;
    struct wf_arena *arena;
    WF_LIST(struct wf_loaded *) live; /* forms by name and version */
    WF_LIST(struct wf_pilot) pilots;  /* by name and version */
    struct wf_map packages;           /* id → const struct wf_package * */
    struct wf_map forms;     /* id → const struct wf_form *, for everyone */
    struct wf_map calendars; /* of a package → its struct wf_loaded ** */
    struct wf_map scripts;   /* "package/name" → struct wf_loaded * */
    struct wf_map settings;  /* "package/name" → struct wf_json * */
    WF_LIST(struct wf_outlet) outlets; /* and one without an id */
    struct wf_map latest;              /* "form/name" → const int * */
    struct wf_map takers;              /* family → struct wf_takers * */
    WF_LIST(const struct wf_alert *) alerts;
    struct wf_map indexed;  /* family → struct wf_paths * */
    struct wf_map versions; /* id → struct wf_versions *; under loaded_lock */
};

/* Fills an empty snapshot with what `db` sees. Under loaded_lock. */
WF_MUST_CHECK bool wf_registry_load(struct wf_registry *registry,
                                    struct wf_db *db, weft_error *err);

/* The greatest versions, settings and ways out, of a new snapshot. */
WF_MUST_CHECK bool wf_registry_load_facts(struct wf_registry *registry,
                                          struct wf_db *db, weft_error *err);

/* Which fields have index rows, of a new snapshot. */
WF_MUST_CHECK bool wf_registry_load_indexes(struct wf_registry *registry,
                                            struct wf_db *db, weft_error *err);

/* Its takers, of a new snapshot. */
WF_MUST_CHECK bool wf_registry_load_takers(struct wf_registry *registry,
                                           struct wf_db *db, weft_error *err);

/* One stored form, loaded if it is not yet. Under loaded_lock.
 * Errors: WEFT_E_NOTFOUND; WEFT_E_INTERNAL it does not compile. */
WF_MUST_CHECK bool wf_registry_load_form(const struct wf_registry *registry,
                                         struct wf_db *db, const char *id,
                                         int version,
                                         const struct wf_form **out,
                                         weft_error *err);

#endif
