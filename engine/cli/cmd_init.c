/* cli/cmd_init.c - weft init: a new store, its administrator, packages, and a
 * sample company.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/embed.h"
#include "base/error.h"
#include "base/list.h"
#include "cli/files.h"

static const char DEMO[] = "templates/demo/";

/* A store that is there already keeps its administrator. */
static int add_admin(const struct cmd_line *line, struct cmd_store *store)
{
    const char *given = getenv("WEFT_ADMIN_PASSWORD");
    weft_reply *reply = weft_run(weft_init_admin(store->session, given));
    const weft_error *failure = weft_reply_error(reply);
    const struct wf_json *body = cmd_body(line, reply);
    int status = CMD_DONE;

    if (failure && failure->code != WEFT_E_CONFLICT)
        return cmd_tell(line, reply, NULL);
    if (failure)
        cmd_failed(failure);
    else if (!given)
        printf("admin %s\n", wf_json_str(wf_json_get(body, "password")));
    weft_reply_free(reply);
    return status;
}

static int deploy(const struct cmd_line *line, struct cmd_store *store,
                  const char *folder)
{
    weft_error err = cmd_error(line);
    struct cmd_files files = { .n = 0 };
    weft_deploy what = { NULL, 0, NULL, NULL, NULL };

    if (!cmd_folder_read(line->arena, folder, &files, &err))
        return cmd_failed(&err);
    what.files = files.at;
    what.n_files = files.n;
    return cmd_tell(line, weft_run(weft_deploy_run(store->session, &what)),
                    folder);
}

static void add_embedded(const struct cmd_line *line, struct cmd_files *files)
{
    const struct wf_embedded *found = NULL;

    while ((found = wf_embedded_next(DEMO, found)))
        *WF_PUSH(line->arena, files) =
            (weft_file){ found->name + strlen(DEMO), (const char *)found->data,
                         found->len };
}

/* What its people do with a package stands beside the package. */
static bool add_acts(const struct cmd_line *line, const char *folder,
                     struct cmd_files *files, weft_error *err)
{
    static const char *const names[] = { "demo.json", "demo-group.json" };

    for (size_t i = 0; i < WF_COUNT(names); i++) {
        const char *path =
            wf_arena_printf(line->arena, "%s/%s", folder, names[i]);

        if (access(path, R_OK) == 0
            && !cmd_file_read(line->arena, path, WF_PUSH(line->arena, files),
                              err))
            return false;
    }
    return true;
}

static int add_demo(const struct cmd_line *line, struct cmd_store *store,
                    const struct cmd_list *packages)
{
    weft_error err = cmd_error(line);
    struct cmd_files files = { .n = 0 };

    add_embedded(line, &files);
    for (size_t i = 0; i < packages->n; i++)
        if (!add_acts(line, packages->at[i], &files, &err))
            return cmd_failed(&err);
    return cmd_tell(line, weft_init_demo(store->session, files.at, files.n),
                    NULL);
}

/* What followed from the acts is done as well, so that the store is at rest. */
static int finish_jobs(const struct cmd_line *line,
                       const struct cmd_store *store)
{
    weft_error err = cmd_error(line);
    int64_t fired;

    return weft_engine_tick(store->engine, 0, &fired, &err) ? CMD_DONE
                                                            : cmd_failed(&err);
}

int cmd_init(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    weft_options how = WEFT_OPTIONS_INIT;
    struct cmd_list packages = { NULL, 0, 0 };
    bool demo = false;
    const struct cmd_option options[] = {
        { "--package", NULL, NULL, &packages },
        { "--demo", &demo, NULL, NULL },
    };
    int status;

    if (!cmd_options(line, options, WF_COUNT(options), 0, 0))
        return CMD_MISUSED;
    how.create = true;
    how.no_jobs = true;
    how.in_the_making = true;
    if (!cmd_store_open_with(line, &how, &store, &status))
        return status;
    status = add_admin(line, &store);
    for (size_t i = 0; status == CMD_DONE && i < packages.n; i++)
        status = deploy(line, &store, packages.at[i]);
    if (status == CMD_DONE && demo)
        status = add_demo(line, &store, &packages);
    if (status == CMD_DONE && demo)
        status = finish_jobs(line, &store);
    return status;
}
