/* cli/cmd_import.c - weft import: people, units and points of metrics from CSV.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include <weft/metric.h>

#include "base/error.h"
#include "cli/files.h"

static double count(const struct wf_json *body, const char *key)
{
    return wf_json_num(wf_json_get(body, key), 0);
}

static bool is_known(const char *what)
{
    return wf_streq(what, "people") || wf_streq(what, "units")
           || wf_streq(what, "history") || wf_streq(what, "metrics");
}

static weft_command *command_of(weft_session *session, const char *what,
                                const weft_file *csv, bool check)
{
    if (wf_streq(what, "metrics"))
        return weft_metric_import(session, csv->text, csv->len, check);
    return weft_import(session, what, csv->text, csv->len, check);
}

int cmd_import(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    weft_error err = cmd_error(line);
    bool check = false;
    const struct cmd_option options[] = { { "--check", &check, NULL, NULL } };
    const struct wf_json *body;
    weft_reply *reply;
    weft_file csv;
    int status;

    if (!cmd_options(line, options, WF_COUNT(options), 2, 2))
        return CMD_MISUSED;
    if (!is_known(line->args[0]))
        return cmd_misused(
            line, "only people, units, history and metrics can be imported");
    if (!cmd_file_read(line->arena, line->args[1], &csv, &err))
        return cmd_failed(&err);
    if (!cmd_store_open(line, &store, &status))
        return status;
    reply = weft_run(command_of(store.session, line->args[0], &csv, check));
    body = cmd_body(line, reply);
    if (!line->json && !weft_reply_error(reply)
        && wf_streq(line->args[0], "metrics"))
        printf("%.0f points of %.0f subjects\n", count(body, "points"),
               count(body, "subjects"));
    else if (!line->json && !weft_reply_error(reply))
        printf("%.0f rows: %.0f added, %.0f changed, %.0f the same\n",
               count(body, "rows"), count(body, "added"),
               count(body, "changed"), count(body, "same"));
    return cmd_tell(line, reply, NULL);
}
