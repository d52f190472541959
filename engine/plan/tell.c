/* plan/tell.c - people hear of a level in their own language; the hook of the
 * definition runs behind a savepoint, so that its mistake takes nothing with
 * it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "plan/tell.h"

#include "base/error.h"
#include "base/messages.h"
#include "doc/title.h"
#include "flow/ask.h"
#include "flow/hook.h"
#include "flow/notification.h"

static bool sentence(struct wf_flow *flow, const struct wf_news *news,
                     const struct wf_person *who, const char **out,
                     weft_error *err)
{
    struct wf_call *call = flow->call;
    const char *lang = wf_lang_choose(who->locale, news->head->package->lang);
    const struct wf_template *text = wf_say_in(news->says, lang);
    const char *label = wf_words_label(news->words, lang, news->level);
    struct wf_doc_env env;

    if (text) {
        wf_doc_env_init(&env, call, news->doc);
        if (!wf_template_fill(text, &env.env, out, err))
            return false;
    } else {
        if (!wf_title_for(call, news->doc, who, lang, out, err))
            return false;
        *out = wf_arena_printf(call->arena, "%s: %s", label, *out);
    }
    if (news->more)
        *out = wf_arena_printf(call->arena, "%s\n%s", *out, news->more);
    return true;
}

static bool tell_one(struct wf_flow *flow, const struct wf_news *news,
                     wf_id person, weft_error *err)
{
    struct wf_call *call = flow->call;
    const struct wf_person *who;
    struct wf_told told = { .person = person,
                            .document = news->about,
                            .matter = WF_MATTER_ALERT,
                            .urgent = wf_streq(news->colour, "red") };

    if (!wf_person_find(call, person, &who, err))
        return false;
    if (!who)
        return true;
    return sentence(flow, news, who, &told.text, err)
           && wf_notification_add(call, &told, err);
}

bool wf_news_tell(struct wf_flow *flow, const struct wf_news *news, size_t *n,
                  weft_error *err)
{
    struct wf_who_list people = { NULL, 0, 0 };

    *n = 0;
    if (news->tell && !wf_ask_people(flow, news->doc, news->tell, &people, err))
        return false;
    for (size_t i = 0; i < people.n; i++)
        if (!tell_one(flow, news, people.at[i], err))
            return false;
    *n = people.n;
    return true;
}

/* --- Hooks */

static struct wf_json *level_json(struct wf_call *call,
                                  const struct wf_news *news)
{
    struct wf_json *json = wf_json_object(call->arena);

    wf_json_set(call->arena, json, "id",
                wf_json_text(call->arena, news->level));
    wf_json_set(call->arena, json, "colour",
                wf_json_text(call->arena, news->colour));
    wf_json_set(
        call->arena, json, "label",
        wf_json_text(call->arena,
                     wf_words_label(news->words, news->head->package->lang,
                                    news->level)));
    wf_json_set(call->arena, json, "alert",
                wf_json_text(call->arena, news->head->id));
    return json;
}

static bool run(struct wf_flow *flow, const struct wf_news *news,
                struct wf_json *about, weft_error *err)
{
    struct wf_save save WF_CLEANUP(wf_save_end) = WF_SAVE_INIT;
    struct wf_json *args = wf_json_array(flow->call->arena);

    wf_json_push(flow->call->arena, args, about);
    wf_json_push(flow->call->arena, args, level_json(flow->call, news));
    return wf_save_begin(flow->call->db, &save, err)
           && wf_hook_call(flow, news->head, news->doc, "on_alert", args, err)
           && wf_save_keep(&save, err);
}

/* Each has the whole budget of a command; what it breaks is its own. */
bool wf_news_hook(struct wf_flow *flow, const struct wf_news *news,
                  struct wf_json *about, weft_error *err)
{
    static const struct wf_budget whole = WF_BUDGET_COMMAND;
    struct wf_budget left = flow->budget;
    size_t n_findings = flow->call->findings->n;
    size_t n_errors = flow->call->findings->n_errors;
    weft_error own = WEFT_ERROR_INIT;
    bool done;

    if (!news->head->hook
        || !wf_map_find(&news->head->hook_functions, "on_alert"))
        return true;
    wf_flow_renew(flow, whole);
    done = run(flow, news, about, &own);
    flow->budget = left;
    if (done)
        return true;
    if (own.code == WEFT_E_STORE || own.code == WEFT_E_BUSY)
        return wf_fail_as(err, &own);
    flow->call->findings->n = n_findings;
    flow->call->findings->n_errors = n_errors;
    wf_log(flow->call->log, WF_LOG_ERROR, "alert",
           "%s: on_alert() for level \"%s\" of %s: %s", news->head->hook_file,
           news->level, news->head->id, own.text);
    return true;
}
