/* def/verbs.c - the verbs that every work item has, and which of them a level
 * lets be taken.
 *
 * Source: docs/verbs.md.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/verbs.h"

#include "base/str.h"
#include "def/workflow.h"

static const char *const verbs[] = {
    "approve",      "reject",          "return",   "transfer", "delegate",
    "add-approver", "remove-approver", "withdraw", "urge",     "cc",
    "comment",      "attach",          "reopen",   "appeal",   NULL,
};

/* What allow="…" speaks of. The rest stands unless it is denied: how they
 * decide is the level's own, and a submitter's withdrawal, a reminder or a word
 * are no matter of whom it asks. */
static const unsigned handing_on = WF_VERB_TRANSFER | WF_VERB_DELEGATE
                                   | WF_VERB_ADD | WF_VERB_REMOVE | WF_VERB_CC
                                   | WF_VERB_ATTACH;

const char *wf_verb_at(size_t i)
{
    return verbs[i];
}

unsigned wf_verb_bit(const char *name)
{
    for (unsigned i = 0; verbs[i]; i++)
        if (wf_streq(verbs[i], name))
            return 1U << i;
    return 0;
}

bool wf_level_allows(const struct wf_level *level, unsigned verb)
{
    unsigned allow = level->allow;

    if (allow & WF_VERB_ADD) /* who adds may take back */
        allow |= WF_VERB_REMOVE;
    if (level->deny & verb)
        return false;
    if (verb == WF_VERB_RETURN)
        return level->returns != WF_RETURN_NONE;
    return !allow || (allow & verb) || !(handing_on & verb);
}
