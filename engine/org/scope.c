/* org/scope.c - what sessions and tokens may be used for, as their person's
 * roles allow it today.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/scope.h"

#include "base/buf.h"
#include "org/directory.h"

static const char SQL_ROLES[] =
    "SELECT role, unit_key FROM role_grant WHERE person = $1";

/* clang-format off */
const struct wf_scope_row wf_scope_rows[] = {
    { "read",    WF_SCOPE_READ },
    { "write",   WF_SCOPE_WRITE },
    { "deploy",  WF_SCOPE_DEPLOY },
    { "admin",   WF_SCOPE_ADMIN },
    { "metrics", WF_SCOPE_METRICS },
    { "scim",    WF_SCOPE_SCIM },
    { NULL,      0 },
};

/* Whoever holds a role for some units only is no administrator; what may be
 * deployed, a package's policy decides further. */
static const struct {
    const char *role;
    bool everywhere;
    unsigned scopes;
} roles[] = {
    { "admin", true,  WF_SCOPE_DEPLOY | WF_SCOPE_ADMIN | WF_SCOPE_METRICS
                      | WF_SCOPE_SCIM },
    { "hr",    false, WF_SCOPE_DEPLOY },
};
/* clang-format on */

bool wf_scopes_parse(const char *text, unsigned *out)
{
    struct wf_str rest = wf_str_of(text);
    struct wf_str part;
    unsigned scopes = 0;

    while (wf_str_split(&rest, ' ', &part)) {
        unsigned scope = 0;

        for (const struct wf_scope_row *r = wf_scope_rows; r->word; r++)
            if (wf_str_is(part, r->word))
                scope = r->scope;
        if (!scope && part.len)
            return false;
        scopes |= scope;
    }
    *out = scopes;
    return scopes != 0;
}

const char *wf_scopes_text(struct wf_arena *arena, unsigned scopes)
{
    struct wf_buf buf = WF_BUF_INIT(arena);

    for (const struct wf_scope_row *r = wf_scope_rows; r->word; r++)
        if (scopes & r->scope)
            wf_buf_printf(&buf, "%s%s", buf.len ? " " : "", r->word);
    return wf_buf_text(&buf);
}

static unsigned scopes_of_role(const char *role, wf_id unit)
{
    for (size_t i = 0; i < WF_COUNT(roles); i++)
        if (wf_streq(roles[i].role, role) && !(unit && roles[i].everywhere))
            return roles[i].scopes;
    return 0;
}

bool wf_scopes_of(struct wf_call *call, wf_id person, unsigned *out,
                  weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    struct wf_roster *roster = wf_people_roster(call->people);
    unsigned scopes = WF_SCOPE_READ | WF_SCOPE_WRITE;
    enum wf_fetch step;

    if (wf_roster_scopes(roster, person, out))
        return true;
    if (!wf_stmt_begin(call->db, SQL_ROLES, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, person);
    while ((step = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        scopes |= scopes_of_role(wf_stmt_text(&q, 0), wf_stmt_int(&q, 1));
    if (step == WF_FETCH_DONE)
        wf_roster_set_scopes(roster, person, scopes);
    *out = scopes;
    return step == WF_FETCH_DONE;
}
