/* flow/verb_cc.c - cc: sends a copy, which gives the right to read.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/messages.h"
#include "doc/cc.h"
#include "flow/notification.h"
#include "flow/verb.h"

bool wf_may_cc(struct wf_deed *deed, weft_error *err)
{
    return wf_deed_takes_part(deed)
           || wf_fail(err, WEFT_E_DENIED,
                      "Only who has a part in it can send copies.");
}

static bool tell(struct wf_deed *deed, wf_id id, weft_error *err)
{
    struct wf_call *call = deed->flow->call;
    struct wf_told told = { .person = id,
                            .document = deed->doc->id,
                            .matter = WF_MATTER_COPY };
    struct wf_hearer hearer;

    if (!wf_hearer_find(call, deed->doc, id, &hearer, err))
        return false;
    if (!hearer.person)
        return true;
    told.text = wf_arena_printf(
        call->arena, wf_message(hearer.lang, "%s has sent you a copy: %s"),
        call->me->name, hearer.title);
    return wf_notification_add(call, &told, err);
}

/* Persons are told; a whole unit finds it among its copies. */
bool wf_verb_cc(struct wf_deed *deed, weft_error *err)
{
    struct wf_call *call = deed->flow->call;
    bool is_new;

    for (size_t i = 0; i < deed->people.n; i++)
        if (!wf_cc_add(call, deed->doc->id, deed->people.at[i], 0, &is_new, err)
            || (is_new && !tell(deed, deed->people.at[i], err)))
            return false;
    for (size_t i = 0; i < deed->units.n; i++)
        if (!wf_cc_add(call, deed->doc->id, 0, deed->units.at[i], &is_new, err))
            return false;
    return true;
}
