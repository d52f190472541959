/* api/setting.c - the settings of packages: read and set by those who may
 * deploy the package.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/package.h>

#include "api/command.h"
#include "api/deploy_right.h"
#include "api/reads.h"
#include "base/error.h"
#include "doc/history.h"
#include "org/company.h"

static void write_setting(struct wf_turn *turn,
                          const struct wf_package *package,
                          const struct wf_setting *setting)
{
    struct wf_json_writer *out = &turn->out;
    const struct wf_json *value =
        wf_registry_setting(turn->call.registry, package->id, setting->id);

    wf_jw_open(out, '{');
    wf_jw_key_text(out, "package", package->id);
    wf_jw_key_text(out, "id", setting->id);
    wf_jw_key_text(
        out, "label",
        wf_words_label(setting->words, turn->call.lang, setting->id));
    wf_jw_key_text(out, "help",
                   wf_words_get(setting->words, turn->call.lang, WF_WORD_HELP));
    wf_jw_key(out, "value");
    wf_jw_tree(out, value ? value : wf_json_null(turn->call.arena));
    wf_jw_key(out, "default");
    wf_jw_tree(out, setting->value ? setting->value
                                   : wf_json_null(turn->call.arena));
    wf_jw_close(out, '}');
}

static bool list(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct wf_package *package;
    size_t cursor = 0;
    bool mine;

    (void)with;
    wf_jw_open(&turn->out, '{');
    wf_jw_key(&turn->out, "items");
    wf_jw_open(&turn->out, '[');
    if (!wf_is_admin(&turn->call, &mine, err)
        || (mine && !wf_company_list(&turn->call, &turn->out, err)))
        return false;
    while ((package = wf_registry_next_package(turn->call.registry, &cursor))) {
        if (!wf_deploy_is_mine(&turn->call, package->id, &mine, err))
            return false;
        for (const struct wf_setting *s = package->settings; mine && s;
             s = s->next)
            write_setting(turn, package, s);
    }
    wf_jw_close(&turn->out, ']');
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_reply *weft_setting_list(weft_session *session)
{
    return wf_question(session, WEFT_SCOPE_READ, list, NULL);
}

struct order {
    const char *package, *id;
    const struct wf_json *value; /* NULL: back to the default */
};

/* A value is of the kind of the default. */
static bool fits(const struct wf_setting *setting, const struct wf_json *value)
{
    bool is_bool =
        wf_json_is(value, WF_JSON_TRUE) || wf_json_is(value, WF_JSON_FALSE);

    switch (setting->type) {
    case WF_T_NUMBER:
        return wf_json_is(value, WF_JSON_NUMBER);
    case WF_T_BOOLEAN:
        return is_bool;
    case WF_T_TEXT:
        return wf_json_is(value, WF_JSON_TEXT);
    default:
        return !setting->value || value->type == setting->value->type;
    }
}

/* NULL where it is not there, or not for the one who asks. */
static bool find_setting(struct wf_turn *turn, const struct order *order,
                         const struct wf_setting **out, weft_error *err)
{
    const struct wf_package *package =
        wf_registry_package(turn->call.registry, order->package);
    bool mine = false;

    if (package && !wf_deploy_is_mine(&turn->call, package->id, &mine, err))
        return false;
    *out = mine ? wf_package_setting(package, order->id) : NULL;
    return *out
           || wf_fail(err, WEFT_E_NOTFOUND,
                      "There is no setting \"%s\" in \"%s\".", order->id,
                      order->package);
}

static bool save_company(struct wf_turn *turn, const struct order *order,
                         weft_error *err)
{
    return wf_turn_administers(turn, err)
           && wf_company_set(&turn->call, order->id, order->value, err);
}

static bool save_package(struct wf_turn *turn, const struct order *order,
                         weft_error *err)
{
    const struct wf_setting *setting;
    struct wf_call *call = &turn->call;
    struct wf_setting_change change = { .package = order->package,
                                        .value = order->value,
                                        .by = call->me ? call->me->id : 0,
                                        .now = call->now };

    if (!find_setting(turn, order, &setting, err))
        return false;
    if (order->value && !fits(setting, order->value))
        return wf_fail(err, WEFT_E_INVALID,
                       "The value of \"%s\" is of the wrong type.", order->id);
    change.setting = setting;
    return wf_setting_save(call->db, &change, err);
}

static bool set(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct order *order = with;
    struct wf_call *call = &turn->call;
    bool of_company = wf_streq(order->package, WF_COMPANY);
    struct wf_event event = { .kind = "setting",
                              .comment =
                                  wf_arena_printf(call->arena, "%s.%s",
                                                  order->package, order->id) };

    if (!(of_company ? save_company(turn, order, err)
                     : save_package(turn, order, err))
        || !wf_history_add(call, &event, err))
        return false;
    if (of_company && !wf_reads_learn(turn, err))
        return false;
    wf_jw_open(&turn->out, '{');
    wf_jw_key_text(&turn->out, "package", order->package);
    wf_jw_key_text(&turn->out, "id", order->id);
    wf_jw_key(&turn->out, "value");
    wf_jw_tree(&turn->out,
               order->value ? order->value : wf_json_null(call->arena));
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_command *weft_setting_set(weft_session *session, const char *body,
                               size_t len)
{
    static const struct wf_member members[] = {
        { "package", WF_BODY_TEXT, offsetof(struct order, package), true },
        { "id", WF_BODY_TEXT, offsetof(struct order, id), true },
        { "value", WF_BODY_ANY, offsetof(struct order, value), false },
    };
    weft_command *command = wf_command_new(session, WEFT_SCOPE_DEPLOY, set);
    struct wf_text text = { body, len };

    wf_command_read(command, members, WF_COUNT(members), text,
                    WF_NEW(command->arena, struct order));
    return command;
}
