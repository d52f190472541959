/* flow/delegation_list.c - delegations as people see them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "flow/delegation_rows.h"

static const char SQL_ONE[] =
    "SELECT id, giver, taker, since, until, forms FROM delegation"
    " WHERE id = $1 AND until >= $2 AND ended IS NULL";
static const char SQL_MINE[] =
    "SELECT id, giver, taker, since, until, forms FROM delegation"
    " WHERE (giver = $1 OR taker = $1) AND until >= $2 AND ended IS NULL"
    " ORDER BY since, id";
bool wf_delegation_load(struct wf_call *call, wf_id id,
                        struct wf_delegation *out, weft_error *err)
{
    struct wf_delegations found;

    if (!wf_delegations_load(call, SQL_ONE, id, "", &found, err))
        return false;
    if (found.n == 0)
        return wf_fail(err, WEFT_E_NOTFOUND, "There is no delegation %lld.",
                       (long long)id);
    *out = found.at[0];
    return true;
}

static bool write_one(struct wf_flow *flow, const struct wf_delegation *d,
                      struct wf_json_writer *out, weft_error *err)
{
    const struct wf_person *giver, *taker;

    if (!wf_person_find(flow->call, d->giver, &giver, err)
        || !wf_person_find(flow->call, d->taker, &taker, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key(out, "id");
    wf_jw_id(out, d->id);
    wf_jw_key(out, "giver");
    wf_person_json(giver, out);
    wf_jw_key(out, "to");
    wf_person_json(taker, out);
    wf_jw_key_text(out, "from", d->since);
    wf_jw_key_text_or_null(
        out, "until", wf_streq(d->until, WF_DELEGATION_OPEN) ? NULL : d->until);
    wf_jw_key(out, "forms");
    if (d->forms)
        wf_jw_tree(out, d->forms);
    else
        wf_jw_raw(out, "[]", 2);
    wf_jw_close(out, '}');
    return true;
}

bool wf_delegation_show(struct wf_flow *flow, wf_id id,
                        struct wf_json_writer *out, weft_error *err)
{
    struct wf_delegation d;

    return wf_delegation_load(flow->call, id, &d, err)
           && write_one(flow, &d, out, err);
}

bool wf_delegation_list(struct wf_flow *flow, wf_id person,
                        struct wf_json_writer *out, weft_error *err)
{
    struct wf_delegations all;

    if (!wf_delegations_load(flow->call, SQL_MINE, person,
                             wf_delegation_today(flow->call, NULL), &all, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < all.n; i++)
        if (!write_one(flow, &all.at[i], out, err))
            return false;
    wf_jw_close(out, ']');
    wf_jw_key_text_or_null(out, "next", NULL);
    wf_jw_close(out, '}');
    return true;
}
