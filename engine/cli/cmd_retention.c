/* cli/cmd_retention.c - weft retention: how long documents are kept, and what
 * the next night would take.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/error.h"
#include "cli/cli.h"

static double number(const struct wf_json *row, const char *name)
{
    return wf_json_num(wf_json_get(row, name), 0);
}

/* A line a form; of a single one a line a document as well. */
static void tell(const struct wf_json *row)
{
    const struct wf_json *documents = wf_json_get(row, "documents");

    printf("%s\t%s\t%s\treduce %.0f\terase %.0f\tstay %.0f%s\n",
           wf_json_str(wf_json_get(row, "form")),
           wf_json_str(wf_json_get(row, "keep")),
           wf_json_str(wf_json_get(row, "then")), number(row, "reduce"),
           number(row, "erase"), number(row, "stay"),
           wf_json_is_true(wf_json_get(row, "more")) ? "\t…" : "");
    for (size_t i = 0; i < wf_json_len(documents); i++) {
        const struct wf_json *at = documents->u.array.at[i];

        printf("%s\t%s\t%s\n", wf_json_str(wf_json_get(at, "document")),
               wf_json_str(wf_json_get(at, "ended")),
               wf_json_str(wf_json_get(at, "then")));
    }
}

int cmd_retention(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    const struct wf_json *items;
    weft_reply *reply;
    int status;

    if (!cmd_options(line, NULL, 0, 0, 1))
        return CMD_MISUSED;
    if (!cmd_store_open(line, &store, &status))
        return status;
    reply =
        weft_retention(store.session, line->n_args > 0 ? line->args[0] : NULL);
    items = wf_json_get(cmd_body(line, reply), "items");
    for (size_t i = 0; !line->json && i < wf_json_len(items); i++)
        tell(items->u.array.at[i]);
    return cmd_tell(line, reply, NULL);
}
