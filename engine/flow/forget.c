/* flow/forget.c - the search index is gone through after words were erased.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/forget.h"

#include "org/company.h"
#include "store/search.h"

enum {
    NIGHT_MS = 3 * 60 * 60 * 1000, /* of the company's day */
};

static const char KIND[] = "forget";

static bool set(struct wf_flow *flow, const char *key, int64_t due, bool begun,
                weft_error *err)
{
    struct wf_json *payload = wf_json_object(flow->call->arena);
    struct wf_timer timer = {
        .kind = KIND, .key = key, .due = due, .payload = payload
    };

    wf_json_set(flow->call->arena, payload, "begun",
                wf_json_bool(flow->call->arena, begun));
    return wf_timer_set(flow, &timer, err);
}

bool wf_forget_now(struct wf_flow *flow, weft_error *err)
{
    return set(flow, "now", flow->call->now, false, err);
}

bool wf_forget_tonight(struct wf_flow *flow, weft_error *err)
{
    struct wf_company company;

    return wf_company_load(flow->call, &company, err)
           && set(flow, "night",
                  wf_zone_next(company.timezone, flow->call->now, NIGHT_MS),
                  false, err);
}

bool wf_forget_fire(struct wf_flow *flow, const struct wf_timer *timer,
                    weft_error *err)
{
    bool begun = wf_json_is_true(wf_json_get(timer->payload, "begun"));
    bool more;

    return wf_search_forget(flow->call->db, begun, &more, err)
           && (!more || set(flow, timer->key, flow->call->now, true, err));
}
