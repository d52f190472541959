/* def/registry_rollup.c - which forms take values from documents of which, or
 * from which metrics: these stand among the sources as "metric:ID", which no
 * form is called.
 *
 * Kept as rows, because a document may run on an old version that takes what
 * the live one no longer does, and who only saves should load no old version
 * to find that out.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/registry_parts.h"

#include <stdio.h>

enum {
    NAME_MAX_SIZE = 80 /* an id has 63 characters */
};

static const char SQL_ALL[] =
    "SELECT source, form FROM rollup_source ORDER BY source, form";
static const char SQL_ADD[] = "INSERT INTO rollup_source (source, form)"
                              " VALUES ($1, $2) ON CONFLICT DO NOTHING";

/* "metric:yield" */
static void write_metric(const char *metric, char out[NAME_MAX_SIZE])
{
    snprintf(out, NAME_MAX_SIZE, "metric:%s", metric);
}

static const char *source_of(const struct wf_rollup *r,
                             char name[NAME_MAX_SIZE])
{
    if (r->fn != WF_ROLLUP_POINTS)
        return r->source ? r->source->family : r->source_id;
    write_metric(r->metric, name);
    return name;
}

bool wf_registry_note_rollups(struct wf_db *db, const struct wf_form *form,
                              weft_error *err)
{
    for (const struct wf_rollup *r = form->rollups; r; r = r->next) {
        struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
        char name[NAME_MAX_SIZE];

        if (r->fn == WF_ROLLUP_MANUAL)
            continue;
        if (!wf_stmt_begin(db, SQL_ADD, &q, err))
            return false;
        wf_stmt_bind_text(&q, 1, source_of(r, name));
        wf_stmt_bind_text(&q, 2, form->id);
        if (!wf_stmt_run(&q, err))
            return false;
    }
    return true;
}

bool wf_registry_load_takers(struct wf_registry *registry, struct wf_db *db,
                             weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_takers *takers;
    enum wf_fetch fetched;

    if (!wf_stmt_begin(db, SQL_ALL, &q, err))
        return false;
    while ((fetched = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        takers = wf_map_find(&registry->takers, wf_stmt_text(&q, 0));
        if (!takers) {
            takers = WF_NEW(registry->arena, struct wf_takers);
            (void)wf_map_add(registry->arena, &registry->takers,
                             wf_stmt_str(&q, 0, registry->arena), takers);
        }
        *WF_PUSH(registry->arena, &takers->forms) =
            wf_stmt_str(&q, 1, registry->arena);
    }
    return fetched == WF_FETCH_DONE;
}

const char *wf_registry_taker(const struct wf_registry *registry,
                              const char *family, size_t *cursor)
{
    const struct wf_takers *takers = wf_map_find(&registry->takers, family);

    return takers && *cursor < takers->forms.n ? takers->forms.at[(*cursor)++]
                                               : NULL;
}

const char *wf_registry_metric_taker(const struct wf_registry *registry,
                                     const char *metric, size_t *cursor)
{
    char name[NAME_MAX_SIZE];

    write_metric(metric, name);
    return wf_registry_taker(registry, name, cursor);
}
