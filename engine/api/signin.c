/* api/signin.c - signing in and out, and who am I.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/command.h"
#include "api/cycle.h"
#include "api/session.h"
#include "base/error.h"
#include "base/messages.h"
#include "def/limits.h"
#include "doc/access.h"
#include "org/company.h"
#include "org/provider.h"

/* --- Who am I */

/* What of a place I may see. */
struct sight {
    const char *forms[WF_MAX_NAV_FORMS], *cycles[WF_MAX_NAV_FORMS];
    size_t n_forms, n_cycles;
};

static bool see_forms(struct wf_turn *turn, const struct wf_nav *nav,
                      struct sight *out, weft_error *err)
{
    for (size_t i = 0; nav->forms && nav->forms[i]; i++) {
        const struct wf_form *form =
            wf_registry_form(turn->call.registry, nav->forms[i]);
        bool may = turn->call.system;

        if (!form)
            continue;
        if (!may && !wf_access_may_see_form(&turn->call, form, &may, err))
            return false;
        if (may)
            out->forms[out->n_forms++] = form->id;
    }
    return true;
}

static bool see_cycles(struct wf_turn *turn, const struct wf_nav *nav,
                       struct sight *out, weft_error *err)
{
    for (size_t i = 0; nav->cycles && nav->cycles[i]; i++) {
        const struct wf_cycle *cycle =
            (const struct wf_cycle *)(const void *)wf_registry_find(
                turn->call.registry, "cycle", nav->cycles[i]);
        struct wf_cycle_part part;

        if (!cycle)
            continue;
        if (!wf_cycle_part(turn, cycle, &part, err))
            return false;
        if (wf_cycle_is_seen(&part))
            out->cycles[out->n_cycles++] = cycle->head.id;
    }
    return true;
}

static void write_ids(struct wf_json_writer *out, const char *key,
                      const char *const *at, size_t n)
{
    wf_jw_key(out, key);
    wf_jw_open(out, '[');
    for (size_t i = 0; i < n; i++)
        wf_jw_text(out, at[i]);
    wf_jw_close(out, ']');
}

/* The places of all packages, each with those of its forms and cycles that I
 * may see. */
static bool write_place(struct wf_turn *turn, const struct wf_nav *nav,
                        weft_error *err)
{
    struct wf_json_writer *out = &turn->out;
    struct sight sight = { .n_forms = 0 };

    if (!see_forms(turn, nav, &sight, err)
        || !see_cycles(turn, nav, &sight, err))
        return false;
    if (sight.n_forms + sight.n_cycles == 0)
        return true;
    wf_jw_open(out, '{');
    wf_jw_key_text(out, "id", nav->id);
    wf_jw_key_text(out, "label",
                   wf_words_label(nav->words, turn->call.lang, nav->id));
    wf_jw_key_text_or_null(
        out, "help", wf_words_get(nav->words, turn->call.lang, WF_WORD_HELP));
    wf_jw_key_text_or_null(out, "view", wf_nav_view(nav));
    wf_jw_key_text_or_null(out, "icon", wf_nav_icon(nav));
    write_ids(out, "forms", sight.forms, sight.n_forms);
    write_ids(out, "cycles", sight.cycles, sight.n_cycles);
    wf_jw_close(out, '}');
    return true;
}

static bool write_places(struct wf_turn *turn, weft_error *err)
{
    const struct wf_package *package;
    size_t cursor = 0;

    wf_jw_key(&turn->out, "places");
    wf_jw_open(&turn->out, '[');
    while ((package = wf_registry_next_package(turn->call.registry, &cursor)))
        for (const struct wf_nav *nav = package->navs; nav; nav = nav->next)
            if (!write_place(turn, nav, err))
                return false;
    wf_jw_close(&turn->out, ']');
    return true;
}

static bool write_me(struct wf_turn *turn, unsigned scopes,
                     const char *provider, weft_error *err)
{
    struct wf_json_writer *out = &turn->out;
    const struct wf_person *me = turn->call.me;
    struct wf_json *roles = NULL;
    struct wf_company company;

    if (!wf_company_load(&turn->call, &company, err)
        || (me && !wf_roles_of(&turn->call, me->id, &roles, err)))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key_id_or_null(out, "id", me ? me->id : 0);
    wf_jw_key_text_or_null(out, "login", me ? me->login : NULL);
    wf_jw_key_text_or_null(out, "name", me ? me->name : NULL);
    wf_jw_key_text_or_null(out, "unit", me ? me->unit_key : NULL);
    wf_jw_key_text_or_null(out, "title", me ? me->title : NULL);
    wf_jw_key_text(out, "lang", turn->call.lang);
    wf_jw_key_text(out, "timezone",
                   me && me->timezone ? me->timezone : company.timezone);
    if (roles) {
        wf_jw_key(out, "roles");
        wf_jw_tree(out, roles);
    }
    wf_jw_key_text(out, "provider", provider);
    wf_jw_key(out, "scopes");
    wf_scopes_write(scopes, out);
    if ((scopes & WEFT_SCOPE_READ) && !write_places(turn, err))
        return false;
    wf_jw_close(out, '}');
    return true;
}

static bool me(struct wf_turn *turn, const void *with, weft_error *err)
{
    const char *secret = with, *provider = NULL;

    if (secret && !wf_session_provider(&turn->call, secret, &provider, err))
        return false;
    return write_me(turn, turn->asker->scopes, provider, err);
}

weft_reply *weft_me(weft_session *session)
{
    return wf_question(session, WEFT_SCOPE_READ, me, session->secret);
}

/* --- Signing in */

struct checking {
    struct wf_gate *gate;
    struct wf_credentials credentials;
    const char *lang;       /* wished for, or NULL */
    struct wf_asker *asker; /* who it turns out to be */
    struct wf_checked *checked;
};

static bool check_password(struct wf_turn *turn, const void *with,
                           weft_error *err)
{
    const struct checking *checking = with;
    struct wf_asker *asker = checking->asker;
    const struct wf_person *person;

    if (!wf_password_check(&turn->call, checking->gate, &checking->credentials,
                           checking->checked, err))
        return false;
    asker->person = checking->checked->person;
    if (!wf_person_find(&turn->call, asker->person, &person, err))
        return false;
    if (person)
        wf_asker_speak(asker,
                       wf_lang_choose(checking->lang,
                                      wf_lang_choose(person->locale, "en")));
    return true;
}

/* Where the secret of the new session is told. */
struct opening {
    const char *agent;
    const char **secret;
    struct wf_checked checked;
};

static bool open_session(struct wf_turn *turn, const void *with,
                         weft_error *err)
{
    const struct opening *opening = with;
    struct wf_login login;
    const char *secret, *csrf;

    if (!wf_password_renew(&turn->call, &opening->checked, err)
        || !wf_session_add(&turn->call, turn->call.me->id, opening->agent,
                           &secret, &csrf, err)
        || !wf_session_find(&turn->call, secret, &login, err))
        return false;
    wf_jw_open(&turn->out, '{');
    wf_jw_key(&turn->out, "me");
    if (!write_me(turn, login.scopes, NULL, err))
        return false;
    wf_jw_key_text(&turn->out, "csrf", csrf);
    wf_jw_close(&turn->out, '}');
    if (opening->secret)
        *opening->secret = secret;
    return true;
}

weft_reply *weft_session_sign_in(weft_engine *engine, const weft_sign_in *with,
                                 const char **secret)
{
    struct wf_asker nobody = { .person = 0 }, asker;
    struct wf_checked checked = { .person = 0 };
    struct checking checking = { .gate = engine->gate,
                                 .credentials = { with->login, with->password,
                                                  with->address },
                                 .lang = with->lang,
                                 .asker = &asker,
                                 .checked = &checked };
    weft_reply *reply;
    weft_command *command;
    struct opening *opening;

    wf_asker_speak(&nobody, wf_lang_choose(with->lang, "en"));
    asker = nobody;
    reply = wf_question_as(engine, &nobody, 0, check_password, &checking);
    if (weft_reply_error(reply))
        return reply;
    command = wf_command_as(engine, &asker, open_session);
    opening = WF_NEW(command->arena, struct opening);
    opening->agent = wf_arena_str(command->arena, with->agent);
    opening->secret = secret;
    opening->checked =
        (struct wf_checked){ checked.person,
                             wf_arena_str(command->arena, checked.stored),
                             wf_arena_str(command->arena, checked.renewed) };
    weft_reply_free(reply);
    command->with = opening;
    return weft_run(command);
}

static bool sign_out(struct wf_turn *turn, const void *with, weft_error *err)
{
    return wf_session_end(&turn->call, with, err);
}

weft_command *weft_session_sign_out(weft_session *session)
{
    weft_command *command = wf_command_new(session, 0, sign_out);

    if (session->secret)
        command->with = wf_arena_str(command->arena, session->secret);
    else if (wf_command_is_sound(command))
        wf_fail(&command->err, WEFT_E_CONFLICT,
                "There is no session to end here.");
    return command;
}
