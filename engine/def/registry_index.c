/* def/registry_index.c - fields that have index rows because something beside
 * their form asks by them: alerts, reports, cycles.
 *
 * Kept as rows, because they stay when the definition that named them goes:
 * other versions of it, and documents, may rest on them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"
#include "def/registry_parts.h"

static const char SQL_ALL[] =
    "SELECT family, field FROM indexed_field ORDER BY family, field";
static const char SQL_ADD[] =
    "INSERT INTO indexed_field (family, field, filled)"
    " VALUES ($1, $2, 0) ON CONFLICT DO NOTHING";
static const char SQL_UNFILLED[] =
    "SELECT DISTINCT family FROM indexed_field WHERE filled = 0"
    " ORDER BY family";
static const char SQL_FILLED[] =
    "UPDATE indexed_field SET filled = 1 WHERE family = $1 AND filled = 0";

/* --- What definitions name */

struct noting {
    struct wf_db *db;
    weft_error *err;
    bool failed;
};

static bool add(struct wf_db *db, const char *family, const char *field,
                weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(db, SQL_ADD, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, family);
    wf_stmt_bind_text(&q, 2, field);
    return wf_stmt_run(&q, err);
}

/* What is indexed by its own form needs no row. */
static void note(void *self, const struct wf_form *form,
                 const struct wf_field *field)
{
    struct noting *noting = self;

    if (!noting->failed && !field->index && !field->items
        && field->type != WF_F_ITEMS)
        noting->failed =
            !add(noting->db, form->family, field->path, noting->err);
}

bool wf_registry_note_indexes(struct wf_db *db, const struct wf_head *head,
                              weft_error *err)
{
    struct noting noting = { db, err, false };

    if (head->kind->uses)
        head->kind->uses(head, note, &noting);
    return !noting.failed;
}

/* --- A snapshot of it */

bool wf_registry_load_indexes(struct wf_registry *registry, struct wf_db *db,
                              weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetched;

    if (!wf_stmt_begin(db, SQL_ALL, &q, err))
        return false;
    while ((fetched = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        struct wf_paths *paths =
            wf_map_find(&registry->indexed, wf_stmt_text(&q, 0));

        if (!paths) {
            paths = WF_NEW(registry->arena, struct wf_paths);
            (void)wf_map_add(registry->arena, &registry->indexed,
                             wf_stmt_str(&q, 0, registry->arena), paths);
        }
        *WF_PUSH(registry->arena, paths) = wf_stmt_str(&q, 1, registry->arena);
    }
    return fetched == WF_FETCH_DONE;
}

bool wf_registry_indexes(const struct wf_registry *registry,
                         const struct wf_form *form,
                         const struct wf_field *field)
{
    const struct wf_paths *paths;

    if (field->index)
        return true;
    if (!registry || registry->indexed.n == 0 || field->items)
        return false;
    paths = wf_map_find(&registry->indexed, form->family);
    for (size_t i = 0; paths && i < paths->n; i++)
        if (wf_streq(paths->at[i], field->path))
            return true;
    return false;
}

/* --- Filling */

bool wf_registry_unfilled(struct wf_db *db, struct wf_arena *arena,
                          struct wf_paths *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetched;

    *out = (struct wf_paths){ NULL, 0, 0 };
    if (!wf_stmt_begin(db, SQL_UNFILLED, &q, err))
        return false;
    while ((fetched = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(arena, out) = wf_stmt_str(&q, 0, arena);
    return fetched == WF_FETCH_DONE;
}

bool wf_registry_filled(struct wf_db *db, const char *family, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(db, SQL_FILLED, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, family);
    return wf_stmt_run(&q, err);
}
