/* doc/file_said.c - files that are said with a comment, such as a voice:
 * whoever reads the comment reads them, and they go with it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "doc/file.h"

static const char SQL_SAY[] =
    "UPDATE file SET document = $2, comment = $3 WHERE id = $1"
    " AND hash IS NOT NULL AND document IS NULL AND uploader = $4";
static const char SQL_PARTS_OF_AUTHOR[] =
    "DELETE FROM file_part WHERE file IN (SELECT f.id FROM comment c"
    " JOIN file f ON f.comment = c.id AND f.document = c.document"
    " WHERE c.author = $1)";
static const char SQL_OF_AUTHOR[] =
    "DELETE FROM file WHERE document IS NOT NULL AND comment IN"
    " (SELECT id FROM comment WHERE author = $1)";

bool wf_file_say(struct wf_call *call, const struct wf_doc *doc, wf_id comment,
                 wf_id id, bool *bound, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_SAY, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, id);
    wf_stmt_bind_id(&q, 2, doc->id);
    wf_stmt_bind_id(&q, 3, comment);
    wf_stmt_bind_id(&q, 4, call->me ? call->me->id : 0);
    if (!wf_stmt_run(&q, err))
        return false;
    *bound = wf_stmt_changed(&q) == 1;
    return true;
}

void wf_files_said(struct wf_arena *arena, const struct wf_map *files,
                   wf_id comment, struct wf_json_writer *out)
{
    bool any = false;

    for (size_t i = 0; i < files->n; i++) {
        const struct wf_file *file = files->entries[i].value;

        if (file->comment != comment)
            continue;
        if (!any) {
            wf_jw_key(out, "files");
            wf_jw_open(out, '[');
        }
        any = true;
        wf_jw_tree(out, wf_file_json(arena, files->entries[i].key, file));
    }
    if (any)
        wf_jw_close(out, ']');
}

bool wf_files_unsay(struct wf_call *call, wf_id author, weft_error *err)
{
    static const char *const steps[] = { SQL_PARTS_OF_AUTHOR, SQL_OF_AUTHOR };

    for (size_t i = 0; i < WF_COUNT(steps); i++) {
        struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

        if (!wf_stmt_begin(call->db, steps[i], &q, err))
            return false;
        wf_stmt_bind_id(&q, 1, author);
        if (!wf_stmt_run(&q, err))
            return false;
    }
    return true;
}
