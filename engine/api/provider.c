/* api/provider.c - which identity providers there are, by administrators.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/provider.h>

#include "api/command.h"
#include "base/error.h"
#include "base/messages.h"
#include "doc/history.h"
#include "org/provider.h"

enum {
    TEXT_MAX = 500
};

/* --- Lists */

static bool names(struct wf_turn *turn, const void *with, weft_error *err)
{
    (void)with;
    return wf_provider_list(&turn->call, false, &turn->out, err);
}

weft_reply *weft_provider_names(weft_engine *engine, const char *lang)
{
    struct wf_asker nobody = { .person = 0 };

    wf_asker_speak(&nobody, wf_lang_choose(lang, "en"));
    return wf_question_as(engine, &nobody, 0, names, NULL);
}

static bool list(struct wf_turn *turn, const void *with, weft_error *err)
{
    (void)with;
    return wf_turn_administers(turn, err)
           && wf_provider_list(&turn->call, true, &turn->out, err);
}

weft_reply *weft_provider_list(weft_session *session)
{
    return wf_question(session, WEFT_SCOPE_ADMIN, list, NULL);
}

/* --- Changes */

struct setting {
    const char *id, *label, *issuer, *client, *secret, *address;
    bool creates, inside;
};

static bool record(struct wf_turn *turn, const char *reason, const char *what,
                   weft_error *err)
{
    struct wf_event event = { .kind = "provider",
                              .reason = reason,
                              .comment = what };

    return wf_history_add(&turn->call, &event, err);
}

static bool is_address(const char *text, bool inside)
{
    return strlen(text) <= TEXT_MAX
           && (wf_str_starts(text, "https://")
               || (inside && wf_str_starts(text, "http://")))
           && !strpbrk(text, " \"'<>\\?#");
}

/* An issuer with a query or fragment is none (OpenID Connect Discovery). */
static bool check(struct wf_turn *turn, const struct setting *set,
                  weft_error *err)
{
    struct wf_diags *findings = &turn->findings;
    size_t n = findings->n_errors;

    if (!wf_str_is_id(set->id))
        wf_diag_field(findings, "id", "pattern",
                      "\"%s\" is to be small letters, digits and \"-\".",
                      set->id);
    if (!is_address(set->issuer, set->inside))
        wf_diag_field(findings, "issuer", "pattern",
                      "\"%s\" is no https address.", set->issuer);
    if (!is_address(set->address, set->inside)
        || wf_str_ends(set->address, "/"))
        wf_diag_field(findings, "address", "pattern",
                      "\"%s\" is not the address of this server, such as "
                      "https://weft.example.com.",
                      set->address);
    return findings->n_errors == n || wf_body_misfits(err);
}

static bool set_one(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct setting *set = with;
    struct wf_provider provider = {
        .id = set->id,
        .label = set->label ? set->label : set->id,
        .issuer = set->issuer,
        .client = set->client,
        .secret = wf_str_empty(set->secret) ? NULL : set->secret,
        .address = set->address,
        .creates = set->creates,
        .inside = set->inside,
    };

    return wf_turn_administers(turn, err) && check(turn, set, err)
           && wf_provider_save(&turn->call, &provider, !set->secret, err)
           && record(turn, "set", set->id, err)
           && wf_provider_list(&turn->call, true, &turn->out, err);
}

weft_command *weft_provider_set(weft_session *session, const char *body,
                                size_t len)
{
    static const struct wf_member members[] = {
        { "id", WF_BODY_TEXT, offsetof(struct setting, id), true },
        { "label", WF_BODY_TEXT, offsetof(struct setting, label), false },
        { "issuer", WF_BODY_TEXT, offsetof(struct setting, issuer), true },
        { "client", WF_BODY_TEXT, offsetof(struct setting, client), true },
        { "secret", WF_BODY_TEXT, offsetof(struct setting, secret), false },
        { "address", WF_BODY_TEXT, offsetof(struct setting, address), true },
        { "creates", WF_BODY_BOOL, offsetof(struct setting, creates), false },
        { "inside", WF_BODY_BOOL, offsetof(struct setting, inside), false },
    };
    weft_command *command = wf_command_new(session, WEFT_SCOPE_ADMIN, set_one);
    struct wf_text text = { body, len };

    wf_command_read(command, members, WF_COUNT(members), text,
                    WF_NEW(command->arena, struct setting));
    return command;
}

static bool remove_one(struct wf_turn *turn, const void *with, weft_error *err)
{
    return wf_turn_administers(turn, err)
           && wf_provider_remove(&turn->call, with, err)
           && record(turn, "removed", with, err);
}

weft_command *weft_provider_remove(weft_session *session, const char *id)
{
    weft_command *command =
        wf_command_new(session, WEFT_SCOPE_ADMIN, remove_one);

    command->with = wf_arena_str(command->arena, id);
    return command;
}

struct linking {
    const char *login, *subject, *provider;
};

static bool link_one(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct linking *linking = with;
    const struct wf_person *person;
    struct wf_provider provider;
    struct wf_identity identity;

    if (!wf_turn_administers(turn, err)
        || !wf_provider_find(&turn->call, linking->provider, &provider, err)
        || !wf_person_named(&turn->call,
                            wf_json_text(turn->call.arena, linking->login),
                            &person, err))
        return false;
    if (!person)
        return wf_fail(err, WEFT_E_NOTFOUND, "There is nobody called \"%s\".",
                       linking->login);
    identity = (struct wf_identity){ provider.issuer, linking->subject };
    return wf_identity_add(&turn->call, &identity, person->id, err)
           && record(turn, "linked", person->login, err);
}

weft_command *weft_provider_link(weft_session *session, const char *id,
                                 const char *body, size_t len)
{
    static const struct wf_member members[] = {
        { "login", WF_BODY_TEXT, offsetof(struct linking, login), true },
        { "subject", WF_BODY_TEXT, offsetof(struct linking, subject), true },
    };
    weft_command *command = wf_command_new(session, WEFT_SCOPE_ADMIN, link_one);
    struct linking *linking = WF_NEW(command->arena, struct linking);
    struct wf_text text = { body, len };

    linking->provider = wf_arena_str(command->arena, id);
    wf_command_read(command, members, WF_COUNT(members), text, linking);
    return command;
}
