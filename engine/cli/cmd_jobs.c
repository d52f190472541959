/* cli/cmd_jobs.c - weft jobs, delegation, handover: what waits for nobody, and
 * who acts for whom.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include <weft/backlog.h>
#include <weft/delegation.h>

#include "base/buf.h"
#include "base/error.h"
#include "cli/cli.h"

/* "-" for what is not there. */
static const char *text_of(const struct wf_json *row, const char *key)
{
    const char *text = wf_json_str(wf_json_get(row, key));

    return text ? text : "-";
}

static bool read_id(const char *word, int64_t *out)
{
    return wf_str_to_int(wf_str_of(word), out) && *out > 0;
}

/* --- jobs */

/* Id, timer or job, its kind, document, step, next attempt, how often it has
 * failed, why. */
static void tell_job(const struct wf_json *row)
{
    printf("%s\t%s\t%s\t%s\t%s\t%s\t%.0f\t%s\n", text_of(row, "id"),
           text_of(row, "what"), text_of(row, "kind"), text_of(row, "document"),
           text_of(row, "step"), text_of(row, "at"),
           wf_json_num(wf_json_get(row, "attempts"), 0),
           text_of(row, "problem"));
}

static weft_reply *page_of(struct cmd_store *store, const char *state,
                           const char *cursor)
{
    weft_param params[] = { { "state", state },
                            { "limit", "200" },
                            { "cursor", cursor } };

    return weft_backlog_list(store->session, params, cursor ? 3 : 2);
}

static int list_jobs(struct cmd_line *line, struct cmd_store *store,
                     const char *state)
{
    const char *cursor = NULL;
    int status;

    do {
        weft_reply *reply = page_of(store, state, cursor);
        const struct wf_json *body = cmd_body(line, reply);
        const struct wf_json *items = wf_json_get(body, "items");

        for (size_t i = 0; !line->json && i < wf_json_len(items); i++)
            tell_job(items->u.array.at[i]);
        cursor = wf_json_str(wf_json_get(body, "next"));
        status = cmd_tell(line, reply, NULL);
    } while (status == CMD_DONE && cursor);
    return status;
}

typedef weft_command *on_one(weft_session *session, int64_t id);

/* All that are not tried any more; each page is a new one, as those of the one
 * before are gone from it. */
static int do_all(struct cmd_line *line, struct cmd_store *store, on_one *run)
{
    int status = CMD_DONE;
    size_t n;

    do {
        weft_reply *reply = page_of(store, "dead", NULL);
        const struct wf_json *items =
            wf_json_get(cmd_body(line, reply), "items");
        int64_t id;

        n = wf_json_len(items);
        for (size_t i = 0; status == CMD_DONE && i < n; i++)
            if (read_id(text_of(items->u.array.at[i], "id"), &id))
                status =
                    cmd_tell(line, weft_run(run(store->session, id)), NULL);
        if (weft_reply_error(reply))
            status = cmd_tell(line, reply, NULL);
        else
            weft_reply_free(reply);
    } while (status == CMD_DONE && n > 0);
    return status;
}

static int do_each(struct cmd_line *line, struct cmd_store *store, on_one *run)
{
    int status = CMD_DONE;
    int64_t id;

    if (line->n_args == 2 && wf_streq(line->args[1], "all"))
        return do_all(line, store, run);
    for (int i = 1; i < line->n_args; i++)
        if (!read_id(line->args[i], &id))
            return cmd_misused(line,
                               "say which: their numbers are in the list");
    for (int i = 1; status == CMD_DONE && i < line->n_args; i++)
        if (read_id(line->args[i], &id))
            status = cmd_tell(line, weft_run(run(store->session, id)), NULL);
    return status;
}

int cmd_jobs(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    bool waiting = false;
    const struct cmd_option options[] = { { "--waiting", &waiting, NULL,
                                            NULL } };
    const char *word;
    int status;

    if (!cmd_options(line, options, WF_COUNT(options), 0, 100))
        return CMD_MISUSED;
    word = line->n_args > 0 ? line->args[0] : "list";
    if (!wf_streq(word, "list") && !wf_streq(word, "revive")
        && !wf_streq(word, "drop"))
        return cmd_misused(line, "there is no command \"%s\"", word);
    if (!wf_streq(word, "list") && line->n_args < 2)
        return cmd_misused(line, "say which: their numbers are in the list");
    if (!cmd_store_open(line, &store, &status))
        return status;
    if (wf_streq(word, "list"))
        return list_jobs(line, &store, waiting ? "waiting" : "dead");
    return do_each(line, &store,
                   wf_streq(word, "drop") ? weft_backlog_drop
                                          : weft_backlog_revive);
}

/* --- delegation */

struct wishes {
    const char *to, *from, *until;
    struct cmd_list forms;
};

static const char *body_of(struct wf_arena *arena, const char *giver,
                           const struct wishes *wishes)
{
    struct wf_buf buf = WF_BUF_INIT(arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&buf);

    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "person", giver);
    wf_jw_key_text(&w, "to", wishes->to);
    wf_jw_key_text(&w, "from", wishes->from);
    wf_jw_key_text(&w, "until", wishes->until);
    if (wishes->forms.n > 0) {
        wf_jw_key(&w, "forms");
        wf_jw_open(&w, '[');
        for (size_t i = 0; i < wishes->forms.n; i++)
            wf_jw_text(&w, wishes->forms.at[i]);
        wf_jw_close(&w, ']');
    }
    wf_jw_close(&w, '}');
    return wf_buf_text(&buf);
}

/* Id, who is stood in for, by whom, first and last day, forms. */
static void tell_delegation(const struct wf_json *row)
{
    const struct wf_json *forms = wf_json_get(row, "forms");

    printf("%s\t%s\t%s\t%s\t%s\t", text_of(row, "id"),
           text_of(wf_json_get(row, "giver"), "login"),
           text_of(wf_json_get(row, "to"), "login"), text_of(row, "from"),
           text_of(row, "until"));
    for (size_t i = 0; i < wf_json_len(forms); i++)
        printf("%s%s", i ? " " : "", wf_json_str(forms->u.array.at[i]));
    printf("%s\n", wf_json_len(forms) ? "" : "-");
}

static int list_delegations(struct cmd_line *line, struct cmd_store *store)
{
    weft_reply *reply = weft_delegation_list(store->session, line->args[1]);
    const struct wf_json *items = wf_json_get(cmd_body(line, reply), "items");

    for (size_t i = 0; !line->json && i < wf_json_len(items); i++)
        tell_delegation(items->u.array.at[i]);
    return cmd_tell(line, reply, NULL);
}

static int add_delegation(struct cmd_line *line, struct cmd_store *store,
                          const struct wishes *wishes)
{
    const char *body = body_of(line->arena, line->args[1], wishes);
    weft_reply *reply =
        weft_run(weft_delegation_add(store->session, body, strlen(body), NULL));

    if (!line->json && !weft_reply_error(reply))
        tell_delegation(cmd_body(line, reply));
    return cmd_tell(line, reply, NULL);
}

int cmd_delegation(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    struct wishes wishes = { .to = NULL };
    const struct cmd_option options[] = {
        { "--to", NULL, &wishes.to, NULL },
        { "--from", NULL, &wishes.from, NULL },
        { "--until", NULL, &wishes.until, NULL },
        { "--form", NULL, NULL, &wishes.forms },
    };
    int64_t id = 0;
    bool adds, ends;
    int status;

    if (!cmd_options(line, options, WF_COUNT(options), 2, 2))
        return CMD_MISUSED;
    adds = wf_streq(line->args[0], "add");
    ends = wf_streq(line->args[0], "end");
    if (!adds && !ends && !wf_streq(line->args[0], "list"))
        return cmd_misused(line, "there is no command \"%s\"", line->args[0]);
    if (adds && !wishes.to)
        return cmd_misused(line, "--to says who stands in");
    if (ends && !read_id(line->args[1], &id))
        return cmd_misused(line, "say which: their numbers are in the list");
    if (!cmd_store_open(line, &store, &status))
        return status;
    if (adds)
        return add_delegation(line, &store, &wishes);
    if (ends)
        return cmd_tell(line, weft_run(weft_delegation_end(store.session, id)),
                        NULL);
    return list_delegations(line, &store);
}

/* --- handover */

int cmd_handover(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    static const char *const counted[] = { "roles", "units", "reports",
                                           "seats" };
    const struct wf_json *body;
    struct wishes wishes = { .to = NULL };
    weft_reply *reply;
    const char *text;
    int status;

    if (!cmd_options(line, NULL, 0, 2, 2))
        return CMD_MISUSED;
    if (!cmd_store_open(line, &store, &status))
        return status;
    wishes.to = line->args[1];
    text = body_of(line->arena, NULL, &wishes);
    reply = weft_run(
        weft_handover(store.session, line->args[0], text, strlen(text), NULL));
    body = weft_reply_error(reply) ? NULL : cmd_body(line, reply);
    for (size_t i = 0; !line->json && body && i < WF_COUNT(counted); i++)
        printf("%s %.0f\n", counted[i],
               wf_json_num(wf_json_get(body, counted[i]), 0));
    return cmd_tell(line, reply, NULL);
}
