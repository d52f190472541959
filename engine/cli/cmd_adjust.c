/* cli/cmd_adjust.c - weft adjust: what of a form somebody may change, and
 * changing it, within the policy of its package.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "cli/files.h"

/* The body out of the file: its list of changes, and what was typed. */
static const char *body_of(struct cmd_line *line, const struct wf_json *changes,
                           const char *reason, bool dry_run)
{
    struct wf_buf buf = WF_BUF_INIT(line->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&buf);

    wf_jw_open(&w, '{');
    wf_jw_key(&w, "changes");
    wf_jw_tree(&w, changes);
    wf_jw_key_text(&w, "reason", reason);
    wf_jw_key(&w, "dry_run");
    wf_jw_bool(&w, dry_run);
    wf_jw_close(&w, '}');
    return wf_buf_text(&buf);
}

/* JSON whether it was asked for or not. */
static int tell_json(struct cmd_line *line, weft_reply *reply)
{
    line->json = !weft_reply_error(reply);
    return cmd_tell(line, reply, NULL);
}

int cmd_adjust(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_error err = cmd_error(line);
    const char *login = NULL, *reason = NULL, *body;
    bool dry_run = false;
    const struct cmd_option options[] = {
        { "--as", NULL, &login, NULL },
        { "--reason", NULL, &reason, NULL },
        { "--dry-run", &dry_run, NULL, NULL },
    };
    struct wf_json *changes = NULL;
    weft_file file;
    int status;

    if (!cmd_options(line, options, WF_COUNT(options), 1, 2))
        return CMD_MISUSED;
    if (line->n_args == 2
        && (!cmd_file_read(line->arena, line->args[1], &file, &err)
            || !wf_json_parse(line->arena, file.text, file.len, &limits,
                              &changes, &err)))
        return cmd_failed(&err);
    if (!cmd_store_open_as(line, login, &store, &status))
        return status;
    if (!changes)
        return tell_json(line,
                         weft_form_adjustable(store.session, line->args[0]));
    body = body_of(line, changes, reason, dry_run);
    return tell_json(line,
                     weft_run(weft_form_adjust(store.session, line->args[0],
                                               body, strlen(body))));
}
