/* flow/verify.c - what must be true of every document, asked of all of them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/verify.h"

#include "base/error.h"
#include "doc/derive.h"
#include "doc/file.h"
#include "doc/rollup.h"

/* Documents looked at with one arena, so that a large store needs no large
 * memory. */
enum {
    PAGE = 200
};

static const char SQL_PAGE[] =
    "SELECT d.id, (SELECT count(*) FROM seat s WHERE s.document = d.id"
    " AND s.state = 'open' AND s.step = d.step"
    " AND coalesce(s.level, '') = coalesce(d.level, '')),"
    " (SELECT count(*) FROM timer t WHERE t.document = d.id"
    " AND t.step = d.step)"
    " FROM document d WHERE d.id > $1 ORDER BY d.id LIMIT $2";

static const char SQL_DEAD_TIMERS[] =
    "SELECT document, kind, problem FROM timer WHERE state = 'dead'"
    " ORDER BY id LIMIT $1";

static const char SQL_STRAY_TIMERS[] =
    "SELECT t.document FROM timer t LEFT JOIN document d ON d.id = t.document"
    " LEFT JOIN seat s ON s.id = t.seat"
    " LEFT JOIN document_lane l ON l.document = t.document"
    " AND l.step = t.step AND l.state = 'open'"
    " WHERE t.document IS NOT NULL AND (d.id IS NULL OR d.state <> 'open'"
    " OR coalesce(l.step, d.step) <> t.step OR (t.seat IS NOT NULL"
    " AND coalesce(s.state, '') <> 'open')) ORDER BY t.id LIMIT $1";

struct row {
    wf_id id;
    int64_t n_open, n_timers;
};

void wf_verify_report(struct wf_call *call, wf_id document, const char *code,
                      const char *message)
{
    wf_diag_field(call->findings, "", code, "document %lld: %s",
                  (long long)document, message);
}

static bool load_page(struct wf_call *call, wf_id after, struct row rows[PAGE],
                      size_t *n, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    *n = 0;
    if (!wf_stmt_begin(call->db, SQL_PAGE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, after);
    wf_stmt_bind_int(&q, 2, PAGE);
    while ((fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        rows[(*n)++] = (struct row){ wf_stmt_int(&q, 0), wf_stmt_int(&q, 1),
                                     wf_stmt_int(&q, 2) };
    return fetch == WF_FETCH_DONE;
}

/* Whether somebody has to be asked where the document stands. */
static bool needs_work(const struct wf_doc *doc)
{
    if (doc->state != WF_OPEN || doc->veil)
        return false;
    return doc->step->kind == WF_STEP_APPROVAL || doc->step->by;
}

/* Whether only time leads it on. */
static bool needs_timer(const struct wf_doc *doc)
{
    return doc->state == WF_OPEN && doc->step->kind == WF_STEP_WAIT
           && !doc->step->signal;
}

bool wf_verify_place(struct wf_call *call, const struct wf_doc *doc,
                     int64_t n_open, int64_t n_timers, weft_error *err)
{
    if (needs_work(doc) && n_open == 0)
        wf_verify_report(call, doc->id, "no-work",
                         "it is open, but nobody is asked.");
    if (needs_timer(doc) && n_timers == 0)
        wf_verify_report(call, doc->id, "no-timer",
                         "it waits, but for no time.");
    return wf_verify_wanted(call, doc, err)
           && (doc->state != WF_OPEN || wf_verify_turns(call, doc, err));
}

static bool check_one(const struct wf_call *page, const struct row *row,
                      weft_error *err)
{
    int64_t units = *page->units; /* each has the budget of one command */
    struct wf_call own = *page, *call = &own;
    struct wf_doc *doc;
    bool sound;

    call->units = &units;
    if (!wf_doc_load(call, row->id, &doc, err))
        return false;
    if (!doc)
        return true;
    if (!wf_verify_place(call, doc, row->n_open, row->n_timers, err)
        || !wf_verify_lanes_of(call, doc, err))
        return false;
    if ((doc->state == WF_OPEN) == (doc->step->kind == WF_STEP_END))
        wf_verify_report(call, doc->id, "state",
                         "its state and its step differ.");
    if (!wf_derive_verify(call, doc, &sound, err))
        return false;
    if (!sound)
        wf_verify_report(call, doc->id, "derived",
                         "a derived value is not what its formula gives.");
    if (!wf_rollup_verify(call, doc, &sound, err))
        return false;
    if (!sound)
        wf_verify_report(call, doc->id, "rollup",
                         "what it takes from others is not what they give.");
    if (!wf_files_are_there(call, doc, &sound, err))
        return false;
    if (!sound)
        wf_verify_report(call, doc->id, "file",
                         "it names a file that is not there.");
    return true;
}

/* One page with memory of its own. *last is 0 behind the last page. */
static bool check_page(struct wf_call *call, wf_id *last, weft_error *err)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct wf_call page = *call;
    struct row rows[PAGE];
    size_t n;

    page.arena = arena;
    page.people = wf_people_new(arena, NULL);
    if (!load_page(&page, *last, rows, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!check_one(&page, &rows[i], err))
            return false;
    *last = n > 0 ? rows[n - 1].id : 0;
    return true;
}

static bool check_stray_timers(struct wf_call *call, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    if (!wf_stmt_begin(call->db, SQL_STRAY_TIMERS, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, WF_DIAGS_MAX);
    while ((fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        wf_verify_report(call, wf_stmt_int(&q, 0), "stray-timer",
                         "a timer is set for a step that it is not in.");
    return fetch == WF_FETCH_DONE;
}

/* What was tried so often that it is not tried any more. */
static bool check_dead_timers(struct wf_call *call, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    if (!wf_stmt_begin(call->db, SQL_DEAD_TIMERS, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, WF_DIAGS_MAX);
    while ((fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        wf_diag_field(call->findings, "", "dead-timer",
                      "document %lld: its timer \"%s\" has failed for good: "
                      "%s",
                      (long long)wf_stmt_int(&q, 0), wf_stmt_text(&q, 1),
                      wf_stmt_text(&q, 2));
    return fetch == WF_FETCH_DONE;
}

bool wf_verify_documents(struct wf_call *call, weft_error *err)
{
    wf_id last = 0;

    do {
        if (!check_page(call, &last, err))
            return false;
    } while (last);
    return wf_verify_errands(call, err) && wf_verify_seats(call, err)
           && wf_verify_lanes(call, err) && check_stray_timers(call, err)
           && check_dead_timers(call, err);
}
