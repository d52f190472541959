/* flow/level.c - who a level asks: conditions, the fast track, climbs, nobody,
 * oneself, and the same person again.
 *
 * Source: docs/definition-language.md, "Workflow" and "Fine print".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/level.h"

#include <stdlib.h>
#include <string.h>

#include "flow/ask.h"
#include "flow/verb.h"

/* An inactive manager is stepped over; a line longer than this is a mistake
 * that imports refuse. */
enum {
    LINE_MAX_STEPS = 200
};

bool wf_walk_begin(struct wf_walk *walk, struct wf_flow *flow,
                   const struct wf_doc *doc, const struct wf_step *step,
                   wf_id submitter, weft_error *err)
{
    *walk = (struct wf_walk){ flow, doc, step, submitter, { 0 }, { 0 }, NULL };
    for (const struct wf_fast_track *fast = step->fast_tracks; fast;
         fast = fast->next) {
        bool holds;

        if (!wf_ask_holds(flow, doc, fast->when, NULL, &holds, err))
            return false;
        if (holds) {
            walk->fast = fast;
            return true;
        }
    }
    return true;
}

static bool fast_track_has(const struct wf_fast_track *fast, const char *id)
{
    for (const char **level = fast->levels; *level; level++)
        if (wf_streq(*level, id))
            return true;
    return false;
}

/* --- Climbing the management line */

/* The n-th active manager above `person`; NULL past the top. */
static bool manager_above(struct wf_call *call, wf_id person, int n,
                          const struct wf_person **out, weft_error *err)
{
    const struct wf_person *at;

    *out = NULL;
    if (!wf_person_find(call, person, &at, err))
        return false;
    for (int i = 0; at && n > 0 && i < LINE_MAX_STEPS; i++) {
        if (!at->manager) {
            at = NULL;
            break;
        }
        if (!wf_person_find(call, at->manager, &at, err))
            return false;
        if (at && at->active)
            n--;
    }
    *out = n > 0 ? NULL : at;
    return true;
}

/* The approver of turn `turn->climb`; none once the line or `until` ended it.
 */
static bool climb_people(struct wf_walk *walk, struct wf_level_turn *turn,
                         weft_error *err)
{
    struct wf_flow *flow = walk->flow;
    struct wf_who_list from;
    const struct wf_person *approver = NULL;

    if (!wf_ask_people(flow, walk->doc, turn->level->by, &from, err))
        return false;
    for (int i = 1; from.n > 0 && i <= turn->climb; i++) {
        bool ends = false;

        if (approver && turn->level->climb_until
            && !wf_ask_holds(flow, walk->doc, turn->level->climb_until,
                             approver, &ends, err))
            return false;
        if (ends)
            return true;
        if (!manager_above(flow->call, from.at[0], i, &approver, err))
            return false;
        if (!approver)
            return true;
    }
    if (approver)
        wf_who_list_add(flow->call->arena, &turn->people, approver->id);
    return true;
}

/* --- Whose own it is */

/* Whoever is named only as the heir of somebody who has left does not decide
 * about what is their own. */
static bool leave_out_heirs(struct wf_walk *walk, const struct wf_who *who,
                            struct wf_who_list *people, weft_error *err)
{
    for (size_t i = people->n; i-- > 0;) {
        wf_id person = people->at[i];
        bool named;

        if (person != walk->submitter && !wf_is_own(walk->doc, person))
            continue;
        if (!wf_ask_means(walk->flow, walk->doc, who, person, &named, err))
            return false;
        if (!named)
            wf_who_list_remove(people, person);
    }
    return true;
}

static bool named(struct wf_walk *walk, const struct wf_who *who,
                  struct wf_who_list *out, weft_error *err)
{
    return wf_ask_people(walk->flow, walk->doc, who, out, err)
           && leave_out_heirs(walk, who, out, err);
}

/* --- Nobody found */

static bool submitters_manager(struct wf_walk *walk, struct wf_who_list *out,
                               weft_error *err)
{
    wf_id about = walk->doc->subject ? walk->doc->subject : walk->submitter;
    const struct wf_person *manager;

    if (!manager_above(walk->flow->call, about, 1, &manager, err))
        return false;
    if (manager)
        wf_who_list_add(walk->flow->call->arena, out, manager->id);
    return true;
}

/* Whoever submits does not stand in for nobody: that would be a level that
 * nobody has seen. */
static bool only_others(struct wf_walk *walk, struct wf_level_turn *turn)
{
    if (turn->level->self != WF_SELF_ASK)
        wf_who_list_remove(&turn->people, walk->submitter);
    return turn->people.n > 0;
}

bool wf_walk_instead(struct wf_walk *walk, struct wf_level_turn *turn,
                     weft_error *err)
{
    static const struct wf_who admin = { .kind = WF_WHO_ROLE, .name = "admin" };
    const struct wf_level *level = turn->level;

    if (level->nobody == WF_NOBODY_SKIP) {
        turn->skipped = "nobody";
        return true;
    }
    turn->instead = "nobody";
    turn->source = "manager";
    if (level->nobody == WF_NOBODY_MANAGER
        && !submitters_manager(walk, &turn->people, err))
        return false;
    if (level->nobody == WF_NOBODY_PERSON) {
        turn->source = "person";
        if (!named(walk, level->nobody_person, &turn->people, err))
            return false;
    }
    if (only_others(walk, turn))
        return true;
    turn->source = "admin";
    if (!named(walk, &admin, &turn->people, err))
        return false;
    (void)only_others(walk, turn);
    return true;
}

/* --- Oneself, and the same person again */

/* A manager who is not there is nobody. Of a climb, its first turn was asked:
 * no more than the submitter is left out. */
static bool spare_the_submitter(struct wf_walk *walk,
                                struct wf_level_turn *turn, weft_error *err)
{
    const struct wf_person *manager = NULL;

    if (turn->level->self == WF_SELF_ASK
        || !wf_who_list_has(&turn->people, walk->submitter))
        return true;
    wf_who_list_remove(&turn->people, walk->submitter);
    if (turn->level->self == WF_SELF_MANAGER
        && !manager_above(walk->flow->call, walk->submitter, 1, &manager, err))
        return false;
    if (manager) {
        wf_who_list_add(walk->flow->call->arena, &turn->people, manager->id);
        turn->instead = "self";
    }
    if (turn->people.n == 0
        && (turn->level->self == WF_SELF_SKIP || turn->climb > 1))
        turn->skipped = "self";
    return true;
}

static void note_repeats(struct wf_walk *walk, struct wf_level_turn *turn)
{
    const struct wf_who_list *known = &walk->approved;

    if (turn->level->repeat == WF_REPEAT_ASK)
        return;
    if (turn->level->repeat == WF_REPEAT_ADJACENT)
        known = &walk->before;
    for (size_t i = 0; i < turn->people.n; i++)
        if (wf_who_list_has(known, turn->people.at[i]))
            wf_who_list_add(walk->flow->call->arena, &turn->again,
                            turn->people.at[i]);
}

/* --- Walking */

static bool resolve(struct wf_walk *walk, struct wf_level_turn *turn,
                    weft_error *err)
{
    bool holds;

    turn->source = "rule";
    if (walk->fast && !fast_track_has(walk->fast, turn->level->id)) {
        turn->skipped = "fast-track";
        return true;
    }
    if (!wf_ask_holds(walk->flow, walk->doc, turn->level->when, NULL, &holds,
                      err))
        return false;
    if (!holds) {
        turn->skipped = "when";
        return true;
    }
    if (turn->climb ? !climb_people(walk, turn, err)
                    : !named(walk, turn->level->by, &turn->people, err))
        return false;
    if (!spare_the_submitter(walk, turn, err))
        return false;
    if (turn->people.n == 0 && !turn->skipped && turn->climb <= 1
        && turn->level->nobody != WF_NOBODY_FAIL
        && !wf_walk_instead(walk, turn, err))
        return false;
    if (!turn->skipped)
        note_repeats(walk, turn);
    return true;
}

static void name_turn(struct wf_walk *walk, struct wf_level_turn *turn)
{
    turn->name = turn->level->id;
    if (turn->climb)
        turn->name = wf_arena_printf(walk->flow->call->arena, "%s-%d",
                                     turn->level->id, turn->climb);
}

static void step_on(struct wf_walk *walk, struct wf_level_turn *turn)
{
    const struct wf_level *level = turn->level;
    int climb = turn->climb;

    if (level && climb && climb < level->climb_levels) {
        climb++;
    } else {
        level = level ? level->next : walk->step->levels;
        climb = level && level->climb ? 1 : 0;
    }
    *turn = (struct wf_level_turn){ .level = level, .climb = climb };
}

bool wf_walk_next(struct wf_walk *walk, struct wf_level_turn *turn,
                  weft_error *err)
{
    for (;;) {
        step_on(walk, turn);
        if (!turn->level)
            return true;
        name_turn(walk, turn);
        if (!resolve(walk, turn, err))
            return false;
        /* A climb that has ended has no further turns: not skipped, absent. */
        if (turn->people.n > 0 || turn->skipped || turn->climb <= 1)
            return true;
        turn->climb = turn->level->climb_levels;
    }
}

bool wf_level_turn_find(const struct wf_step *step, const char *name,
                        struct wf_level_turn *out)
{
    for (const struct wf_level *level = step->levels; name && level;
         level = level->next) {
        size_t len = strlen(level->id);
        int climb = 0;

        if (level->climb && wf_str_starts(name, level->id) && name[len] == '-')
            climb = (int)strtol(name + len + 1, NULL, 10);
        if (climb > 0 || (!level->climb && wf_streq(level->id, name))) {
            *out = (struct wf_level_turn){ .level = level,
                                           .climb = climb,
                                           .name = name };
            return true;
        }
    }
    return false;
}

const char *wf_level_turn_label(const struct wf_level_turn *turn,
                                struct wf_call *call)
{
    const char *label =
        wf_words_label(turn->level->words, call->lang, turn->level->id);

    if (!turn->climb)
        return label;
    return wf_arena_printf(call->arena, "%s %d", label, turn->climb);
}
