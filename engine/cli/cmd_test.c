/* cli/cmd_test.c - weft test: plays the scenarios of packages.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include <weft/scenario.h>

#include "base/error.h"
#include "cli/files.h"

/* A line a scenario; what went wrong stands on standard error. */
static void tell_scenario(const struct wf_json *scenario, const char *folder)
{
    const struct wf_json *problem = wf_json_get(scenario, "problem");
    const struct wf_json *story = wf_json_get(problem, "story");

    printf("%s  %s\n",
           wf_json_is_true(wf_json_get(scenario, "passed")) ? "ok    "
                                                            : "failed",
           wf_json_str(wf_json_get(scenario, "name")));
    if (!wf_json_is(problem, WF_JSON_OBJECT))
        return;
    fflush(stdout);
    fprintf(stderr, "%s/%s:%.0f: %s\n", folder,
            wf_json_str(wf_json_get(problem, "file")),
            wf_json_num(wf_json_get(problem, "line"), 0),
            wf_json_str(wf_json_get(problem, "text")));
    for (size_t i = 0; i < wf_json_len(story); i++)
        fprintf(stderr, "    %s\n", wf_json_str(story->u.array.at[i]));
}

static int tell_all(const struct cmd_line *line, weft_reply *reply,
                    const char *folder)
{
    const struct wf_json *body = cmd_body(line, reply);
    const struct wf_json *all = wf_json_get(body, "scenarios");
    double failed = wf_json_num(wf_json_get(body, "failed"), 0);
    int status;

    for (size_t i = 0; !line->json && i < wf_json_len(all); i++)
        tell_scenario(all->u.array.at[i], folder);
    if (!line->json && all)
        printf("%.0f passed, %.0f failed\n",
               wf_json_num(wf_json_get(body, "passed"), 0), failed);
    status = cmd_tell(line, reply, folder);
    return status == CMD_DONE && failed > 0 ? CMD_REFUSED : status;
}

int cmd_test_folder(const struct cmd_line *line, const char *folder,
                    const char *store)
{
    struct cmd_files files = { .n = 0 };
    weft_error err = cmd_error(line);

    if (!cmd_folder_read(line->arena, folder, &files, &err)
        || !cmd_company_read(line->arena, &files, &err))
        return cmd_failed(&err);
    return tell_all(line, weft_test(line->lang, store, files.at, files.n),
                    folder);
}

int cmd_test(struct cmd_line *line)
{
    const char *store = NULL;
    const struct cmd_option options[] = { { "--on", NULL, &store, NULL } };

    if (!cmd_options(line, options, WF_COUNT(options), 1, 1))
        return CMD_MISUSED;
    return cmd_test_folder(line, line->args[0], store);
}
