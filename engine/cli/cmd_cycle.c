/* cli/cmd_cycle.c - weft cycle: cycles are listed, launched, looked at.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include <weft/cycle.h>

#include "base/error.h"
#include "cli/cli.h"

static const char *text_of(const struct wf_json *json, const char *key)
{
    const char *text = wf_json_str(wf_json_get(json, key));

    return text ? text : "-";
}

static double number_of(const struct wf_json *json, const char *key)
{
    return wf_json_num(wf_json_get(json, key), 0);
}

/* A line a stage: its state, when it opens and is due, how many documents are
 * made, handed in, done and void. */
static void tell_stages(const struct wf_json *run)
{
    const struct wf_json *stages = wf_json_get(run, "stages");

    for (size_t i = 0; i < wf_json_len(stages); i++) {
        const struct wf_json *s = stages->u.array.at[i];

        printf("  %s\t%s\t%s\t%s\t%.0f\t%.0f\t%.0f\t%.0f\n", text_of(s, "id"),
               text_of(s, "state"), text_of(s, "opens"), text_of(s, "due"),
               number_of(s, "made"), number_of(s, "handed_in"),
               number_of(s, "done"), number_of(s, "void"));
    }
}

static void tell_run(const struct wf_json *run)
{
    printf("%s\t%s\t%s\t%.0f\n", text_of(run, "id"), text_of(run, "period"),
           text_of(run, "state"), number_of(run, "people"));
    tell_stages(run);
}

static void tell_cycle(const struct wf_json *cycle)
{
    const struct wf_json *runs = wf_json_get(cycle, "runs");

    printf("%s\t%s\t%s\t%s\n", text_of(cycle, "id"), text_of(cycle, "every"),
           text_of(cycle, "launch"), text_of(cycle, "label"));
    for (size_t i = 0; i < wf_json_len(runs); i++)
        tell_run(runs->u.array.at[i]);
}

/* --- The three commands */

static int list(struct cmd_line *line, weft_session *session)
{
    weft_reply *reply = weft_cycle_list(session);
    const struct wf_json *items = wf_json_get(cmd_body(line, reply), "items");

    for (size_t i = 0; !line->json && i < wf_json_len(items); i++)
        tell_cycle(items->u.array.at[i]);
    return cmd_tell(line, reply, NULL);
}

static int show(struct cmd_line *line, weft_session *session)
{
    weft_reply *reply = weft_cycle_get(session, line->args[1]);

    if (!line->json && !weft_reply_error(reply))
        tell_cycle(cmd_body(line, reply));
    return cmd_tell(line, reply, NULL);
}

/* What is launched is brought to people by whoever runs what is due: a server,
 * or `weft tick`. */
static int launch(struct cmd_line *line, weft_session *session,
                  const char *period, const char *audience, bool dry_run)
{
    struct wf_json *body = wf_json_object(line->arena);
    const char *text;
    weft_reply *reply;

    if (period)
        wf_json_set(line->arena, body, "period",
                    wf_json_text(line->arena, period));
    if (audience)
        wf_json_set(line->arena, body, "audience",
                    wf_json_text(line->arena, audience));
    wf_json_set(line->arena, body, "dry_run",
                wf_json_bool(line->arena, dry_run));
    text = wf_json_dump(line->arena, body);
    reply = weft_run(
        weft_cycle_launch(session, line->args[1], text, strlen(text), NULL));
    if (!line->json && !weft_reply_error(reply))
        tell_run(cmd_body(line, reply));
    return cmd_tell(line, reply, NULL);
}

int cmd_cycle(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    const char *period = NULL, *audience = NULL;
    bool dry_run = false;
    const struct cmd_option options[] = {
        { "--period", NULL, &period, NULL },
        { "--audience", NULL, &audience, NULL },
        { "--dry-run", &dry_run, NULL, NULL },
    };
    int status;

    if (!cmd_options(line, options, WF_COUNT(options), 1, 2))
        return CMD_MISUSED;
    if (wf_streq(line->args[0], "list") ? line->n_args != 1 : line->n_args != 2)
        return cmd_misused(line, "list, launch ID, show ID");
    if (!cmd_store_open(line, &store, &status))
        return status;
    if (wf_streq(line->args[0], "list"))
        return list(line, store.session);
    if (wf_streq(line->args[0], "show"))
        return show(line, store.session);
    if (wf_streq(line->args[0], "launch"))
        return launch(line, store.session, period, audience, dry_run);
    return cmd_misused(line, "list, launch ID, show ID");
}
