/* flow/verify_errands.c - what must be true of documents that wait for others,
 * and of what is asked for anonymously.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/list.h"
#include "doc/doc_lane.h"
#include "flow/errand.h"
#include "flow/verify.h"

enum {
    PAGE = 200
};

/* Something is still asked for whose asker has gone on, or has been answered
 * without anybody hearing of it. */
static const char SQL_ERRANDS[] =
    "SELECT e.document, e.parent, e.step, d.state, p.state, p.step"
    " FROM errand e LEFT JOIN document d ON d.id = e.document"
    " LEFT JOIN document p ON p.id = e.parent"
    " WHERE e.state = 'open' AND e.document > $1"
    " ORDER BY e.document LIMIT $2";

/* As many anonymous documents are open as there are writers to fill them. */
static const char SQL_WRITERS[] =
    "SELECT e.parent, count(*), (SELECT count(*) FROM rater r"
    " WHERE r.parent = e.parent AND r.box IS NOT NULL)"
    " FROM errand e JOIN veil v ON v.document = e.document"
    " WHERE v.shown = 0 AND e.state IN ('open', 'in') AND EXISTS"
    " (SELECT 1 FROM errand o WHERE o.parent = e.parent AND o.step = e.step"
    " AND o.round = e.round AND o.state = 'open')"
    " GROUP BY e.parent";

/* A document that waits for others waits for some. */
bool wf_verify_wanted(struct wf_call *call, const struct wf_doc *doc,
                      weft_error *err)
{
    struct wf_flow flow = { .call = call };
    struct wf_errand like = { .parent = doc->id, .step = doc->step->id };
    struct wf_errand_count n;

    if (doc->state != WF_OPEN || !doc->step->wanted)
        return true;
    if (!wf_errand_round(&flow, doc->id, doc->step->id, &like.round, err)
        || !wf_errands_count(&flow, &like, &n, err))
        return false;
    if (n.open == 0)
        wf_verify_report(call, doc->id, "no-work",
                         "it waits for documents, but none "
                         "is asked for.");
    return true;
}

/* One open errand as it is stored. */
struct open_errand {
    wf_id document, parent;
    const char *step, *state, *parent_state, *parent_step;
};

struct open_errands {
    struct open_errand *at;
    size_t n, cap;
};

static bool load_errands(struct wf_call *call, wf_id after,
                         struct open_errands *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_arena *arena = call->arena;
    enum wf_fetch fetch;

    if (!wf_stmt_begin(call->db, SQL_ERRANDS, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, after);
    wf_stmt_bind_int(&q, 2, PAGE);
    while ((fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(arena, out) = (struct open_errand){
            wf_stmt_int(&q, 0),        wf_stmt_int(&q, 1),
            wf_stmt_str(&q, 2, arena), wf_stmt_str(&q, 3, arena),
            wf_stmt_str(&q, 4, arena), wf_stmt_str(&q, 5, arena)
        };
    return fetch == WF_FETCH_DONE;
}

/* Whether the one that asked waits for it where it stands. */
static bool is_awaited(struct wf_call *call, const struct open_errand *errand,
                       bool *out, weft_error *err)
{
    const struct wf_step *step;
    struct wf_doc *parent;

    *out = wf_streq(errand->parent_state, "open")
           && wf_streq(errand->parent_step, errand->step);
    if (*out || !errand->parent_state)
        return true;
    if (!wf_doc_load(call, errand->parent, &parent, err))
        return false;
    if (parent && parent->state == WF_OPEN
        && wf_lane_look_at_step(parent, errand->step)) {
        *out = true;
        return true;
    }
    step = parent ? wf_form_step(parent->form, errand->step) : NULL;
    *out = step && step->wanted && step->wanted->no_wait;
    return true;
}

static bool check_errand(struct wf_call *call, const struct open_errand *errand,
                         weft_error *err)
{
    bool awaited;

    if (!wf_streq(errand->state, "open"))
        wf_verify_report(
            call, errand->parent, "unheard",
            "what it asked for has ended, and it has not heard of it.");
    if (!is_awaited(call, errand, &awaited, err))
        return false;
    if (!awaited)
        wf_verify_report(call, errand->document, "stray-work",
                         "somebody is asked for it, but nobody waits for it.");
    return true;
}

static bool check_errand_page(struct wf_call *call, wf_id *last,
                              weft_error *err)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct open_errands errands = { NULL, 0, 0 };
    struct wf_call page = *call;

    page.arena = arena;
    page.people = wf_people_new(arena, NULL);
    if (!load_errands(&page, *last, &errands, err))
        return false;
    for (size_t i = 0; i < errands.n; i++)
        if (!check_errand(&page, &errands.at[i], err))
            return false;
    *last = errands.n > 0 ? errands.at[errands.n - 1].document : 0;
    return true;
}

static bool check_writers(struct wf_call *call, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetch;

    if (!wf_stmt_begin(call->db, SQL_WRITERS, &q, err))
        return false;
    while ((fetch = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        if (wf_stmt_int(&q, 1) != wf_stmt_int(&q, 2))
            wf_verify_report(
                call, wf_stmt_int(&q, 0), "writers",
                "not every anonymous answer has somebody to give it.");
    return fetch == WF_FETCH_DONE;
}

bool wf_verify_errands(struct wf_call *call, weft_error *err)
{
    wf_id last = 0;

    do {
        if (!check_errand_page(call, &last, err))
            return false;
    } while (last);
    return check_writers(call, err);
}
