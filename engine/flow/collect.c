/* flow/collect.c - a collect is entered, answered and closed.
 *
 * Whom several groups name is asked by the first of them. Where a group has
 * fewer people than it needs answers, nobody is asked: it could only fail.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/collect.h"

#include "base/error.h"
#include "base/list.h"
#include "doc/doc_lane.h"
#include "doc/history.h"
#include "doc/veil.h"
#include "doc/when.h"
#include "flow/ask.h"
#include "flow/asked.h"
#include "flow/harvest.h"
#include "flow/step.h"

/* The people of one group. */
struct party {
    const struct wf_group *group;
    struct wf_who_list people;
};

struct parties {
    struct party *at;
    size_t n, cap;
    size_t n_people;
    bool short_; /* some group has too few */
};

/* --- Asking */

static bool find_party(struct wf_flow *flow, const struct wf_doc *doc,
                       const struct wf_group *group, struct parties *parties,
                       weft_error *err)
{
    struct party *party = WF_PUSH(flow->call->arena, parties);
    struct wf_who_list all;

    party->group = group;
    if (!wf_ask_people(flow, doc, group->from, &all, err))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        bool named = false;

        for (size_t k = 0; k + 1 < parties->n && !named; k++)
            named = wf_who_list_has(&parties->at[k].people, all.at[i]);
        if (!named)
            *WF_PUSH(flow->call->arena, &party->people) = all.at[i];
    }
    parties->n_people += party->people.n;
    parties->short_ = parties->short_ || party->people.n < (size_t)group->min;
    return true;
}

/* When the time of those who are asked now is over; 0: never. */
static int64_t due_of(struct wf_flow *flow, const struct wf_doc *doc)
{
    struct wf_calendar calendar = wf_when_calendar(flow->call, doc);
    struct wf_duration within = doc->step->wanted->within;

    return within.n
               ? wf_calendar_shift(&calendar, flow->call->now, within, false)
               : 0;
}

static bool ask_party(struct wf_flow *flow, struct wf_doc *doc, int64_t round,
                      const struct party *party, weft_error *err)
{
    struct wf_asked asked = { .doc = doc,
                              .group = party->group,
                              .round = round,
                              .due = due_of(flow, doc) };

    for (size_t i = 0; i < party->people.n; i++) {
        asked.person = party->people.at[i];
        if (!wf_asked_make(flow, &asked, err))
            return false;
    }
    return true;
}

static bool set_timer(struct wf_flow *flow, struct wf_doc *doc, weft_error *err)
{
    const struct wf_timer timer = {
        .kind = "collect",
        .document = doc->id,
        .step = doc->step->id,
        .walk = doc->walk,
        .due = due_of(flow, doc),
    };

    if (!timer.due)
        return true;
    wf_lane_set_due(doc, timer.due);
    return wf_timer_set(flow, &timer, err);
}

bool wf_collect_enter(struct wf_flow *flow, struct wf_doc *doc, int64_t round,
                      const struct wf_step **next, weft_error *err)
{
    const struct wf_wanted *wanted = doc->step->wanted;
    struct parties parties = { .at = NULL };

    (void)wf_json_remove(doc->data, wanted->table->id);
    for (const struct wf_group *g = wanted->groups; g; g = g->next)
        if (!find_party(flow, doc, g, &parties, err))
            return false;
    if (parties.short_) {
        *next = wanted->short_;
        return wf_step_note(flow, doc, "close", NULL, "short", err);
    }
    if (parties.n_people == 0)
        return wf_collect_close(flow, doc, round, "nobody", next, err);
    for (size_t i = 0; i < parties.n; i++)
        if (!ask_party(flow, doc, round, &parties.at[i], err))
            return false;
    return set_timer(flow, doc, err);
}

/* --- Answers */

struct harvests {
    struct wf_harvest *at;
    size_t n, cap;
};

static bool take_answer(struct wf_flow *flow, const struct wf_errand *errand,
                        struct harvests *harvests, weft_error *err)
{
    struct wf_doc *doc;

    if (errand->state != WF_ERRAND_IN)
        return true;
    if (!wf_doc_load(flow->call, errand->document, &doc, err))
        return false;
    for (size_t i = 0; i < harvests->n && doc && doc->state == WF_DONE; i++)
        if (wf_streq(harvests->at[i].group->id, errand->party))
            *WF_PUSH(flow->call->arena, &harvests->at[i].answers) = doc;
    return true;
}

static bool gather(struct wf_flow *flow, const struct wf_doc *doc,
                   int64_t round, struct harvests *out, weft_error *err)
{
    struct wf_errands errands;

    if (!wf_errands_load(flow, doc->id, doc->step->id, round, &errands, err))
        return false;
    for (const struct wf_group *g = doc->step->wanted->groups; g; g = g->next)
        WF_PUSH(flow->call->arena, out)->group = g;
    for (size_t i = 0; i < errands.n; i++)
        if (!take_answer(flow, &errands.at[i], out, err))
            return false;
    return true;
}

/* --- What of it shows */

static struct wf_rater like(const struct wf_doc *doc,
                            const struct wf_harvest *h, int64_t round)
{
    return (struct wf_rater){ .parent = doc->id,
                              .step = doc->step->id,
                              .party = h->group->id,
                              .round = round };
}

static struct wf_veiled documents_of(struct wf_arena *arena,
                                     const struct wf_harvest *h)
{
    struct wf_veiled documents = { NULL, 0, 0 };

    for (size_t i = 0; i < h->answers.n; i++)
        *WF_PUSH(arena, &documents) = h->answers.at[i]->id;
    return documents;
}

/* Enough people behind it, and nobody whom an earlier round tells apart. */
static bool judge(struct wf_flow *flow, const struct wf_doc *doc,
                  struct wf_harvest *h, int64_t round, weft_error *err)
{
    struct wf_veiled documents = documents_of(flow->call->arena, h);
    struct wf_rater rater = like(doc, h, round);
    int floor = doc->step->wanted->floor;
    bool tells = false;

    h->shown = !h->group->anonymous || h->answers.n >= (size_t)floor;
    if (!h->shown || !h->group->anonymous)
        return true;
    if (!wf_veil_tells_apart(flow->call, &rater, &documents, floor, &tells,
                             err))
        return false;
    h->shown = !tells;
    return true;
}

/* Nobody is to know any longer who wrote what; what shows is shown. */
static bool unveil(struct wf_flow *flow, const struct wf_doc *doc,
                   const struct wf_harvest *h, int64_t round, weft_error *err)
{
    struct wf_veiled documents = documents_of(flow->call->arena, h);
    struct wf_rater rater = like(doc, h, round);

    if (!h->group->anonymous)
        return true;
    if (!wf_veil_forget(flow->call, &rater, &documents, h->shown, err))
        return false;
    for (size_t i = 0; i < h->answers.n && h->shown; i++)
        if (!wf_veil_lift(flow->call, h->answers.at[i], err))
            return false;
    return true;
}

static bool judge_all(struct wf_flow *flow, const struct wf_doc *doc,
                      struct harvests *harvests, int64_t round, weft_error *err)
{
    for (size_t i = 0; i < harvests->n; i++)
        if (!judge(flow, doc, &harvests->at[i], round, err))
            return false;
    return true;
}

static bool unveil_all(struct wf_flow *flow, const struct wf_doc *doc,
                       struct harvests *harvests, int64_t round,
                       weft_error *err)
{
    for (size_t i = 0; i < harvests->n; i++)
        if (!unveil(flow, doc, &harvests->at[i], round, err))
            return false;
    return true;
}

static bool keep(struct wf_flow *flow, struct wf_doc *doc,
                 struct harvests *harvests, weft_error *err)
{
    struct wf_arena *arena = flow->call->arena;
    struct wf_json *table = wf_json_array(arena);

    for (size_t i = 0; i < harvests->n; i++) {
        struct wf_json *row;

        if (!wf_harvest_row(flow->call, &harvests->at[i], doc->step, &row, err))
            return false;
        wf_json_push(arena, table, row);
    }
    wf_json_set(arena, doc->data, doc->step->wanted->table->id, table);
    return true;
}

/* What has come in is the engine's own entry. */
static bool record(struct wf_flow *flow, const struct wf_doc *doc,
                   const char *reason, weft_error *err)
{
    struct wf_event event = { .document = doc->id,
                              .kind = "close",
                              .step = doc->step->id,
                              .reason = reason,
                              .changes = wf_doc_changes(flow->call, doc),
                              .by_system = true };

    return wf_history_add(flow->call, &event, err);
}

static bool is_short(const struct harvests *harvests)
{
    for (size_t i = 0; i < harvests->n; i++)
        if (harvests->at[i].answers.n < (size_t)harvests->at[i].group->min)
            return true;
    return false;
}

bool wf_collect_close(struct wf_flow *flow, struct wf_doc *doc, int64_t round,
                      const char *reason, const struct wf_step **to,
                      weft_error *err)
{
    struct harvests harvests = { NULL, 0, 0 };

    if (!gather(flow, doc, round, &harvests, err))
        return false;
    if (is_short(&harvests)) { /* then nothing of it ever shows */
        *to = doc->step->wanted->short_;
        return unveil_all(flow, doc, &harvests, round, err)
               && wf_step_note(flow, doc, "close", NULL, "short", err);
    }
    *to = doc->step->wanted->next;
    return judge_all(flow, doc, &harvests, round, err)
           && unveil_all(flow, doc, &harvests, round, err)
           && keep(flow, doc, &harvests, err) && record(flow, doc, reason, err);
}

bool wf_collect_answered(struct wf_flow *flow, struct wf_doc *doc,
                         int64_t round, const struct wf_step **to,
                         weft_error *err)
{
    const struct wf_errand like = { .parent = doc->id,
                                    .step = doc->step->id,
                                    .round = round };
    double enough = doc->step->wanted->enough;
    struct wf_errand_count n;

    if (!wf_errands_count(flow, &like, &n, err))
        return false;
    if (n.open == 0)
        return wf_collect_close(flow, doc, round, "all", to, err);
    if (enough > 0 && (double)n.done >= enough * (double)n.all)
        return wf_collect_close(flow, doc, round, "enough", to, err);
    *to = NULL;
    return true;
}

bool wf_collect_fire(struct wf_flow *flow, const struct wf_timer *timer,
                     weft_error *err)
{
    const struct wf_step *to;
    struct wf_doc *doc;
    int64_t round;

    if (!wf_doc_load(flow->call, timer->document, &doc, err))
        return false;
    if (!doc || doc->state != WF_OPEN
        || !wf_lane_look_at_step(doc, timer->step))
        return true;
    return wf_errand_round(flow, doc->id, timer->step, &round, err)
           && wf_collect_close(flow, doc, round, "time", &to, err)
           && wf_step_finish(flow, doc, to, err);
}
