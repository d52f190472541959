/* def/registry_facts.c - what a snapshot knows beside its definitions: the
 * greatest version of each, the settings, the ways out.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "def/registry_parts.h"

static const char SQL_LATEST[] =
    "SELECT kind, name, MAX(version) FROM definition GROUP BY kind, name";

static const char SQL_SETTINGS[] = "SELECT package, name, value FROM setting";

static const char SQL_OUTLETS[] = "SELECT id, kind, config, label FROM channel "
                                  "WHERE state = 'on' ORDER BY id";

static bool load_latest(struct wf_registry *registry, struct wf_db *db,
                        weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetched;

    if (!wf_stmt_begin(db, SQL_LATEST, &q, err))
        return false;
    while ((fetched = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        int *version = WF_NEW(registry->arena, int);

        *version = (int)wf_stmt_int(&q, 2);
        (void)wf_map_add(registry->arena, &registry->latest,
                         wf_arena_printf(registry->arena, "%s/%s",
                                         wf_stmt_text(&q, 0),
                                         wf_stmt_text(&q, 1)),
                         version);
    }
    return fetched == WF_FETCH_DONE;
}

static bool load_settings(struct wf_registry *registry, struct wf_db *db,
                          weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_json_limits limits = WF_JSON_LIMITS;
    enum wf_fetch fetched;

    if (!wf_stmt_begin(db, SQL_SETTINGS, &q, err))
        return false;
    while ((fetched = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        const char *text = wf_stmt_text(&q, 2);
        struct wf_json *value;

        if (!wf_json_parse(registry->arena, text, strlen(text), &limits, &value,
                           err))
            return false;
        (void)wf_map_add(registry->arena, &registry->settings,
                         wf_arena_printf(registry->arena, "%s/%s",
                                         wf_stmt_text(&q, 0),
                                         wf_stmt_text(&q, 1)),
                         value);
    }
    return fetched == WF_FETCH_DONE;
}

static bool load_outlets(struct wf_registry *registry, struct wf_db *db,
                         weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetched;

    if (!wf_stmt_begin(db, SQL_OUTLETS, &q, err))
        return false;
    while ((fetched = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        struct wf_json *config;

        if (!wf_json_read_stored(registry->arena, wf_stmt_text(&q, 2), &config,
                                 err))
            return false;
        *WF_PUSH(registry->arena, &registry->outlets) =
            (struct wf_outlet){ wf_stmt_str(&q, 0, registry->arena),
                                wf_stmt_str(&q, 1, registry->arena),
                                wf_stmt_str(&q, 3, registry->arena), config };
    }
    *WF_PUSH(registry->arena, &registry->outlets) = (struct wf_outlet){ 0 };
    return fetched == WF_FETCH_DONE;
}

const struct wf_outlet *wf_registry_outlets(const struct wf_registry *registry)
{
    return registry->outlets.at;
}

bool wf_registry_load_facts(struct wf_registry *registry, struct wf_db *db,
                            weft_error *err)
{
    return load_latest(registry, db, err) && load_settings(registry, db, err)
           && load_outlets(registry, db, err);
}
