/* cli/cmd_person.c - weft person: the rights of whom data are about.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "cli/cli.h"

/* --- data: JSON, a line for the person, one for each document, and one for
 * each row of another part, under its name. */

static void print_line(struct cmd_line *line, const struct wf_json *json)
{
    puts(wf_json_dump(line->arena, json));
}

static void print_part(struct cmd_line *line, const struct wf_json_member *part)
{
    bool is_documents = wf_str_is(part->key, "documents");

    for (size_t i = 0;
         wf_json_is(part->value, WF_JSON_ARRAY) && i < wf_json_len(part->value);
         i++) {
        struct wf_json *row = part->value->u.array.at[i];
        struct wf_json *named = wf_json_object(line->arena);

        wf_json_set(line->arena, named, part->key.at, row);
        print_line(line, is_documents ? row : named);
    }
}

static int data(struct cmd_line *line, struct cmd_store *store)
{
    const char *cursor = NULL;
    bool is_first = true;

    for (;;) {
        weft_reply *reply =
            weft_person_data(store->session, line->args[1], cursor);
        const struct wf_json *body = cmd_body(line, reply);

        if (weft_reply_error(reply))
            return cmd_tell(line, reply, NULL);
        if (is_first)
            print_line(line, wf_json_get(body, "person"));
        is_first = false;
        for (size_t i = 0; i < wf_json_len(body); i++)
            print_part(line, &body->u.object.at[i]);
        cursor = wf_json_str(wf_json_get(body, "next"));
        weft_reply_free(reply);
        if (!cursor)
            return CMD_DONE;
    }
}

/* --- readers: when, who, which document, of which form. */

static int readers(struct cmd_line *line, struct cmd_store *store)
{
    weft_param params[] = { { "limit", "200" }, { "cursor", NULL } };

    do {
        weft_reply *reply = weft_person_readers(
            store->session, line->args[1], params, params[1].value ? 2 : 1);
        const struct wf_json *body = cmd_body(line, reply), *items;

        if (weft_reply_error(reply))
            return cmd_tell(line, reply, NULL);
        items = wf_json_get(body, "items");
        for (size_t i = 0; i < wf_json_len(items); i++) {
            const struct wf_json *item = items->u.array.at[i];
            const struct wf_json *reader = wf_json_get(item, "reader");
            const char *login = wf_json_str(wf_json_get(reader, "login"));

            printf("%s\t%s\t%s\t%s\n", wf_json_str(wf_json_get(item, "at")),
                   login ? login : "-",
                   wf_json_str(wf_json_get(item, "document")),
                   wf_json_str(wf_json_get(item, "form")));
        }
        params[1].value = wf_json_str(wf_json_get(body, "next"));
        weft_reply_free(reply);
    } while (params[1].value);
    return CMD_DONE;
}

/* --- erase */

static int erase(struct cmd_line *line, struct cmd_store *store)
{
    weft_reply *reply =
        weft_run(weft_person_erase(store->session, line->args[1]));
    const struct wf_json *body = cmd_body(line, reply);
    const char *login = wf_json_str(wf_json_get(body, "login"));

    if (!line->json && login)
        printf("%s\n", login);
    return cmd_tell(line, reply, NULL);
}

int cmd_person(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    const char *word;
    int status;

    if (!cmd_options(line, NULL, 0, 2, 2))
        return CMD_MISUSED;
    word = line->args[0];
    if (!wf_streq(word, "data") && !wf_streq(word, "readers")
        && !wf_streq(word, "erase"))
        return cmd_misused(line, "there is no command \"%s\"", word);
    if (!cmd_store_open(line, &store, &status))
        return status;
    if (wf_streq(word, "data"))
        return data(line, &store);
    return wf_streq(word, "readers") ? readers(line, &store)
                                     : erase(line, &store);
}
