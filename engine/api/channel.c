/* api/channel.c - the ways out of here, by administrators.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/channel.h>

#include "api/command.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/messages.h"
#include "connect/sending.h"
#include "doc/history.h"
#include "org/company.h"
#include "org/person.h"

static bool list(struct wf_turn *turn, const void *with, weft_error *err)
{
    (void)with;
    return wf_turn_administers(turn, err)
           && wf_channel_list(&turn->call, &turn->out, err);
}

weft_reply *weft_channel_list(weft_session *session)
{
    return wf_question(session, WEFT_SCOPE_ADMIN, list, NULL);
}

/* --- Changes */

static bool record(struct wf_turn *turn, const char *reason, const char *what,
                   weft_error *err)
{
    struct wf_event event = { .kind = "channel",
                              .reason = reason,
                              .comment = what };

    return wf_history_add(&turn->call, &event, err);
}

struct setting {
    const char *id, *kind, *label;
    const struct wf_json *config, *secrets;
    const struct wf_json *on;
};

/* Those that are there; an empty object where there are none. */
static bool find_secrets(struct wf_call *call, struct wf_channel *channel,
                         weft_error *err)
{
    struct wf_channel was;
    weft_error none = WEFT_ERROR_INIT;

    channel->secrets = wf_json_object(call->arena);
    if (wf_channel_find(call, channel->id, &was, &none))
        channel->secrets = was.secrets;
    return none.code == WEFT_OK || none.code == WEFT_E_NOTFOUND
           || wf_fail_as(err, &none);
}

static bool set_one(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct setting *set = with;
    struct wf_channel channel = {
        .id = set->id,
        .kind = set->kind,
        .label = set->label ? set->label : set->id,
        .on = !set->on || wf_json_is_true(set->on),
        .config = set->config,
        .secrets = set->secrets,
    };

    if (!wf_turn_administers(turn, err))
        return false;
    if (!wf_str_is_id(set->id)) {
        wf_diag_field(&turn->findings, "id", "pattern",
                      "\"%s\" is to be small letters, digits and \"-\".",
                      set->id);
        return wf_body_misfits(err);
    }
    turn->call.send_at = turn->call.now;
    return (channel.secrets || find_secrets(&turn->call, &channel, err))
           && wf_send_check(&channel, &turn->findings, err)
           && wf_channel_save(&turn->call, &channel, err)
           && record(turn, "set", set->id, err)
           && wf_channel_list(&turn->call, &turn->out, err);
}

weft_command *weft_channel_set(weft_session *session, const char *body,
                               size_t len)
{
    static const struct wf_member members[] = {
        { "id", WF_BODY_TEXT, offsetof(struct setting, id), true },
        { "kind", WF_BODY_TEXT, offsetof(struct setting, kind), true },
        { "label", WF_BODY_TEXT, offsetof(struct setting, label), false },
        { "config", WF_BODY_OBJECT, offsetof(struct setting, config), true },
        { "secrets", WF_BODY_OBJECT, offsetof(struct setting, secrets), false },
        { "on", WF_BODY_ANY, offsetof(struct setting, on), false },
    };
    weft_command *command = wf_command_new(session, WEFT_SCOPE_ADMIN, set_one);
    struct wf_text text = { body, len };

    wf_command_read(command, members, WF_COUNT(members), text,
                    WF_NEW(command->arena, struct setting));
    return command;
}

static bool remove_one(struct wf_turn *turn, const void *with, weft_error *err)
{
    const char *id = with;

    return wf_turn_administers(turn, err)
           && wf_jobs_drop_of(&turn->call, id, err)
           && wf_channel_remove(&turn->call, id, err)
           && record(turn, "removed", id, err);
}

weft_command *weft_channel_remove(weft_session *session, const char *id)
{
    weft_command *command =
        wf_command_new(session, WEFT_SCOPE_ADMIN, remove_one);

    command->with = wf_arena_str(command->arena, id);
    return command;
}

/* --- Who somebody is there */

static bool find_person(struct wf_call *call, const char *login,
                        const struct wf_person **out, weft_error *err)
{
    return wf_person_named(call, wf_json_text(call->arena, login), out, err)
           && (*out
               || wf_fail(err, WEFT_E_NOTFOUND,
                          "There is nobody called \"%s\".", login));
}

struct linking {
    const char *login, *account, *channel;
};

static bool link_one(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct linking *linking = with;
    const struct wf_person *person;
    struct wf_channel channel;

    return wf_turn_administers(turn, err)
           && wf_channel_find(&turn->call, linking->channel, &channel, err)
           && find_person(&turn->call, linking->login, &person, err)
           && wf_channel_link(&turn->call, channel.id, person->id,
                              linking->account, err)
           && record(turn, linking->account ? "linked" : "unlinked",
                     person->login, err);
}

weft_command *weft_channel_link(weft_session *session, const char *id,
                                const char *body, size_t len)
{
    static const struct wf_member members[] = {
        { "login", WF_BODY_TEXT, offsetof(struct linking, login), true },
        { "account", WF_BODY_TEXT, offsetof(struct linking, account), false },
    };
    weft_command *command = wf_command_new(session, WEFT_SCOPE_ADMIN, link_one);
    struct linking *linking = WF_NEW(command->arena, struct linking);
    struct wf_text text = { body, len };

    linking->channel = wf_arena_str(command->arena, id);
    wf_command_read(command, members, WF_COUNT(members), text, linking);
    return command;
}

/* --- A test message */

struct trying {
    const char *id;
    struct wf_text text;
    struct wf_channel channel; /* these are found */
    struct wf_letter letter;
    struct wf_line line;
    const char *lang;
};

struct wish {
    const char *login;
};

static bool address_letter(struct wf_turn *turn, const struct wish *wish,
                           struct trying *trying, weft_error *err)
{
    const struct wf_person *person = turn->call.me;
    enum wf_audience audience = wf_channel_audience(trying->channel.kind);

    if (audience != WF_TO_MAIL && audience != WF_TO_ACCOUNTS)
        return true;
    if (wish->login && !find_person(&turn->call, wish->login, &person, err))
        return false;
    if (!person)
        return wf_fail(err, WEFT_E_INVALID, "Say to whom it is to go.");
    if (!wf_channel_reach(&turn->call, trying->channel.id, trying->channel.kind,
                          person, &trying->letter.to, err))
        return false;
    trying->letter.name = person->name;
    return trying->letter.to
           || wf_fail(err, WEFT_E_CONFLICT,
                      "\"%s\" cannot be reached by \"%s\": nobody has said "
                      "who they are there.",
                      person->login, trying->id);
}

static bool prepare(struct wf_turn *turn, const void *with, weft_error *err)
{
    static const struct wf_member members[] = {
        { "login", WF_BODY_TEXT, offsetof(struct wish, login), false },
    };
    struct trying *trying = *(struct trying *const *)with;
    struct wf_call *call = &turn->call;
    struct wf_company company;
    struct wish wish = { NULL };
    char at[WF_TIME_TEXT];

    if (!wf_turn_administers(turn, err)
        || !wf_body_read(&turn->findings, members, WF_COUNT(members),
                         trying->text, &wish, err)
        || !wf_channel_find(call, trying->id, &trying->channel, err)
        || !wf_company_load(call, &company, err)
        || !address_letter(turn, &wish, trying, err))
        return false;
    wf_time_write(call->now, at);
    trying->lang = call->lang;
    trying->line.text =
        wf_message(call->lang, WF_MESSAGE("This is a test message of Weft."));
    trying->letter.key = wf_arena_printf(call->arena, "test_%s",
                                         wf_random_text(call->arena, 18));
    trying->letter.lang = call->lang;
    trying->letter.site = company.address;
    trying->letter.subject = trying->line.text;
    trying->letter.lines = &trying->line;
    trying->letter.n_lines = 1;
    trying->letter.body = wf_arena_printf(
        call->arena, "{\"type\":\"test\",\"timestamp\":\"%s\",\"data\":{}}",
        at);
    trying->letter.at = call->now;
    return true;
}

weft_reply *weft_channel_test(weft_session *session, const char *id,
                              const char *body, size_t len)
{
    struct trying trying = { .id = id, .text = { body, len } };
    const struct trying *with = &trying;
    weft_reply *reply = wf_question(session, WEFT_SCOPE_ADMIN, prepare, &with);
    struct wf_buf text = WF_BUF_INIT(reply->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&text);
    struct wf_outcome out;
    const char *token = NULL;

    if (weft_reply_error(reply))
        return reply;
    out = wf_send(reply->arena, &trying.channel, &trying.letter, &token,
                  trying.lang);
    wf_jw_open(&w, '{');
    wf_jw_key(&w, "sent");
    wf_jw_bool(&w, out.how == WF_SENT);
    wf_jw_key_text_or_null(&w, "problem", out.problem);
    wf_jw_close(&w, '}');
    reply->body = wf_buf_text(&text);
    reply->len = text.len;
    return reply;
}
