/* org/directory.h - persons, what their roles allow, and the names of units,
 * kept for all questions while the organisation does not change.
 *
 * Its generation is read in the snapshot that asks, so a change by whoever else
 * begins an empty roster. Commands have none: what they read may be undone.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_DIRECTORY_H
#define WF_ORG_DIRECTORY_H

#include "org/person.h"

struct wf_directory; /* one an engine; any thread */
struct wf_directory *wf_directory_new(void);
void wf_directory_free(struct wf_directory *directory);

/* Whom it has of one generation: at most 10,000 persons. Counted: to be left
 * once, until when all that it lent stays. NULL takes part in nothing: nobody
 * is found, nothing is kept. */
struct wf_roster;
WF_MUST_CHECK bool wf_roster_join(struct wf_directory *directory,
                                  struct wf_db *db, struct wf_roster **out,
                                  weft_error *err);
void wf_roster_leave(struct wf_roster **roster);

const struct wf_person *wf_roster_find(struct wf_roster *roster, wf_id id);
void wf_roster_add(struct wf_roster *roster, const struct wf_person *person);

/* What somebody who is in it may use, by these definitions (a generation);
 * false: not known yet. */
bool wf_roster_scopes(struct wf_roster *roster, wf_id id, int64_t definitions,
                      unsigned *out);
void wf_roster_set_scopes(struct wf_roster *roster, wf_id id,
                          int64_t definitions, unsigned scopes);

/* The names of units (unit_names.h); NULL: nobody has gathered them yet. */
struct wf_unit_names;
const struct wf_unit_names *wf_roster_unit_names(struct wf_roster *roster);

/* Keeps `names`, and `arena` in which they are, which it takes over; gives
 * those that somebody else has kept before. */
const struct wf_unit_names *wf_roster_keep_unit_names(
    struct wf_roster *roster, const struct wf_unit_names *names,
    struct wf_arena *arena);

#endif
