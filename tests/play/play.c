/* play/play.c - the public API for scripts: a line of JSON in is one question
 * or command, a line of JSON out its answer. With a clock that stands still.
 *
 *     test_play URL
 *     {"as":"ann","do":"create","body":{"form":"note","data":{…}}}
 *     {"code":"ok","text":"","body":{…}}
 *
 * What may be done is the table below; `id` names a document, `name` an
 * action, field or form, `as` a login (none: the system itself).
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <weft/weft.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/str.h"

/* Monday 2026-10-12, 09:00 in Shanghai. */
static const int64_t START_MS = INT64_C(1791766800000);

struct player {
    weft_engine *engine;
    int64_t now;
};

/* One line, taken apart. */
struct order {
    struct player *player;
    weft_session *session;
    int64_t id;
    const char *name, *body;
};

typedef weft_reply *play_fn(const struct order *order);

static weft_reply *play_create(const struct order *o)
{
    return weft_run(
        weft_document_create(o->session, o->body, strlen(o->body), NULL));
}

static weft_reply *play_patch(const struct order *o)
{
    return weft_run(
        weft_document_patch(o->session, o->id, o->body, strlen(o->body), NULL));
}

static weft_reply *play_act(const struct order *o)
{
    return weft_run(weft_document_act(o->session, o->id, o->name, o->body,
                                      strlen(o->body), NULL));
}

static weft_reply *play_delete(const struct order *o)
{
    return weft_run(weft_document_delete(o->session, o->id, NULL));
}

static weft_reply *play_comment(const struct order *o)
{
    return weft_run(weft_document_comment(o->session, o->id, o->body,
                                          strlen(o->body), NULL));
}

static weft_reply *play_get(const struct order *o)
{
    return weft_document_get(o->session, o->id);
}

static weft_reply *play_list(const struct order *o)
{
    weft_param form = { "form", o->name };

    return weft_document_list(o->session, &form, 1);
}

static weft_reply *play_work(const struct order *o)
{
    return weft_work_list(o->session, NULL, 0);
}

static weft_reply *play_history(const struct order *o)
{
    return weft_document_history(o->session, o->id, NULL, 0);
}

static weft_reply *play_children(const struct order *o)
{
    return weft_document_children(o->session, o->id, NULL, 0);
}

static weft_reply *play_chain(const struct order *o)
{
    return weft_document_chain(o->session, o->id);
}

static weft_reply *play_explain(const struct order *o)
{
    return weft_document_explain(o->session, o->id, o->name);
}

static weft_reply *play_notifications(const struct order *o)
{
    return weft_notification_list(o->session, NULL, 0);
}

static weft_reply *play_form(const struct order *o)
{
    return weft_form_get(o->session, o->name, 0);
}

static weft_reply *play_simulate(const struct order *o)
{
    return weft_form_simulate(o->session, o->name, o->body, strlen(o->body));
}

static weft_reply *play_evaluate(const struct order *o)
{
    return weft_form_evaluate(o->session, o->name, o->body, strlen(o->body));
}

static weft_reply *play_verify(const struct order *o)
{
    return weft_verify(o->session);
}

/* `name`: "LOGIN DAY". */
static weft_reply *play_person(const struct order *o)
{
    size_t n = strcspn(o->name, " ");
    char login[64];

    snprintf(login, sizeof login, "%.*s", (int)n, o->name);
    return weft_person_on(o->session, login, o->name + n + (o->name[n] != 0));
}

/* clang-format off */
static const struct deed {
    const char *name;
    play_fn *play;
} deeds[] = {
    { "create", play_create },     { "patch", play_patch },
    { "act", play_act },           { "delete", play_delete },
    { "comment", play_comment },   { "get", play_get },
    { "list", play_list },         { "work", play_work },
    { "history", play_history },   { "children", play_children },
    { "chain", play_chain },       { "explain", play_explain },
    { "form", play_form },         { "notifications", play_notifications },
    { "simulate", play_simulate }, { "evaluate", play_evaluate },
    { "verify", play_verify },     { "person", play_person },
};
/* clang-format on */

static void answer(const char *code, const char *text, const char *body)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();

    printf("{\"code\":\"%s\",\"text\":%s,\"body\":%s}\n", code,
           wf_json_dump(arena, wf_json_text(arena, text)),
           *body == '{' || *body == '['
               ? body
               : wf_json_dump(arena, wf_json_text(arena, body)));
}

static void tell(weft_reply *reply)
{
    const weft_error *failure = weft_reply_error(reply);

    answer(failure ? weft_code_name(failure->code) : "ok",
           failure ? failure->text : "", weft_reply_body(reply, NULL));
    weft_reply_free(reply);
}

/* Fires what is due, and with `to` (ms) what is due until then, where the clock
 * stands afterwards. */
static void play_tick(struct player *player, const struct wf_json *to)
{
    weft_error err = WEFT_ERROR_INIT;
    int64_t fired = 0;
    bool ok = true;

    if (wf_json_is(to, WF_JSON_NUMBER)) {
        int64_t ms = (int64_t)to->u.number;

        ok = ms < player->now
             || weft_engine_tick(player->engine, ms, &fired, &err);
        player->now = ms;
    }
    if (ok && weft_engine_tick(player->engine, player->now, &fired, &err))
        answer("ok", "", "");
    else
        answer(weft_code_name(err.code), err.text, "");
}

static void play(struct player *player, struct wf_arena *arena,
                 const struct wf_json *line)
{
    const char *what = wf_json_str(wf_json_get(line, "do"));
    const struct wf_json *body = wf_json_get(line, "body");
    const char *id = wf_json_str(wf_json_get(line, "id"));
    struct order order = { .player = player,
                           .id = id ? strtoll(id, NULL, 10) : 0,
                           .name = wf_json_str(wf_json_get(line, "name")),
                           .body = body ? wf_json_dump(arena, body) : "" };
    weft_error err = WEFT_ERROR_INIT;

    if (wf_streq(what, "tick")) {
        play_tick(player, wf_json_get(line, "to"));
        return;
    }
    if (!weft_session_as(player->engine, wf_json_str(wf_json_get(line, "as")),
                         "en", &order.session, &err)) {
        answer(weft_code_name(err.code), err.text, "");
        return;
    }
    for (size_t i = 0; i < WF_COUNT(deeds); i++)
        if (wf_streq(deeds[i].name, what)) {
            tell(deeds[i].play(&order));
            weft_session_free(order.session);
            return;
        }
    weft_session_free(order.session);
    answer("malformed", "there is no such deed", "");
}

static int64_t read_clock(void *self)
{
    return ((struct player *)self)->now;
}

static void read_lines(struct player *player)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    char *line = NULL;
    size_t room = 0;
    ssize_t len;

    while ((len = getline(&line, &room, stdin)) > 0) {
        struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
        weft_error err = WEFT_ERROR_INIT;
        struct wf_json *json = NULL;

        if (wf_json_parse(arena, line, (size_t)len, &limits, &json, &err))
            play(player, arena, json);
        else
            answer("malformed", err.text, "");
        fflush(stdout);
    }
    free(line);
}

int main(int argc, char **argv)
{
    struct player player = { NULL, START_MS };
    weft_options options = WEFT_OPTIONS_INIT;
    weft_error err = WEFT_ERROR_INIT;

    options.no_jobs = true;
    options.key_file = getenv("WEFT_KEY_FILE");
    options.now_ms = read_clock;
    options.now_self = &player;
    if (argc != 2
        || !weft_engine_open(argv[1], &options, &player.engine, &err)) {
        fprintf(stderr, "test_play URL: %s\n", err.text);
        return 1;
    }
    read_lines(&player);
    weft_engine_close(player.engine);
    return 0;
}
