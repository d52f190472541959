/* api/deploy_test.c - what is to go live is held to its scenarios first: those
 * that are red are findings, with their places and their stories.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/scenario.h>

#include "api/deploy.h"
#include "base/error.h"

static const weft_file *files_of(struct wf_arena *arena,
                                 const struct wf_deployment *deployment)
{
    weft_file *files = WF_NEW_N(arena, weft_file, deployment->n_files);

    for (size_t i = 0; i < deployment->n_files; i++)
        files[i] =
            (weft_file){ deployment->files[i].name, deployment->files[i].text,
                         deployment->files[i].len };
    return files;
}

/* What went wrong, and under it what had happened to the document. */
static const char *told(struct wf_arena *arena, const struct wf_json *problem)
{
    const struct wf_json *story = wf_json_get(problem, "story");
    struct wf_buf text = WF_BUF_INIT(arena);

    wf_buf_str(&text, wf_json_str(wf_json_get(problem, "text")));
    for (size_t i = 0; i < wf_json_len(story); i++)
        wf_buf_printf(&text, "\n    %s", wf_json_str(story->u.array.at[i]));
    return wf_buf_text(&text);
}

static void note_scenario(weft_command *command, const struct wf_json *scenario)
{
    const struct wf_json *problem = wf_json_get(scenario, "problem");
    struct wf_place place = {
        .file = wf_arena_str(command->arena,
                             wf_json_str(wf_json_get(problem, "file"))),
        .line = (int)wf_json_num(wf_json_get(problem, "line"), 1),
        .column = 1,
    };

    if (wf_json_is(problem, WF_JSON_OBJECT))
        wf_diag_at(&command->findings, place, "scenario",
                   "the scenario \"%s\" is red: %s",
                   wf_json_str(wf_json_get(scenario, "name")),
                   told(command->arena, problem));
}

static void note_all(weft_command *command, const struct wf_json *body)
{
    const struct wf_json *all = wf_json_get(body, "scenarios");
    struct wf_place package = { "package.xml", 1, 1 };

    for (size_t i = 0; i < wf_json_len(all); i++)
        note_scenario(command, all->u.array.at[i]);
    if (wf_json_len(all) == 0)
        wf_diag_at(&command->findings, package, "scenario",
                   "there are no scenarios to play: a package carries them in "
                   "tests/NAME.lua");
}

void wf_deploy_test(weft_command *command,
                    const struct wf_deployment *deployment)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    struct wf_json *body = NULL;
    weft_reply *reply;
    const char *text;
    size_t len;

    if (!wf_command_is_sound(command))
        return;
    reply =
        weft_test(command->findings.lang, NULL,
                  files_of(command->arena, deployment), deployment->n_files);
    text = weft_reply_body(reply, &len);
    if (weft_reply_error(reply))
        wf_fail_as(&command->err, weft_reply_error(reply));
    else if (wf_json_parse(command->arena, text, len, &limits, &body,
                           &command->err))
        note_all(command, body);
    weft_reply_free(reply);
    if (wf_command_is_sound(command) && command->findings.n_errors > 0)
        wf_fail(&command->err, WEFT_E_INVALID,
                "Its scenarios are red; it does not go live. Each is named in "
                "the list.");
    command->problems = wf_reply_findings(&command->findings);
}
