/* org/scope.c - what sessions and tokens may be used for, as their person's
 * roles, and the policies of packages, allow it today.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/scope.h"

#include "base/buf.h"
#include "org/directory.h"
#include "org/who.h"

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
    { "calendar", WF_SCOPE_CALENDAR },
    { NULL,      0 },
};

/* Whoever holds a role for some units only is no administrator. Who may deploy
 * into some package is found in their policies; into which, is asked when they
 * do. */
static const struct {
    const char *role;
    bool everywhere;
    unsigned scopes;
} roles[] = {
    { "admin", true,  WF_SCOPE_DEPLOY | WF_SCOPE_ADMIN | WF_SCOPE_METRICS
                      | WF_SCOPE_SCIM },
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

/* Whether the policy of some package lets them deploy. */
static bool deploys(struct wf_call *call, wf_id person, bool *out,
                    weft_error *err)
{
    const struct wf_who_context nowhere = { .call = call };
    const struct wf_package *package;
    size_t cursor = 0;

    *out = false;
    while (!*out && call->registry
           && (package = wf_registry_next_package(call->registry, &cursor))) {
        const struct wf_who *by = package->policy.deploy_by;

        if (by && !wf_who_needs_document(by)
            && !wf_who_includes(&nowhere, by, person, out, err))
            return false;
    }
    return true;
}

static bool read_roles(struct wf_call *call, wf_id person, unsigned *scopes,
                       weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;

    if (!wf_stmt_begin(call->db, SQL_ROLES, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, person);
    while ((step = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *scopes |= scopes_of_role(wf_stmt_text(&q, 0), wf_stmt_int(&q, 1));
    return step == WF_FETCH_DONE;
}

bool wf_scopes_of(struct wf_call *call, wf_id person, unsigned *out,
                  weft_error *err)
{
    struct wf_roster *roster = wf_people_roster(call->people);
    int64_t definitions =
        call->registry ? wf_registry_generation(call->registry) : 0;
    unsigned scopes = WF_SCOPE_READ | WF_SCOPE_WRITE | WF_SCOPE_CALENDAR;
    bool may = false;

    if (wf_roster_scopes(roster, person, definitions, out))
        return true;
    if (!read_roles(call, person, &scopes, err)
        || (!(scopes & WF_SCOPE_DEPLOY) && !deploys(call, person, &may, err)))
        return false;
    if (may)
        scopes |= WF_SCOPE_DEPLOY;
    wf_roster_set_scopes(roster, person, definitions, scopes);
    *out = scopes;
    return true;
}
