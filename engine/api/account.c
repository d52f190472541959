/* api/account.c - what opens the door to a person: passwords, API tokens and
 * sessions; made, looked at and ended.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/command.h"
#include "api/session.h"
#include "base/error.h"
#include "doc/history.h"
#include "org/scope.h"

enum {
    DAYS_MAX = 36500 /* of a token */
};

unsigned weft_scopes_of(const char *words)
{
    unsigned scopes;

    return wf_scopes_parse(words, &scopes) ? scopes : 0;
}

/* --- Passwords and tokens */

struct key_order {
    const char *login; /* NULL: one's own */
    const char *password;
    char hash[WF_PASSWORD_TEXT]; /* of it */
    struct wf_token_wish wish;
};

static bool find_other(struct wf_turn *turn, const char *login,
                       const struct wf_person **out, weft_error *err)
{
    if (!wf_asker_may(turn->asker, WEFT_SCOPE_ADMIN, err)
        || !wf_turn_administers(turn, err)
        || !wf_person_named(&turn->call, wf_json_text(turn->call.arena, login),
                            out, err))
        return false;
    return *out
           || wf_fail(err, WEFT_E_NOTFOUND, "There is nobody called \"%s\".",
                      login);
}

/* Whose password or token it is: one's own, or with the role admin anybody's.
 * A token makes neither: who finds one may not stay by it. */
static bool find_owner(struct wf_turn *turn, const char *login,
                       const struct wf_person **out, weft_error *err)
{
    const struct wf_person *mine = turn->call.me;

    if (!login || (mine && wf_streq(login, mine->login))) {
        *out = mine;
        if (turn->asker->by_token)
            return wf_asker_may(turn->asker, WEFT_SCOPE_ADMIN, err);
        return mine || wf_fail(err, WEFT_E_MALFORMED, "Say whose it is to be.");
    }
    return find_other(turn, login, out, err);
}

/* Whose sessions or tokens may be looked at: one's own, or with the role admin
 * anybody's. */
static bool find_reader(struct wf_turn *turn, const char *login,
                        const struct wf_person **out, weft_error *err)
{
    const struct wf_person *mine = turn->call.me;

    if (login && !(mine && wf_streq(login, mine->login)))
        return find_other(turn, login, out, err);
    *out = mine;
    return mine || wf_fail(err, WEFT_E_MALFORMED, "Say whose it is to be.");
}

/* On the caller's thread: it takes long. */
static bool make_hash(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct key_order *order = *(struct key_order *const *)with;
    const struct wf_person *owner;

    return find_owner(turn, order->login, &owner, err)
           && wf_password_make(&turn->call, turn->engine->gate, owner->id,
                               order->password, order->hash, err);
}

static bool set_password(struct wf_turn *turn, const void *with,
                         weft_error *err)
{
    const struct key_order *order = with;
    const struct wf_person *owner;

    return find_owner(turn, order->login, &owner, err)
           && wf_password_save_hash(&turn->call, owner->id, order->hash, err);
}

static struct key_order *order_new(weft_command *command, const char *login)
{
    struct key_order *order = WF_NEW(command->arena, struct key_order);

    order->login = wf_arena_str(command->arena, login);
    command->with = order;
    return order;
}

weft_command *weft_password_set(weft_session *session, const char *login,
                                const char *password)
{
    weft_command *command =
        wf_command_new(session, WEFT_SCOPE_WRITE, set_password);
    struct key_order *order = order_new(command, login);
    weft_reply *made;

    order->password = password;
    made = wf_question(session, WEFT_SCOPE_WRITE, make_hash, &order);
    order->password = NULL;
    if (weft_reply_error(made) && wf_command_is_sound(command))
        wf_fail_as(&command->err, weft_reply_error(made));
    weft_reply_free(made);
    return command;
}

static bool record_token(struct wf_turn *turn, const char *verb,
                         const struct wf_person *owner, weft_error *err)
{
    struct wf_event event = { .kind = "token",
                              .reason = verb,
                              .comment = owner->login };

    return wf_history_add(&turn->call, &event, err);
}

static bool add_token(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct key_order *order = with;
    const struct wf_person *owner;
    const char *secret;

    if (!find_owner(turn, order->login, &owner, err)
        || !wf_token_add(&turn->call, owner->id, &order->wish, &secret, err)
        || !record_token(turn, "made", owner, err))
        return false;
    wf_jw_open(&turn->out, '{');
    wf_jw_key_text(&turn->out, "token", secret);
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_command *weft_token_make(weft_session *session, const weft_token *token)
{
    weft_command *command =
        wf_command_new(session, WEFT_SCOPE_WRITE, add_token);
    struct key_order *order = order_new(command, token->login);

    command->is_secret = true;
    order->wish =
        (struct wf_token_wish){ wf_arena_str(command->arena, token->name),
                                token->scopes, token->days };
    return command;
}

/* {"login"?, "name"?, "scopes"?, "days"?} */
struct token_body {
    const char *login, *name;
    const struct wf_json *scopes;
    int64_t days; /* NOT_SAID: without an end */
};

static const int64_t NOT_SAID = INT64_MIN; /* which no JSON can say */

/* clang-format off */
static const struct wf_member of_token[] = {
    { "login",  WF_BODY_TEXT,  offsetof(struct token_body, login),  false },
    { "name",   WF_BODY_TEXT,  offsetof(struct token_body, name),   false },
    { "scopes", WF_BODY_ARRAY, offsetof(struct token_body, scopes), false },
    { "days",   WF_BODY_INT,   offsetof(struct token_body, days),   false },
};
/* clang-format on */

/* An empty list is none at all: what was meant to be narrow must not become
 * wide. */
static unsigned read_scopes(struct wf_diags *findings,
                            const struct wf_json *list)
{
    unsigned scopes = 0;

    if (list && wf_json_len(list) == 0)
        wf_diag_field(findings, "scopes", "required",
                      "Name at least one scope, or leave \"scopes\" out for "
                      "all that the person's roles allow.");
    for (size_t i = 0; i < wf_json_len(list); i++) {
        const char *word = wf_json_str(list->u.array.at[i]);
        unsigned scope = word ? weft_scopes_of(word) : 0;

        if (!scope)
            wf_diag_field(findings, "scopes", "options",
                          "\"%s\" is no scope; there are: %s.",
                          word ? word : "",
                          wf_scopes_text(findings->arena, ~0U));
        scopes |= scope;
    }
    return scopes;
}

static int read_days(struct wf_diags *findings, int64_t days)
{
    if (days >= 1 && days <= DAYS_MAX)
        return (int)days;
    wf_diag_field(findings, "days", "range",
                  "\"days\" is a number from 1 to %d.", DAYS_MAX);
    return 0;
}

weft_command *weft_token_ask(weft_session *session, const char *body,
                             size_t len)
{
    weft_command *command =
        wf_command_new(session, WEFT_SCOPE_WRITE, add_token);
    struct token_body *asked = WF_NEW(command->arena, struct token_body);
    struct wf_diags *findings = &command->findings;
    struct key_order *order;

    asked->days = NOT_SAID;
    wf_command_read(command, of_token, WF_COUNT(of_token),
                    (struct wf_text){ body, len }, asked);
    order = order_new(command, asked->login);
    order->wish.name = asked->name;
    order->wish.scopes = read_scopes(findings, asked->scopes);
    if (asked->days != NOT_SAID)
        order->wish.days = read_days(findings, asked->days);
    if (wf_command_is_sound(command) && findings->n_errors > 0) {
        wf_body_misfits(&command->err);
        command->problems = wf_reply_findings(findings);
    }
    command->is_secret = true;
    return command;
}

weft_command *weft_token_add(weft_session *session, const char *login,
                             unsigned scopes, int days)
{
    const weft_token token = { login, NULL, scopes, days };

    return weft_token_make(session, &token);
}

/* --- Tokens, looked at and ended. */

struct asked {
    const char *login; /* NULL: one's own */
    bool all;          /* everybody's */
    const char *secret;
};

static bool list_tokens(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct asked *asked = with;
    const struct wf_person *owner = NULL;

    if (asked->all ? !wf_asker_may(turn->asker, WEFT_SCOPE_ADMIN, err)
                         || !wf_turn_administers(turn, err)
                   : !find_reader(turn, asked->login, &owner, err))
        return false;
    return wf_token_list(&turn->call, owner ? owner->id : 0, &turn->out, err);
}

weft_reply *weft_token_list(weft_session *session, const char *login, bool all)
{
    struct asked asked = { login, all, NULL };

    return wf_question(session, WEFT_SCOPE_READ, list_tokens, &asked);
}

struct ending {
    wf_id token;
    const char *login, *id, *secret;
};

/* Somebody else's is as good as not there. */
static bool end_token(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct ending *ending = with;
    struct wf_call *call = &turn->call;
    const struct wf_person *owner = NULL;
    bool is_admin = false;
    wf_id id;

    if (!wf_token_owner(call, ending->token, &id, err)
        || !wf_person_find(call, id, &owner, err)
        || !wf_is_admin(&turn->call, &is_admin, err))
        return false;
    is_admin = is_admin && (turn->asker->scopes & WEFT_SCOPE_ADMIN);
    if (!owner || (!is_admin && (!call->me || owner->id != call->me->id)))
        return wf_fail(err, WEFT_E_NOTFOUND, "There is no such token.");
    return wf_token_end(call, ending->token, err)
           && record_token(turn, "ended", owner, err);
}

static weft_command *ending_new(weft_session *session, unsigned scope,
                                wf_answer_fn *run, struct ending **out)
{
    weft_command *command = wf_command_new(session, scope, run);

    *out = WF_NEW(command->arena, struct ending);
    (*out)->secret = wf_arena_str(command->arena, session->secret);
    command->with = *out;
    return command;
}

weft_command *weft_token_end(weft_session *session, int64_t id)
{
    struct ending *ending;
    weft_command *command =
        ending_new(session, WEFT_SCOPE_WRITE, end_token, &ending);

    ending->token = id;
    return command;
}

/* --- Sessions, looked at and ended. */

static bool list_sessions(struct wf_turn *turn, const void *with,
                          weft_error *err)
{
    const struct asked *asked = with;
    const struct wf_person *owner;

    return find_reader(turn, asked->login, &owner, err)
           && wf_session_list(&turn->call, owner->id, asked->secret, &turn->out,
                              err);
}

weft_reply *weft_session_list(weft_session *session, const char *login)
{
    struct asked asked = { login, false, session->secret };

    return wf_question(session, login ? WEFT_SCOPE_ADMIN : WEFT_SCOPE_READ,
                       list_sessions, &asked);
}

/* Ending somebody else's is an act that is remembered. */
static bool end_sessions(struct wf_turn *turn, const void *with,
                         weft_error *err)
{
    const struct ending *ending = with;
    struct wf_call *call = &turn->call;
    const struct wf_person *owner;
    struct wf_event event = { .kind = "session", .reason = "ended" };

    if (!find_reader(turn, ending->login, &owner, err)
        || !(ending->id ? wf_session_end_id(call, owner->id, ending->id, err)
                        : wf_sessions_end_others(call, owner->id,
                                                 ending->secret, err)))
        return false;
    event.comment = owner->login;
    return owner == call->me || wf_history_add(call, &event, err);
}

weft_command *weft_session_end(weft_session *session, const char *login,
                               const char *id)
{
    struct ending *ending;
    weft_command *command =
        ending_new(session, login ? WEFT_SCOPE_ADMIN : WEFT_SCOPE_WRITE,
                   end_sessions, &ending);

    ending->login = wf_arena_str(command->arena, login);
    ending->id = wf_arena_str(command->arena, id);
    return command;
}
