/* cli/cmd_provider.c - weft provider: where people sign in beside here.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/error.h"
#include "cli/files.h"

struct setting {
    const char *issuer, *client, *label, *address;
    bool secret, creates, inside;
};

/* --- set */

/* The first line of standard input. */
static bool read_secret(struct wf_arena *arena, const char **out,
                        weft_error *err)
{
    weft_file input;

    if (!cmd_input_read(arena, &input, err))
        return false;
    *out = wf_arena_mem(arena, input.text, strcspn(input.text, "\r\n"));
    return true;
}

static const char *body_of(struct cmd_line *line, const struct setting *set,
                           const char *secret)
{
    struct wf_buf body = WF_BUF_INIT(line->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&body);

    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "id", line->args[1]);
    wf_jw_key_text(&w, "label", set->label);
    wf_jw_key_text(&w, "issuer", set->issuer);
    wf_jw_key_text(&w, "client", set->client);
    wf_jw_key_text(&w, "secret", secret);
    wf_jw_key_text(&w, "address", set->address);
    wf_jw_key(&w, "creates");
    wf_jw_bool(&w, set->creates);
    wf_jw_key(&w, "inside");
    wf_jw_bool(&w, set->inside);
    wf_jw_close(&w, '}');
    return wf_buf_text(&body);
}

static int set_one(struct cmd_line *line, struct cmd_store *store,
                   const struct setting *set)
{
    weft_error err = cmd_error(line);
    const char *secret = NULL, *body;

    if (line->n_args != 2 || !set->issuer || !set->client || !set->address)
        return cmd_misused(line, "say which one, with --issuer, --client and "
                                 "--address");
    if (set->secret && !read_secret(line->arena, &secret, &err))
        return cmd_failed(&err);
    body = body_of(line, set, secret);
    return cmd_tell(
        line, weft_run(weft_provider_set(store->session, body, strlen(body))),
        NULL);
}

/* --- list, end, link */

/* One line each: id, issuer, client, what else is so. */
static int list(struct cmd_line *line, struct cmd_store *store)
{
    weft_reply *reply = weft_provider_list(store->session);
    const struct wf_json *items = wf_json_get(cmd_body(line, reply), "items");

    for (size_t i = 0; !line->json && i < wf_json_len(items); i++) {
        const struct wf_json *item = items->u.array.at[i];

        printf("%s\t%s\t%s\t%s%s%s\n", wf_json_str(wf_json_get(item, "id")),
               wf_json_str(wf_json_get(item, "issuer")),
               wf_json_str(wf_json_get(item, "client")),
               wf_json_str(wf_json_get(item, "address")),
               wf_json_is_true(wf_json_get(item, "creates")) ? "\tcreates" : "",
               wf_json_is_true(wf_json_get(item, "inside")) ? "\tinside" : "");
    }
    return cmd_tell(line, reply, NULL);
}

static int link_one(struct cmd_line *line, struct cmd_store *store)
{
    struct wf_buf body = WF_BUF_INIT(line->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&body);

    if (line->n_args != 4)
        return cmd_misused(line, "say where, who it is here, and who there");
    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "login", line->args[2]);
    wf_jw_key_text(&w, "subject", line->args[3]);
    wf_jw_close(&w, '}');
    return cmd_tell(line,
                    weft_run(weft_provider_link(store->session, line->args[1],
                                                wf_buf_text(&body), body.len)),
                    NULL);
}

static int end_one(struct cmd_line *line, struct cmd_store *store)
{
    if (line->n_args != 2)
        return cmd_misused(line, "say which one");
    return cmd_tell(
        line, weft_run(weft_provider_remove(store->session, line->args[1])),
        NULL);
}

int cmd_provider(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    struct setting set = { .issuer = NULL };
    const struct cmd_option options[] = {
        { "--issuer", NULL, &set.issuer, NULL },
        { "--client", NULL, &set.client, NULL },
        { "--address", NULL, &set.address, NULL },
        { "--label", NULL, &set.label, NULL },
        { "--secret", &set.secret, NULL, NULL },
        { "--creates", &set.creates, NULL, NULL },
        { "--inside", &set.inside, NULL, NULL },
    };
    const char *word;
    int status;

    if (!cmd_options(line, options, WF_COUNT(options), 1, 4))
        return CMD_MISUSED;
    if (!cmd_store_open(line, &store, &status))
        return status;
    word = line->args[0];
    if (wf_streq(word, "set"))
        return set_one(line, &store, &set);
    if (wf_streq(word, "list"))
        return list(line, &store);
    if (wf_streq(word, "end"))
        return end_one(line, &store);
    if (wf_streq(word, "link"))
        return link_one(line, &store);
    return cmd_misused(line, "there is no command \"%s\"", word);
}
