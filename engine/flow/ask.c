/* flow/ask.c - who is meant, and does a condition hold.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/ask.h"

#include "base/error.h"
#include "base/list.h"
#include "flow/hook.h"

/* lua(NAME) of the who vocabulary, for wf_who_context. */
struct lua_asker {
    struct wf_flow *flow;
    const struct wf_doc *doc;
};

static bool ask_lua(void *self, const char *name, struct wf_json **out,
                    weft_error *err)
{
    struct lua_asker *asker = self;

    return wf_hook_value(asker->flow, asker->doc, name, out, err);
}

bool wf_ask_people(struct wf_flow *flow, const struct wf_doc *doc,
                   const struct wf_who *who, struct wf_who_list *out,
                   weft_error *err)
{
    struct lua_asker asker = { flow, doc };
    struct wf_who_doc about = wf_doc_who(doc);
    struct wf_who_context context = { flow->call, &about, ask_lua, &asker };

    *out = (struct wf_who_list){ NULL, 0, 0 };
    return !who || wf_who_people(&context, who, out, err);
}

bool wf_ask_is_one_of(struct wf_flow *flow, const struct wf_doc *doc,
                      const struct wf_who *who, bool *out, weft_error *err)
{
    struct lua_asker asker = { flow, doc };
    struct wf_who_doc about = wf_doc_who(doc);
    struct wf_who_context context = { flow->call, &about, ask_lua, &asker };

    *out = flow->call->system;
    if (*out || !who || !flow->call->me)
        return true;
    return wf_who_includes(&context, who, flow->call->me->id, out, err);
}

bool wf_ask_means(struct wf_flow *flow, const struct wf_doc *doc,
                  const struct wf_who *who, wf_id person, bool *out,
                  weft_error *err)
{
    struct lua_asker asker = { flow, doc };
    struct wf_who_doc about = wf_doc_who(doc);
    struct wf_who_context context = { flow->call, &about, ask_lua, &asker };

    return wf_who_includes(&context, who, person, out, err);
}

bool wf_ask_holds(struct wf_flow *flow, const struct wf_doc *doc,
                  const struct wf_expr *when, const struct wf_person *approver,
                  bool *out, weft_error *err)
{
    struct wf_doc_env env;

    *out = true;
    if (!when)
        return true;
    wf_doc_env_init(&env, flow->call, doc);
    env.approver = approver;
    return wf_expr_holds(when, &env.env, out, err);
}

bool wf_who_list_has(const struct wf_who_list *list, wf_id person)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->at[i] == person)
            return true;
    return false;
}

void wf_who_list_add(struct wf_arena *arena, struct wf_who_list *list,
                     wf_id person)
{
    if (!wf_who_list_has(list, person))
        *WF_PUSH(arena, list) = person;
}

void wf_who_list_remove(struct wf_who_list *list, wf_id person)
{
    size_t kept = 0;

    for (size_t i = 0; i < list->n; i++)
        if (list->at[i] != person)
            list->at[kept++] = list->at[i];
    list->n = kept;
}
