/* def/registry.h - the definitions that are deployed, as immutable snapshots.
 *
 * A snapshot is taken at the start of a request or command and kept to its
 * end; a deploy publishes a new one by swapping a pointer, and the old one goes
 * when its last reader is done. Another process's deploy is noticed by the
 * generation "definition", which every command and request asks for. Versions
 * that no longer take new documents are compiled when first asked for.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_REGISTRY_H
#define WF_DEF_REGISTRY_H

#include "def/calendar.h"
#include "def/head.h"
#include "store/db.h"

struct wf_definitions; /* the holder, one an engine; any thread */
struct wf_registry;    /* a snapshot; immutable to its users */

struct wf_definitions *wf_definitions_new(const struct wf_log *log);
void wf_definitions_free(struct wf_definitions *definitions);

/* The snapshot that matches the store as `db` sees it now: the current one, or
 * a new one if the generation has moved. Counted up: give it back with
 * wf_registry_release(), which takes NULL. */
WF_MUST_CHECK bool wf_registry_acquire(struct wf_definitions *definitions,
                                       struct wf_db *db,
                                       const struct wf_registry **out,
                                       weft_error *err);
void wf_registry_release(const struct wf_registry **registry);

/* The snapshot that matches what `db` sees now, of the same holder as
 * `registry`: for what a transaction does with what it has just deployed. */
WF_MUST_CHECK bool wf_registry_renew(const struct wf_registry *registry,
                                     struct wf_db *db,
                                     const struct wf_registry **out,
                                     weft_error *err);

/* Where states keep the scripts of these definitions as they were compiled. */
struct wf_chunks *wf_registry_chunks(const struct wf_registry *registry);

/* The live version of a form for new documents of everyone (pilots aside);
 * NULL where there is none. */
const struct wf_form *wf_registry_form(const struct wf_registry *registry,
                                       const char *id);

/* A stored version. Loaded through `db` the first time. Errors:
 * WEFT_E_NOTFOUND; WEFT_E_INTERNAL if it no longer compiles. */
WF_MUST_CHECK bool wf_registry_version(const struct wf_registry *registry,
                                       struct wf_db *db, const char *id,
                                       int version, const struct wf_form **out,
                                       weft_error *err);

/* Live forms in order of id: `*cursor` starts at 0. NULL at the end. */
const struct wf_form *wf_registry_next(const struct wf_registry *registry,
                                       size_t *cursor);

/* A pilot version of `id` with its audience, in order of version, newest
 * first; NULL at the end. */
const struct wf_form *wf_registry_pilot(const struct wf_registry *registry,
                                        const char *id, size_t *cursor,
                                        const struct wf_who **audience);

/* Live overlays (by for=) of the form `id`. NULL at the end. */
const struct wf_form *wf_registry_overlay(const struct wf_registry *registry,
                                          const char *id, size_t *cursor);

/* Versions that documents may still run on, for lists with access: all stored
 * versions of `id`, newest first. Part of the snapshot, once asked for. */
WF_MUST_CHECK bool wf_registry_versions(const struct wf_registry *registry,
                                        struct wf_db *db, const char *id,
                                        const struct wf_form *const **out,
                                        size_t *n, weft_error *err);

const struct wf_package *wf_registry_package(const struct wf_registry *registry,
                                             const char *id);
const struct wf_package *wf_registry_next_package(
    const struct wf_registry *registry, size_t *cursor);

/* Forms of which some version takes values (rollups) from documents of
 * `family`, in order of id: `*cursor` starts at 0. NULL at the end. */
const char *wf_registry_taker(const struct wf_registry *registry,
                              const char *family, size_t *cursor);

/* The same of those that take values out of the points of `metric`. */
const char *wf_registry_metric_taker(const struct wf_registry *registry,
                                     const char *metric, size_t *cursor);

/* Keeps what a form that is being deployed takes, for that. */
WF_MUST_CHECK bool wf_registry_note_rollups(struct wf_db *db,
                                            const struct wf_form *form,
                                            weft_error *err);

/* Whether a field has index rows: its form says so, or something beside it
 * asks by it. And what a definition that is being deployed asks by, kept for
 * that. */
bool wf_registry_indexes(const struct wf_registry *registry,
                         const struct wf_form *form,
                         const struct wf_field *field);
WF_MUST_CHECK bool wf_registry_note_indexes(struct wf_db *db,
                                            const struct wf_head *head,
                                            weft_error *err);

/* Families whose older documents still miss such rows; and that they have
 * them. */
struct wf_paths {
    const char **at;
    size_t n, cap;
};
WF_MUST_CHECK bool wf_registry_unfilled(struct wf_db *db,
                                        struct wf_arena *arena,
                                        struct wf_paths *out, weft_error *err);
WF_MUST_CHECK bool wf_registry_filled(struct wf_db *db, const char *family,
                                      weft_error *err);

/* The calendar that counts for the forms of `package`: its default one, else
 * Monday to Friday in its zone. Lives as long as the snapshot. */
struct wf_calendar wf_registry_calendar(const struct wf_registry *registry,
                                        const struct wf_package *package);

/* The default calendar of a package, and any calendar by its id; NULL where
 * there is none. */
const struct wf_calendar *wf_registry_default_calendar(
    const struct wf_registry *registry, const char *package);
const struct wf_calendar *wf_registry_find_calendar(
    const struct wf_registry *registry, const char *id);

/* The live definition of a kind of def/kind.h ("metric"); NULL where there is
 * none. And all of a kind, in order of id: `*cursor` starts at 0, NULL at the
 * end. */
const struct wf_head *wf_registry_find(const struct wf_registry *registry,
                                       const char *kind, const char *id);
const struct wf_head *wf_registry_next_of(const struct wf_registry *registry,
                                          const char *kind, size_t *cursor);

/* What is live and compiles no longer, each with its log line: its kind, name
 * and version. `*cursor` starts at 0; false at the end. */
bool wf_registry_broken(const struct wf_registry *registry, size_t *cursor,
                        const char **kind, const char **name, int *version);

/* The live alerts that look at documents of `family`: `*cursor` starts at 0,
 * NULL at the end. */
struct wf_alert;
const struct wf_alert *wf_registry_alert(const struct wf_registry *registry,
                                         const char *family, size_t *cursor);

/* The value of a setting: the store's, else the package's default, else NULL.
 * Part of the snapshot. */
const struct wf_json *wf_registry_setting(const struct wf_registry *registry,
                                          const char *package, const char *id);

/* The ways out of here that are on (org/channel.h), by id, ended by one without
 * an id: whoever writes a document asks for them. */
struct wf_outlet {
    const char *id, *kind, *label;
    const struct wf_json *config;
};
const struct wf_outlet *wf_registry_outlets(const struct wf_registry *registry);

/* Lua of `scripts/NAME.lua`: the package's own, else the engine's (also where
 * `registry` is NULL). And the version of the package's own; 0: none yet. */
const char *wf_registry_script(const struct wf_registry *registry,
                               const char *package, const char *name);
int wf_registry_script_version(const struct wf_registry *registry,
                               const char *package, const char *name);

/* The greatest version of a form that was ever stored; 0: none. */
int wf_registry_latest(const struct wf_registry *registry, const char *id);

/* Grows with every change; same number, same snapshot. */
int64_t wf_registry_generation(const struct wf_registry *registry);

#endif
