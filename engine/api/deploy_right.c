/* api/deploy_right.c - who may deploy what, and adjust what: by the policy of
 * the package that is live.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/deploy_right.h"

#include "base/list.h"

/* What is known already stays where it is, whatever it comes with. */
const struct wf_package *wf_deploy_package(const struct wf_compiled *compiled,
                                           const struct wf_bundle *bundle)
{
    if (compiled->form)
        return compiled->form->package;
    return compiled->package ? compiled->package : bundle->package;
}

bool wf_deploy_is_mine(struct wf_call *call, const char *id, bool *out,
                       weft_error *err)
{
    const struct wf_package *live = wf_registry_package(call->registry, id);

    if (!wf_is_admin(call, out, err))
        return false;
    return *out || !live || wf_access_may_deploy(call, live, out, err);
}

/* Hooks that run as the system can do everything, so only they who may do
 * everything bring them; those of an alert run for nobody. */
static bool runs_as_system(const struct wf_compiled *compiled)
{
    return (compiled->form && compiled->form->run_as_system)
           || (compiled->head && compiled->hook);
}

static const char *system_hooks(const struct wf_bundle *bundle)
{
    for (const struct wf_compiled *c = bundle->compiled; c; c = c->next)
        if (runs_as_system(c))
            return c->id;
    return NULL;
}

/* Notes the package `id` unless it is theirs. */
static bool look_at(struct wf_call *call, const char *id,
                    struct wf_deploy_bar *out, weft_error *err)
{
    bool mine;

    if (!wf_deploy_is_mine(call, id, &mine, err))
        return false;
    if (!mine)
        out->package = id;
    return true;
}

bool wf_deploy_bar(struct wf_call *call, const struct wf_bundle *bundle,
                   struct wf_deploy_bar *out, weft_error *err)
{
    const char *at = bundle->package->id;
    bool is_admin;

    *out = (struct wf_deploy_bar){ NULL, NULL };
    if (!wf_is_admin(call, &is_admin, err))
        return false;
    if (is_admin)
        return true;
    if (!look_at(call, at, out, err))
        return false;
    for (const struct wf_compiled *c = bundle->compiled; c && !out->package;
         c = c->next) {
        const char *id = wf_deploy_package(c, bundle)->id;

        if (!wf_streq(id, at) && !look_at(call, id, out, err))
            return false;
    }
    out->hooks = system_hooks(bundle);
    return true;
}

bool wf_adjust_rules(struct wf_call *call, struct wf_adjusting *with,
                     weft_error *err)
{
    const char *id = with->form->package->id;
    const struct wf_package *package = wf_registry_package(call->registry, id);
    bool all;

    if (!wf_deploy_is_mine(call, id, &all, err))
        return false;
    for (const struct wf_adjust *a = package ? package->adjusts : NULL; a;
         a = a->next) {
        bool mine = all;

        if (!wf_adjust_is_of(a, with->form->id))
            continue;
        if (!mine && !wf_access_is_among(call, a->by, &mine, err))
            return false;
        if (mine)
            *WF_PUSH(with->arena, &with->rules) = a;
    }
    return true;
}
