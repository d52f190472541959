/* org/call.h - what every call of the engine carries down the layers: who asks,
 * when, in which language, on which connection and which definitions.
 *
 * Made by api/ for each request, command or job; lives as long as it does.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_CALL_H
#define WF_ORG_CALL_H

#include "base/diag.h"
#include "base/id.h"
#include "base/log.h"
#include "def/registry.h"
#include "store/db.h"

struct wf_person;
struct wf_vault;
struct wf_people; /* persons loaded in this call, each once */

struct wf_call {
    struct wf_arena *arena;
    struct wf_db *db;
    const struct wf_registry *registry;
    struct wf_ids *ids; /* NULL while only reading */
    const struct wf_log *log;
    int64_t now;                /* ms, the same for the whole call */
    const struct wf_person *me; /* NULL: the engine itself */
    const char *via;  /* by which way they ask, a constant: "feishu", "mcp";
                       * NULL: a page, or a program of theirs */
    bool system;      /* may see and do all: the engine, run-as */
    const char *lang; /* "zh-CN" or "en" */
    struct wf_diags *findings; /* for whoever asked; never NULL */
    struct wf_people *people;
    int64_t *units;         /* script budget left, formulas included */
    struct wf_vault *vault; /* seals who wrote what nobody may know */
    struct {
        wf_id *at;
        size_t n, cap;
    } veiled;      /* documents met in this call whose writer nobody may know */
    bool unveiled; /* and it has been forgotten in this call who wrote some */
    struct {
        struct wf_call_told {
            wf_id person, document;
        } * at;
        size_t n, cap;
    } told;          /* who has been told of what in this call */
    int64_t send_at; /* the earliest of what it has queued to be sent outward is
                      * due: whoever sends is woken after the commit; 0 */
};

#endif
