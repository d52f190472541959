/* flow/verb_return.c - return: one person's act, outside the vote, back to an
 * earlier level or to the step of the submit.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "flow/approval.h"
#include "flow/verb.h"

/* The name of the level that was decided last before the present one. */
static const char *level_before(const struct wf_doc *doc,
                                const struct wf_seats *walk)
{
    const char *name = NULL;

    for (size_t i = 0; i < walk->n; i++)
        if (!wf_streq(walk->at[i].level, doc->level))
            name = walk->at[i].level;
    return name;
}

static bool was_asked(const struct wf_seats *walk, const char *level)
{
    for (size_t i = 0; i < walk->n; i++)
        if (wf_streq(walk->at[i].level, level))
            return true;
    return false;
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
    if (allowed != WF_RETURN_START && !wf_streq(wish, doc->level)
        && (allowed == WF_RETURN_ANY ? was_asked(&deed->walk, wish)
                                     : wf_streq(wish, previous)))
        *level = wish;
    else if (wf_streq(wish, from)
             && (allowed != WF_RETURN_PREVIOUS || !previous))
        deed->to = wf_form_step(doc->form, from);
    if (*level || deed->to)
        return true;
    return wf_fail(err, WEFT_E_INVALID,
                   "It cannot be returned to \"%s\" from here.",
                   wish ? wish : "");
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
    return !level || return_to_level(deed, level, err);
}
