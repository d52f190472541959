/* cli/cmd_versions.c - weft versions, overlays, release, retire, rollback:
 * which versions of a form are live, and whose.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include <weft/package.h>

#include "base/error.h"
#include "base/messages.h"
#include "cli/cli.h"

bool cmd_version_read(struct wf_arena *arena, const char *word,
                      const char **form, int *version)
{
    const char *at = strchr(word, '@');
    int64_t n;

    if (!at || !wf_str_to_int(wf_str_of(at + 1), &n) || n < 1 || n > INT32_MAX)
        return false;
    *form = wf_arena_mem(arena, word, (size_t)(at - word));
    *version = (int)n;
    return true;
}

/* "3  pilot    members(sales)  12 running" */
static void tell_version(const struct wf_json *row)
{
    const char *pilot = wf_json_str(wf_json_get(row, "pilot"));
    const char *planned = wf_json_str(wf_json_get(row, "planned"));
    const char *deployed = wf_json_str(wf_json_get(row, "deployed"));

    printf("%.0f\t%s\t%s\t%.0f\t%s\n",
           wf_json_num(wf_json_get(row, "version"), 0),
           wf_json_str(wf_json_get(row, "state")), pilot ? pilot : "-",
           wf_json_num(wf_json_get(row, "documents"), 0),
           planned ? planned : deployed);
}

/* A line a version: number, state, audience, running documents, time. */
static int tell_versions(const struct cmd_line *line, weft_reply *reply)
{
    const struct wf_json *body = cmd_body(line, reply);
    const struct wf_json *items = wf_json_get(body, "items");
    const struct wf_json *given = wf_json_get(body, "given");

    for (size_t i = 0; !line->json && i < wf_json_len(items); i++)
        tell_version(items->u.array.at[i]);
    if (!line->json && given)
        printf("%s@%.0f\n", wf_json_str(wf_json_get(given, "form")),
               wf_json_num(wf_json_get(given, "version"), 0));
    return cmd_tell(line, reply, NULL);
}

int cmd_versions(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    const char *login = NULL;
    const struct cmd_option options[] = { { "--as", NULL, &login, NULL } };
    int status;

    if (!cmd_options(line, options, WF_COUNT(options), 1, 1))
        return CMD_MISUSED;
    if (!cmd_store_open(line, &store, &status))
        return status;
    return tell_versions(
        line, weft_form_versions(store.session, line->args[0], login));
}

/* A line an overlay; why it does not apply stands on standard error. */
static void tell_overlay(const struct cmd_line *line, const struct wf_json *row)
{
    const char *base = wf_json_str(wf_json_get(row, "base"));
    bool behind = wf_json_is_true(wf_json_get(row, "behind"));
    bool applies = wf_json_is_true(wf_json_get(row, "applies"));
    const char *how = WF_MESSAGE("is up to date");

    if (behind)
        how = applies ? WF_MESSAGE("still applies")
                      : WF_MESSAGE("does not apply any more");
    printf("%s\t%s@%.0f > %s@%.0f\t%s\n", wf_json_str(wf_json_get(row, "id")),
           base, wf_json_num(wf_json_get(row, "base_version"), 0), base,
           wf_json_num(wf_json_get(row, "base_live"), 0),
           wf_message(line->lang, how));
    fflush(stdout);
    cmd_findings(wf_json_get(row, "diagnostics"), NULL);
}

int cmd_overlays(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    const struct wf_json *items;
    weft_reply *reply;
    int status;

    if (!cmd_options(line, NULL, 0, 1, 1))
        return CMD_MISUSED;
    if (!cmd_store_open(line, &store, &status))
        return status;
    reply = weft_form_overlays(store.session, line->args[0]);
    items = wf_json_get(cmd_body(line, reply), "items");
    for (size_t i = 0; !line->json && i < wf_json_len(items); i++)
        tell_overlay(line, items->u.array.at[i]);
    return cmd_tell(line, reply, NULL);
}

/* --- Changing it */

/* What a body is made of, NULL where it was not typed. */
struct wishes {
    const char *pilot, *at, *reason, *to;
};

static const char *body_of(struct wf_arena *arena, const struct wishes *wishes)
{
    struct wf_buf buf = WF_BUF_INIT(arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&buf);

    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "pilot", wishes->pilot);
    wf_jw_key_text(&w, "at", wishes->at);
    wf_jw_key_text(&w, "reason", wishes->reason);
    if (wishes->to) {
        wf_jw_key(&w, "to");
        wf_jw_raw(&w, wishes->to, strlen(wishes->to));
    }
    wf_jw_close(&w, '}');
    return wf_buf_text(&buf);
}

/* What may be done to one version. */
typedef weft_command *version_command(weft_session *session,
                                      const weft_version *which,
                                      const char *body, size_t len);

static int change_version(struct cmd_line *line, const struct wishes *wishes,
                          version_command *make)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    weft_version which;
    const char *body;
    int status;

    if (!cmd_version_read(line->arena, line->args[0], &which.form,
                          &which.version))
        return cmd_misused(line, "a version is written FORM@3");
    if (!cmd_store_open(line, &store, &status))
        return status;
    body = body_of(line->arena, wishes);
    return tell_versions(
        line, weft_run(make(store.session, &which, body, strlen(body))));
}

int cmd_release(struct cmd_line *line)
{
    struct wishes wishes = { NULL, NULL, NULL, NULL };
    const struct cmd_option options[] = {
        { "--pilot", NULL, &wishes.pilot, NULL },
        { "--at", NULL, &wishes.at, NULL },
        { "--reason", NULL, &wishes.reason, NULL },
    };

    if (!cmd_options(line, options, WF_COUNT(options), 1, 1))
        return CMD_MISUSED;
    return change_version(line, &wishes, weft_form_release);
}

int cmd_retire(struct cmd_line *line)
{
    struct wishes wishes = { NULL, NULL, NULL, NULL };
    const struct cmd_option options[] = {
        { "--reason", NULL, &wishes.reason, NULL },
    };

    if (!cmd_options(line, options, WF_COUNT(options), 1, 1))
        return CMD_MISUSED;
    return change_version(line, &wishes, weft_form_retire);
}

int cmd_rollback(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    struct wishes wishes = { NULL, NULL, NULL, NULL };
    const struct cmd_option options[] = {
        { "--to", NULL, &wishes.to, NULL },
        { "--reason", NULL, &wishes.reason, NULL },
    };
    const char *body;
    int64_t version;
    int status;

    if (!cmd_options(line, options, WF_COUNT(options), 1, 1))
        return CMD_MISUSED;
    if (wishes.to
        && (!wf_str_to_int(wf_str_of(wishes.to), &version) || version < 1))
        return cmd_misused(line, "--to is the number of a version");
    if (!cmd_store_open(line, &store, &status))
        return status;
    body = body_of(line->arena, &wishes);
    return tell_versions(
        line, weft_run(weft_form_rollback(store.session, line->args[0], body,
                                          strlen(body))));
}
