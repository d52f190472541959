/* cli/cmd_user.c - weft user, weft token: what opens the door to a person.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/error.h"
#include "base/hash.h"
#include "cli/files.h"

/* Opens the store after the word that both commands begin with. */
static bool open_for(struct cmd_line *line, const char *word,
                     struct cmd_store *out, int *status)
{
    weft_options how = WEFT_OPTIONS_INIT;

    how.no_jobs = true;
    if (!wf_streq(line->args[0], word)) {
        *status =
            cmd_misused(line, "there is no command \"%s\"", line->args[0]);
        return false;
    }
    return cmd_store_open(line, &how, out, status);
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
    if (!open_for(line, "password", &store, &status))
        return status;
    if (!read_password(line->arena, &password, &err))
        return cmd_failed(&err);
    return cmd_tell(
        line,
        weft_run(weft_password_set(store.session, line->args[1], password)),
        NULL);
}

/* --- token */

static const struct scope {
    const char *word;
    unsigned scope;
} scopes[] = {
    { "read", WEFT_SCOPE_READ },       { "write", WEFT_SCOPE_WRITE },
    { "deploy", WEFT_SCOPE_DEPLOY },   { "admin", WEFT_SCOPE_ADMIN },
    { "metrics", WEFT_SCOPE_METRICS }, { "scim", WEFT_SCOPE_SCIM },
};

/* Words, each alone or several with spaces between. */
static bool read_scopes(const struct cmd_list *words, unsigned *out)
{
    struct wf_str part;

    for (size_t i = 0; i < words->n; i++) {
        struct wf_str rest = wf_str_of(words->at[i]);

        while (wf_str_split(&rest, ' ', &part)) {
            size_t k = 0;

            while (k < WF_COUNT(scopes) && !wf_str_is(part, scopes[k].word))
                k++;
            if (k == WF_COUNT(scopes))
                return false;
            *out |= scopes[k].scope;
        }
    }
    return true;
}

int cmd_token(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    struct cmd_list words = { NULL, 0, 0 };
    const char *days = NULL;
    const struct cmd_option options[] = {
        { "--scope", NULL, NULL, &words },
        { "--days", NULL, &days, NULL },
    };
    const struct wf_json *token;
    weft_reply *reply;
    unsigned held = 0;
    int64_t n = 0;
    int status;

    if (!cmd_options(line, options, WF_COUNT(options), 2, 2))
        return CMD_MISUSED;
    if (!read_scopes(&words, &held))
        return cmd_misused(line, "the scopes are read, write, deploy, admin, "
                                 "metrics and scim");
    if (days && (!wf_str_to_int(wf_str_of(days), &n) || n < 1 || n > 36500))
        return cmd_misused(line, "--days is a number from 1 to 36500");
    if (!open_for(line, "create", &store, &status))
        return status;
    reply =
        weft_run(weft_token_add(store.session, line->args[1], held, (int)n));
    token = wf_json_get(cmd_body(line, reply), "token");
    if (!line->json && token)
        printf("%s\n", wf_json_str(token));
    return cmd_tell(line, reply, NULL);
}
