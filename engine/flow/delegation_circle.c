/* flow/delegation_circle.c - whether a delegation would come back to its giver.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/error.h"
#include "flow/delegation_rows.h"
#include "flow/verify.h"

static const char SQL_GIVEN[] =
    "SELECT id, giver, taker, since, until, forms FROM delegation"
    " WHERE giver = $1 AND until >= $2 AND ended IS NULL ORDER BY id";
static const char SQL_RUNNING[] =
    "SELECT id, giver, taker, since, until, forms FROM delegation"
    " WHERE id >= $1 AND until >= $2 AND ended IS NULL ORDER BY id";

/* How far a circle is looked for. */
enum {
    DEPTH_MAX = 32
};

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

/* Whether from `person` on somebody stands in for somebody, on days and for
 * forms of `wanted`, until it comes back to its giver. */
static bool comes_back(struct wf_call *call, const struct wf_delegation *wanted,
                       wf_id person, int depth, bool *out, weft_error *err)
{
    struct wf_delegations given;

    *out = person == wanted->giver;
    if (*out || depth == DEPTH_MAX)
        return true;
    if (!wf_delegations_given(call, person, wanted->since, &given, err))
        return false;
    for (size_t i = 0; i < given.n && !*out; i++) {
        const struct wf_delegation *next = &given.at[i];
        struct wf_delegation both = *wanted;

        if (strcmp(next->since, both.since) > 0)
            both.since = next->since;
        if (strcmp(next->until, both.until) < 0)
            both.until = next->until;
        if (strcmp(both.since, both.until) <= 0
            && forms_meet(next->forms, both.forms)
            && !comes_back(call, &both, next->taker, depth + 1, out, err))
            return false;
    }
    return true;
}

bool wf_delegation_circles(struct wf_call *call,
                           const struct wf_delegation *delegation, bool *out,
                           weft_error *err)
{
    return comes_back(call, delegation, delegation->taker, 0, out, err);
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
