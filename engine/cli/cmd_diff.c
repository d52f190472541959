/* cli/cmd_diff.c - weft diff: two versions of a form, two files or two folders.
 *
 * The answer is read as JSON in any case; each change in it has its sentences.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <sys/stat.h>

#include "base/error.h"
#include "cli/files.h"

static int diff_versions(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    const char *form, *same;
    weft_reply *reply;
    int from, to, status;

    if (!cmd_version_read(line->arena, line->args[0], &form, &from)
        || !cmd_version_read(line->arena, line->args[1], &same, &to)
        || !wf_streq(form, same))
        return cmd_misused(line, "both are versions of one form, or files, or "
                                 "folders");
    if (!cmd_store_open(line, &store, &status))
        return status;
    reply = weft_form_diff(store.session, form, from, to);
    line->json = !weft_reply_error(reply);
    return cmd_tell(line, reply, NULL);
}

/* --- On the disk */

static bool is_there(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0;
}

/* A folder whole; of a file the one beside it that holds its hooks as well. */
static bool read_side(const struct cmd_line *line, const char *path,
                      struct cmd_files *out, weft_error *err)
{
    size_t len = strlen(path);
    const char *hook;

    if (cmd_is_folder(path))
        return cmd_folder_read(line->arena, path, out, err);
    if (!cmd_file_add(line->arena, path, out, err))
        return false;
    if (!wf_str_ends(path, ".form.xml"))
        return true;
    hook = wf_arena_printf(line->arena, "%.*s.lua",
                           (int)(len - strlen(".form.xml")), path);
    return !is_there(hook) || cmd_file_add(line->arena, hook, out, err);
}

static int diff_texts(struct cmd_line *line)
{
    struct cmd_files from = { .n = 0 }, to = { .n = 0 };
    weft_error err = cmd_error(line);
    weft_diff_texts texts;
    weft_reply *reply;

    if (!read_side(line, line->args[0], &from, &err)
        || !read_side(line, line->args[1], &to, &err))
        return cmd_failed(&err);
    texts = (weft_diff_texts){ from.at, to.at, from.n, to.n };
    reply = weft_diff(line->lang, &texts);
    line->json = !weft_reply_error(reply);
    return cmd_tell(line, reply, NULL);
}

int cmd_diff(struct cmd_line *line)
{
    if (!cmd_options(line, NULL, 0, 2, 2))
        return CMD_MISUSED;
    return is_there(line->args[0]) || is_there(line->args[1])
               ? diff_texts(line)
               : diff_versions(line);
}
