/* cli/cmd_report.c - weft report: the numbers of a report, as a table for the
 * terminal, as JSON, or as a file; and weft lights: what lit a document.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include <weft/document.h>

#include "base/error.h"
#include "base/id.h"
#include "cli/cli.h"

static void write_row(const struct wf_json *report, const struct wf_json *row)
{
    const struct wf_json *groups = wf_json_get(report, "groups");
    const struct wf_json *measures = wf_json_get(report, "measures");

    for (size_t i = 0; i < wf_json_len(groups); i++) {
        const char *id = wf_json_str(wf_json_get(groups->u.array.at[i], "id"));
        const char *label =
            wf_json_str(wf_json_get(wf_json_get(row, "label"), id));

        printf("%s\t", label ? label : "-");
    }
    for (size_t i = 0; i < wf_json_len(measures); i++) {
        const char *id =
            wf_json_str(wf_json_get(measures->u.array.at[i], "id"));
        const struct wf_json *value =
            wf_json_get(wf_json_get(row, "values"), id);

        printf("%s", i > 0 ? "\t" : "");
        if (wf_json_is(value, WF_JSON_NUMBER))
            printf("%.15g", value->u.number);
        else
            printf("-");
    }
    printf("\n");
}

/* A line a row, the total last. */
static int tell_table(const struct cmd_line *line, weft_reply *reply)
{
    const struct wf_json *report, *rows;

    if (weft_reply_error(reply))
        return cmd_tell(line, reply, NULL);
    report = cmd_body(line, reply);
    rows = wf_json_get(report, "rows");
    for (size_t i = 0; i < wf_json_len(rows); i++)
        write_row(report, rows->u.array.at[i]);
    write_row(report, wf_json_get(report, "total"));
    weft_reply_free(reply);
    return CMD_DONE;
}

int cmd_report(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    const char *period = NULL, *unit = NULL, *login = NULL, *format = NULL;
    const struct cmd_option options[] = {
        { "--period", NULL, &period, NULL },
        { "--unit", NULL, &unit, NULL },
        { "--as", NULL, &login, NULL },
        { "--format", NULL, &format, NULL },
    };
    weft_param params[3];
    weft_reply *reply;
    size_t n = 0;
    int status;

    if (!cmd_options(line, options, WF_COUNT(options), 1, 1))
        return CMD_MISUSED;
    if (!cmd_store_open_as(line, login, &store, &status))
        return status;
    if (period)
        params[n++] = (weft_param){ "period", period };
    if (unit)
        params[n++] = (weft_param){ "unit", unit };
    if (format)
        params[n++] = (weft_param){ "format", format };
    reply = weft_report_get(store.session, line->args[0], params, n);
    if (format && !wf_streq(format, "json"))
        return cmd_tell_file(line, reply);
    if (!format && !line->json)
        return tell_table(line, reply);
    line->json = !weft_reply_error(reply);
    return cmd_tell(line, reply, NULL);
}

/* --- Lights */

static const char *text_of(const struct wf_json *item, const char *key)
{
    const char *text = wf_json_str(wf_json_get(item, key));

    return text ? text : "-";
}

int cmd_lights(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    const char *login = NULL;
    const struct cmd_option options[] = { { "--as", NULL, &login, NULL } };
    const struct wf_json *items;
    weft_reply *reply;
    wf_id id;
    int status;

    if (!cmd_options(line, options, WF_COUNT(options), 1, 1))
        return CMD_MISUSED;
    if (!wf_id_parse(wf_str_of(line->args[0]), &id))
        return cmd_misused(line, "DOCUMENT is the id of a document");
    if (!cmd_store_open_as(line, login, &store, &status))
        return status;
    reply = weft_document_lights(store.session, id);
    if (weft_reply_error(reply) || line->json)
        return cmd_tell(line, reply, NULL);
    items = wf_json_get(cmd_body(line, reply), "items");
    for (size_t i = 0; i < wf_json_len(items); i++) {
        const struct wf_json *item = items->u.array.at[i];

        printf("%s\t%s\t%s\t%s\n", text_of(item, "begun"),
               text_of(item, "ended"), text_of(item, "colour"),
               text_of(item, "label"));
    }
    weft_reply_free(reply);
    return CMD_DONE;
}
