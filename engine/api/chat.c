/* api/chat.c - what chat tools call with, in the name of whom it is about.
 *
 * A call is opened on a snapshot, noted in a command, so that its copies come
 * to nothing, and only then followed: by the same commands and questions that
 * the person would ask with on the page. Answers to words go out by the channel
 * (flow/outbox.h), never to an address that the call names.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/chat.h"

#include <weft/assistant.h>
#include <weft/document.h>

#include "base/error.h"
#include "base/messages.h"
#include "connect/hearing.h"
#include "flow/card.h"
#include "org/heard.h"
#include "org/person.h"

static const struct wf_asker the_engine = { .system = true };

/* --- Opening */

/* By which way, as the history tells it. */
static const char *way_of(const char *kind)
{
    static const char *const ways[] = { "dingtalk", "wecom", "feishu" };

    for (size_t i = 0; i < WF_COUNT(ways); i++)
        if (wf_streq(ways[i], kind))
            return ways[i];
    return NULL;
}

static bool find_person(struct wf_call *call, struct wf_calling *calling,
                        weft_error *err)
{
    const struct wf_person *person = NULL;
    wf_id id = 0;

    if (!calling->heard.account)
        return true;
    if (!wf_channel_person(call, calling->channel.id, calling->heard.account,
                           &id, err)
        || (id && !wf_person_find(call, id, &person, err)))
        return false;
    if (!person || !person->active)
        return true;
    calling->person = id;
    calling->lang = wf_lang_choose(person->locale, "zh-CN");
    return true;
}

static bool listen(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct wf_calling *calling = *(struct wf_calling *const *)with;
    const weft_chat_call *came = calling->came;
    struct wf_call *call = &turn->call;
    struct wf_came request = { .is_get = came->is_get,
                               .body = { came->body, came->len },
                               .query = came->query,
                               .header = came->header,
                               .self = came->self };
    const char *wrong;

    if (!wf_channel_find(call, came->channel, &calling->channel, err))
        return false;
    calling->via = way_of(calling->channel.kind);
    if (!calling->channel.on || !calling->via)
        return wf_fail(err, WEFT_E_NOTFOUND, "There is no channel \"%s\".",
                       came->channel);
    calling->now = call->now;
    wrong = wf_hear(call->arena, &calling->channel, &request, call->now,
                    &calling->heard);
    if (!wrong)
        return find_person(call, calling, err);
    wf_log(call->log, WF_LOG_WARN, "chat", "a call of %s is refused: %s",
           calling->channel.id, wrong);
    return wf_fail(err, WEFT_E_DENIED,
                   "This is not a call of the chat tool, or not one of now.");
}

/* --- Noting */

/* What is noted with a call, all of it or nothing. */
struct noting {
    struct wf_calling *calling;
    const struct wf_json *says;       /* to the person; NULL: nothing */
    const struct wf_pending *pending; /* set; NULL: nothing */
    const char *code;                 /* taken; NULL: nothing */
    const char *token;                /* … for this */
    bool is_first; /* of the event, as far as it has a name */
};

static bool note_call(struct wf_turn *turn, struct noting *noting,
                      weft_error *err)
{
    const struct wf_calling *calling = noting->calling;
    const struct wf_heard *heard = &calling->heard;
    bool first;

    noting->is_first = true;
    if (!wf_heard_take(&turn->call, calling->channel.id, heard->once, &first,
                       err))
        return false;
    if (!first)
        return wf_fail(err, WEFT_E_CONFLICT, "This has come before.");
    return !heard->event
           || wf_heard_take(&turn->call, calling->channel.id, heard->event,
                            &noting->is_first, err);
}

static bool note(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct noting *noting = *(struct noting *const *)with;
    const struct wf_calling *calling = noting->calling;
    struct wf_call *call = &turn->call;

    noting->token = NULL;
    if (!note_call(turn, noting, err))
        return false;
    if (!noting->is_first)
        return true;
    if (noting->code
        && !wf_pending_take(call, calling->channel.id, calling->person,
                            noting->code, &noting->token, err))
        return false;
    if (noting->token)
        noting->token = wf_arena_str(calling->arena, noting->token);
    return (!noting->pending || wf_pending_set(call, noting->pending, err))
           && (!noting->says
               || wf_outbox_answer(call, calling->channel.id, calling->person,
                                   noting->says, err));
}

static bool say(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct noting *noting = *(struct noting *const *)with;
    const struct wf_calling *calling = noting->calling;

    return wf_outbox_answer(&turn->call, calling->channel.id, calling->person,
                            noting->says, err);
}

static bool run_noting(struct noting *noting, wf_answer_fn *part,
                       weft_error *err)
{
    struct wf_calling *calling = noting->calling;
    weft_command *command = wf_command_as(calling->engine, &the_engine, part);
    struct noting **with = WF_NEW(command->arena, struct noting *);
    const weft_error *failure;
    weft_reply *reply;
    bool ok;

    *with = noting;
    command->with = with;
    reply = weft_run(command);
    failure = weft_reply_error(reply);
    ok = !failure || wf_fail_as(err, failure);
    weft_reply_free(reply);
    return ok;
}

/* --- Buttons */

/* What was done, with the title of its document where it has one. */
static const char *done_text(const struct wf_calling *calling,
                             const char *action, const weft_reply *reply)
{
    static const char *const done[][2] = {
        { "approve", WF_MESSAGE("Approved") },
        { "return", WF_MESSAGE("Returned") },
        { "reject", WF_MESSAGE("Rejected") },
    };
    const char *text = WF_MESSAGE("Done");
    const char *title = wf_chat_title(calling->arena, reply);

    for (size_t i = 0; i < WF_COUNT(done); i++)
        if (wf_streq(done[i][0], action))
            text = done[i][1];
    text = wf_message(calling->lang, text);
    return title ? wf_arena_printf(calling->arena, "%s: %s", text, title)
                 : text;
}

/* The end of a command as somebody in a chat is told it. Takes the reply. */
static struct wf_hear_result result_of(struct wf_calling *calling,
                                       const char *action, weft_reply *reply)
{
    const weft_error *failure = weft_reply_error(reply);
    const char *problem = wf_chat_problem(calling->arena, reply);
    struct wf_hear_result out = { .done = !failure && !problem };

    if (out.done)
        out.text = done_text(calling, action, reply);
    else if (!failure)
        out.text = problem;
    else if (failure->code == WEFT_E_STALE)
        out.text = wf_message(
            calling->lang,
            WF_MESSAGE("It has changed since this card was sent. Open it."));
    else
        out.text = wf_arena_printf(calling->arena, "%s %s", failure->text,
                                   problem ? problem : "");
    weft_reply_free(reply);
    return out;
}

static struct wf_hear_result refuse(const struct wf_calling *calling,
                                    const char *text)
{
    return (struct wf_hear_result){ wf_message(calling->lang, text), false };
}

/* Pressed twice with nothing said, it is the same request, and answered the
 * same. */
static struct wf_hear_result run_card(struct wf_calling *calling,
                                      weft_session *session,
                                      const struct wf_card *card)
{
    struct wf_buf body = WF_BUF_INIT(calling->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&body);
    const char *comment = calling->heard.comment;
    weft_how how = { .if_match = card->etag };

    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "comment", wf_str_empty(comment) ? NULL : comment);
    wf_jw_close(&w, '}');
    if (wf_str_empty(comment))
        how.idempotency_key = wf_arena_printf(
            calling->arena, "card-%s", strrchr(calling->heard.token, '.') + 1);
    return result_of(
        calling, card->action,
        weft_run(weft_document_act(session, card->document, card->action,
                                   wf_buf_text(&body), body.len, &how)));
}

static struct wf_hear_result confirm(struct wf_calling *calling,
                                     weft_session *session, const char *token)
{
    struct wf_buf body = WF_BUF_INIT(calling->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&body);

    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "confirm", token);
    wf_jw_close(&w, '}');
    return result_of(
        calling, NULL,
        weft_run(weft_bot_do(session, wf_buf_text(&body), body.len)));
}

static struct wf_hear_result press(struct wf_calling *calling)
{
    const char *token = calling->heard.token;
    struct wf_hear_result result;
    struct wf_card card;
    weft_session *session;

    if (!calling->person)
        return refuse(calling,
                      WF_MESSAGE("Nobody here is known to be you. Ask an "
                                 "administrator."));
    session = wf_session_for(calling->engine, calling->person, calling->lang,
                             calling->via);
    if (!wf_str_starts(token, WF_CARD_PREFIX))
        result = confirm(calling, session, token);
    else if (!wf_card_open(calling->engine->vault, calling->arena, token,
                           &card))
        result = refuse(calling, WF_MESSAGE("This button is not one of ours."));
    else if (card.person != calling->person)
        result = refuse(calling, WF_MESSAGE("This card is for somebody else."));
    else if (calling->now > card.until)
        result = refuse(calling,
                        WF_MESSAGE("This card is too old. Open it in Weft."));
    else
        result = run_card(calling, session, &card);
    weft_session_free(session);
    return result;
}

/* --- Words */

/* Says what a confirmation by its number has come to. */
static bool follow_code(struct wf_calling *calling, const char *code,
                        weft_error *err)
{
    struct noting noting = { .calling = calling, .code = code };
    struct wf_hear_result result;
    weft_session *session;

    if (!run_noting(&noting, note, err))
        return false;
    if (!noting.is_first)
        return true;
    if (noting.token) {
        session = wf_session_for(calling->engine, calling->person,
                                 calling->lang, calling->via);
        result = confirm(calling, session, noting.token);
        weft_session_free(session);
    } else {
        result = refuse(calling, WF_MESSAGE("There is nothing to confirm under "
                                            "this number. Ask again."));
    }
    noting.says = wf_chat_text(calling->arena, result.text);
    return run_noting(&noting, say, err);
}

static bool follow_text(struct wf_calling *calling, weft_error *err)
{
    struct noting noting = { .calling = calling };
    struct wf_pending pending = { .token = NULL };
    const char *code = wf_chat_code(calling->arena, calling->heard.text);

    if (!calling->person)
        return run_noting(&noting, note, err);
    if (code)
        return follow_code(calling, code, err);
    noting.says = wf_chat_answer(calling, &pending);
    if (pending.token)
        noting.pending = &pending;
    return run_noting(&noting, note, err);
}

/* --- All of it */

static bool follow(struct wf_calling *calling, struct wf_hear_result *result,
                   weft_error *err)
{
    struct noting noting = { .calling = calling };

    if (calling->heard.kind == WF_HEARD_TEXT)
        return follow_text(calling, err);
    if (!run_noting(&noting, note, err))
        return false;
    if (calling->heard.kind == WF_HEARD_PRESS && noting.is_first)
        *result = press(calling);
    return true;
}

weft_reply *weft_chat_hear(weft_engine *engine, const weft_chat_call *with,
                           const char **type)
{
    struct wf_calling calling = { .engine = engine,
                                  .came = with,
                                  .lang = "zh-CN" };
    struct wf_calling *const at = &calling;
    weft_reply *reply = wf_question_as(engine, &the_engine, 0, listen, &at);
    weft_error err = wf_error_in("en");
    struct wf_hear_result result = { NULL, false };
    struct wf_hear_answer answer;

    *type = NULL;
    if (weft_reply_error(reply))
        return reply;
    calling.arena = reply->arena;
    if (!follow(&calling, &result, &err)) {
        wf_reply_fail(reply, &err, "[]");
        return reply;
    }
    answer = wf_hear_answer(calling.arena, &calling.channel, &calling.heard,
                            &result, calling.now);
    *type = answer.type;
    reply->body = answer.body.at;
    reply->len = answer.body.len;
    return reply;
}
