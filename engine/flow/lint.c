/* flow/lint.c - levels that decide nothing and steps in which nothing happens.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/lint.h"

#include "base/list.h"

#define SAMPLE                                                                 \
    "(SELECT id FROM document WHERE form = $1 ORDER BY updated DESC LIMIT $2)"

static const char SQL_ACTS[] =
    "SELECT step, level, kind, COUNT(*) FROM event WHERE document IN " SAMPLE
    " AND actor IS NOT NULL AND step IS NOT NULL GROUP BY step, level, kind";

static const char SQL_WAITED[] =
    "SELECT step, COUNT(*), CAST(SUM(decided - made) AS BIGINT) FROM seat"
    " WHERE document IN " SAMPLE " AND level IS NULL AND state = 'done'"
    " GROUP BY step";

/* How often people did what where. */
struct acts {
    struct act {
        const char *step, *level, *kind;
        int64_t n;
    } * at;
    size_t n, cap;
};

/* How often a step was left by somebody it had asked, and after how long. */
struct waits {
    struct waited {
        const char *step;
        int64_t n, ms;
    } * at;
    size_t n, cap;
};

static bool load_acts(struct wf_call *call, const struct wf_form *form,
                      struct acts *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetched;

    if (!wf_stmt_begin(call->db, SQL_ACTS, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, form->id);
    wf_stmt_bind_int(&q, 2, WF_LINT_DOCUMENTS);
    while ((fetched = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) =
            (struct act){ wf_stmt_str(&q, 0, call->arena),
                          wf_stmt_str(&q, 1, call->arena),
                          wf_stmt_str(&q, 2, call->arena), wf_stmt_int(&q, 3) };
    return fetched == WF_FETCH_DONE;
}

static bool load_waits(struct wf_call *call, const struct wf_form *form,
                       struct waits *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch fetched;

    if (!wf_stmt_begin(call->db, SQL_WAITED, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, form->id);
    wf_stmt_bind_int(&q, 2, WF_LINT_DOCUMENTS);
    while ((fetched = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) =
            (struct waited){ wf_stmt_str(&q, 0, call->arena),
                             wf_stmt_int(&q, 1), wf_stmt_int(&q, 2) };
    return fetched == WF_FETCH_DONE;
}

/* `level` NULL: of a step. */
static int64_t n_acts(const struct acts *acts, const char *step,
                      const char *level, const char *kind)
{
    for (size_t i = 0; i < acts->n; i++)
        if (wf_streq(acts->at[i].step, step)
            && wf_streq(acts->at[i].level, level)
            && wf_streq(acts->at[i].kind, kind))
            return acts->at[i].n;
    return 0;
}

/* The first level has none below it, nor has one below which all are skipped; a
 * climb makes its levels by itself. */
static void judge_levels(struct wf_call *call, const struct wf_step *step,
                         const struct acts *acts, struct wf_lints *out)
{
    int64_t n_below = 0;

    for (const struct wf_level *l = step->levels; l; l = l->next) {
        int64_t n_here = n_acts(acts, step->id, l->id, "approve");
        int64_t n = n_here < n_below ? n_here : n_below;

        n_below = n_here > n_below ? n_here : n_below;
        if (l->climb || n < WF_LINT_LEAST
            || n_acts(acts, step->id, l->id, "reject")
            || n_acts(acts, step->id, l->id, "return"))
            continue;
        *WF_PUSH(call->arena, out) = (struct wf_lint){
            .kind = WF_LINT_LEVEL,
            .path = wf_arena_printf(call->arena, "%s.%s", step->id, l->id),
            .n = n,
        };
    }
}

static const struct waited *waited_in(const struct waits *waits,
                                      const char *step)
{
    for (size_t i = 0; i < waits->n; i++)
        if (wf_streq(waits->at[i].step, step))
            return &waits->at[i];
    return NULL;
}

/* Only one way on, taken each time, and nothing written before: whoever was
 * asked there has only let it pass. */
static void judge_step(struct wf_call *call, const struct wf_step *step,
                       const struct acts *acts, const struct waits *waits,
                       struct wf_lints *out)
{
    static const double day_ms = 24 * 60 * 60 * 1000;
    const struct wf_action *action = step->actions;
    const struct waited *waited = waited_in(waits, step->id);
    int64_t n;

    if (!action || action->next || !action->to || !waited || waited->n == 0)
        return;
    n = n_acts(acts, step->id, NULL, action->id);
    if (n < WF_LINT_LEAST || n_acts(acts, step->id, NULL, "edit")
        || n_acts(acts, step->id, NULL, "comment"))
        return;
    *WF_PUSH(call->arena, out) = (struct wf_lint){
        .kind = WF_LINT_WAITING,
        .path = step->id,
        .n = n,
        .days = (double)waited->ms / (double)waited->n / day_ms,
    };
}

bool wf_lint_flow(struct wf_call *call, const struct wf_form *form,
                  struct wf_lints *out, weft_error *err)
{
    struct acts acts = { NULL, 0, 0 };
    struct waits waits = { NULL, 0, 0 };

    if (!load_acts(call, form, &acts, err)
        || !load_waits(call, form, &waits, err))
        return false;
    for (const struct wf_step *s = form->steps; s; s = s->next) {
        if (s->kind == WF_STEP_APPROVAL)
            judge_levels(call, s, &acts, out);
        else if (s->kind == WF_STEP_WORK && s != form->start)
            judge_step(call, s, &acts, &waits, out);
    }
    return true;
}
