/* doc/access_form.c - what a person may do with a form or package as such,
 * without a document.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/access.h"

#include "doc/veil.h"

static const char SQL_HAS_DOCUMENT[] =
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM document WHERE subject = $1"
    " AND family = $2) OR EXISTS (SELECT 1 FROM document WHERE creator = $1"
    " AND family = $2) OR EXISTS (SELECT 1 FROM seat s JOIN document d"
    " ON d.id = s.document WHERE s.person = $1 AND s.state = 'open'"
    " AND d.family = $2)";

/* Whether call->me is among `who` where there is no document. */
static bool includes_me(struct wf_call *call, const struct wf_who *who,
                        bool *out, weft_error *err)
{
    struct wf_who_context context = { .call = call };

    *out = call->system;
    if (*out || !call->me || !who || wf_who_needs_document(who))
        return true;
    return wf_who_includes(&context, who, call->me->id, out, err);
}

bool wf_access_is_among(struct wf_call *call, const struct wf_who *who,
                        bool *out, weft_error *err)
{
    return includes_me(call, who, out, err);
}

bool wf_access_may_create(struct wf_call *call, const struct wf_form *form,
                          bool *out, weft_error *err)
{
    return includes_me(call, form->access.create, out, err);
}

/* Whether a grant of one of `rights` includes call->me whatever the document.
 */
static bool is_granted(struct wf_call *call, const struct wf_form *form,
                       unsigned rights, bool *out, weft_error *err)
{
    *out = call->system;
    for (const struct wf_grant *g = form->access.grants; g && !*out;
         g = g->next)
        if ((g->rights & rights) && !includes_me(call, g->to, out, err))
            return false;
    return true;
}

bool wf_access_may_derive(struct wf_call *call, const struct wf_form *form,
                          bool *out, weft_error *err)
{
    return is_granted(call, form, WF_RIGHT_DERIVE, out, err);
}

static bool has_document(struct wf_call *call, const struct wf_form *form,
                         bool *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_HAS_DOCUMENT, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, call->me->id);
    wf_stmt_bind_text(&q, 2, form->family);
    got = wf_stmt_step(&q, err);
    *out = got == WF_FETCH_ROW;
    return got != WF_FETCH_ERROR;
}

bool wf_access_may_see_form(struct wf_call *call, const struct wf_form *form,
                            bool *out, weft_error *err)
{
    if (!wf_access_may_create(call, form, out, err))
        return false;
    if (!*out && !is_granted(call, form, ~0u, out, err))
        return false;
    if (*out || !call->me)
        return true;
    return has_document(call, form, out, err)
           && (*out || wf_veil_has_of(call, form->family, out, err));
}

bool wf_access_may_deploy(struct wf_call *call,
                          const struct wf_package *package, bool *out,
                          weft_error *err)
{
    *out = call->system;
    if (*out || !call->me)
        return true;
    return package && package->policy.deploy_by
               ? includes_me(call, package->policy.deploy_by, out, err)
               : wf_is_admin(call, out, err);
}
