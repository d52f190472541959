/* api/bot.c - the assistant: what somebody says, matched with what the packages
 * know to answer, and answered.
 *
 * Which intent is meant and what its slots are is found by scripts/intents, a
 * script in the sandbox, from the trees of def/intent.h. The answer is given by
 * the hook file of whoever brought the intent. Both ask by the public API with
 * the rights of the person, on one snapshot, and neither can change anything:
 * what is to be done comes back as a command, which is sealed and done only
 * when it is confirmed (bot_do.c).
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/bot.h"

#include <weft/assistant.h>

#include "api/body.h"
#include "api/session.h"
#include "base/date.h"
#include "base/embed.h"
#include "base/error.h"
#include "base/text.h"
#include "def/intent.h"
#include "org/company.h"

enum {
    TEXT_MAX = 1000, /* characters of one question */
    MINUTE_MS = 60 * 1000,
    DAY_MS = 24 * 60 * MINUTE_MS,
};

static const char MATCHER[] = "main";
static const char OWN[] = "intents-"; /* modules of the engine's own */

struct all_intents {
    const struct wf_intents **at;
    size_t n, cap;
};

/* What came with the call, and in whose name. */
struct question {
    const char *text, *lang;
    weft_session *session;
};

/* The same before it has been read. */
struct asked {
    weft_session *session;
    struct wf_text body;
};

/* --- Scripts */

static const char *own_script(struct wf_arena *arena, const char *name)
{
    const struct wf_embedded *file = wf_embedded_find(
        wf_arena_printf(arena, "scripts/intents/%s.lua", name));

    return file ? (const char *)file->data : NULL;
}

static const char *find_script(void *self, const char *name)
{
    const struct wf_bot *bot = self;
    struct wf_call *call = &bot->turn->call;

    if (wf_str_starts(name, OWN))
        return own_script(call->arena, name + strlen(OWN));
    return bot->package ? wf_registry_script(call->registry, bot->package, name)
                        : NULL;
}

static void end_script(struct wf_script **script)
{
    wf_script_free(*script);
}

static bool call_script(struct wf_bot *bot, struct wf_script *script,
                        const char *name, const char *text,
                        struct wf_script_call *call, weft_error *err)
{
    call->name = name;
    return wf_script_load(script, name, text, strlen(text), err)
           && wf_script_call(script, bot->turn->call.arena, call, err);
}

/* --- What the scripts are told */

/* All intents there are, the engine's own first. */
static struct all_intents all_of(struct wf_turn *turn, struct wf_general *own)
{
    const struct wf_general_intents *general = wf_general_read(own);
    struct all_intents all = { NULL, 0, 0 };
    const struct wf_head *head;
    size_t cursor = 0;

    for (size_t i = 0; i < general->n; i++)
        *WF_PUSH(turn->call.arena, &all) = general->at[i];
    while (
        (head = wf_registry_next_of(turn->call.registry, "intents", &cursor)))
        *WF_PUSH(turn->call.arena, &all) =
            (const struct wf_intents *)(const void *)head;
    return all;
}

static void add_models(struct wf_bot *bot, struct wf_json *context)
{
    struct wf_arena *arena = bot->turn->call.arena;
    struct wf_json *models = wf_json_array(arena);
    struct all_intents all = all_of(bot->turn, bot->session->engine->general);

    for (size_t i = 0; i < all.n; i++) {
        wf_json_push(arena, models, all.at[i]->model);
        *WF_PUSH(arena, &bot->phrases) = all.at[i]->phrases;
    }
    wf_json_set(arena, context, "models", models);
    bot->learnt =
        wf_learning_acquire(bot->session->engine->learning, all.at, all.n);
}

static void set_text(struct wf_arena *arena, struct wf_json *into,
                     const char *key, const char *text)
{
    if (text)
        wf_json_set(arena, into, key, wf_json_text(arena, text));
}

static struct wf_json *me_json(struct wf_turn *turn)
{
    struct wf_arena *arena = turn->call.arena;
    const struct wf_person *me = turn->call.me;
    struct wf_json *json = wf_json_object(arena);
    char id[WF_ID_TEXT];

    if (!me)
        return json;
    wf_id_write(me->id, id);
    set_text(arena, json, "id", id);
    set_text(arena, json, "login", me->login);
    set_text(arena, json, "name", me->name);
    set_text(arena, json, "unit", me->unit_key);
    return json;
}

/* The day where the one who asks is. */
static bool add_today(struct wf_turn *turn, struct wf_json *context,
                      weft_error *err)
{
    const char *zone = turn->call.me ? turn->call.me->timezone : NULL;
    struct wf_company company;
    int32_t day, of_day;
    int64_t offset;
    char text[WF_DATE_TEXT];

    if (!zone && !wf_company_load(&turn->call, &company, err))
        return false;
    if (!wf_zone_to_local(zone ? zone : company.timezone, turn->call.now, &day,
                          &of_day))
        return wf_fail(err, WEFT_E_INTERNAL, "%s is broken.",
                       zone ? zone : company.timezone);
    wf_date_write(day, text);
    set_text(turn->call.arena, context, "today", text);
    offset = (int64_t)day * DAY_MS + of_day - turn->call.now;
    wf_json_set(turn->call.arena, context, "offset",
                wf_json_int(turn->call.arena, offset / MINUTE_MS));
    return true;
}

static bool context_of(struct wf_bot *bot, const struct question *question,
                       struct wf_json **out, weft_error *err)
{
    struct wf_turn *turn = bot->turn;
    struct wf_arena *arena = turn->call.arena;
    struct wf_json *context = wf_json_object(arena);

    *out = context;
    set_text(arena, context, "text", question->text ? question->text : "");
    set_text(arena, context, "lang", turn->call.lang);
    wf_json_set(arena, context, "too_long",
                wf_json_bool(arena, question->text
                                        && wf_utf8_count(question->text,
                                                         strlen(question->text))
                                               > TEXT_MAX));
    wf_json_set(arena, context, "me", me_json(turn));
    add_models(bot, context);
    return add_today(turn, context, err);
}

/* --- Matched, answered, told */

/* The intents of which the matcher is sure; NULL: the engine's own, or none. */
static const struct wf_head *owner_of(struct wf_turn *turn,
                                      const struct wf_json *found)
{
    const char *id = wf_json_str(wf_json_get(found, "model"));
    const char *status = wf_json_str(wf_json_get(found, "status"));
    bool is_clear = wf_streq(status, "answer") || wf_streq(status, "act");

    return id && is_clear ? wf_registry_find(turn->call.registry, "intents", id)
                          : NULL;
}

/* What is still to be asked of somebody: `answer` of whoever brought it. */
static bool answer_found(struct wf_bot *bot, struct wf_script *script,
                         struct wf_json *context, struct wf_json **out,
                         weft_error *err)
{
    struct wf_arena *arena = bot->turn->call.arena;
    const struct wf_json *found = wf_json_get(context, "found");
    const struct wf_head *head = owner_of(bot->turn, found);
    struct wf_script_call call = { .function = "answer" };
    struct wf_json *args = wf_json_array(arena);
    const char *name = "scripts/intents/general.lua";
    const char *text = own_script(arena, "general");

    if (head && head->hook && wf_map_find(&head->hook_functions, "answer")) {
        bot->package = head->package->id;
        name = wf_arena_printf(arena, "%s@%d", head->hook_file, head->version);
        text = head->hook;
    }
    wf_json_push(arena, args, context);
    call.args = args;
    if (!call_script(bot, script, name, text, &call, err))
        return false;
    *out = call.result;
    return true;
}

static bool ask_scripts(struct wf_bot *bot, struct wf_json *context,
                        struct wf_json **found, struct wf_json **answer,
                        weft_error *err)
{
    struct wf_arena *arena = bot->turn->call.arena;
    struct wf_budget budget = { 20000000, 400000, 32u << 20 };
    const struct wf_script_options options = {
        .budget = &budget,
        .hosts = wf_bot_hosts,
        .n_hosts = wf_n_bot_hosts,
        .self = bot,
        .find_script = find_script,
        .chunks = wf_registry_chunks(bot->turn->call.registry),
    };
    struct wf_script *script WF_CLEANUP(end_script) = wf_script_new(&options);
    struct wf_script_call call = { .function = "understand" };
    struct wf_json *args = wf_json_array(arena);

    wf_json_push(arena, args, context);
    call.args = args;
    if (!call_script(bot, script, "scripts/intents/main.lua",
                     own_script(arena, MATCHER), &call, err))
        return false;
    *found = call.result;
    wf_json_remove(context, "models");
    wf_json_set(arena, context, "found", *found);
    return answer_found(bot, script, context, answer, err);
}

static void write_member(struct wf_json_writer *out, const char *key,
                         const struct wf_json *value)
{
    if (!value || wf_json_is(value, WF_JSON_NULL))
        return;
    wf_jw_key(out, key);
    wf_jw_tree(out, value);
}

/* The same for a list, which is an empty object where a script left it empty.
 */
static void write_list(struct wf_json_writer *out, const char *key,
                       const struct wf_json *value)
{
    if (value && !wf_json_is(value, WF_JSON_ARRAY)
        && !wf_json_is(value, WF_JSON_NULL)) {
        wf_jw_key(out, key);
        wf_jw_open(out, '[');
        wf_jw_close(out, ']');
        return;
    }
    write_member(out, key, value);
}

static bool write_confirm(struct wf_turn *turn, const struct wf_json *confirm,
                          weft_error *err)
{
    const struct wf_json *command = wf_json_get(confirm, "command");
    const char *token;
    int64_t expires;

    if (!command)
        return true;
    if (!wf_bot_seal(turn, command, &token, &expires, err))
        return false;
    wf_jw_key(&turn->out, "confirm");
    wf_jw_open(&turn->out, '{');
    wf_jw_key_text(&turn->out, "token", token);
    wf_jw_key_text(&turn->out, "says",
                   wf_json_str(wf_json_get(confirm, "says")));
    wf_jw_key_time(&turn->out, "expires", expires);
    wf_jw_close(&turn->out, '}');
    return true;
}

static bool write_answer(struct wf_turn *turn, const struct wf_json *found,
                         const struct wf_json *answer, weft_error *err)
{
    static const char *const of_found[] = { "intent", "confidence", "slots",
                                            "choose" };
    struct wf_json_writer *out = &turn->out;
    const struct wf_json *status = wf_json_get(answer, "status");

    wf_jw_open(out, '{');
    write_member(out, "status", status ? status : wf_json_get(found, "status"));
    wf_jw_key(out, "answer");
    wf_jw_open(out, '{');
    wf_jw_key_text(out, "text", wf_json_str(wf_json_get(answer, "text")));
    write_list(out, "items", wf_json_get(answer, "items"));
    wf_jw_close(out, '}');
    for (size_t i = 0; i < WF_COUNT(of_found); i++)
        write_member(out, of_found[i], wf_json_get(found, of_found[i]));
    write_list(out, "explain", wf_json_get(found, "explain"));
    write_member(out, "like", wf_json_get(found, "like"));
    write_list(out, "of", wf_json_get(found, "of"));
    write_list(out, "choices", wf_json_get(answer, "choices"));
    if (!write_confirm(turn, wf_json_get(answer, "confirm"), err))
        return false;
    wf_jw_close(out, '}');
    return true;
}

/* All that is asked on the way is answered in the language of the question. */
static bool respond(struct wf_turn *turn, const struct question *question,
                    weft_error *err)
{
    struct wf_bot bot = { .turn = turn, .session = question->session };
    struct wf_asker *asker = &bot.session->asker;
    const struct wf_asker own = *asker;
    struct wf_json *context, *found = NULL, *answer = NULL;
    bool ok;

    if (question->lang)
        wf_asker_speak(asker, question->lang);
    bot.session->within = turn;
    ok = context_of(&bot, question, &context, err)
         && ask_scripts(&bot, context, &found, &answer, err)
         && write_answer(turn, found, answer, err);
    bot.session->within = NULL;
    if (bot.learnt)
        wf_learnt_release(bot.session->engine->learning, bot.learnt);
    wf_asker_speak(asker, own.lang);
    return ok;
}

static bool check_lang(struct wf_turn *turn, const struct question *question,
                       weft_error *err)
{
    if (!question->lang || wf_streq(question->lang, "en")
        || wf_streq(question->lang, "zh-CN"))
        return true;
    wf_diag_field(&turn->findings, "lang", "option",
                  "The assistant answers in \"zh-CN\" or \"en\", not in "
                  "\"%s\".",
                  question->lang);
    return wf_body_misfits(err);
}

/* A body that cannot be read is answered as such, by a question of its own. */
static bool read_and_respond(struct wf_turn *turn, const void *with,
                             weft_error *err)
{
    static const struct wf_member members[] = {
        { "text", WF_BODY_TEXT, offsetof(struct question, text), true },
        { "lang", WF_BODY_TEXT, offsetof(struct question, lang), false },
    };
    const struct asked *asked = with;
    struct question question = { .session = asked->session };

    return wf_body_read(&turn->findings, members, WF_COUNT(members),
                        asked->body, &question, err)
           && check_lang(turn, &question, err) && respond(turn, &question, err);
}

weft_reply *weft_bot_ask(weft_session *session, const char *body, size_t len)
{
    struct asked asked = { session, { body, len } };

    return wf_question(session, WEFT_SCOPE_READ, read_and_respond, &asked);
}

/* --- What can be said */

static void write_examples(struct wf_turn *turn, const struct wf_json *examples)
{
    wf_jw_key(&turn->out, "examples");
    wf_jw_open(&turn->out, '[');
    for (size_t i = 0; i < wf_json_len(examples); i++)
        if (wf_streq(wf_json_str(wf_json_get(examples->u.array.at[i], "lang")),
                     turn->call.lang))
            wf_jw_text(&turn->out, wf_json_str(wf_json_get(
                                       examples->u.array.at[i], "text")));
    wf_jw_close(&turn->out, ']');
}

static void write_intent(struct wf_turn *turn, const struct wf_json *intent)
{
    const struct wf_json *labels = wf_json_get(intent, "labels");
    const char *id = wf_json_str(wf_json_get(intent, "id"));
    const char *label = wf_json_str(wf_json_get(labels, turn->call.lang));
    const char *does = wf_json_str(wf_json_get(intent, "does"));

    if (wf_streq(does, "refuse") || wf_streq(does, "nothing"))
        return;
    wf_jw_open(&turn->out, '{');
    wf_jw_key_text(&turn->out, "id", id);
    wf_jw_key_text(&turn->out, "label", label ? label : id);
    wf_jw_key_text(&turn->out, "does", does);
    write_examples(turn, wf_json_get(intent, "examples"));
    wf_jw_close(&turn->out, '}');
}

static bool list_intents(struct wf_turn *turn, const void *with,
                         weft_error *err)
{
    struct all_intents all =
        all_of(turn, ((const weft_session *)with)->engine->general);
    const struct wf_json *intents;

    (void)err;
    wf_jw_open(&turn->out, '{');
    wf_jw_key(&turn->out, "items");
    wf_jw_open(&turn->out, '[');
    for (size_t i = all.n; i-- > 0;) {
        intents = wf_json_get(all.at[i]->model, "intents");
        for (size_t j = 0; j < wf_json_len(intents); j++)
            write_intent(turn, intents->u.array.at[j]);
    }
    wf_jw_close(&turn->out, ']');
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_reply *weft_bot_intents(weft_session *session)
{
    return wf_question(session, WEFT_SCOPE_READ, list_intents, session);
}
