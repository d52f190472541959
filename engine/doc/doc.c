/* doc/doc.c - documents as rows: loaded, inserted, updated, removed.
 *
 * The rows for searching are index.c's, what is taken from the data for the
 * row itself (title, subject …) is summary.c's.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/doc.h"

#include "base/error.h"
#include "doc/cc.h"
#include "doc/comment.h"
#include "doc/derive.h"
#include "doc/doc_lane.h"
#include "doc/fields.h"
#include "doc/file.h"
#include "doc/index.h"
#include "doc/reaction.h"
#include "doc/rollup.h"
#include "doc/stage.h"
#include "doc/summary.h"
#include "doc/veil.h"
#include "doc/watch.h"
#include "store/ahead.h"
#include "store/ground.h"
#include "store/memo.h"

static const char SQL_LOAD[] =
    "SELECT form, version, title, step, level, state, subject, creator,"
    " parent, period, health, progress, score, due, revision, walk, flow,"
    " created, updated, data, entered, stage, begun, overrides, title_other"
    " FROM document"
    " WHERE id = $1";
static const char SQL_INSERT[] =
    "INSERT INTO document (id, form, family, version, title, step, level,"
    " state, subject, creator, parent, period, health, progress, score, due,"
    " revision, walk, flow, uniq, created, updated, data, entered, stage, "
    "begun, overrides, ordinal, title_other) VALUES ($1, $2, $3, $4, $5, $6,"
    " $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,"
    " $22, $23, $24, $25, $26, $27, $28, $29)"
    " ON CONFLICT (family, uniq) DO NOTHING";
/* The number after its last, or the time, which is $n. */
#define NEXT(n)                                                                \
    " ordinal = CASE WHEN COALESCE(ordinal, updated) >= " n                    \
    " THEN COALESCE(ordinal, updated) + 1 ELSE " n " END"
static const char SQL_UPDATE[] =
    "UPDATE document SET form = $2, family = $3, version = $4, title = $5,"
    " step = $6, level = $7, state = $8, subject = $9, creator = $10,"
    " parent = $11, period = $12, health = $13, progress = $14, score = $15,"
    " due = $16, revision = $17, walk = $18, flow = $19, uniq = $20,"
    " created = $21, updated = $22, data = $23, entered = $24, stage = $25,"
    " begun = $26, overrides = $27, title_other = $29, stamp = stamp + 1," NEXT(
        "$28") " WHERE id = $1";
static const char SQL_FOLLOW[] =
    "UPDATE document SET stamp = stamp + 1," NEXT("$2") " WHERE id = $1";
/* Added up here: an aggregate costs twice as much. */
static const char SQL_STAMP[] =
    "SELECT d.stamp, 1 + s.changes FROM document d"
    " LEFT JOIN seat s ON s.document = d.id WHERE d.id = $1";
static const char SQL_SAME[] =
    "SELECT id FROM document WHERE family = $1 AND uniq = $2";
static const char SQL_DELETE[] = "DELETE FROM document WHERE id = $1";
static const char SQL_UNDER[] =
    "WITH RECURSIVE up (id) AS (SELECT CAST($1 AS BIGINT) UNION"
    " SELECT d.parent FROM up JOIN document d ON d.id = up.id"
    " WHERE d.parent IS NOT NULL) SELECT 1 FROM up WHERE id = $2";
/* Seats are flow's, but none may outlive its document. */
static const char SQL_SEATS[] = "DELETE FROM seat WHERE document = $1";
static const char SQL_ORPHAN[] =
    "UPDATE document SET parent = NULL, stamp = stamp + 1 WHERE parent = $1";

static const char *const state_names[] = { "open", "done", "void" };

const char *wf_state_name(enum wf_state state)
{
    return state_names[state];
}

enum wf_state wf_state_of(const char *name)
{
    for (size_t i = 0; i < WF_COUNT(state_names); i++)
        if (wf_streq(name, state_names[i]))
            return (enum wf_state)i;
    return WF_VOID;
}

/* What a row holds as text, to be understood once its lease has ended. */
struct row_text {
    const char *form, *step, *flow, *data, *entered, *overrides;
    int version;
    wf_id stage;
};

static void read_row(struct wf_arena *arena, struct wf_stmt *q,
                     struct wf_doc *doc, struct row_text *text)
{
    text->form = wf_stmt_str(q, 0, arena);
    text->version = (int)wf_stmt_int(q, 1);
    doc->title = wf_stmt_str(q, 2, arena);
    text->step = wf_stmt_str(q, 3, arena);
    doc->level = wf_stmt_str(q, 4, arena);
    doc->state = wf_state_of(wf_stmt_text(q, 5));
    doc->subject = wf_stmt_int(q, 6);
    doc->creator = wf_stmt_int(q, 7);
    doc->parent = wf_stmt_int(q, 8);
    doc->period = wf_stmt_str(q, 9, arena);
    doc->health = wf_stmt_str(q, 10, arena);
    doc->has_progress = !wf_stmt_is_null(q, 11);
    doc->progress = wf_stmt_real(q, 11);
    doc->has_score = !wf_stmt_is_null(q, 12);
    doc->score = wf_stmt_real(q, 12);
    doc->due = wf_stmt_int(q, 13);
    doc->revision = wf_stmt_int(q, 14);
    doc->walk = wf_stmt_int(q, 15);
    text->flow = wf_stmt_str(q, 16, arena);
    doc->created = wf_stmt_int(q, 17);
    doc->updated = wf_stmt_int(q, 18);
    text->data = wf_stmt_str(q, 19, arena);
    text->entered = wf_stmt_str(q, 20, arena);
    text->stage = wf_stmt_int(q, 21);
    doc->begun = wf_stmt_str(q, 22, arena);
    text->overrides = wf_stmt_str(q, 23, arena);
    doc->title_other = wf_stmt_str(q, 24, arena);
}

static bool fetch(struct wf_call *call, struct wf_doc *doc,
                  struct row_text *text, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin_of(call->db, SQL_LOAD, doc->id, &q, err))
        return false;
    switch (wf_stmt_step(&q, err)) {
    case WF_FETCH_ROW:
        read_row(call->arena, &q, doc, text);
        doc->stored = true;
        return true;
    case WF_FETCH_DONE:
        return true;
    default:
        return false;
    }
}

/* What most documents have not. */
static bool understand_rest(struct wf_call *call, struct wf_doc *doc,
                            const struct row_text *text, weft_error *err)
{
    return (!text->entered
            || wf_json_read_stored(call->arena, text->entered, &doc->entered,
                                   err))
           && (!text->overrides
               || wf_json_read_stored(call->arena, text->overrides,
                                      &doc->overrides, err))
           && (!text->stage
               || wf_stage_load(call, text->stage, &doc->stage, err));
}

static bool understand(struct wf_call *call, struct wf_doc *doc,
                       const struct row_text *text, weft_error *err)
{
    if (!wf_registry_version(call->registry, call->db, text->form,
                             text->version, &doc->form, err)
        || !wf_json_read_stored(call->arena, text->flow, &doc->flow, err)
        || !wf_json_read_stored(call->arena, text->data, &doc->before, err)
        || !understand_rest(call, doc, text, err))
        return false;
    doc->stored_form = doc->form;
    doc->step = wf_form_step(doc->form, text->step);
    if (!doc->step)
        return wf_fail(err, WEFT_E_STORE,
                       "Document %lld is in the step %s, which its form does "
                       "not have: run weft verify.",
                       (long long)doc->id, text->step);
    /* Who only reads changes nothing, and needs no second tree. */
    doc->data = wf_db_is_reader(call->db)
                    ? doc->before
                    : wf_json_copy(call->arena, doc->before);
    return true;
}

bool wf_doc_load(struct wf_call *call, wf_id id, struct wf_doc **out,
                 weft_error *err)
{
    struct wf_doc *doc = WF_NEW(call->arena, struct wf_doc);
    struct row_text text = { 0 };

    doc->id = id;
    if (!fetch(call, doc, &text, err)
        || (doc->stored
            && (!understand(call, doc, &text, err)
                || !wf_veil_load(call, doc, err)
                || (doc->step->kind == WF_STEP_PARALLEL
                    && !wf_lanes_load(call, doc, err)))))
        return false;
    *out = doc->stored ? doc : NULL;
    return true;
}

bool wf_doc_ahead(struct wf_call *call, wf_id id, weft_error *err)
{
    return wf_ask_ahead(call->db, SQL_LOAD, id, err);
}

bool wf_doc_stamp(struct wf_call *call, wf_id id, int64_t *out, weft_error *err)
{
    struct wf_memo_key key = { SQL_STAMP, &id, sizeof id, id };
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    int64_t stamp = -1, of_seats = 0;
    enum wf_fetch got;

    if (wf_memo_find(call->db, &key, out, sizeof *out))
        return true;
    if (!wf_stmt_begin_of(call->db, SQL_STAMP, id, &q, err))
        return false;
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        stamp = wf_stmt_int(&q, 0);
        of_seats += wf_stmt_int(&q, 1);
    }
    *out = stamp + of_seats;
    if (got == WF_FETCH_DONE)
        wf_memo_keep(call->db, &key, out, sizeof *out);
    return got == WF_FETCH_DONE;
}

struct wf_doc *wf_doc_new(struct wf_call *call, const struct wf_form *form)
{
    struct wf_doc *doc = WF_NEW(call->arena, struct wf_doc);

    doc->id = call->ids ? wf_id_next(call->ids) : 0;
    doc->form = form;
    doc->step = form->start;
    doc->state = WF_OPEN;
    doc->title = "";
    doc->creator = call->me ? call->me->id : 0;
    doc->created = doc->updated = call->now;
    doc->flow = wf_json_object(call->arena);
    doc->data = wf_json_object(call->arena);
    return doc;
}

void wf_doc_touch(const struct wf_call *call, struct wf_doc *doc)
{
    doc->revision++;
    if (doc->veil == WF_VEIL_NONE)
        doc->updated = call->now;
}

const char *wf_title_in(const struct wf_form *form, const char *lang,
                        const char *title, const char *other)
{
    return !other || wf_streq(lang, form->package->lang) ? title : other;
}

const char *wf_doc_title(const struct wf_doc *doc, const char *lang)
{
    return wf_title_in(doc->form, lang, doc->title, doc->title_other);
}

struct wf_who_doc wf_doc_who(const struct wf_doc *doc)
{
    return (struct wf_who_doc){ .id = doc->stored ? doc->id : 0,
                                .form = doc->form,
                                .subject = doc->subject,
                                .creator = doc->creator,
                                .data = doc->data };
}

static void bind_real_or_null(struct wf_stmt *q, int n, bool there,
                              double value)
{
    if (there)
        wf_stmt_bind_real(q, n, value);
    else
        wf_stmt_bind_null(q, n);
}

static void bind_row(const struct wf_call *call, struct wf_stmt *q,
                     const struct wf_doc *doc, const char *uniq)
{
    struct wf_arena *arena = call->arena;
    struct wf_spot own = wf_doc_own(doc);

    wf_stmt_bind_int(q, 1, doc->id);
    wf_stmt_bind_text(q, 2, doc->form->id);
    wf_stmt_bind_text(q, 3, doc->form->family);
    wf_stmt_bind_int(q, 4, doc->form->version);
    wf_stmt_bind_text(q, 5, doc->title);
    wf_stmt_bind_text(q, 6, own.step->id);
    wf_stmt_bind_text(q, 7, own.level);
    wf_stmt_bind_text(q, 8, wf_state_name(doc->state));
    wf_stmt_bind_id(q, 9, doc->subject);
    wf_stmt_bind_id(q, 10, doc->creator);
    wf_stmt_bind_id(q, 11, doc->parent);
    wf_stmt_bind_text(q, 12, doc->period);
    wf_stmt_bind_text(q, 13, doc->health);
    bind_real_or_null(q, 14, doc->has_progress, doc->progress);
    bind_real_or_null(q, 15, doc->has_score, doc->score);
    wf_stmt_bind_id(q, 16, doc->due);
    wf_stmt_bind_int(q, 17, doc->revision);
    wf_stmt_bind_int(q, 18, own.walk);
    wf_stmt_bind_text(q, 19, wf_json_dump(arena, own.flow));
    wf_stmt_bind_text(q, 20, uniq);
    wf_stmt_bind_int(q, 21, doc->created);
    wf_stmt_bind_int(q, 22, doc->updated);
    wf_stmt_bind_text(q, 23, wf_json_dump(arena, doc->data));
    wf_stmt_bind_text(q, 24,
                      doc->entered ? wf_json_dump(arena, doc->entered) : NULL);
    wf_stmt_bind_id(q, 25, doc->stage ? doc->stage->id : 0);
    wf_stmt_bind_text(q, 26, doc->begun);
    wf_stmt_bind_text(
        q, 27, doc->overrides ? wf_json_dump(arena, doc->overrides) : NULL);
    wf_stmt_bind_int(q, 28, doc->veil ? 0 : call->now); /* no trace of it */
    wf_stmt_bind_text(q, 29, doc->title_other);
}

static bool write_row(struct wf_call *call, const struct wf_doc *doc,
                      const char *uniq, bool *written, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, doc->stored ? SQL_UPDATE : SQL_INSERT, &q,
                       err))
        return false;
    bind_row(call, &q, doc, uniq);
    if (!wf_stmt_run(&q, err))
        return false;
    /* A row that is there was read in this transaction; a new one may meet a
     * twin, and only that is worth waiting for. */
    *written = doc->stored || !uniq || wf_stmt_changed(&q) > 0;
    return true;
}

bool wf_doc_follow(struct wf_call *call, wf_id id, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_FOLLOW, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, id);
    wf_stmt_bind_int(&q, 2, call->now);
    return wf_stmt_run(&q, err);
}

/* An update that breaks a unique key would end a transaction of PostgreSQL, so
 * it is asked first. */
static bool is_taken(struct wf_call *call, const struct wf_doc *doc,
                     const char *uniq, bool *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *out = false;
    if (!uniq || !doc->stored)
        return true;
    if (!wf_stmt_begin(call->db, SQL_SAME, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, doc->form->family);
    wf_stmt_bind_text(&q, 2, uniq);
    got = wf_stmt_step(&q, err);
    *out = got == WF_FETCH_ROW && wf_stmt_int(&q, 0) != doc->id;
    return got != WF_FETCH_ERROR;
}

static bool refuse_twin(struct wf_call *call, const struct wf_doc *doc,
                        weft_error *err)
{
    struct wf_buf names = WF_BUF_INIT(call->arena);

    for (const struct wf_field **f = doc->form->unique; *f; f++)
        wf_buf_printf(&names, "%s%s", names.len ? ", " : "",
                      wf_field_label(call, *f));
    wf_diag_field(call->findings, doc->form->unique[0]->path, "unique",
                  "There is already a document with the same %s: open that "
                  "one, or change one of them.",
                  wf_buf_text(&names));
    return wf_fail(err, WEFT_E_CONFLICT,
                   "There is already a document with the same %s.",
                   wf_buf_text(&names));
}

/* The row and its index rows, as the document is now. */
static bool save(struct wf_call *call, struct wf_doc *doc, weft_error *err)
{
    const char *uniq;
    bool taken, written = false;

    if (!wf_doc_refresh(call, doc, err)
        || !wf_watch_before_save(call, doc, err))
        return false;
    uniq = wf_summary_uniq(call, doc);
    if (!is_taken(call, doc, uniq, &taken, err))
        return false;
    if (!taken && !write_row(call, doc, uniq, &written, err))
        return false;
    if (!written)
        return refuse_twin(call, doc, err);
    doc->stored = true;
    return wf_index_save(call, doc, err) && wf_lanes_save(call, doc, err)
           && wf_files_settle(call, doc, err)
           && wf_watch_after_save(call, doc, err);
}

bool wf_doc_save(struct wf_call *call, struct wf_doc *doc, weft_error *err)
{
    bool regathered;

    if (!save(call, doc, err) || !wf_rollup_gather(call, doc, &regathered, err))
        return false;
    if (regathered && (!wf_derive(call, doc, err) || !save(call, doc, err)))
        return false;
    doc->stored_form = doc->form;
    return doc->veil /* no total may tell of an anonymous answer */
           || wf_rollup_follow(call, doc, err);
}

bool wf_doc_is_under(struct wf_call *call, wf_id id, wf_id above, bool *out,
                     weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_UNDER, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, id);
    wf_stmt_bind_int(&q, 2, above);
    got = wf_stmt_step(&q, err);
    *out = got == WF_FETCH_ROW;
    return got != WF_FETCH_ERROR;
}

static bool run_on(struct wf_call *call, const char *sql, wf_id id,
                   weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, id);
    return wf_stmt_run(&q, err);
}

bool wf_doc_delete(struct wf_call *call, struct wf_doc *doc, weft_error *err)
{
    if (!wf_rollup_forget(call, doc, err)
        || !run_on(call, SQL_SEATS, doc->id, err)
        || (doc->veil && !wf_veil_remove(call, doc->id, err))
        || !wf_comments_remove(call, doc->id, err)
        || !wf_reactions_remove(call, doc->id, err)
        || !wf_cc_remove(call, doc->id, err)
        || !wf_files_remove(call, doc->id, err)
        || !wf_lanes_remove(call, doc->id, err)
        || !wf_index_remove(call, doc->id, err)
        || !wf_watch_forget(call, doc->id, err)
        || !run_on(call, SQL_ORPHAN, doc->id, err)
        || !run_on(call, SQL_DELETE, doc->id, err))
        return false;
    doc->stored = false;
    return true;
}
