/* cli/cmd_store.c - weft tick, backup, restore, copy, verify: the store's
 * upkeep.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <unistd.h>

#include "base/date.h"
#include "base/error.h"
#include "cli/files.h"

int cmd_tick(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    weft_error err = cmd_error(line);
    const char *to = NULL;
    const struct cmd_option options[] = { { "--to", NULL, &to, NULL } };
    int64_t to_ms = 0, fired;
    int status;

    if (!cmd_options(line, options, WF_COUNT(options), 0, 0))
        return CMD_MISUSED;
    if (to && !wf_time_parse(wf_str_of(to), &to_ms))
        return cmd_misused(line, "--to is a time such as 2026-12-31T18:00:00Z");
    if (!cmd_store_open(line, &store, &status))
        return status;
    if (!weft_engine_tick(store.engine, to_ms, &fired, &err))
        return cmd_failed(&err);
    printf(line->json ? "{\"fired\":%lld}\n" : "%lld\n", (long long)fired);
    return CMD_DONE;
}

int cmd_backup(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    weft_error err = cmd_error(line);
    int status;

    if (!cmd_options(line, NULL, 0, 1, 1))
        return CMD_MISUSED;
    if (!cmd_store_open(line, &store, &status))
        return status;
    return weft_engine_backup(store.engine, line->args[0], &err)
               ? CMD_DONE
               : cmd_failed(&err);
}

/* Said in full, so that nobody takes it for a backup, nor a backup for it. */
int cmd_fork(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    weft_error err = cmd_error(line);
    bool mask = false;
    const struct cmd_option options[] = { { "--mask", &mask, NULL, NULL } };
    int status;

    if (!cmd_options(line, options, WF_COUNT(options), 1, 1))
        return CMD_MISUSED;
    if (!mask)
        return cmd_misused(line, "say --mask: a copy with everything in it is "
                                 "weft backup");
    if (!cmd_store_open(line, &store, &status))
        return status;
    return weft_engine_fork(store.engine, line->args[0], &err)
               ? CMD_DONE
               : cmd_failed(&err);
}

int cmd_restore(struct cmd_line *line)
{
    weft_error err = cmd_error(line);

    if (!cmd_options(line, NULL, 0, 1, 1))
        return CMD_MISUSED;
    if (access(line->args[0], R_OK) != 0) {
        wf_fail(&err, WEFT_E_NOTFOUND,
                "There is no backup %s that can be read.", line->args[0]);
        return cmd_failed(&err);
    }
    return weft_restore(line->args[0], line->db, &err) ? CMD_DONE
                                                       : cmd_failed(&err);
}

static void tell_table(void *self, const char *table, int64_t n_rows,
                       const char *hash)
{
    const struct cmd_line *line = self;

    printf(line->json ? "{\"table\":\"%s\",\"rows\":%lld,\"hash\":\"%s\"}\n"
                      : "%-16s %10lld  %s\n",
           table, (long long)n_rows, hash);
}

int cmd_copy(struct cmd_line *line)
{
    weft_error err = cmd_error(line);
    const char *to = NULL;
    const struct cmd_option options[] = { { "--to", NULL, &to, NULL } };

    if (!cmd_options(line, options, WF_COUNT(options), 0, 0))
        return CMD_MISUSED;
    if (!to)
        return cmd_misused(line, "--to names the new store");
    return weft_copy(line->db, to, tell_table, line, &err) ? CMD_DONE
                                                           : cmd_failed(&err);
}

int cmd_verify(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    weft_error err = cmd_error(line);
    weft_file seals = { NULL, NULL, 0 };
    const char *path = NULL;
    const struct cmd_option options[] = { { "--seal", NULL, &path, NULL } };
    int status;

    if (!cmd_options(line, options, WF_COUNT(options), 0, 0))
        return CMD_MISUSED;
    if (path && !cmd_file_read(line->arena, path, &seals, &err))
        return cmd_failed(&err);
    if (!cmd_store_open(line, &store, &status))
        return status;
    status = cmd_tell(
        line, weft_verify_seals(store.session, seals.text, seals.len), NULL);
    if (status == CMD_DONE && !line->json)
        printf("sound\n");
    return status;
}

int cmd_seal(struct cmd_line *line)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    const char *seal;
    weft_reply *reply;
    int status;

    if (!cmd_options(line, NULL, 0, 0, 0))
        return CMD_MISUSED;
    if (!cmd_store_open(line, &store, &status))
        return status;
    reply = weft_run(weft_seal(store.session));
    seal = weft_reply_error(reply)
               ? NULL
               : wf_json_str(wf_json_get(cmd_body(line, reply), "seal"));
    if (!line->json && seal)
        printf("%s\n", seal);
    return cmd_tell(line, reply, NULL);
}
