/* def/check_flow.c - whether every step is reached and reaches an end, and
 * whether every level can be held and decided.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/buf.h"
#include "base/messages.h"
#include "base/str.h"
#include "def/check.h"
#include "def/ways.h"

/* --- Ways */

static void check_ways(struct wf_load *load)
{
    const struct wf_ways *ways = wf_ways_of(load);

    for (size_t i = 0; i < load->steps.n; i++) {
        const struct wf_step_at *at = &load->steps.at[i];

        if (at->step->void_)
            continue; /* the engine itself may lead there */
        if (!wf_ways_reach(ways, load->form->start, at->step))
            wf_diag_at(load->diags, at->elem->place, "unreached",
                       "no way leads from the start to step \"%s\"; lead one "
                       "there by to=\"%s\", or remove it",
                       at->step->id, at->step->id);
        else if (!wf_ways_end(ways, at->step))
            wf_diag_at(load->diags, at->elem->place, "endless",
                       "no way leads from step \"%s\" to an <end>",
                       at->step->id);
    }
}

static void check_start(struct wf_load *load)
{
    const struct wf_step *start = load->form->start;
    const struct wf_elem *workflow = load->root->first;

    while (workflow && !wf_elem_is(workflow, "workflow"))
        workflow = workflow->next;
    if (workflow && start && start->kind == WF_STEP_END)
        wf_diag_at(load->diags, wf_place_of(workflow, "start"), "type",
                   "the start may not be an <end>");
}

/* --- Branches: they must lead somewhere, whatever holds */

static void check_branch(struct wf_load *load, const struct wf_step_at *at)
{
    const struct wf_go *otherwise = NULL;

    for (const struct wf_go *go = at->step->goes; go; go = go->next) {
        if (otherwise) {
            wf_diag_at(load->diags, go->place, "unreached",
                       "this <go> comes after one without when=\"…\", which "
                       "always holds");
            return;
        }
        if (!go->when)
            otherwise = go;
    }
    for (const struct wf_elem *kid = at->elem->first; kid; kid = kid->next)
        if (wf_elem_is(kid, "go") && !wf_elem_attr(kid, "when"))
            return;
    wf_diag_at(load->diags, at->elem->place, "required",
               "branch \"%s\" needs a last <go to=\"…\"/> without when, for "
               "when nothing holds",
               at->step->id);
}

/* --- Time */

static void check_timeout(struct wf_load *load, const struct wf_elem *elem,
                          bool is_reached)
{
    if (wf_elem_attr(elem, "timeout") && !is_reached)
        wf_diag_at(load->diags, wf_place_of(elem, "timeout"), "required",
                   "timeout=\"%s\" is never reached; add within=\"…\"",
                   wf_elem_get(elem, "timeout"));
}

/* Whether `elem` itself, or one in it, says until when. */
static bool says_when(const struct wf_elem *elem)
{
    bool says = wf_elem_attr(elem, "within") || wf_elem_attr(elem, "due");

    for (const struct wf_elem *kid = elem->first; kid; kid = kid->next)
        says = says || wf_elem_attr(kid, "within");
    return says;
}

static void check_wait(struct wf_load *load, const struct wf_step_at *at)
{
    if (!wf_elem_attr(at->elem, "until") && !wf_elem_attr(at->elem, "signal"))
        wf_diag_at(load->diags, at->elem->place, "required",
                   "what does \"%s\" wait for? Write until=\"…\", a time, or "
                   "signal=\"…\", or both for whichever comes first",
                   at->step->id);
}

/* --- Levels */

static void check_nobody(struct wf_load *load, const struct wf_level_at *at)
{
    if (at->level->nobody == WF_NOBODY_UNSET
        && !wf_elem_attr(at->elem, "nobody")
        && !wf_elem_attr(at->elem->parent, "nobody"))
        wf_diag_at(load->diags, at->elem->place, "required",
                   "what if nobody is found for level \"%s\"? Write "
                   "nobody=\"skip|manager|admin|fail|person(…)\" here, on the "
                   "approval or in the package's <policy>",
                   at->level->id);
}

static bool same_people(const struct wf_load *load, const struct wf_who *a,
                        const struct wf_who *b)
{
    struct wf_buf left = WF_BUF_INIT(load->scratch);
    struct wf_buf right = WF_BUF_INIT(load->scratch);

    wf_who_write(&left, a);
    wf_who_write(&right, b);
    return wf_streq(wf_buf_text(&left), wf_buf_text(&right));
}

/* "X except X" and "X except everyone" are nobody, whoever there is. */
static bool is_nobody(const struct wf_load *load, const struct wf_who *who)
{
    if (who->kind == WF_WHO_AND)
        return is_nobody(load, who->left) || is_nobody(load, who->right);
    return who->kind == WF_WHO_EXCEPT
           && (who->right->kind == WF_WHO_EVERYONE
               || same_people(load, who->left, who->right));
}

static void check_people(struct wf_load *load, const struct wf_who *who,
                         const struct wf_elem *elem, const char *attr)
{
    if (who && is_nobody(load, who))
        wf_diag_at(load->diags, wf_place_of(elem, attr), "nobody",
                   "%s=\"%s\" is always nobody", attr, wf_elem_get(elem, attr));
}

static size_t count_levels(const struct wf_step *approval)
{
    size_t n = 0;

    for (const struct wf_level *at = approval->levels; at; at = at->next)
        n += at->climb ? (size_t)at->climb_levels : 1;
    return n;
}

static void check_max_levels(struct wf_load *load, const struct wf_step_at *at)
{
    int own = at->step->max_levels;
    int policy = load->package->policy.max_levels;
    size_t n = count_levels(at->step);

    if (own && policy && own > policy)
        wf_diag_at(load->diags, wf_place_of(at->elem, "max-levels"), "limit",
                   "max-levels=\"%d\" is more than the package's policy "
                   "allows: %d",
                   own, policy);
    if (policy && (!own || own > policy))
        own = policy;
    if (own && n > (size_t)own)
        wf_diag_at(load->diags, at->elem->place, "limit",
                   "approval \"%s\" has %zu levels, but max-levels is %d; "
                   "leave some out",
                   at->step->id, n, own);
}

static void check_fast_tracks(struct wf_load *load, const struct wf_step *step)
{
    for (const struct wf_fast_track *at = step->fast_tracks; at; at = at->next)
        for (const char **id = at->levels; *id; id++) {
            struct wf_suggest guess = WF_SUGGEST_INIT(*id);

            if (wf_step_level(step, *id))
                continue;
            for (const struct wf_level *level = step->levels; level;
                 level = level->next)
                wf_suggest_offer(&guess, level->id);
            wf_load_unknown(load, at->place, WF_MESSAGE("level"), &guess);
        }
}

static void check_approval(struct wf_load *load, const struct wf_step_at *at)
{
    if (!at->step->levels)
        wf_diag_at(load->diags, at->elem->place, "required",
                   "approval \"%s\" needs at least one <level> or <climb>",
                   at->step->id);
    check_timeout(load, at->elem, says_when(at->elem));
    check_max_levels(load, at);
    check_fast_tracks(load, at->step);
}

/* Who is never asked is never late. */
static void check_asks(struct wf_load *load, const struct wf_step_at *at)
{
    static const char *const times[] = { "within", "due", "remind", "timeout" };

    if (!at->step->deadline.asks_never)
        return;
    for (size_t i = 0; i < WF_COUNT(times); i++)
        if (wf_elem_attr(at->elem, times[i]))
            wf_diag_at(load->diags, wf_place_of(at->elem, times[i]), "time",
                       "step \"%s\" asks nobody (asks=\"never\"), so nobody is "
                       "late there: leave out %s, or say from when it asks",
                       at->step->id, times[i]);
}

static void check_work(struct wf_load *load, const struct wf_step_at *at)
{
    check_people(load, at->step->by, at->elem, "by");
    check_timeout(load, at->elem, says_when(at->elem));
    check_asks(load, at);
    if (wf_elem_attr(at->elem, "within") && wf_elem_attr(at->elem, "due"))
        wf_diag_at(load->diags, wf_place_of(at->elem, "due"), "duplicate",
                   "step \"%s\" has within and due; one of them says until "
                   "when",
                   at->step->id);
    for (const struct wf_elem *kid = at->elem->first; kid; kid = kid->next)
        if (wf_elem_is(kid, "action") && wf_elem_get(kid, "id")) {
            const struct wf_action *action =
                wf_step_action(at->step, wf_elem_get(kid, "id"));

            check_people(load, action ? action->by : NULL, kid, "by");
        }
}

/* Whether the level is called like the n-th of a climb. */
static bool is_of_climb(const struct wf_level *climb, const char *id)
{
    size_t len = strlen(climb->id);
    int64_t n;

    return climb->climb && wf_str_starts(id, climb->id) && id[len] == '-'
           && wf_str_to_int(wf_str_of(id + len + 1), &n) && n >= 1
           && n <= climb->climb_levels;
}

static void check_level_name(struct wf_load *load, const struct wf_level_at *at)
{
    for (const struct wf_level *l = at->approval->levels; l; l = l->next)
        if (l != at->level && is_of_climb(l, at->level->id))
            wf_diag_at(load->diags, wf_place_of(at->elem, "id"), "duplicate",
                       "there is a level \"%s\" already, in line %d; give "
                       "each an id of its own",
                       at->level->id, l->place.line);
}

void wf_check_flow(struct wf_load *load)
{
    for (size_t i = 0; i < load->steps.n; i++) {
        const struct wf_step_at *at = &load->steps.at[i];

        if (at->step->kind == WF_STEP_BRANCH)
            check_branch(load, at);
        else if (at->step->kind == WF_STEP_WAIT)
            check_wait(load, at);
        else if (at->step->kind == WF_STEP_APPROVAL)
            check_approval(load, at);
        else if (at->step->kind == WF_STEP_WORK)
            check_work(load, at);
    }
    for (size_t i = 0; i < load->levels.n; i++) {
        const struct wf_level_at *at = &load->levels.at[i];

        check_nobody(load, at);
        check_level_name(load, at);
        check_timeout(load, at->elem,
                      says_when(at->elem)
                          || wf_elem_attr(at->elem->parent, "within"));
        check_people(load, at->level->by, at->elem,
                     at->level->climb ? "from" : "by");
    }
    wf_check_parallels(load);
    check_start(load);
    if (load->form->start && !load->steps_broken)
        check_ways(load);
}
