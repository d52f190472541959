/* cli/cmd_deploy.c - weft deploy: folders, archives and single files go live.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/error.h"
#include "cli/files.h"

struct deploying {
    const struct cmd_line *line;
    weft_session *session;
    const char *package, *pilot, *at;
    bool test;
};

static void tell_row(const struct wf_json *row)
{
    bool planned = wf_json_is_true(wf_json_get(row, "planned"));

    printf("%s %s %.0f%s\n", wf_json_str(wf_json_get(row, "kind")),
           wf_json_str(wf_json_get(row, "id")),
           wf_json_num(wf_json_get(row, "version"), 0),
           planned ? " planned" : "");
}

static int tell(const struct deploying *with, weft_reply *reply,
                const char *folder)
{
    const struct wf_json *rows =
        wf_json_get(cmd_body(with->line, reply), "deployed");

    for (size_t i = 0; !with->line->json && i < wf_json_len(rows); i++)
        tell_row(rows->u.array.at[i]);
    return cmd_tell(with->line, reply, folder);
}

static int deploy_files(const struct deploying *with,
                        const struct cmd_files *files)
{
    weft_deploy what = { files->at, files->n, with->package, with->pilot,
                         with->at };

    return tell(with, weft_run(weft_deploy_run(with->session, &what)),
                files->folder);
}

static int deploy_folder(const struct deploying *with, const char *path)
{
    struct cmd_files files = { .n = 0 };
    weft_error err = cmd_error(with->line);
    int status =
        with->test ? cmd_test_folder(with->line, path, NULL) : CMD_DONE;

    if (status != CMD_DONE)
        return status;
    if (!cmd_folder_read(with->line->arena, path, &files, &err))
        return cmd_failed(&err);
    return deploy_files(with, &files);
}

static int deploy_archive(const struct deploying *with, const char *path)
{
    weft_file file;
    weft_error err = cmd_error(with->line);
    weft_upload upload = { .zip = true,
                           .test = with->test,
                           .package = with->package,
                           .pilot = with->pilot,
                           .at = with->at };

    if (!cmd_file_read(with->line->arena, path, &file, &err))
        return cmd_failed(&err);
    upload.data = file.text;
    upload.len = file.len;
    return tell(with, weft_run(weft_deploy_upload(with->session, &upload)),
                path);
}

/* Files that are named alone belong together: a form and its hooks. */
static int deploy_all(const struct deploying *with)
{
    const struct cmd_line *line = with->line;
    struct cmd_files alone = { .n = 0 };
    weft_error err = cmd_error(line);
    int status = CMD_DONE;

    for (int i = 0; status == CMD_DONE && i < line->n_args; i++) {
        const char *path = line->args[i];

        if (cmd_is_folder(path))
            status = deploy_folder(with, path);
        else if (wf_str_ends(path, ".zip"))
            status = deploy_archive(with, path);
        else if (!cmd_file_add(line->arena, path, &alone, &err))
            return cmd_failed(&err);
    }
    if (status == CMD_DONE && alone.n > 0)
        status = deploy_files(with, &alone);
    return status;
}

int cmd_deploy(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    struct deploying with = { .line = line };
    const struct cmd_option options[] = {
        { "--test", &with.test, NULL, NULL },
        { "--pilot", NULL, &with.pilot, NULL },
        { "--at", NULL, &with.at, NULL },
        { "--package", NULL, &with.package, NULL },
    };
    int status;

    if (!cmd_options(line, options, WF_COUNT(options), 1, line->n_args))
        return CMD_MISUSED;
    for (int i = 0; with.test && i < line->n_args; i++)
        if (!cmd_is_folder(line->args[i])
            && !wf_str_ends(line->args[i], ".zip"))
            return cmd_misused(line, "--test is for packages, folders or zips");
    if (!cmd_store_open(line, &store, &status))
        return status;
    with.session = store.session;
    return deploy_all(&with);
}
