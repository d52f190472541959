/* cli/cmd_form.c - weft clone, simulate, explain: forms looked at and derived
 * from.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/error.h"
#include "base/id.h"
#include "cli/files.h"

/* For answers that are read as JSON in any case. */
static int tell_json(struct cmd_line *line, weft_reply *reply)
{
    line->json = !weft_reply_error(reply);
    return cmd_tell(line, reply, NULL);
}

/* --- clone */

static const char *clone_body(struct wf_arena *arena, const char *id,
                              const char *label, bool overlay)
{
    struct wf_buf buf = WF_BUF_INIT(arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&buf);

    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "id", id);
    wf_jw_key_text(&w, "label", label);
    wf_jw_key(&w, "overlay");
    wf_jw_bool(&w, overlay);
    wf_jw_close(&w, '}');
    return wf_buf_text(&buf);
}

/* Writes the XML of the new form into `folder`. */
static int write_xml(const struct cmd_line *line, weft_session *session,
                     const char *id, const char *folder)
{
    const char *path =
        wf_arena_printf(line->arena, "%s/%s.form.xml", folder, id);
    weft_reply *reply = weft_form_xml(session, id, 0);
    size_t len;
    const char *xml = weft_reply_body(reply, &len);
    FILE *file;
    bool written;

    if (weft_reply_error(reply))
        return cmd_tell(line, reply, NULL);
    file = fopen(path, "wx");
    written = file && fwrite(xml, 1, len, file) == len;
    written = file && fclose(file) == 0 && written;
    weft_reply_free(reply);
    if (written)
        return CMD_DONE;
    fprintf(stderr, "weft: %s cannot be written.\n", path);
    return CMD_REFUSED;
}

int cmd_clone(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    const char *label = NULL, *folder = NULL, *body;
    bool overlay = false;
    const struct cmd_option options[] = {
        { "--overlay", &overlay, NULL, NULL },
        { "--label", NULL, &label, NULL },
        { "-o", NULL, &folder, NULL },
    };
    int status;

    if (!cmd_options(line, options, WF_COUNT(options), 2, 2))
        return CMD_MISUSED;
    if (!cmd_store_open(line, &store, &status))
        return status;
    body = clone_body(line->arena, line->args[1], label, overlay);
    status = cmd_tell(line,
                      weft_run(weft_form_clone(store.session, line->args[0],
                                               body, strlen(body))),
                      NULL);
    if (status == CMD_DONE && folder)
        status = write_xml(line, store.session, line->args[1], folder);
    return status;
}

/* --- simulate */

int cmd_simulate(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    weft_error err = cmd_error(line);
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    const char *login = NULL, *body;
    const struct cmd_option options[] = { { "--as", NULL, &login, NULL } };
    struct wf_json *read;
    weft_file data;
    int status;

    if (!cmd_options(line, options, WF_COUNT(options), 2, 2))
        return CMD_MISUSED;
    if (!login)
        return cmd_misused(line, "--as LOGIN is missing");
    if (!cmd_file_read(line->arena, line->args[1], &data, &err))
        return cmd_failed(&err);
    if (!wf_json_parse(line->arena, data.text, data.len, &limits, &read, &err))
        return cmd_failed(&err);
    if (!cmd_store_open_as(line, login, &store, &status))
        return status;
    body = wf_arena_printf(line->arena, "{\"data\":%s}", data.text);
    return tell_json(line, weft_form_simulate(store.session, line->args[0],
                                              body, strlen(body)));
}

/* --- explain */

int cmd_explain(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    const char *login = NULL;
    const struct cmd_option options[] = { { "--as", NULL, &login, NULL } };
    wf_id id;
    int status;

    if (!cmd_options(line, options, WF_COUNT(options), 2, 2))
        return CMD_MISUSED;
    if (!wf_id_parse(wf_str_of(line->args[0]), &id))
        return cmd_misused(line, "DOCUMENT is the id of a document");
    if (!cmd_store_open_as(line, login, &store, &status))
        return status;
    return tell_json(line,
                     weft_document_explain(store.session, id, line->args[1]));
}
