/* flow/wanted.c - calls and collects: whom a step asks, and when it goes on.
 *
 * A document that ends is noted; once the command has kept what it had in
 * hand, the one that waited for it goes on, in the same transaction. So no
 * document is ever in hand twice.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/wanted.h"

#include "base/error.h"
#include "base/list.h"
#include "doc/doc_lane.h"
#include "doc/history.h"
#include "doc/veil.h"
#include "flow/ask.h"
#include "flow/asked.h"
#include "flow/collect.h"
#include "flow/deadline.h"
#include "flow/seat.h"
#include "flow/settle.h"
#include "flow/step.h"
#include "flow/timer.h"

enum {
    DEPTH_MAX = 64 /* of documents that wait for each other */
};

/* --- Asking */

/* The document with one row of the table only, for whom that row is. */
static struct wf_doc of_row(struct wf_arena *arena, const struct wf_doc *doc,
                            const struct wf_field *table, struct wf_json *row)
{
    struct wf_json *rows = wf_json_array(arena);
    struct wf_doc copy = *doc;

    wf_json_push(arena, rows, row);
    copy.data = wf_json_object(arena);
    for (size_t i = 0; i < doc->data->u.object.n; i++)
        wf_json_set(arena, copy.data, doc->data->u.object.at[i].key.at,
                    doc->data->u.object.at[i].value);
    wf_json_set(arena, copy.data, table->id, rows);
    return copy;
}

static bool ask_all(struct wf_flow *flow, struct wf_asked *asked,
                    const struct wf_doc *about, const struct wf_who *whom,
                    size_t *n, weft_error *err)
{
    struct wf_who_list people;

    if (!wf_ask_people(flow, about, whom, &people, err))
        return false;
    for (size_t i = 0; i < people.n; i++) {
        asked->person = people.at[i];
        if (!wf_asked_make(flow, asked, err))
            return false;
    }
    *n += people.n;
    return true;
}

static bool call_rows(struct wf_flow *flow, struct wf_asked *asked, size_t *n,
                      weft_error *err)
{
    const struct wf_wanted *wanted = asked->doc->step->wanted;
    const struct wf_json *rows =
        wf_json_get(asked->doc->data, wanted->each->id);

    for (size_t i = 0; i < wf_json_len(rows); i++) {
        struct wf_doc about = of_row(flow->call->arena, asked->doc,
                                     wanted->each, rows->u.array.at[i]);

        asked->row = rows->u.array.at[i];
        if (!ask_all(flow, asked, &about, wanted->whom, n, err))
            return false;
    }
    return true;
}

static bool enter_call(struct wf_flow *flow, struct wf_doc *doc, int64_t round,
                       const struct wf_step **next, weft_error *err)
{
    const struct wf_wanted *wanted = doc->step->wanted;
    struct wf_asked asked = { .doc = doc, .round = round };
    size_t n = 0;

    if (wanted->each ? !call_rows(flow, &asked, &n, err)
                     : !ask_all(flow, &asked, doc, wanted->whom, &n, err))
        return false;
    if (n == 0 || wanted->no_wait)
        *next = wanted->next;
    return n > 0 || wf_step_note(flow, doc, "close", NULL, "nobody", err);
}

/* asked.c bounds what one act makes. People may go on by hand from there, and
 * what they have made ends void in one act as well. */
static bool check_depth(struct wf_flow *flow, const struct wf_doc *doc,
                        weft_error *err)
{
    int64_t depth;

    if (!wf_errand_depth(flow, doc->id, DEPTH_MAX, &depth, err))
        return false;
    if (depth < DEPTH_MAX)
        return true;
    return wf_fail(err, WEFT_E_INVALID,
                   "%d documents above this one wait, each for the next: "
                   "\"%s\" asks for no more beneath them. End one of them "
                   "first.",
                   DEPTH_MAX, doc->step->id);
}

/* Links lead to what is stored, so the one that asks is stored first. */
bool wf_wanted_enter(struct wf_flow *flow, struct wf_doc *doc,
                     const struct wf_step **next, weft_error *err)
{
    int64_t round;

    if (!check_depth(flow, doc, err) || !wf_settle_values(flow, doc, err)
        || !wf_doc_save(flow->call, doc, err)
        || !wf_errand_round(flow, doc->id, doc->step->id, &round, err)
        || !wf_step_note(flow, doc, "ask", NULL, NULL, err))
        return false;
    if (doc->step->kind == WF_STEP_COLLECT)
        return wf_collect_enter(flow, doc, round + 1, next, err);
    return enter_call(flow, doc, round + 1, next, err);
}

/* --- Ending what nobody waits for */

/* The end that a document is led to by the engine: the first void one, which
 * each form has. */
static const struct wf_step *void_end(const struct wf_form *form)
{
    const struct wf_step *end = form->steps;

    while (end && !end->void_)
        end = end->next;
    return end;
}

bool wf_wanted_drop(struct wf_flow *flow, wf_id document, const char *reason,
                    weft_error *err)
{
    struct wf_doc *doc;

    if (!wf_doc_load(flow->call, document, &doc, err))
        return false;
    if (!doc || doc->state != WF_OPEN)
        return true;
    if (!wf_step_note(flow, doc, "cancel", NULL, reason, err)
        || !wf_step_clear(flow, doc, err))
        return false;
    doc->step = void_end(doc->form);
    doc->level = NULL;
    doc->state = WF_VOID;
    wf_doc_touch(flow->call, doc);
    return wf_settle_values(flow, doc, err)
           && wf_deadline_settle(flow, doc, err)
           && wf_doc_save(flow->call, doc, err);
}

/* What was asked anonymously and not closed is nobody's any more. */
static bool forget(struct wf_flow *flow, const struct wf_doc *doc,
                   int64_t round, weft_error *err)
{
    const struct wf_veiled none = { NULL, 0, 0 };

    for (const struct wf_group *g = doc->step->wanted->groups; g; g = g->next) {
        const struct wf_rater like = { .parent = doc->id,
                                       .step = doc->step->id,
                                       .party = g->id,
                                       .round = round };

        if (g->anonymous
            && !wf_veil_forget(flow->call, &like, &none, false, err))
            return false;
    }
    return true;
}

bool wf_wanted_leave(struct wf_flow *flow, const struct wf_doc *doc,
                     weft_error *err)
{
    struct wf_errands errands;
    int64_t round;

    if (doc->step->wanted->no_wait)
        return true;
    if (!wf_errand_round(flow, doc->id, doc->step->id, &round, err)
        || !wf_errands_load(flow, doc->id, doc->step->id, round, &errands, err))
        return false;
    for (size_t i = 0; i < errands.n; i++) {
        const struct wf_errand *errand = &errands.at[i];

        if (errand->state != WF_ERRAND_OPEN)
            continue;
        if (!wf_errand_set(flow, errand->document, WF_ERRAND_DROPPED, err)
            || !wf_wanted_drop(flow, errand->document, "unwanted", err))
            return false;
    }
    return forget(flow, doc, round, err)
           && (!doc->step->wanted->within.n
               || wf_timers_cancel_step(flow, doc->id, doc->step->id, err));
}

/* --- Going on */

void wf_wanted_ended(struct wf_flow *flow, wf_id document)
{
    *WF_PUSH(flow->call->arena, &flow->ended) = document;
}

/* Where the one that asks goes now; *to NULL: it waits on. */
static bool way_on(struct wf_flow *flow, struct wf_doc *doc,
                   const struct wf_errand *errand, const struct wf_step **to,
                   weft_error *err)
{
    struct wf_errand_count n;

    *to = NULL;
    if (doc->step->kind == WF_STEP_COLLECT)
        return wf_collect_answered(flow, doc, errand->round, to, err);
    if (!wf_errands_count(flow, errand, &n, err))
        return false;
    if (n.open > 0)
        return true;
    *to = doc->step->wanted->next;
    return wf_step_note(flow, doc, "close", NULL, "all", err);
}

/* An answer for a step that the one who asked has left is nobody's. */
static bool is_waiting(struct wf_doc *doc, const struct wf_errand *errand)
{
    return doc && doc->state == WF_OPEN
           && wf_lane_look_at_step(doc, errand->step)
           && !doc->step->wanted->no_wait;
}

static bool answer(struct wf_flow *flow, const struct wf_errand *errand,
                   weft_error *err)
{
    const struct wf_step *to;
    struct wf_doc *doc;

    if (!wf_errand_set(flow, errand->document, WF_ERRAND_IN, err))
        return false;
    doc = flow->hand && flow->hand->id == errand->parent ? flow->hand : NULL;
    if (!doc && !wf_doc_load(flow->call, errand->parent, &doc, err))
        return false;
    if (!is_waiting(doc, errand))
        return true;
    if (!way_on(flow, doc, errand, &to, err)
        || (to && !wf_step_finish(flow, doc, to, err)))
        return false;
    wf_lane_look(doc, NULL);
    return true;
}

/* The engine goes on by itself, whoever gave the last answer. */
static bool answer_as_engine(struct wf_flow *flow,
                             const struct wf_errand *errand, weft_error *err)
{
    struct wf_call *call = flow->call;
    const struct wf_person *me = call->me;
    bool system = call->system;
    bool done;

    call->me = NULL;
    call->system = true;
    done = answer(flow, errand, err);
    call->me = me;
    call->system = system;
    return done;
}

bool wf_wanted_settle(struct wf_flow *flow, struct wf_doc *hand,
                      weft_error *err)
{
    if (flow->busy > 0)
        return true;
    flow->hand = hand;
    for (size_t i = 0; i < flow->ended.n; i++) {
        struct wf_errand errand;
        bool found;

        if (!wf_errand_find(flow, flow->ended.at[i], &errand, &found, err))
            return false;
        if (found && errand.state == WF_ERRAND_OPEN
            && !answer_as_engine(flow, &errand, err))
            return false;
    }
    flow->ended.n = 0;
    flow->hand = NULL;
    return true;
}
