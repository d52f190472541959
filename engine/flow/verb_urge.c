/* flow/verb_urge.c - urge: reminds whoever is asked now, once an hour at most.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/messages.h"
#include "flow/approval.h"
#include "flow/notification.h"
#include "flow/verb.h"
#include "store/ground.h"

static const int64_t PAUSE_MS = INT64_C(3600000);

static bool is_somebody_else_asked(const struct wf_deed *deed)
{
    for (size_t i = 0; i < deed->seats.n; i++)
        if (deed->seats.at[i].state == WF_SEAT_OPEN
            && deed->seats.at[i].person != deed->flow->call->me->id)
            return true;
    return false;
}

/* When they were reminded last; 0: never. */
static int64_t last_urged(const struct wf_doc *doc)
{
    const char *text = wf_approval_kept(doc, "urged");
    int64_t at = 0;

    if (text)
        (void)wf_str_to_int(wf_str_of(text), &at);
    return at;
}

bool wf_may_urge(struct wf_deed *deed, weft_error *err)
{
    int64_t left = last_urged(deed->doc) + PAUSE_MS - deed->flow->call->now;

    if (!wf_deed_takes_part(deed))
        return wf_fail(err, WEFT_E_DENIED,
                       "Only who has a part in it can urge others.");
    if (!is_somebody_else_asked(deed))
        return wf_fail(err, WEFT_E_CONFLICT, "Nobody but you is asked now.");
    if (last_urged(deed->doc)) /* the answer changes with the clock */
        wf_db_rest_on(deed->flow->call->db, WF_GROUND_OTHER);
    if (left <= 0)
        return true;
    wf_fail(err, WEFT_E_LIMITED,
            "They have been reminded within the last hour.");
    err->retry_after_s = (int)((left + 999) / 1000);
    return false;
}

static bool remind(struct wf_deed *deed, wf_id id, weft_error *err)
{
    struct wf_call *call = deed->flow->call;
    struct wf_told told = { .person = id,
                            .document = deed->doc->id,
                            .matter = WF_MATTER_URGED };
    struct wf_hearer hearer;

    if (!wf_hearer_find(call, deed->doc, id, &hearer, err))
        return false;
    if (!hearer.person)
        return true;
    told.text = wf_arena_printf(
        call->arena, wf_message(hearer.lang, "%s asks you to look at: %s"),
        call->me->name, hearer.title);
    return wf_notification_add(call, &told, err);
}

bool wf_verb_urge(struct wf_deed *deed, weft_error *err)
{
    struct wf_flow *flow = deed->flow;

    wf_approval_keep(
        flow, deed->doc, "urged",
        wf_arena_printf(flow->call->arena, "%lld", (long long)flow->call->now));
    for (size_t i = 0; i < deed->seats.n; i++) {
        const struct wf_seat *seat = &deed->seats.at[i];

        if (seat->state == WF_SEAT_OPEN && seat->person != flow->call->me->id
            && !remind(deed, seat->person, err))
            return false;
    }
    return true;
}
