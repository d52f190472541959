/* cli/cmd_ask.c - weft ask: the assistant, spoken to from the terminal in
 * somebody's name.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "cli/cli.h"

enum {
    WORDS_MAX = 200
};

static const char *text_at(const struct wf_json *of, const char *key)
{
    const char *text = wf_json_str(wf_json_get(of, key));

    return text ? text : "";
}

/* What was typed, its words with a space between. */
static const char *body_of(const struct cmd_line *line)
{
    struct wf_buf text = WF_BUF_INIT(line->arena);
    struct wf_json *body = wf_json_object(line->arena);

    for (int i = 0; i < line->n_args; i++) {
        wf_buf_str(&text, i > 0 ? " " : "");
        wf_buf_str(&text, line->args[i]);
    }
    wf_json_set(line->arena, body, "text",
                wf_json_text(line->arena, wf_buf_text(&text)));
    wf_json_set(line->arena, body, "lang",
                wf_json_text(line->arena, line->lang));
    return wf_json_dump(line->arena, body);
}

/* A line a thing: two of its members, a sign between. */
static void write_rows(const struct wf_json *rows, const char *first,
                       const char *second, const char *sign)
{
    for (size_t i = 0; i < wf_json_len(rows); i++) {
        const struct wf_json *row = rows->u.array.at[i];
        const char *more = text_at(row, second);

        printf("- %s%s%s\n", text_at(row, first), *more ? sign : "", more);
    }
}

/* By which words it was understood, and what the examples say. */
static void write_why(const struct wf_json *said)
{
    const struct wf_json *like = wf_json_get(said, "like");
    const struct wf_json *of = wf_json_get(like, "of");

    write_rows(wf_json_get(said, "explain"), "text", "as", " = ");
    if (wf_json_len(of) > 0)
        printf("~ %s\n", text_at(like, "text"));
    for (size_t i = 0; i < wf_json_len(of); i++) {
        const struct wf_json *row = of->u.array.at[i];
        double share = wf_json_num(wf_json_get(row, "share"), 0);

        printf("  %2.0f %% %s: %s\n", 100 * share, text_at(row, "intent"),
               text_at(row, "example"));
    }
}

static void write_answer(const struct wf_json *said, bool why)
{
    const struct wf_json *answer = wf_json_get(said, "answer");

    printf("%s\n", text_at(answer, "text"));
    write_rows(wf_json_get(answer, "items"), "title", "note", " · ");
    write_rows(wf_json_get(said, "choices"), "label", "text", ": ");
    if (why)
        write_why(said);
}

/* Does what was offered. */
static int confirm(const struct cmd_line *line, weft_session *session,
                   const struct wf_json *said)
{
    struct wf_json *body = wf_json_object(line->arena);
    const char *text;

    wf_json_set(line->arena, body, "confirm",
                wf_json_text(line->arena,
                             text_at(wf_json_get(said, "confirm"), "token")));
    text = wf_json_dump(line->arena, body);
    return cmd_tell(line, weft_run(weft_bot_do(session, text, strlen(text))),
                    NULL);
}

int cmd_ask(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    const char *login = NULL, *body, *state;
    bool why = false, yes = false;
    const struct cmd_option options[] = {
        { "--as", NULL, &login, NULL },
        { "--why", &why, NULL, NULL },
        { "--yes", &yes, NULL, NULL },
    };
    const struct wf_json *said;
    weft_reply *reply;
    int status;

    if (!cmd_options(line, options, WF_COUNT(options), 1, WORDS_MAX))
        return CMD_MISUSED;
    if (!login)
        return cmd_misused(line, "--as LOGIN is missing");
    if (!cmd_store_open_as(line, login, &store, &status))
        return status;
    body = body_of(line);
    reply = weft_bot_ask(store.session, body, strlen(body));
    if (weft_reply_error(reply))
        return cmd_tell(line, reply, NULL);
    said = cmd_body(line, reply);
    state = text_at(said, "status");
    yes = yes && wf_streq(state, "act") && wf_json_get(said, "confirm");
    if (!line->json)
        write_answer(said, why);
    if (line->json && !yes)
        return cmd_tell(line, reply, NULL);
    weft_reply_free(reply);
    if (yes)
        return confirm(line, store.session, said);
    return wf_streq(state, "answer") || wf_streq(state, "act") ? CMD_DONE
                                                               : CMD_REFUSED;
}
