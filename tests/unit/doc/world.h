/* unit/doc/world.h - a store with a small company and a package of forms, and
 * a call in it for each test.
 *
 * ann leads bob and cid in the unit "north"; dan is in "south"; hana holds the
 * role hr everywhere, and ada is the administrator.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef UNIT_DOC_WORLD_H
#define UNIT_DOC_WORLD_H

#include <check.h>

#include "doc/derive.h"
#include "doc/list.h"
#include "doc/shape.h"
#include "doc/view.h"

struct world {
    struct wf_store *store;
    struct wf_definitions *definitions;
    struct wf_ids *ids;
    struct wf_db *db;
    struct wf_arena *arena;
    const struct wf_registry *registry;
    struct wf_call call;
    struct wf_diags findings;
    int64_t units;
    weft_error err;
};

/* 2026-10-12 09:00 in Shanghai. */
#define WORLD_NOW INT64_C(1791766800000)

void world_open(struct world *w);
void world_close(struct world *w);

/* Makes the call one of this person, NULL: of the system; findings gone. */
void world_as(struct world *w, const char *login);

/* Another form beside those of the world. */
void world_deploy(struct world *w, const char *name, const char *xml);

const struct wf_form *world_form(struct world *w, const char *id);
wf_id world_id(struct world *w, const char *login);

/* JSON with ' for ". */
struct wf_json *world_json(struct world *w, const char *text);

/* A document of `form` by the present person with this data, derived and
 * stored; whatever the data is, it must be good. */
struct wf_doc *world_make(struct world *w, const char *form, const char *data);

/* Applies `patch` as a hook would; the test fails if it is refused. */
void world_patch(struct world *w, struct wf_doc *doc, const char *patch);

/* The code of the one finding at `field`; "" where there is none. */
const char *world_code(struct world *w, const char *field);

/* Stored again as it is. */
void world_save(struct world *w, struct wf_doc *doc);
struct wf_doc *world_load(struct world *w, wf_id id);

/* An open seat for `login` in the present step. */
void world_seat(struct world *w, const struct wf_doc *doc, const char *login);

/* The answer of a list; the test fails if it is refused. */
struct wf_json *world_list(struct world *w, const struct wf_list_query *query);

/* Whether the list without filters shows it. */
bool world_lists(struct world *w, const char *form, wf_id id);

/* The document as the present person sees it, NULL where they do not. */
struct wf_json *world_view(struct world *w, wf_id id);

#define ck_ok(w, what) ck_assert_msg((what), "%s", (w)->err.text)

#endif
