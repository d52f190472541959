/* cli/cmd_check.c - weft check: the compiler.
 *
 * A folder is a package; files are compiled together. What they name beyond
 * themselves is found in the store, if one is named and there.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "cli/files.h"

static int check(const struct cmd_line *line, weft_engine *engine,
                 const struct cmd_files *files)
{
    weft_deploy what = { files->at, files->n, NULL, NULL, NULL };

    return cmd_tell(line, weft_check(engine, line->lang, &what), files->folder);
}

static int check_all(const struct cmd_line *line, weft_engine *engine)
{
    struct cmd_files alone = { .n = 0 };
    int worst = CMD_DONE;

    for (int i = 0; i < line->n_args; i++) {
        const char *path = line->args[i];
        struct cmd_files files = { .n = 0 };
        weft_error err = cmd_error(line);
        int status = CMD_DONE;

        if (!cmd_is_folder(path)) {
            if (!cmd_file_add(line->arena, path, &alone, &err))
                return cmd_failed(&err);
        } else if (!cmd_folder_read(line->arena, path, &files, &err)) {
            return cmd_failed(&err);
        } else {
            status = check(line, engine, &files);
        }
        worst = status > worst ? status : worst;
    }
    if (alone.n > 0 && check(line, engine, &alone) != CMD_DONE)
        worst = CMD_REFUSED;
    return worst;
}

/* The store, if there is one. WEFT_DB may name the one that a later `init` is
 * to make: what there is not cannot answer. */
static bool open_store(const struct cmd_line *line, struct cmd_store *store,
                       int *status)
{
    weft_options how = WEFT_OPTIONS_INIT;
    weft_error err = cmd_error(line);

    how.no_jobs = true;
    how.key_file = getenv("WEFT_KEY_FILE");
    if (!line->db_given
        || weft_engine_open(line->db, &how, &store->engine, &err)
        || (!line->db_named && err.code == WEFT_E_NOTFOUND))
        return true;
    *status = cmd_failed(&err);
    return false;
}

int cmd_check(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    int status;

    if (!cmd_options(line, NULL, 0, 1, line->n_args))
        return CMD_MISUSED;
    if (!open_store(line, &store, &status))
        return status;
    return check_all(line, store.engine);
}
