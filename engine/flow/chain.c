/* flow/chain.c - the chain of people: before it begins, while it runs, and
 * after it has ended.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "doc/doc_lane.h"
#include "doc/shape.h"
#include "flow/approval.h"
#include "flow/ask.h"
#include "flow/level.h"
#include "flow/settle.h"
#include "flow/trial.h"

/* The preview follows at most so many steps: a form may go in circles. */
enum {
    STEPS_MAX = 100
};

/* --- One entry of the chain */

static bool write_people(struct wf_call *call, const struct wf_who_list *people,
                         struct wf_json_writer *out, weft_error *err)
{
    wf_jw_key(out, "people");
    wf_jw_open(out, '[');
    if (!wf_people_load(call, people->at, people->n, err))
        return false;
    for (size_t i = 0; i < people->n; i++) {
        const struct wf_person *person;

        if (!wf_person_find(call, people->at[i], &person, err))
            return false;
        if (person)
            wf_person_json(person, out);
    }
    wf_jw_close(out, ']');
    return true;
}

static bool write_turn(struct wf_call *call, const struct wf_step *step,
                       const struct wf_level_turn *turn,
                       struct wf_json_writer *out, weft_error *err)
{
    wf_jw_open(out, '{');
    wf_jw_key_text(out, "step", step->id);
    wf_jw_key_text_or_null(out, "level", turn->name);
    wf_jw_key_text_or_null(out, "lane", step->lane ? step->lane->id : NULL);
    wf_jw_key_text_or_null(out, "lane_label",
                           step->lane ? wf_words_label(
                               step->lane->words, call->lang, step->lane->id)
                                      : NULL);
    wf_jw_key_text(out, "label",
                   turn->level
                       ? wf_level_turn_label(turn, call)
                       : wf_words_label(step->words, call->lang, step->id));
    if (!write_people(call, &turn->people, out, err))
        return false;
    wf_jw_key_text_or_null(out, "skipped", turn->skipped);
    return true; /* the caller adds to it, and closes */
}

/* --- What would come: guessing that whoever is asked approves */

static void assume_approved(struct wf_walk *walk,
                            const struct wf_level_turn *turn)
{
    bool certain = turn->people.n == 1 || turn->level->agree == WF_AGREE_ALL;

    walk->before.n = 0;
    for (size_t i = 0; certain && i < turn->people.n; i++) {
        wf_who_list_add(walk->flow->call->arena, &walk->approved,
                        turn->people.at[i]);
        wf_who_list_add(walk->flow->call->arena, &walk->before,
                        turn->people.at[i]);
    }
}

/* Everyone asked has approved already: the level will be passed over. */
static void foresee_repeat(struct wf_level_turn *turn)
{
    bool any = turn->level->agree == WF_AGREE_ANY && turn->again.n > 0;

    if (!turn->skipped && turn->people.n > 0
        && (any || turn->again.n == turn->people.n))
        turn->skipped = "repeat";
}

static bool write_levels(struct wf_walk *walk, struct wf_level_turn *turn,
                         struct wf_json_writer *out, weft_error *err)
{
    for (;;) {
        if (!wf_walk_next(walk, turn, err))
            return false;
        if (!turn->level)
            return true;
        foresee_repeat(turn);
        if (!write_turn(walk->flow->call, walk->step, turn, out, err))
            return false;
        wf_jw_close(out, '}');
        if (!turn->skipped)
            assume_approved(walk, turn);
    }
}

static bool write_approval(struct wf_flow *flow, const struct wf_doc *doc,
                           const struct wf_step *step, wf_id submitter,
                           struct wf_json_writer *out, weft_error *err)
{
    struct wf_walk walk;
    struct wf_level_turn turn = { .level = NULL };

    return wf_walk_begin(&walk, flow, doc, step, submitter, err)
           && write_levels(&walk, &turn, out, err);
}

/* The way that things take when nothing is refused: of a branch the first that
 * holds, of an approval `approved`, of a step its first action that leads on,
 * of lanes what is behind their join. NULL: the end. */
static bool next_step(struct wf_flow *flow, const struct wf_doc *doc,
                      const struct wf_step *step, const struct wf_step **next,
                      weft_error *err)
{
    *next = step->approved ? step->approved : step->then;
    if (step->wanted)
        *next = step->wanted->next;
    for (const struct wf_go *go = step->goes; go && !*next; go = go->next) {
        bool holds;

        if (!wf_ask_holds(flow, doc, go->when, NULL, &holds, err))
            return false;
        if (holds)
            *next = go->to;
    }
    for (const struct wf_action *action = step->actions; action && !*next;
         action = action->next) {
        bool holds = false;

        if (action->to
            && !wf_ask_holds(flow, doc, action->when, NULL, &holds, err))
            return false;
        if (holds)
            *next = action->to;
    }
    return true;
}

static bool was_passed(const struct wf_step **passed, size_t n,
                       const struct wf_step *step)
{
    for (size_t i = 0; i < n; i++)
        if (passed[i] == step)
            return true;
    return false;
}

/* The approvals from `step` on, until an end, the end of its lane, or a step
 * that was there before. */
static bool write_from(struct wf_flow *flow, const struct wf_doc *doc,
                       const struct wf_step *step, wf_id submitter,
                       struct wf_json_writer *out, weft_error *err);

static bool write_lanes(struct wf_flow *flow, const struct wf_doc *doc,
                        const struct wf_step *parallel, wf_id submitter,
                        struct wf_json_writer *out, weft_error *err)
{
    for (const struct wf_lane *lane = parallel->lanes; lane; lane = lane->next)
        if (!write_from(flow, doc, lane->start, submitter, out, err))
            return false;
    return true;
}

static bool write_from(struct wf_flow *flow, const struct wf_doc *doc,
                       const struct wf_step *step, wf_id submitter,
                       struct wf_json_writer *out, weft_error *err)
{
    const struct wf_lane *lane = step ? step->lane : NULL;
    const struct wf_step *passed[STEPS_MAX];
    size_t n = 0;

    while (step && step->kind != WF_STEP_END && wf_lane_has(lane, step)
           && n < STEPS_MAX && !was_passed(passed, n, step)) {
        passed[n++] = step;
        if (step->kind == WF_STEP_PARALLEL
            && !write_lanes(flow, doc, step, submitter, out, err))
            return false;
        if (step->kind == WF_STEP_APPROVAL
            && !write_approval(flow, doc, step, submitter, out, err))
            return false;
        if (!next_step(flow, doc, step, &step, err))
            return false;
    }
    return true;
}

bool wf_flow_foresee(struct wf_flow *flow, const struct wf_doc *doc,
                     struct wf_json_writer *out, weft_error *err)
{
    wf_jw_open(out, '[');
    if (!write_from(flow, doc, doc->form->start, doc->creator, out, err))
        return false;
    wf_jw_close(out, ']');
    return true;
}

bool wf_flow_simulate(struct wf_flow *flow, const struct wf_form *form,
                      const struct wf_json *data, struct wf_json_writer *out,
                      weft_error *err)
{
    struct wf_call *call = flow->call;
    struct wf_doc *doc = wf_doc_new(call, form);

    doc->creator = call->me ? call->me->id : 0;
    doc->step = form->start;
    if (!wf_shape_defaults(call, doc, err)
        || !wf_settle_patch(flow, doc, data, NULL, NULL, err)
        || !wf_trial_defaults(flow, doc, data, err)
        || !wf_settle_values(flow, doc, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key(out, "chain");
    if (!wf_flow_foresee(flow, doc, out, err))
        return false;
    wf_jw_close(out, '}');
    return true;
}

/* --- What was, and who is next */

/* What is open and not asked yet waits for its time, since no moment. */
static void write_state(struct wf_call *call, const struct wf_seat *seat,
                        struct wf_json_writer *out)
{
    bool early =
        seat->state == WF_SEAT_OPEN && !wf_seat_is_asked(seat, call->now);

    wf_jw_key_text(out, "state",
                   wf_seat_state_name(early ? WF_SEAT_WAITING : seat->state));
    wf_jw_key_time(out, "since", early ? 0 : seat->made);
    wf_jw_key_time(out, "decided", seat->decided);
}

static bool write_seat(struct wf_call *call, const struct wf_seat *seat,
                       struct wf_json_writer *out, weft_error *err)
{
    const struct wf_person *person, *giver = NULL, *adder = NULL;

    if (!wf_person_find(call, seat->person, &person, err)
        || (seat->giver && !wf_person_find(call, seat->giver, &giver, err))
        || (seat->added_by
            && !wf_person_find(call, seat->added_by, &adder, err)))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key(out, "person");
    wf_person_json(person, out);
    wf_jw_key(out, "for");
    wf_person_json(giver, out);
    wf_jw_key(out, "added_by");
    wf_person_json(adder, out);
    wf_jw_key_text_or_null(out, "place", wf_tie_name(seat->tie));
    write_state(call, seat, out);
    wf_jw_close(out, '}');
    return true;
}

/* One entry for the seats of one level. */
static bool write_past(struct wf_call *call, const struct wf_doc *doc,
                       const struct wf_seats *seats, struct wf_json_writer *out,
                       weft_error *err)
{
    struct wf_level_turn turn = { .level = NULL };

    if (!wf_level_turn_find(doc->step, seats->at[0].level, &turn))
        turn.name = seats->at[0].level;
    for (size_t i = 0; i < seats->n; i++)
        wf_who_list_add(call->arena, &turn.people, seats->at[i].person);
    if (!write_turn(call, doc->step, &turn, out, err))
        return false;
    wf_jw_key(out, "seats");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < seats->n; i++)
        if (!write_seat(call, &seats->at[i], out, err))
            return false;
    wf_jw_close(out, ']');
    wf_jw_close(out, '}');
    return true;
}

static bool write_asked(struct wf_flow *flow, const struct wf_doc *doc,
                        const struct wf_seats *seats,
                        struct wf_json_writer *out, weft_error *err)
{
    struct wf_seats level = { seats->at, 0, 0 };

    for (size_t i = 0; i < seats->n; i++) {
        if (!wf_streq(seats->at[i].level, level.at[0].level)) {
            if (!write_past(flow->call, doc, &level, out, err))
                return false;
            level = (struct wf_seats){ &seats->at[i], 0, 0 };
        }
        level.n++;
    }
    return level.n == 0 || write_past(flow->call, doc, &level, out, err);
}

/* The levels after the present one, and the steps after the approval. */
static bool write_rest(struct wf_flow *flow, const struct wf_doc *doc,
                       const struct wf_seats *seats, struct wf_json_writer *out,
                       weft_error *err)
{
    const struct wf_step *next;
    struct wf_walk walk;
    struct wf_level_turn turn = { .level = NULL };

    if (doc->step->kind == WF_STEP_APPROVAL) {
        if (!wf_walk_begin(&walk, flow, doc, doc->step,
                           wf_approval_submitter(doc), err))
            return false;
        wf_approval_approvers(flow->call, seats, NULL, &walk.approved,
                              &walk.before);
        (void)wf_level_turn_find(doc->step, doc->level, &turn);
        if (!write_levels(&walk, &turn, out, err))
            return false;
    }
    if (!next_step(flow, doc, doc->step, &next, err))
        return false;
    if (next && doc->step->lane != next->lane)
        return true; /* its lane ends */
    return write_from(flow, doc, next, wf_approval_submitter(doc), out, err);
}

/* What was where the document stands, or a lane of it, and what would follow
 * there. */
static bool write_here(struct wf_flow *flow, struct wf_doc *doc, bool goes_on,
                       struct wf_json_writer *out, weft_error *err);

static bool write_lanes_here(struct wf_flow *flow, struct wf_doc *doc,
                             struct wf_json_writer *out, weft_error *err)
{
    const struct wf_step *parallel = doc->step;
    struct wf_doc_lane *around = doc->lane;

    for (const struct wf_lane *def = parallel->lanes; def; def = def->next) {
        struct wf_doc_lane *lane = wf_lane_find(doc, def);
        bool ok;

        if (!lane)
            continue;
        wf_lane_look(doc, lane);
        ok = write_here(flow, doc, lane->state == WF_LANE_OPEN, out, err);
        wf_lane_look(doc, around);
        if (!ok)
            return false;
    }
    return true;
}

static bool write_here(struct wf_flow *flow, struct wf_doc *doc, bool goes_on,
                       struct wf_json_writer *out, weft_error *err)
{
    struct wf_seats seats;

    if (doc->step->kind == WF_STEP_PARALLEL
        && !write_lanes_here(flow, doc, out, err))
        return false;
    return wf_seats_load(flow, doc, true, &seats, err)
           && (seats.n == 0 || write_asked(flow, doc, &seats, out, err))
           && (!goes_on || write_rest(flow, doc, &seats, out, err));
}

bool wf_flow_chain(struct wf_flow *flow, const struct wf_doc *doc,
                   struct wf_json_writer *out, weft_error *err)
{
    struct wf_doc copy = *doc; /* its lanes are looked at */

    wf_jw_open(out, '{');
    wf_jw_key(out, "chain");
    wf_jw_open(out, '[');
    if (!write_here(flow, &copy, doc->state == WF_OPEN, out, err))
        return false;
    wf_jw_close(out, ']');
    wf_jw_close(out, '}');
    return true;
}
