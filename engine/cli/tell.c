/* cli/tell.c - the store of a line, and how its answers are told.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "cli/cli.h"

weft_error cmd_error(const struct cmd_line *line)
{
    weft_error err = WEFT_ERROR_INIT;

    snprintf(err.lang, sizeof err.lang, "%s", line->lang);
    return err;
}

bool cmd_store_open_with(const struct cmd_line *line,
                         const weft_options *options, struct cmd_store *out,
                         int *status)
{
    weft_error err = cmd_error(line);
    weft_options with = *options;

    with.key_file = getenv("WEFT_KEY_FILE");
    if (weft_engine_open(line->db, &with, &out->engine, &err)
        && weft_session_as(out->engine, NULL, line->lang, &out->session, &err))
        return true;
    *status = cmd_failed(&err);
    return false;
}

bool cmd_store_open(const struct cmd_line *line, struct cmd_store *out,
                    int *status)
{
    weft_options how = WEFT_OPTIONS_INIT;

    how.no_jobs = true;
    return cmd_store_open_with(line, &how, out, status);
}

bool cmd_store_open_as(const struct cmd_line *line, const char *login,
                       struct cmd_store *out, int *status)
{
    weft_error err = cmd_error(line);
    weft_session *person;

    if (!cmd_store_open(line, out, status))
        return false;
    if (!login)
        return true;
    if (!weft_session_as(out->engine, login, line->lang, &person, &err)) {
        *status = cmd_failed(&err);
        return false;
    }
    weft_session_free(out->session);
    out->session = person;
    return true;
}

void cmd_store_close(struct cmd_store *store)
{
    weft_session_free(store->session);
    weft_engine_close(store->engine);
}

int cmd_failed(const weft_error *err)
{
    fprintf(stderr, "weft: %s\n", err->text);
    return weft_code_exit(err->code);
}

const struct wf_json *cmd_body(const struct cmd_line *line,
                               const weft_reply *reply)
{
    static const struct wf_json_limits limits = { 64, 10000000 };
    weft_error err = WEFT_ERROR_INIT;
    struct wf_json *json = NULL;
    size_t len;
    const char *body = weft_reply_body(reply, &len);

    if (len == 0
        || !wf_json_parse(line->arena, body, len, &limits, &json, &err))
        return NULL;
    return json;
}

static void tell_place(const struct wf_json *finding, const char *folder)
{
    const char *file = wf_json_str(wf_json_get(finding, "file"));
    const char *field = wf_json_str(wf_json_get(finding, "field"));

    if (file)
        fprintf(stderr, "%s%s%s:%.0f:%.0f: ", folder ? folder : "",
                folder ? "/" : "", file,
                wf_json_num(wf_json_get(finding, "line"), 0),
                wf_json_num(wf_json_get(finding, "column"), 0));
    else if (!wf_str_empty(field))
        fprintf(stderr, "%s: ", field);
}

void cmd_findings(const struct wf_json *list, const char *folder)
{
    for (size_t i = 0; i < wf_json_len(list); i++) {
        const struct wf_json *finding = list->u.array.at[i];
        const char *severity = wf_json_str(wf_json_get(finding, "severity"));
        const char *text = wf_json_str(wf_json_get(finding, "message"));

        tell_place(finding, folder);
        fprintf(stderr, "%s: %s\n", severity ? severity : "error",
                text ? text : "");
    }
}

/* Findings are the body itself, or a member of it. */
static void tell_findings(const struct wf_json *body, const char *folder)
{
    if (wf_json_is(body, WF_JSON_ARRAY))
        cmd_findings(body, folder);
    cmd_findings(wf_json_get(body, "diagnostics"), folder);
    cmd_findings(wf_json_get(body, "findings"), folder);
}

int cmd_tell(const struct cmd_line *line, weft_reply *reply, const char *folder)
{
    const weft_error *failure = weft_reply_error(reply);
    size_t len;
    const char *body = weft_reply_body(reply, &len);
    int status = CMD_DONE;

    tell_findings(cmd_body(line, reply), folder);
    if (line->json && len > 0)
        printf("%s\n", body);
    if (failure)
        status = cmd_failed(failure);
    weft_reply_free(reply);
    return status;
}

int cmd_tell_file(const struct cmd_line *line, weft_reply *reply)
{
    static const char mark[] = "\xEF\xBB\xBF";
    size_t len, skip = 0;
    const char *body = weft_reply_body(reply, &len);

    if (weft_reply_error(reply))
        return cmd_tell(line, reply, NULL);
    if (len >= strlen(mark) && !memcmp(body, mark, strlen(mark)))
        skip = strlen(mark);
    fwrite(body + skip, 1, len - skip, stdout);
    weft_reply_free(reply);
    return CMD_DONE;
}
