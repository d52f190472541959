/* doc/file_verify.c - whether files are what was uploaded, and where they
 * belong.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "doc/file.h"

/* Looked at with one arena: at most so many MB of files in memory. */
enum {
    PAGE = 4
};

static const char SQL_PAGE[] =
    "SELECT f.id, f.size, f.hash, f.document, d.id FROM file f"
    " LEFT JOIN document d ON d.id = f.document"
    " WHERE f.id > $1 AND f.hash IS NOT NULL ORDER BY f.id LIMIT $2";

struct row {
    struct wf_file file;
    struct wf_hash hash;
    bool is_orphan;
};

static bool load_page(struct wf_call *call, wf_id after, struct row rows[PAGE],
                      size_t *n, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *n = 0;
    if (!wf_stmt_begin(call->db, SQL_PAGE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, after);
    wf_stmt_bind_int(&q, 2, PAGE);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        struct row *row = &rows[(*n)++];
        size_t len;
        const void *hash = wf_stmt_blob(&q, 2, &len);

        *row = (struct row){
            .file = { .id = wf_stmt_int(&q, 0), .size = wf_stmt_int(&q, 1) },
            .is_orphan = !wf_stmt_is_null(&q, 3) && wf_stmt_is_null(&q, 4)
        };
        if (len == sizeof row->hash.at)
            memcpy(row->hash.at, hash, len);
    }
    return got == WF_FETCH_DONE;
}

static bool check_one(struct wf_call *call, const struct row *row,
                      weft_error *err)
{
    weft_error why = WEFT_ERROR_INIT;
    struct wf_str bytes = { "", 0 };
    struct wf_hash hash;
    bool whole = row->file.size >= 0 && row->file.size <= WF_FILE_MAX;

    if (whole && !wf_file_read(call, &row->file, &bytes, &why)) {
        if (why.code != WEFT_E_STORE)
            return wf_fail_as(err, &why);
        whole = false;
    }
    hash = wf_hash_of(bytes.at, bytes.len);
    if (!whole || !wf_hash_equal(&hash, &row->hash))
        wf_diag_field(call->findings, "", "file",
                      "file %lld: its bytes are not those that were uploaded.",
                      (long long)row->file.id);
    if (row->is_orphan)
        wf_diag_field(call->findings, "", "file",
                      "file %lld: the document that holds it is not there.",
                      (long long)row->file.id);
    return true;
}

static bool check_page(struct wf_call *call, wf_id *last, weft_error *err)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_call page = *call;
    struct row rows[PAGE];
    size_t n;

    page.arena = arena;
    if (!load_page(&page, *last, rows, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!check_one(&page, &rows[i], err))
            return false;
    *last = n > 0 ? rows[n - 1].file.id : 0;
    return true;
}

bool wf_files_verify(struct wf_call *call, weft_error *err)
{
    wf_id last = 0;

    do {
        if (!check_page(call, &last, err))
            return false;
    } while (last);
    return true;
}
