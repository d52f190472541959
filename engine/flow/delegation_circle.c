/* flow/delegation_circle.c - whether a delegation would come back to its giver.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/error.h"
#include "base/list.h"
#include "flow/delegation_rows.h"
#include "flow/verify.h"

static const char SQL_GIVEN[] =
    "SELECT id, giver, taker, since, until, forms FROM delegation"
    " WHERE giver = $1 AND until >= $2 AND ended IS NULL ORDER BY id";
static const char SQL_RUNNING[] =
    "SELECT id, giver, taker, since, until, forms FROM delegation"
    " WHERE id >= $1 AND until >= $2 AND ended IS NULL ORDER BY id";

bool wf_delegations_given(struct wf_call *call, wf_id giver, const char *since,
                          struct wf_delegations *out, weft_error *err)
{
    return wf_delegations_load(call, SQL_GIVEN, giver, since, out, err);
}

static bool names(const struct wf_json *forms, const char *id)
{
    for (size_t i = 0; i < wf_json_len(forms); i++)
        if (wf_streq(wf_json_str(forms->u.array.at[i]), id))
            return true;
    return false;
}

static bool forms_meet(const struct wf_json *a, const struct wf_json *b)
{
    if (wf_json_len(a) == 0 || wf_json_len(b) == 0)
        return true;
    for (size_t i = 0; i < wf_json_len(a); i++)
        if (names(b, wf_json_str(a->u.array.at[i])))
            return true;
    return false;
}

/* Who may be asked through a delegation, and on which of its days. */
struct reached {
    wf_id person;
    const char *since, *until;
};

struct reach {
    WF_LIST(struct reached) list; /* in the order in which they were found */
};

/* Whether that person was found already, on all of these days. */
static bool is_known(const struct reach *reach, const struct reached *new)
{
    for (size_t i = 0; i < reach->list.n; i++) {
        const struct reached *at = &reach->list.at[i];

        if (at->person == new->person && strcmp(at->since, new->since) <= 0
            && strcmp(at->until, new->until) >= 0)
            return true;
    }
    return false;
}

/* Who stands in for `from`, on days and for forms of `wanted`. */
static bool reach_on(struct wf_call *call, const struct wf_delegation *wanted,
                     struct reached from, struct reach *reach, weft_error *err)
{
    struct wf_delegations given;

    if (!wf_delegations_given(call, from.person, from.since, &given, err))
        return false;
    for (size_t i = 0; i < given.n; i++) {
        const struct wf_delegation *next = &given.at[i];
        struct reached both = from;

        both.person = next->taker;
        if (strcmp(next->since, both.since) > 0)
            both.since = next->since;
        if (strcmp(next->until, both.until) < 0)
            both.until = next->until;
        if (strcmp(both.since, both.until) <= 0
            && forms_meet(next->forms, wanted->forms)
            && !is_known(reach, &both))
            *WF_PUSH(call->arena, &reach->list) = both;
    }
    return true;
}

/* Whether somebody stands in for somebody, from the taker of `wanted` on, until
 * it comes back to its giver. However long the way is, it ends: each person is
 * met once for some days, and then only for others. */
bool wf_delegation_circles(struct wf_call *call,
                           const struct wf_delegation *wanted, bool *out,
                           weft_error *err)
{
    struct reach reach = { .list = { NULL, 0, 0 } };

    *WF_PUSH(call->arena, &reach.list) =
        (struct reached){ wanted->taker, wanted->since, wanted->until };
    *out = false;
    for (size_t i = 0; i < reach.list.n && !*out; i++) {
        struct reached at = reach.list.at[i];

        *out = at.person == wanted->giver;
        if (!*out && !reach_on(call, wanted, at, &reach, err))
            return false;
    }
    return true;
}

bool wf_delegations_verify(struct wf_call *call, weft_error *err)
{
    struct wf_delegations all;

    if (!wf_delegations_load(call, SQL_RUNNING, 1,
                             wf_delegation_today(call, NULL), &all, err))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        bool circle;

        if (!wf_delegation_circles(call, &all.at[i], &circle, err))
            return false;
        if (circle)
            wf_diag_field(call->findings, "", "circle",
                          "delegation %lld: it comes back to its giver.",
                          (long long)all.at[i].id);
    }
    return true;
}
