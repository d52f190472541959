/* doc/audit.c - reads the history of the whole store, newest first.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/audit.h"

#include "base/csv.h"
#include "base/date.h"
#include "base/error.h"
#include "base/list.h"
#include "doc/history.h"
#include "doc/title.h"

/* A seal is the chain's own. */
static const char SQL_LIST[] =
    "SELECT e.at, e.lane, e.seq, e.kind, e.step, e.level, e.reason, e.payload,"
    " e.document, d.form, p.id, p.login, p.name FROM event e"
    " LEFT JOIN document d ON d.id = e.document"
    " LEFT JOIN person p ON p.id = e.actor"
    " WHERE e.at >= $1 AND (e.at, e.lane, e.seq) < ($2, $3, $4)"
    " AND (e.actor = $5 OR $5 = 0)"
    " AND (d.form = $6 OR d.family = $6 OR $6 = '')"
    " AND (e.actor IS NOT NULL OR e.document IS NULL OR $7 = 1)"
    " AND e.kind <> 'seal'"
    " ORDER BY e.at DESC, e.lane DESC, e.seq DESC LIMIT $8";

enum {
    CSV_ROWS_MAX = 100000
};

struct act {
    int64_t at, lane, seq;
    wf_id document;
    const char *kind, *step, *level, *reason;
    const char *form; /* NULL: of no document, or of one that is gone */
    struct wf_person actor;
    struct wf_json *payload; /* NULL: none, or erased */
};

struct acts {
    struct act *at;
    size_t n, cap;
};

/* --- Reading */

static bool read_act(struct wf_arena *arena, struct wf_stmt *q, struct act *act,
                     weft_error *err)
{
    *act = (struct act){
        .at = wf_stmt_int(q, 0),
        .lane = wf_stmt_int(q, 1),
        .seq = wf_stmt_int(q, 2),
        .kind = wf_stmt_str(q, 3, arena),
        .step = wf_stmt_str(q, 4, arena),
        .level = wf_stmt_str(q, 5, arena),
        .reason = wf_stmt_str(q, 6, arena),
        .document = wf_stmt_int(q, 8),
        .form = wf_stmt_str(q, 9, arena),
        .actor = { .id = wf_stmt_int(q, 10),
                   .login = wf_stmt_str(q, 11, arena),
                   .name = wf_stmt_str(q, 12, arena) },
    };
    return wf_stmt_is_null(q, 7)
           || wf_json_read_stored(arena, wf_stmt_text(q, 7), &act->payload,
                                  err);
}

/* Where a page begins: [lane, seq] of the act before it, and when that was. */
static void bind_start(struct wf_stmt *q, const struct wf_audit_query *query,
                       const struct wf_cursor *from)
{
    int64_t lane = 0, seq = 0;

    if (from->id && wf_json_len(from->value) == 2) {
        (void)wf_json_to_int(from->value->u.array.at[0], &lane);
        (void)wf_json_to_int(from->value->u.array.at[1], &seq);
    }
    wf_stmt_bind_int(q, 2, from->id ? from->id : query->until);
    wf_stmt_bind_int(q, 3, lane);
    wf_stmt_bind_int(q, 4, seq);
}

static bool fetch(struct wf_call *call, const struct wf_audit_query *query,
                  const struct wf_cursor *from, int limit, struct acts *out,
                  weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_LIST, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, query->from);
    bind_start(&q, query, from);
    wf_stmt_bind_int(&q, 5, query->person);
    wf_stmt_bind_text(&q, 6, query->form ? query->form : "");
    wf_stmt_bind_int(&q, 7, query->engine);
    wf_stmt_bind_int(&q, 8, limit);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        if (!read_act(call->arena, &q, WF_PUSH(call->arena, out), err))
            return false;
    return got == WF_FETCH_DONE;
}

/* --- Words: of the form as it is now */

static const struct wf_form *form_of(struct wf_call *call,
                                     const struct act *act)
{
    return act->form ? wf_registry_form(call->registry, act->form) : NULL;
}

/* What a button of the form says; NULL: the act is none of its actions. */
static const char *label_of(struct wf_call *call, const struct act *act)
{
    const struct wf_form *form = form_of(call, act);
    const struct wf_step *step =
        form && act->step ? wf_form_step(form, act->step) : NULL;
    const struct wf_action *action =
        step ? wf_step_action(step, act->kind) : NULL;

    return action ? wf_words_label(action->words, call->lang, action->id)
                  : NULL;
}

/* The level or step where it was done; NULL: none. */
static const char *place_of(struct wf_call *call, const struct act *act)
{
    const struct wf_form *form = form_of(call, act);
    const struct wf_step *step =
        form && act->step ? wf_form_step(form, act->step) : NULL;
    const struct wf_level *level =
        step && act->level ? wf_step_level(step, act->level) : NULL;

    if (level)
        return wf_words_label(level->words, call->lang, level->id);
    return step ? wf_words_label(step->words, call->lang, step->id) : act->step;
}

/* --- As JSON */

/* Those documents of a page that call->me may read, with their titles. */
struct titles {
    struct wf_title_rows rows;
    const char **at;
};

/* The documents of the first `n` acts, and who may read them. */
static bool make_readable(struct wf_call *call, const struct acts *acts,
                          size_t n, struct wf_query *query, weft_error *err)
{
    const struct wf_ask reading = { .by_row = true };

    wf_query_add(query, WF_SQL("SELECT d.id, d.form, d.version, d.title,"
                               " d.title_other FROM document d"
                               " WHERE d.id IN (0"));
    for (size_t i = 0; i < n; i++)
        if (acts->at[i].form) {
            wf_query_add(query, WF_SQL(", "));
            wf_query_bind_int(query, acts->at[i].document);
        }
    wf_query_add(query, WF_SQL(") AND "));
    return wf_ask_add(call, &reading, query, err);
}

static bool find_readable(struct wf_call *call, const struct acts *acts,
                          size_t n, struct wf_title_rows *out, weft_error *err)
{
    struct wf_query query = WF_QUERY_INIT(call->arena);
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!make_readable(call, acts, n, &query, err)
        || !wf_query_begin(call->db, &query, &q, err))
        return false;
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        struct wf_title_row *row = WF_PUSH(call->arena, out);

        *row =
            (struct wf_title_row){ .document = wf_stmt_int(&q, 0),
                                   .title = wf_stmt_str(&q, 3, call->arena),
                                   .other = wf_stmt_str(&q, 4, call->arena) };
        if (!wf_registry_version(call->registry, call->db, wf_stmt_text(&q, 1),
                                 (int)wf_stmt_int(&q, 2), &row->form, err))
            return false;
    }
    return got == WF_FETCH_DONE;
}

static bool load_titles(struct wf_call *call, const struct acts *acts, size_t n,
                        struct titles *out, weft_error *err)
{
    if (!find_readable(call, acts, n, &out->rows, err))
        return false;
    out->at = WF_NEW_N(call->arena, const char *, out->rows.n);
    return out->rows.n == 0
           || wf_titles_of_rows(call, &out->rows, call->me, call->lang, out->at,
                                err);
}

/* NULL: it is not for call->me to read, or there is none. */
static const char *title_of(const struct titles *titles, const struct act *act)
{
    for (size_t i = 0; i < titles->rows.n; i++)
        if (titles->rows.at[i].document == act->document)
            return titles->at[i];
    return NULL;
}

static void write_document(struct wf_call *call, const struct act *act,
                           const char *title, struct wf_json_writer *out)
{
    const struct wf_form *form = form_of(call, act);

    wf_jw_open(out, '{');
    wf_jw_key(out, "id");
    wf_jw_id(out, act->document);
    wf_jw_key_text_or_null(out, "form", act->form);
    wf_jw_key_text(out, "form_label",
                   form ? wf_words_label(form->words, call->lang, act->form)
                        : act->form);
    wf_jw_key_text_or_null(out, "title", title);
    wf_jw_close(out, '}');
}

/* What an act that is on no document was about. */
static void write_matter(const struct act *act, bool records,
                         struct wf_json_writer *out)
{
    const struct wf_json *changes = wf_json_get(act->payload, "changes");

    wf_jw_key_text(out, "about",
                   wf_json_str(wf_json_get(act->payload, "comment")));
    if (records && changes) {
        wf_jw_key(out, "changes");
        wf_jw_tree(out, changes);
    }
}

static bool write_act(struct wf_call *call, const struct wf_audit_query *query,
                      const struct titles *titles, const struct act *act,
                      struct wf_json_writer *out, weft_error *err)
{
    const char *title = title_of(titles, act);

    wf_jw_open(out, '{');
    wf_jw_key_time(out, "at", act->at);
    wf_jw_key(out, "actor");
    wf_person_json(act->actor.login ? &act->actor : NULL, out);
    wf_jw_key_text(out, "kind", act->kind);
    wf_jw_key_text(out, "label", label_of(call, act));
    wf_jw_key_text(out, "place", place_of(call, act));
    wf_jw_key_text(out, "reason", act->reason);
    wf_jw_key_text(out, "via", wf_json_str(wf_json_get(act->payload, "via")));
    wf_jw_key(out, "document");
    if (act->document) {
        write_document(call, act, title, out);
    } else {
        wf_jw_null(out);
        write_matter(act, query->records, out);
    }
    if ((!act->document || title)
        && !wf_history_named(call, act->payload, out, err))
        return false;
    wf_jw_close(out, '}');
    return true;
}

static void write_next(struct wf_arena *arena, const struct acts *acts,
                       size_t limit, struct wf_json_writer *out)
{
    struct wf_cursor next = { "audit", wf_json_array(arena), 0 };
    const struct act *last;

    if (acts->n <= limit) {
        wf_cursor_write(arena, NULL, out);
        return;
    }
    last = &acts->at[limit - 1];
    wf_json_push(arena, next.value, wf_json_int(arena, last->lane));
    wf_json_push(arena, next.value, wf_json_int(arena, last->seq));
    next.id = last->at;
    wf_cursor_write(arena, &next, out);
}

bool wf_audit_list(struct wf_call *call, const struct wf_audit_query *query,
                   const struct wf_page *page, struct wf_json_writer *out,
                   weft_error *err)
{
    struct wf_cursor from = { "audit", NULL, 0 };
    struct titles titles = { 0 };
    struct acts acts = { 0 };
    size_t n;

    if (!wf_page_read(call->arena, page, &from, err)
        || !fetch(call, query, &from, page->limit + 1, &acts, err))
        return false;
    n = acts.n < (size_t)page->limit ? acts.n : (size_t)page->limit;
    if (!load_titles(call, &acts, n, &titles, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < n; i++)
        if (!write_act(call, query, &titles, &acts.at[i], out, err))
            return false;
    wf_jw_close(out, ']');
    write_next(call->arena, &acts, (size_t)page->limit, out);
    wf_jw_close(out, '}');
    return true;
}

/* --- As a file */

static void write_line(struct wf_buf *out, const char *const *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            wf_buf_char(out, ',');
        if (cells[i])
            wf_csv_write_text(out, cells[i]);
    }
    wf_buf_str(out, "\r\n");
}

static void write_row(const struct act *act, struct wf_buf *out)
{
    char at[WF_TIME_TEXT], document[WF_ID_TEXT] = "";
    const char *about = act->document
                            ? NULL
                            : wf_json_str(wf_json_get(act->payload, "comment"));

    wf_time_write(act->at, at);
    if (act->document)
        wf_id_write(act->document, document);
    write_line(out,
               (const char *const[]){
                   at, act->actor.login, act->actor.name, act->kind, act->form,
                   document, act->step, act->level, act->reason,
                   wf_json_str(wf_json_get(act->payload, "via")), about },
               11);
}

bool wf_audit_csv(struct wf_call *call, const struct wf_audit_query *query,
                  struct wf_buf *out, weft_error *err)
{
    static const char *const header[] = { "at",     "login",    "name", "act",
                                          "form",   "document", "step", "level",
                                          "reason", "via",      "about" };
    static const struct wf_cursor start = { "audit", NULL, 0 };
    struct acts acts = { 0 };

    if (!fetch(call, query, &start, CSV_ROWS_MAX + 1, &acts, err))
        return false;
    if (acts.n > CSV_ROWS_MAX)
        return wf_fail(err, WEFT_E_TOO_LARGE,
                       "A file has at most %d rows: ask for fewer, by a "
                       "filter, a period or a unit.",
                       CSV_ROWS_MAX);
    wf_buf_str(out, "\xEF\xBB\xBF");
    write_line(out, header, WF_COUNT(header));
    for (size_t i = 0; i < acts.n; i++)
        write_row(&acts.at[i], out);
    return true;
}
