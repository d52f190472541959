/* api/oidc.c - signing in at an OpenID provider: out, back, and out again.
 *
 * What both requests of a sign-in know is kept by the browser, sealed, and can
 * be taken once. The provider is asked between transactions, never in one.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/provider.h>

#include "api/command.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/messages.h"
#include "base/vault.h"
#include "connect/oidc.h"
#include "doc/history.h"
#include "org/edit.h"
#include "org/provider.h"

#define WAY_MS INT64_C(600000)

enum {
    RANDOM_BYTES = 32,
    LOGIN_MAX = 100,
};

/* One sign-in as the browser keeps it. */
struct way {
    struct wf_oidc_way oidc;
    const char *provider, *next;
    int64_t until;
};

/* --- The provider, in an arena of our own */

struct asked {
    const char *id;
    struct wf_arena *arena;
    struct wf_provider *out;
};

static bool find_provider(struct wf_turn *turn, const void *with,
                          weft_error *err)
{
    const struct asked *asked = with;
    struct wf_provider found;

    if (!wf_provider_find(&turn->call, asked->id, &found, err))
        return false;
    found.id = wf_arena_str(asked->arena, found.id);
    found.label = wf_arena_str(asked->arena, found.label);
    found.issuer = wf_arena_str(asked->arena, found.issuer);
    found.client = wf_arena_str(asked->arena, found.client);
    found.secret = wf_arena_str(asked->arena, found.secret);
    found.address = wf_arena_str(asked->arena, found.address);
    *asked->out = found;
    return true;
}

static struct wf_asker nobody_in(const char *lang)
{
    struct wf_asker nobody = { .person = 0 };

    wf_asker_speak(&nobody, wf_lang_choose(lang, "en"));
    return nobody;
}

static bool load_provider(weft_engine *engine, struct wf_arena *arena,
                          const char *id, struct wf_provider *out,
                          weft_error *err)
{
    struct wf_asker nobody = nobody_in(err->lang);
    struct asked asked = { id, arena, out };
    weft_reply *reply =
        wf_question_as(engine, &nobody, 0, find_provider, &asked);
    const weft_error *failure = weft_reply_error(reply);
    bool ok = !failure || wf_fail_as(err, failure);

    weft_reply_free(reply);
    return ok;
}

static struct wf_oidc_provider oidc_of(const struct wf_provider *provider)
{
    return (struct wf_oidc_provider){ provider->issuer, provider->client,
                                      provider->secret, provider->inside };
}

static const char *back_to(struct wf_arena *arena,
                           const struct wf_provider *provider)
{
    return wf_arena_printf(arena, "%s/sign-in/%s/callback", provider->address,
                           provider->id);
}

/* --- What the browser keeps */

static bool seal(weft_engine *engine, struct wf_arena *arena,
                 const struct way *way, const char **out, weft_error *err)
{
    struct wf_buf text = WF_BUF_INIT(arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&text);

    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "provider", way->provider);
    wf_jw_key_text(&w, "next", way->next);
    wf_jw_key_text(&w, "state", way->oidc.state);
    wf_jw_key_text(&w, "nonce", way->oidc.nonce);
    wf_jw_key_text(&w, "verifier", way->oidc.verifier);
    wf_jw_key(&w, "until");
    wf_jw_int(&w, way->until);
    wf_jw_close(&w, '}');
    return wf_vault_seal_text(engine->vault, arena, wf_buf_text(&text),
                              text.len, out, err);
}

static bool fail_lost(weft_error *err)
{
    return wf_fail(err, WEFT_E_SIGNED_OUT,
                   "This sign-in was not begun in this browser, or too long "
                   "ago. Begin again.");
}

static bool unseal(weft_engine *engine, struct wf_arena *arena,
                   const char *kept, struct way *out, weft_error *err)
{
    weft_error ignored = WEFT_ERROR_INIT;
    struct wf_json *json;
    const char *text;
    size_t len;

    if (!kept
        || !wf_vault_open_text(engine->vault, arena, kept, &text, &len,
                               &ignored)
        || !wf_json_read_stored(arena, text, &json, &ignored))
        return fail_lost(err);
    out->provider = wf_json_str(wf_json_get(json, "provider"));
    out->next = wf_json_str(wf_json_get(json, "next"));
    out->oidc.state = wf_json_str(wf_json_get(json, "state"));
    out->oidc.nonce = wf_json_str(wf_json_get(json, "nonce"));
    out->oidc.verifier = wf_json_str(wf_json_get(json, "verifier"));
    return (out->provider && out->next && out->oidc.state && out->oidc.nonce
            && out->oidc.verifier
            && wf_json_to_int(wf_json_get(json, "until"), &out->until))
           || fail_lost(err);
}

/* --- Out */

/* Only a path of this server, "//elsewhere" is none. */
static const char *path_of(const char *next)
{
    return next && next[0] == '/' && next[1] != '/' && !strchr(next, '\\')
               ? next
               : "/";
}

static bool begin(weft_engine *engine, struct wf_arena *arena,
                  const weft_provider_start *with, const char **url,
                  const char **kept, weft_error *err)
{
    struct wf_provider provider;
    struct wf_oidc_provider oidc;
    struct way way = { .next = path_of(with->next),
                       .until = wf_clock_now(&engine->clock) + WAY_MS };

    if (!load_provider(engine, arena, with->provider, &provider, err))
        return false;
    oidc = oidc_of(&provider);
    way.provider = provider.id;
    way.oidc = (struct wf_oidc_way){ &oidc, wf_random_text(arena, RANDOM_BYTES),
                                     wf_random_text(arena, RANDOM_BYTES),
                                     wf_random_text(arena, RANDOM_BYTES),
                                     back_to(arena, &provider) };
    return wf_oidc_leave(engine->oidc, arena, &way.oidc, url, err)
           && seal(engine, arena, &way, kept, err);
}

/* A reply of its own: {"label","location"}, null where there is none. */
static weft_reply *tell(struct wf_arena *arena, const char *label,
                        const char *location)
{
    weft_reply *reply = wf_reply_new(arena);
    struct wf_buf body = WF_BUF_INIT(arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&body);

    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "label", label);
    wf_jw_key_text_or_null(&w, "location", location);
    wf_jw_close(&w, '}');
    reply->body = wf_buf_text(&body);
    reply->len = body.len;
    return reply;
}

static weft_reply *tell_failure(struct wf_arena *arena, const weft_error *err)
{
    weft_reply *reply = wf_reply_new(arena);

    wf_reply_fail(reply, err, "[]");
    return reply;
}

weft_reply *weft_provider_begin(weft_engine *engine,
                                const weft_provider_start *with,
                                const char **kept)
{
    struct wf_arena *arena = wf_arena_new();
    weft_error err = wf_error_in(wf_lang_choose(with->lang, "en"));
    const char *url;

    return begin(engine, arena, with, &url, kept, &err)
               ? tell(arena, NULL, url)
               : tell_failure(arena, &err);
}

/* --- Back: is it theirs, and the first time? */

static bool take_way(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct way *way = with;

    return wf_way_take(&turn->call, way->oidc.state, way->until, err);
}

static bool run_as_nobody(weft_engine *engine, wf_answer_fn *run,
                          const void *with, weft_reply **out, weft_error *err)
{
    struct wf_asker nobody = nobody_in(err->lang);
    weft_command *command = wf_command_as(engine, &nobody, run);
    const weft_error *failure;

    command->with = with;
    *out = weft_run(command);
    failure = weft_reply_error(*out);
    return !failure || wf_fail_as(err, failure);
}

static bool take(weft_engine *engine, const struct way *way, weft_error *err)
{
    weft_reply *reply;
    bool ok = run_as_nobody(engine, take_way, way, &reply, err);

    weft_reply_free(reply);
    return ok;
}

static bool same(const char *a, const char *b)
{
    return a && strlen(a) == strlen(b) && wf_secret_equal(a, b, strlen(b));
}

static bool check_way(weft_engine *engine, const weft_provider_return *with,
                      const struct way *way, weft_error *err)
{
    if (!with->provider || !wf_streq(with->provider, way->provider)
        || !same(with->state, way->oidc.state)
        || wf_clock_now(&engine->clock) >= way->until)
        return fail_lost(err);
    return take(engine, way, err);
}

/* --- Back: who are they here? */

struct arriving {
    struct wf_provider provider;
    struct wf_oidc_claims claims;
    const char *agent, *next;
    const char **secret;
};

static bool record(struct wf_turn *turn, const char *reason, const char *login,
                   weft_error *err)
{
    struct wf_event event = { .kind = "provider",
                              .reason = reason,
                              .comment = login,
                              .by_system = true };

    return wf_history_add(&turn->call, &event, err);
}

/* The name that they have there, else their address or number. Never taken for
 * somebody's who is here already: whoever can choose their name there could
 * choose who they are. */
static bool create(struct wf_turn *turn, const struct arriving *arriving,
                   wf_id *out, weft_error *err)
{
    struct wf_call *call = &turn->call;
    const struct wf_oidc_claims *claims = &arriving->claims;
    const char *login = claims->login   ? claims->login
                        : claims->email ? claims->email
                                        : claims->subject;
    struct wf_json *with = wf_json_object(call->arena);
    const struct wf_person *other = NULL;
    bool was_system = call->system, ok;

    if (strlen(login) <= LOGIN_MAX
        && !wf_person_find_login(call, login, &other, err))
        return false;
    if (other)
        return wf_fail(err, WEFT_E_SIGNED_OUT,
                       "There is a \"%s\" here already. If that is you, an "
                       "administrator has to say so (weft provider link).",
                       login);
    wf_json_set(call->arena, with, "login", wf_json_text(call->arena, login));
    wf_json_set(call->arena, with, "name",
                wf_json_text(call->arena, claims->name ? claims->name : login));
    if (claims->email)
        wf_json_set(call->arena, with, "email",
                    wf_json_text(call->arena, claims->email));
    call->system = true;
    ok = wf_person_edit(call, NULL, with, out, err);
    call->system = was_system;
    return ok && record(turn, "created", login, err);
}

static bool find_person(struct wf_turn *turn, const struct arriving *arriving,
                        wf_id *out, weft_error *err)
{
    struct wf_identity identity = { arriving->provider.issuer,
                                    arriving->claims.subject };

    if (!wf_identity_meet(&turn->call, &identity, out, err))
        return false;
    if (*out)
        return true;
    if (!arriving->provider.creates)
        return wf_fail(err, WEFT_E_SIGNED_OUT,
                       "The provider knows you, but nobody here is \"%s\". An "
                       "administrator has to say who you are.",
                       arriving->claims.subject);
    return create(turn, arriving, out, err)
           && wf_identity_add(&turn->call, &identity, *out, err);
}

static bool arrive(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct arriving *arriving = with;
    struct wf_call *call = &turn->call;
    const struct wf_came_by by = { arriving->provider.id,
                                   arriving->claims.session };
    struct wf_login login;
    const char *secret, *csrf;
    wf_id person;

    if (!find_person(turn, arriving, &person, err)
        || !wf_session_add(call, person, arriving->agent, &secret, &csrf, err)
        || !wf_session_find(call, secret, &login, err)
        || !wf_session_came_by(call, secret, &by, err))
        return false;
    *arriving->secret = secret;
    wf_jw_open(&turn->out, '{');
    wf_jw_key_text(&turn->out, "next", arriving->next);
    wf_jw_close(&turn->out, '}');
    return true;
}

static bool fail_problem(const char *problem, weft_error *err)
{
    return wf_fail(err, WEFT_E_SIGNED_OUT,
                   "The provider did not sign you in (%.40s).", problem);
}

static bool finish(weft_engine *engine, struct wf_arena *arena,
                   const weft_provider_return *with, const char **secret,
                   weft_reply **reply, weft_error *err)
{
    struct arriving arriving = { .agent = with->agent, .secret = secret };
    struct wf_oidc_return came = { with->code, with->iss };
    struct wf_oidc_provider oidc;
    struct way way;

    if (!unseal(engine, arena, with->kept, &way, err)
        || !check_way(engine, with, &way, err))
        return false;
    if (!with->code)
        return fail_problem(with->problem ? with->problem : "no code", err);
    if (!load_provider(engine, arena, way.provider, &arriving.provider, err))
        return false;
    oidc = oidc_of(&arriving.provider);
    way.oidc.provider = &oidc;
    way.oidc.back = back_to(arena, &arriving.provider);
    arriving.next = path_of(way.next);
    return wf_oidc_redeem(engine->oidc, arena, &way.oidc, &came,
                          &arriving.claims, err)
           && run_as_nobody(engine, arrive, &arriving, reply, err);
}

weft_reply *weft_provider_finish(weft_engine *engine,
                                 const weft_provider_return *with,
                                 const char **secret)
{
    struct wf_arena *arena = wf_arena_new();
    weft_error err = wf_error_in(wf_lang_choose(with->lang, "en"));
    weft_reply *reply = NULL;

    if (!finish(engine, arena, with, secret, &reply, &err)) {
        weft_reply_free(reply);
        return tell_failure(arena, &err);
    }
    wf_arena_free(arena);
    return reply;
}

/* --- Out again */

weft_reply *weft_provider_leave(weft_engine *engine, const char *id,
                                const char *lang)
{
    struct wf_arena *arena = wf_arena_new();
    weft_error err = wf_error_in(wf_lang_choose(lang, "en"));
    struct wf_oidc_provider oidc;
    struct wf_provider provider;
    const char *url = NULL, *back;

    if (!load_provider(engine, arena, id, &provider, &err))
        return tell_failure(arena, &err);
    oidc = oidc_of(&provider);
    back = wf_arena_printf(arena, "%s/", provider.address);
    if (!wf_oidc_sign_out(engine->oidc, arena, &oidc, back, &url, &err))
        return tell_failure(arena, &err);
    return tell(arena, provider.label, url);
}

/* --- And told by the provider that they are signed out there */

struct told {
    struct wf_provider provider;
    struct wf_oidc_logout logout;
};

/* A token counts once: who has seen one cannot sign somebody out with it who
 * has come again since. */
static bool end_sessions(struct wf_turn *turn, const void *with,
                         weft_error *err)
{
    const struct told *told = with;
    const struct wf_came_by by = { told->provider.id, told->logout.session };
    const struct wf_identity who = { told->provider.issuer,
                                     told->logout.subject };
    const char *name =
        wf_arena_printf(turn->call.arena, "logout %s %s", told->provider.issuer,
                        told->logout.name);
    int64_t n;

    if (!wf_way_take(&turn->call, name, told->logout.until, err))
        return err->code == WEFT_E_SIGNED_OUT
                   ? wf_fail(err, WEFT_E_SIGNED_OUT,
                             "This has been told already: a logout token "
                             "counts once.")
                   : false;
    return wf_sessions_end_by(&turn->call, &by, &who, &n, err)
           && (n == 0 || record(turn, "signed-out", told->provider.id, err));
}

static bool hear_logout(weft_engine *engine, struct wf_arena *arena,
                        const weft_provider_logout *with, weft_error *err)
{
    struct wf_oidc_provider oidc;
    struct told told;
    weft_reply *reply;
    bool ok;

    if (!load_provider(engine, arena, with->provider, &told.provider, err))
        return false;
    oidc = oidc_of(&told.provider);
    if (!wf_oidc_logout(engine->oidc, arena, &oidc,
                        with->token ? with->token : "", &told.logout, err))
        return false;
    ok = run_as_nobody(engine, end_sessions, &told, &reply, err);
    weft_reply_free(reply);
    return ok;
}

weft_reply *weft_provider_hear_logout(weft_engine *engine,
                                      const weft_provider_logout *with)
{
    struct wf_arena *arena = wf_arena_new();
    weft_error err = wf_error_in(wf_lang_choose(with->lang, "en"));

    if (hear_logout(engine, arena, with, &err))
        return tell(arena, NULL, NULL);
    if (err.code == WEFT_E_SIGNED_OUT) /* there is nobody to sign in */
        err.code = WEFT_E_MALFORMED;
    return tell_failure(arena, &err);
}
