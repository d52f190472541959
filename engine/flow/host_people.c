/* flow/host_people.c - people, as hooks name and tell them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/text.h"
#include "flow/ask.h"
#include "flow/host.h"
#include "flow/notification.h"
#include "flow/outbox.h"

enum {
    TEXT_MAX = 2000
};

/* Words of the language, such as "manager(owner)", for the hook's document. */
static bool by_words(struct wf_hooks *hooks, const char *words,
                     struct wf_who_list *out, weft_error *err)
{
    struct wf_call *call = hooks->flow->call;
    struct wf_place place = { hooks->form->hook_file, 0, 0 };
    struct wf_diags diags = WF_DIAGS_INIT(call->arena, call->lang);
    struct wf_who *who = wf_who_parse(call->arena, place, words, hooks->form,
                                      WF_WHO_FOR_WORK, &diags);

    if (!who)
        return wf_fail(err, WEFT_E_INVALID, "\"%s\" names nobody: %s", words,
                       diags.n > 0 ? diags.at[0].message : "");
    return wf_ask_people(hooks->flow, hooks->doc, who, out, err);
}

/* A person, a list of them, a login, or words. */
static bool who_is(struct wf_hooks *hooks, const struct wf_json *json,
                   struct wf_who_list *out, weft_error *err)
{
    struct wf_call *call = hooks->flow->call;
    const struct wf_person *person = NULL;

    if (wf_json_is(json, WF_JSON_ARRAY)) {
        for (size_t i = 0; i < json->u.array.n; i++)
            if (wf_json_is(json->u.array.at[i], WF_JSON_ARRAY)
                || !who_is(hooks, json->u.array.at[i], out, err))
                return false;
        return true;
    }
    if (json && !wf_person_named(call, json, &person, err))
        return false;
    if (person)
        wf_who_list_add(call->arena, out, person->id);
    else if (wf_json_str(json))
        return by_words(hooks, wf_json_str(json), out, err);
    return true;
}

bool wf_host_people(void *self, const struct wf_host *host,
                    struct wf_arena *arena, const struct wf_json *args,
                    struct wf_json **result, weft_error *err)
{
    struct wf_hooks *hooks = self;
    struct wf_who_list list = { NULL, 0, 0 };

    (void)host;
    if (!who_is(hooks, wf_host_arg(args, 0), &list, err))
        return false;
    *result = wf_json_array(arena);
    for (size_t i = 0; i < list.n; i++) {
        const struct wf_person *person;

        if (!wf_person_find(hooks->flow->call, list.at[i], &person, err))
            return false;
        wf_json_push(arena, *result, wf_hook_person(arena, person));
    }
    return true;
}

/* The formula's, but as hooks know people. */
bool wf_host_manager(void *self, const struct wf_host *host,
                     struct wf_arena *arena, const struct wf_json *args,
                     struct wf_json **result, weft_error *err)
{
    struct wf_hooks *hooks = self;
    const struct wf_person *person;

    if (!wf_host_formula(self, host, arena, args, result, err)
        || !wf_person_named(hooks->flow->call, *result, &person, err))
        return false;
    *result = person ? wf_hook_person(arena, person) : NULL;
    return true;
}

bool wf_host_notify(void *self, const struct wf_host *host,
                    struct wf_arena *arena, const struct wf_json *args,
                    struct wf_json **result, weft_error *err)
{
    struct wf_hooks *hooks = self;
    struct wf_who_list list = { NULL, 0, 0 };
    const struct wf_json *opts = wf_host_arg(args, 2);
    const char *channel = wf_json_str(wf_json_get(opts, "channel"));
    struct wf_told told = { .document = hooks->doc ? hooks->doc->id : 0,
                            .matter = WF_MATTER_TOLD,
                            .urgent =
                                wf_json_is_true(wf_json_get(opts, "urgent")) };

    if (!wf_host_text(host, args, 1, &told.text, err)
        || (wf_host_arg(args, 0)
            && !who_is(hooks, wf_host_arg(args, 0), &list, err)))
        return false;
    if (wf_utf8_count(told.text, strlen(told.text)) > TEXT_MAX)
        return wf_fail(err, WEFT_E_INVALID,
                       "%s: the text may have at most %d characters.",
                       host->signature, TEXT_MAX);
    for (size_t i = 0; i < list.n; i++) {
        told.person = list.at[i];
        if (!wf_notification_add(hooks->flow->call, &told, err))
            return false;
    }
    if (channel
        && !wf_outbox_post(hooks->flow->call, channel, told.text, told.document,
                           err))
        return false;
    *result = wf_json_int(arena, (int64_t)list.n);
    return true;
}
