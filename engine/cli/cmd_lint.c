/* cli/cmd_lint.c - weft lint: what really happened with forms, and what could
 * be left out.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include <weft/package.h>

#include "base/error.h"
#include "cli/cli.h"

static void tell_one(const struct cmd_line *line, const struct wf_json *one)
{
    const struct wf_json *text = wf_json_get(one, "text");
    const char *said = wf_json_str(wf_json_get(text, line->lang));

    printf("%s\t%s\t%s\t%s\n", wf_json_str(wf_json_get(one, "form")),
           wf_json_str(wf_json_get(one, "path")),
           wf_json_str(wf_json_get(one, "kind")), said ? said : "");
}

int cmd_lint(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    bool live = false;
    const struct cmd_option options[] = { { "--live", &live, NULL, NULL } };
    const struct wf_json *items;
    weft_reply *reply;
    int status;

    if (!cmd_options(line, options, WF_COUNT(options), 0, 1))
        return CMD_MISUSED;
    if (!live)
        return cmd_misused(line, "--live is missing: \"check\" looks at texts");
    if (!cmd_store_open(line, &store, &status))
        return status;
    reply = weft_lint(store.session, line->n_args ? line->args[0] : NULL);
    items = wf_json_get(cmd_body(line, reply), "items");
    for (size_t i = 0; !line->json && i < wf_json_len(items); i++)
        tell_one(line, items->u.array.at[i]);
    return cmd_tell(line, reply, NULL);
}
