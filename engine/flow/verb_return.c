/* flow/verb_return.c - return: one person's act, outside the vote, back to an
 * earlier level or to the step of the submit.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "flow/approval.h"
#include "flow/level.h"
#include "flow/notification.h"
#include "flow/parallel.h"
#include "flow/verb.h"

/* Whether the approval has a level of this name: one that was asked may have
 * gone with an earlier version. */
static bool is_there(const struct wf_doc *doc, const char *level)
{
    struct wf_level_turn turn;

    return wf_level_turn_find(doc->step, level, &turn);
}

/* The name of the level that was decided last before the present one. */
static const char *level_before(const struct wf_doc *doc,
                                const struct wf_seats *walk)
{
    const char *name = NULL;

    for (size_t i = 0; i < walk->n; i++)
        if (!wf_streq(walk->at[i].level, doc->level)
            && is_there(doc, walk->at[i].level))
            name = walk->at[i].level;
    return name;
}

static bool was_asked(const struct wf_doc *doc, const struct wf_seats *walk,
                      const char *level)
{
    for (size_t i = 0; i < walk->n; i++)
        if (wf_streq(walk->at[i].level, level))
            return is_there(doc, level);
    return false;
}

static bool may_return_to(const struct wf_deed *deed, const char *wish)
{
    const struct wf_doc *doc = deed->doc;
    enum wf_return allowed = deed->level->returns;

    return allowed != WF_RETURN_START && !wf_streq(wish, doc->level)
           && (allowed == WF_RETURN_ANY
                   ? was_asked(doc, &deed->walk, wish)
                   : wf_streq(wish, level_before(doc, &deed->walk)));
}

static bool may_return_to_start(const struct wf_deed *deed)
{
    return deed->level->returns != WF_RETURN_PREVIOUS
           || !level_before(deed->doc, &deed->walk);
}

/* The places that it can be returned to, by commas. */
static const char *places(const struct wf_deed *deed)
{
    struct wf_buf out = WF_BUF_INIT(deed->flow->call->arena);
    const char *from = wf_approval_kept(deed->doc, "from"), *last = NULL;

    if (from && may_return_to_start(deed))
        wf_buf_printf(&out, "%s", from);
    for (size_t i = 0; i < deed->walk.n; i++) {
        const char *level = deed->walk.at[i].level;

        if (!level || wf_streq(level, last) || !may_return_to(deed, level))
            continue;
        wf_buf_printf(&out, "%s%s", out.len ? ", " : "", level);
        last = level;
    }
    return wf_buf_text(&out);
}

/* Where it leads: *level of this approval, else the step deed->to. */
static bool find_place(struct wf_deed *deed, const char **level,
                       weft_error *err)
{
    const struct wf_doc *doc = deed->doc;
    enum wf_return allowed = deed->level->returns;
    const char *from = wf_approval_kept(doc, "from");
    const char *wish = deed->act->to;
    const char *previous = level_before(doc, &deed->walk);

    *level = NULL;
    if (!wish)
        wish = allowed != WF_RETURN_START && previous ? previous : from;
    if (may_return_to(deed, wish))
        *level = wish;
    else if (wf_streq(wish, from) && may_return_to_start(deed))
        deed->to = wf_form_step(doc->form, from);
    if (*level || deed->to)
        return true;
    return wf_fail(err, WEFT_E_INVALID,
                   "It cannot be returned to \"%s\" from here, only to: %s.",
                   wish ? wish : "", places(deed));
}

/* Back to a level that was asked before: with "here" this level goes on after
 * it, with "again" a new walk begins there. */
static bool return_to_level(struct wf_deed *deed, const char *level,
                            weft_error *err)
{
    if (!wf_seats_close(deed->flow, deed->doc, err))
        return false;
    if (deed->level->resume == WF_RESUME_AGAIN)
        deed->doc->walk++;
    return wf_approval_ask_again(deed->flow, deed->doc, level, WF_RETURNED_TO,
                                 &deed->to, err);
}

bool wf_verb_return(struct wf_deed *deed, weft_error *err)
{
    const char *level;

    if (!find_place(deed, &level, err))
        return false;
    if (deed->level->resume == WF_RESUME_HERE)
        wf_approval_keep(deed->flow, deed->doc, "resume", deed->doc->level);
    if (deed->level->resume == WF_RESUME_HERE && !level)
        wf_parallel_stay_here(deed->flow, deed->doc, deed->to);
    if (!level)
        return wf_notification_returned(deed->flow->call, deed->doc, err);
    return return_to_level(deed, level, err);
}
