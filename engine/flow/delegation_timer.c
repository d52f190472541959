/* flow/delegation_timer.c - the days on which a delegation begins and ends.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/delegation_timer.h"

#include "base/date.h"
#include "base/list.h"
#include "flow/delegation_rows.h"

static const char KIND[] = "delegation";

struct zones {
    const char **at;
    size_t n, cap;
};

static void add_zone(struct wf_arena *arena, struct zones *zones,
                     const char *zone)
{
    for (size_t i = 0; i < zones->n; i++)
        if (wf_streq(zones->at[i], zone))
            return;
    *WF_PUSH(arena, zones) = zone;
}

/* The zones of all packages that have a form. */
static struct zones all_zones(struct wf_call *call)
{
    struct zones zones = { NULL, 0, 0 };
    const struct wf_form *form;
    size_t cursor = 0;

    while ((form = wf_registry_next(call->registry, &cursor)))
        add_zone(call->arena, &zones, form->package->timezone);
    return zones;
}

static const char *key_of(struct wf_call *call, wf_id id, const char *what,
                          const char *zone)
{
    return wf_arena_printf(call->arena, "%lld %s %s", (long long)id, what,
                           zone);
}

/* At midnight of `day` and `after` more days in `zone`; what is over already
 * needs no timer. */
static bool set(struct wf_flow *flow, const struct wf_delegation *d,
                const char *what, const char *zone, weft_error *err)
{
    struct wf_call *call = flow->call;
    bool ends = wf_streq(what, "end");
    struct wf_json *payload = wf_json_object(call->arena);
    struct wf_timer timer = { .kind = KIND, .payload = payload };
    char giver[WF_ID_TEXT];
    int32_t day;

    if (!wf_date_parse(wf_str_of(ends ? d->until : d->since), &day)
        || !wf_zone_from_local(zone, day + ends, 0, &timer.due)
        || timer.due <= call->now)
        return true;
    wf_id_write(d->giver, giver);
    wf_json_set(call->arena, payload, "giver",
                wf_json_text(call->arena, giver));
    timer.key = key_of(call, d->id, what, zone);
    return wf_timer_set(flow, &timer, err);
}

bool wf_delegation_set_timers(struct wf_flow *flow,
                              const struct wf_delegation *d, weft_error *err)
{
    struct zones zones = all_zones(flow->call);

    for (size_t i = 0; i < zones.n; i++)
        if (!set(flow, d, "begin", zones.at[i], err)
            || (!wf_streq(d->until, WF_DELEGATION_OPEN)
                && !set(flow, d, "end", zones.at[i], err)))
            return false;
    return true;
}

bool wf_delegation_cancel_timers(struct wf_flow *flow, wf_id id,
                                 weft_error *err)
{
    struct zones zones = all_zones(flow->call);

    for (size_t i = 0; i < zones.n; i++)
        if (!wf_timer_cancel(flow, KIND,
                             key_of(flow->call, id, "begin", zones.at[i]), err)
            || !wf_timer_cancel(
                flow, KIND, key_of(flow->call, id, "end", zones.at[i]), err))
            return false;
    return true;
}

bool wf_delegation_fire(struct wf_flow *flow, const struct wf_timer *timer,
                        weft_error *err)
{
    const char *giver = wf_json_str(wf_json_get(timer->payload, "giver"));
    wf_id id = 0;

    return !giver || !wf_id_parse(wf_str_of(giver), &id)
           || wf_delegation_refresh(flow, id, err);
}
