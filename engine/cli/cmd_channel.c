/* cli/cmd_channel.c - weft channel: the ways out of here.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/buf.h"
#include "base/error.h"
#include "cli/files.h"

/* --- set */

/* "events" and "forms" are lists, separated by commas. */
static bool is_list(struct wf_str name)
{
    return wf_str_is(name, "events") || wf_str_is(name, "forms");
}

static void write_value(struct wf_json_writer *w, struct wf_str name,
                        struct wf_str value)
{
    struct wf_str part;

    if (is_list(name)) {
        wf_jw_open(w, '[');
        while (wf_str_split(&value, ',', &part))
            wf_jw_text_n(w, part.at, part.len);
        wf_jw_close(w, ']');
    } else if (wf_str_is(value, "true") || wf_str_is(value, "false")) {
        wf_jw_bool(w, wf_str_is(value, "true"));
    } else {
        wf_jw_text_n(w, value.at, value.len);
    }
}

/* NAME=VALUE */
static bool write_pair(struct wf_arena *arena, struct wf_json_writer *w,
                       struct wf_str pair)
{
    struct wf_str name, value = pair;

    if (!memchr(pair.at, '=', pair.len) || !wf_str_split(&value, '=', &name)
        || name.len == 0)
        return false;
    wf_jw_key(w, wf_arena_slice(arena, name));
    write_value(w, name, value);
    return true;
}

/* What is secret, a pair a line of standard input. */
static bool write_secrets(struct cmd_line *line, struct wf_json_writer *w,
                          weft_error *err)
{
    weft_file input;
    struct wf_str rest, pair;

    if (!cmd_input_read(line->arena, &input, err))
        return false;
    rest = (struct wf_str){ input.text, input.len };
    wf_jw_key(w, "secrets");
    wf_jw_open(w, '{');
    while (wf_str_split(&rest, '\n', &pair)) {
        pair = wf_str_trim(pair);
        if (pair.len > 0 && !write_pair(line->arena, w, pair))
            return wf_fail(err, WEFT_E_MALFORMED,
                           "A secret is a line NAME=VALUE.");
    }
    wf_jw_close(w, '}');
    return true;
}

struct setting {
    const char *label;
    bool secrets, off;
};

static int set_one(struct cmd_line *line, struct cmd_store *store,
                   const struct setting *set)
{
    struct wf_buf body = WF_BUF_INIT(line->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&body);
    weft_error err = cmd_error(line);

    if (line->n_args < 3)
        return cmd_misused(line, "say which one, of what kind");
    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "id", line->args[1]);
    wf_jw_key_text(&w, "kind", line->args[2]);
    if (set->label)
        wf_jw_key_text(&w, "label", set->label);
    wf_jw_key(&w, "on");
    wf_jw_bool(&w, !set->off);
    wf_jw_key(&w, "config");
    wf_jw_open(&w, '{');
    for (int i = 3; i < line->n_args; i++)
        if (!write_pair(line->arena, &w, wf_str_of(line->args[i])))
            return cmd_misused(line, "what is configured is NAME=VALUE");
    wf_jw_close(&w, '}');
    if (set->secrets && !write_secrets(line, &w, &err))
        return cmd_failed(&err);
    wf_jw_close(&w, '}');
    return cmd_tell(line,
                    weft_run(weft_channel_set(store->session,
                                              wf_buf_text(&body), body.len)),
                    NULL);
}

/* --- list, end, link, test */

/* One line each: id, kind, state, failures, the last problem. */
static int list(struct cmd_line *line, struct cmd_store *store)
{
    weft_reply *reply = weft_channel_list(store->session);
    const struct wf_json *items = wf_json_get(cmd_body(line, reply), "items");

    for (size_t i = 0; !line->json && i < wf_json_len(items); i++) {
        const struct wf_json *item = items->u.array.at[i];
        const char *problem = wf_json_str(wf_json_get(item, "problem"));

        printf("%s\t%s\t%s\t%.0f\t%s\n", wf_json_str(wf_json_get(item, "id")),
               wf_json_str(wf_json_get(item, "kind")),
               wf_json_str(wf_json_get(item, "state")),
               wf_json_num(wf_json_get(item, "failures"), 0),
               problem ? problem : "-");
    }
    return cmd_tell(line, reply, NULL);
}

static int end_one(struct cmd_line *line, struct cmd_store *store)
{
    if (line->n_args != 2)
        return cmd_misused(line, "say which one");
    return cmd_tell(
        line, weft_run(weft_channel_remove(store->session, line->args[1])),
        NULL);
}

static const char *pair_of(struct cmd_line *line, const char *login,
                           const char *account)
{
    struct wf_buf body = WF_BUF_INIT(line->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&body);

    wf_jw_open(&w, '{');
    if (login)
        wf_jw_key_text(&w, "login", login);
    if (account)
        wf_jw_key_text(&w, "account", account);
    wf_jw_close(&w, '}');
    return wf_buf_text(&body);
}

static int link_one(struct cmd_line *line, struct cmd_store *store, bool ends)
{
    const char *body;

    if (line->n_args != (ends ? 3 : 4))
        return cmd_misused(line, "say where, who it is here, and who there");
    body = pair_of(line, line->args[2], ends ? NULL : line->args[3]);
    return cmd_tell(line,
                    weft_run(weft_channel_link(store->session, line->args[1],
                                               body, strlen(body))),
                    NULL);
}

/* What went wrong is no failure of asking. */
static int test_one(struct cmd_line *line, struct cmd_store *store)
{
    const struct wf_json *told;
    const char *body;
    weft_reply *reply;
    bool sent;

    if (line->n_args < 2)
        return cmd_misused(line, "say which one");
    body = pair_of(line, line->n_args > 2 ? line->args[2] : NULL, NULL);
    reply =
        weft_channel_test(store->session, line->args[1], body, strlen(body));
    if (weft_reply_error(reply))
        return cmd_tell(line, reply, NULL);
    told = cmd_body(line, reply);
    sent = wf_json_is_true(wf_json_get(told, "sent"));
    if (!sent)
        fprintf(stderr, "weft: %s\n",
                wf_json_str(wf_json_get(told, "problem")));
    (void)cmd_tell(line, reply, NULL);
    return sent ? CMD_DONE : CMD_REFUSED;
}

int cmd_channel(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    struct setting set = { .label = NULL };
    const struct cmd_option options[] = {
        { "--label", NULL, &set.label, NULL },
        { "--secrets", &set.secrets, NULL, NULL },
        { "--off", &set.off, NULL, NULL },
    };
    const char *word;
    int status;

    if (!cmd_options(line, options, WF_COUNT(options), 1, 20))
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
    if (wf_streq(word, "link") || wf_streq(word, "unlink"))
        return link_one(line, &store, wf_streq(word, "unlink"));
    if (wf_streq(word, "test"))
        return test_one(line, &store);
    return cmd_misused(line, "there is no command \"%s\"", word);
}
