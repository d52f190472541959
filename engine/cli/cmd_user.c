/* cli/cmd_user.c - weft user, weft token: what opens the door to a person.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/error.h"
#include "base/hash.h"
#include "cli/files.h"

static const char *const user_words[] = { "password", NULL };
static const char *const token_words[] = { "create", "list", "end", NULL };

static bool is_one_of(const char *word, const char *const *words)
{
    while (*words && !wf_streq(word, *words))
        words++;
    return *words != NULL;
}

/* Opens the store after one of the words that the command begins with. */
static bool open_for(struct cmd_line *line, const char *const *words,
                     struct cmd_store *out, int *status)
{
    if (!is_one_of(line->args[0], words)) {
        *status =
            cmd_misused(line, "there is no command \"%s\"", line->args[0]);
        return false;
    }
    return cmd_store_open(line, out, status);
}

/* The first line of standard input. */
static bool read_password(struct wf_arena *arena, const char **out,
                          weft_error *err)
{
    weft_file input;

    if (!cmd_input_read(arena, &input, err))
        return false;
    *out = wf_arena_mem(arena, input.text, strcspn(input.text, "\r\n"));
    return true;
}

int cmd_user(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    weft_error err = cmd_error(line);
    const char *password;
    int status;

    if (!cmd_options(line, NULL, 0, 2, 2))
        return CMD_MISUSED;
    if (!open_for(line, user_words, &store, &status))
        return status;
    if (!read_password(line->arena, &password, &err))
        return cmd_failed(&err);
    return cmd_tell(
        line,
        weft_run(weft_password_set(store.session, line->args[1], password)),
        NULL);
}

/* --- token */

/* Words, each alone or several with spaces between. */
static bool read_scopes(const struct cmd_list *words, unsigned *out)
{
    for (size_t i = 0; i < words->n; i++) {
        unsigned scopes = weft_scopes_of(words->at[i]);

        if (!scopes)
            return false;
        *out |= scopes;
    }
    return true;
}

/* One line a token: id, whose, what for, scopes, last use, end. */
static void print_tokens(const struct wf_json *body)
{
    const struct wf_json *items = wf_json_get(body, "items");

    for (size_t i = 0; i < wf_json_len(items); i++) {
        const struct wf_json *item = items->u.array.at[i];
        const struct wf_json *words = wf_json_get(item, "scopes");
        const char *name = wf_json_str(wf_json_get(item, "name"));
        const char *used = wf_json_str(wf_json_get(item, "used"));
        const char *end = wf_json_str(wf_json_get(item, "expires"));

        printf("%s\t%s\t%s\t", wf_json_str(wf_json_get(item, "id")),
               wf_json_str(wf_json_get(wf_json_get(item, "person"), "login")),
               name ? name : "-");
        for (size_t k = 0; k < wf_json_len(words); k++)
            printf("%s%s", k ? " " : "", wf_json_str(words->u.array.at[k]));
        printf("\t%s\t%s\n", used ? used : "-", end ? end : "-");
    }
}

static int list_tokens(struct cmd_line *line, struct cmd_store *store)
{
    const char *login = line->n_args > 1 ? line->args[1] : NULL;
    weft_reply *reply = weft_token_list(store->session, login, !login);

    if (!line->json && !weft_reply_error(reply))
        print_tokens(cmd_body(line, reply));
    return cmd_tell(line, reply, NULL);
}

static int end_token(struct cmd_line *line, struct cmd_store *store)
{
    int64_t id;

    if (line->n_args < 2 || !wf_str_to_int(wf_str_of(line->args[1]), &id))
        return cmd_misused(line, "say which token: its number is in the list");
    return cmd_tell(line, weft_run(weft_token_end(store->session, id)), NULL);
}

int cmd_token(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    struct cmd_list words = { NULL, 0, 0 };
    const char *days = NULL;
    weft_token wish = { .login = NULL };
    const struct cmd_option options[] = {
        { "--scope", NULL, NULL, &words },
        { "--days", NULL, &days, NULL },
        { "--name", NULL, &wish.name, NULL },
    };
    const struct wf_json *token;
    weft_reply *reply;
    int64_t n = 0;
    int status;

    if (!cmd_options(line, options, WF_COUNT(options), 1, 2))
        return CMD_MISUSED;
    if (!read_scopes(&words, &wish.scopes))
        return cmd_misused(line, "the scopes are read, write, deploy, admin, "
                                 "metrics, scim and calendar");
    if (days && (!wf_str_to_int(wf_str_of(days), &n) || n < 1 || n > 36500))
        return cmd_misused(line, "--days is a number from 1 to 36500");
    if (!open_for(line, token_words, &store, &status))
        return status;
    if (wf_streq(line->args[0], "list"))
        return list_tokens(line, &store);
    if (wf_streq(line->args[0], "end"))
        return end_token(line, &store);
    if (line->n_args < 2)
        return cmd_misused(line, "say whose token it is to be");
    wish.login = line->args[1];
    wish.days = (int)n;
    reply = weft_run(weft_token_make(store.session, &wish));
    token = wf_json_get(cmd_body(line, reply), "token");
    if (!line->json && token)
        printf("%s\n", wf_json_str(token));
    return cmd_tell(line, reply, NULL);
}
