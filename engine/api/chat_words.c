/* api/chat_words.c - what the assistant answers, as a message in a chat.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/chat.h"

#include <inttypes.h>
#include <strings.h>

#include <weft/assistant.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/messages.h"

enum {
    LINES_MAX = 20,
    CODE = 4,        /* digits */
    TEXT_MAX = 8000, /* bytes that are asked; what is longer is too long */
};

static const struct wf_json *read(struct wf_arena *arena,
                                  const weft_reply *reply)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_error broken = WEFT_ERROR_INIT;
    struct wf_json *json = NULL;
    size_t len;
    const char *body = weft_reply_body(reply, &len);

    return wf_json_parse(arena, body, len, &limits, &json, &broken) ? json
                                                                    : NULL;
}

static const char *text_of(const struct wf_json *json, const char *name)
{
    return wf_json_str(wf_json_get(json, name));
}

const char *wf_chat_title(struct wf_arena *arena, const weft_reply *reply)
{
    return text_of(read(arena, reply), "title");
}

/* Of a failure the body is its findings, of a batch the ends of its parts. */
const char *wf_chat_problem(struct wf_arena *arena, const weft_reply *reply)
{
    const struct wf_json *json = read(arena, reply), *items, *problem;

    if (weft_reply_error(reply))
        return wf_json_len(json) > 0 ? text_of(json->u.array.at[0], "message")
                                     : NULL;
    items = wf_json_get(json, "items");
    for (size_t i = 0; i < wf_json_len(items); i++) {
        problem = wf_json_get(items->u.array.at[i], "problem");
        if (wf_json_is(problem, WF_JSON_OBJECT))
            return text_of(problem, "detail");
    }
    return NULL;
}

const char *wf_chat_code(struct wf_arena *arena, const char *text)
{
    static const char *const words[] = { "确认", "confirm" };
    struct wf_str rest = wf_str_trim(wf_str_of(text));

    for (size_t i = 0; i < WF_COUNT(words); i++) {
        size_t n = strlen(words[i]);
        struct wf_str digits;

        if (rest.len <= n || strncasecmp(rest.at, words[i], n) != 0)
            continue;
        digits = wf_str_trim((struct wf_str){ rest.at + n, rest.len - n });
        if (digits.len == CODE && strspn(digits.at, "0123456789") >= CODE)
            return wf_arena_slice(arena, digits);
    }
    return NULL;
}

/* --- Lines */

static void add_line(struct wf_arena *arena, struct wf_json *lines,
                     const char *text, const char *document)
{
    struct wf_json *line = wf_json_object(arena);

    wf_json_set(arena, line, "text", wf_json_text(arena, text));
    if (document)
        wf_json_set(arena, line, "document", wf_json_text(arena, document));
    wf_json_push(arena, lines, line);
}

static struct wf_json *letter_of(struct wf_arena *arena, const char *head,
                                 struct wf_json **lines)
{
    struct wf_json *letter = wf_json_object(arena);

    *lines = wf_json_array(arena);
    wf_json_set(arena, letter, "head", wf_json_text(arena, head ? head : ""));
    wf_json_set(arena, letter, "lines", *lines);
    return letter;
}

const struct wf_json *wf_chat_text(struct wf_arena *arena, const char *text)
{
    struct wf_json *lines;

    return letter_of(arena, text, &lines);
}

/* The document that an item is, by its id or where it leads. */
static const char *document_of(const struct wf_json *item)
{
    static const char place[] = "/documents/";
    const char *url = text_of(item, "url"), *id = text_of(item, "id");
    wf_id number;

    if (url && wf_str_starts(url, place))
        id = url + strlen(place);
    return id && wf_id_parse(wf_str_of(id), &number) ? id : NULL;
}

static void add_items(struct wf_arena *arena, const struct wf_json *items,
                      struct wf_json *lines)
{
    for (size_t i = 0; i < wf_json_len(items) && i < LINES_MAX; i++) {
        const struct wf_json *item = items->u.array.at[i];
        const char *title = text_of(item, "title");
        const char *note = text_of(item, "note");

        if (title)
            add_line(arena, lines,
                     wf_str_empty(note)
                         ? title
                         : wf_arena_printf(arena, "%s: %s", title, note),
                     document_of(item));
    }
}

static void add_choices(struct wf_arena *arena, const struct wf_json *choices,
                        struct wf_json *lines)
{
    for (size_t i = 0; i < wf_json_len(choices) && i < LINES_MAX; i++) {
        const char *text = text_of(choices->u.array.at[i], "text");

        if (!wf_str_empty(text))
            add_line(arena, lines, text, NULL);
    }
}

/* --- What is to be confirmed */

static const char *code_new(struct wf_arena *arena)
{
    uint32_t n;

    wf_random(&n, sizeof n);
    return wf_arena_printf(arena, "%04" PRIu32, n % 10000);
}

static void add_confirm(const struct wf_calling *calling,
                        const struct wf_json *confirm, struct wf_json *letter,
                        struct wf_pending *pending)
{
    struct wf_arena *arena = calling->arena;
    const char *token = text_of(confirm, "token");
    const char *says = text_of(confirm, "says");
    const char *how;

    if (!token)
        return;
    *pending = (struct wf_pending){
        .channel = calling->channel.id,
        .person = calling->person,
        .code = code_new(arena),
        .token = token,
        .until = calling->now + INT64_C(10) * 60 * 1000,
    };
    how = wf_arena_printf(
        arena,
        wf_message(calling->lang,
                   WF_MESSAGE("Reply \"confirm %s\" within ten minutes to "
                              "have it done.")),
        pending->code);
    add_line(arena, wf_json_get(letter, "lines"),
             wf_str_empty(says) ? how
                                : wf_arena_printf(arena, "%s %s", says, how),
             NULL);
    wf_json_set(arena, letter, "confirm", wf_json_text(arena, token));
}

/* --- Asking */

static weft_reply *ask(const struct wf_calling *calling)
{
    struct wf_buf body = WF_BUF_INIT(calling->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&body);
    weft_session *session = wf_session_for(calling->engine, calling->person,
                                           calling->lang, calling->via);
    const char *text = calling->heard.text;
    weft_reply *reply;

    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "text", text);
    wf_jw_key_text(&w, "lang", calling->lang);
    wf_jw_close(&w, '}');
    reply = weft_bot_ask(session, wf_buf_text(&body), body.len);
    weft_session_free(session);
    return reply;
}

static const struct wf_json *letter_from(const struct wf_calling *calling,
                                         const weft_reply *reply,
                                         struct wf_pending *pending)
{
    struct wf_arena *arena = calling->arena;
    const struct wf_json *said = read(arena, reply);
    const struct wf_json *answer = wf_json_get(said, "answer");
    struct wf_json *lines, *letter;

    letter = letter_of(arena, text_of(answer, "text"), &lines);
    add_items(arena, wf_json_get(answer, "items"), lines);
    add_choices(arena, wf_json_get(said, "choices"), lines);
    add_confirm(calling, wf_json_get(said, "confirm"), letter, pending);
    return letter;
}

const struct wf_json *wf_chat_answer(const struct wf_calling *calling,
                                     struct wf_pending *pending)
{
    const struct wf_json *letter;
    weft_reply *reply;

    if (wf_str_empty(calling->heard.text))
        return wf_chat_text(
            calling->arena,
            wf_message(calling->lang,
                       WF_MESSAGE("What you said could not be understood as "
                                  "words. Please type it.")));
    reply = ask(calling);
    letter = weft_reply_error(reply)
                 ? wf_chat_text(calling->arena, weft_reply_error(reply)->text)
                 : letter_from(calling, reply, pending);
    weft_reply_free(reply);
    return letter;
}
