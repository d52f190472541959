/* cli/cli.h - what the commands of the terminal have in common: the line that
 * was typed, the store it speaks of, and how an answer is told.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include <weft/weft.h>

#include "base/arena.h"
#include "base/json.h"

/* Exit status. */
enum {
    CMD_DONE,
    CMD_REFUSED,
    CMD_MISUSED,
    CMD_NOT_FOUND
};

struct cmd_command;

/* What was typed. */
struct cmd_line {
    struct wf_arena *arena;
    const struct cmd_command *command;
    const char *db; /* URL of the store */
    bool db_given;  /* not the default */
    bool db_named;  /* in this very command, not by WEFT_DB */
    bool json;      /* answers as JSON on standard output */
    const char *lang;
    char **args; /* of the command, without its name */
    int n_args;
};

/* One command. The function returns the exit status. */
struct cmd_command {
    const char *name;
    const char *usage; /* what follows the name */
    const char *help;
    int (*run)(struct cmd_line *line);
};

int cmd_init(struct cmd_line *line);
int cmd_serve(struct cmd_line *line);
int cmd_openapi(struct cmd_line *line);
int cmd_check(struct cmd_line *line);
int cmd_deploy(struct cmd_line *line);
int cmd_test(struct cmd_line *line);
int cmd_clone(struct cmd_line *line);
int cmd_diff(struct cmd_line *line);
int cmd_migrate(struct cmd_line *line);
int cmd_versions(struct cmd_line *line);
int cmd_lint(struct cmd_line *line);
int cmd_adjust(struct cmd_line *line);
int cmd_overlays(struct cmd_line *line);
int cmd_release(struct cmd_line *line);
int cmd_retire(struct cmd_line *line);
int cmd_rollback(struct cmd_line *line);
int cmd_cycle(struct cmd_line *line);
int cmd_simulate(struct cmd_line *line);
int cmd_explain(struct cmd_line *line);
int cmd_ask(struct cmd_line *line);
int cmd_report(struct cmd_line *line);
int cmd_lights(struct cmd_line *line);
int cmd_import(struct cmd_line *line);
int cmd_export(struct cmd_line *line);
int cmd_user(struct cmd_line *line);
int cmd_token(struct cmd_line *line);
int cmd_jobs(struct cmd_line *line);
int cmd_delegation(struct cmd_line *line);
int cmd_handover(struct cmd_line *line);
int cmd_retention(struct cmd_line *line);
int cmd_person(struct cmd_line *line);
int cmd_provider(struct cmd_line *line);
int cmd_channel(struct cmd_line *line);
int cmd_tick(struct cmd_line *line);
int cmd_backup(struct cmd_line *line);
int cmd_fork(struct cmd_line *line);
int cmd_restore(struct cmd_line *line);
int cmd_copy(struct cmd_line *line);
int cmd_verify(struct cmd_line *line);
int cmd_seal(struct cmd_line *line);

/* Plays the scenarios of the package in `folder` and tells how they went; the
 * exit status. */
int cmd_test_folder(const struct cmd_line *line, const char *folder,
                    const char *store);

/* Reads "FORM@3". */
bool cmd_version_read(struct wf_arena *arena, const char *word,
                      const char **form, int *version);

/* --- The line */

/* An option and where it goes: `flag` takes no value; `each` is called for
 * every value of one that may come often. */
struct cmd_option {
    const char *name; /* "--check" */
    bool *flag;
    const char **value;
    struct cmd_list *list;
};
struct cmd_list {
    const char **at;
    size_t n, cap;
};

/* Takes the options out of the line; what is left are `least` to `most`
 * arguments, else false: wrong use, which was said. */
WEFT_MUST_CHECK bool cmd_options(struct cmd_line *line,
                                 const struct cmd_option *options, size_t n,
                                 int least, int most);

/* Says how the command is used; CMD_MISUSED. */
int cmd_misused(const struct cmd_line *line, const char *why, ...)
    WF_PRINTF(2, 3);

/* --- The store */

struct cmd_store {
    weft_engine *engine;
    weft_session *session; /* the system's */
};
#define CMD_STORE_INIT                                                         \
    {                                                                          \
        NULL, NULL                                                             \
    }

/* Opens the store of the line beside whoever else uses it, as the system; what
 * is due is left to servers. False was said; `*status` is how to exit then. */
WEFT_MUST_CHECK bool cmd_store_open(const struct cmd_line *line,
                                    struct cmd_store *out, int *status);
/* The same in another way. */
WEFT_MUST_CHECK bool cmd_store_open_with(const struct cmd_line *line,
                                         const weft_options *options,
                                         struct cmd_store *out, int *status);
/* The same as somebody; `login` NULL: the system. */
WEFT_MUST_CHECK bool cmd_store_open_as(const struct cmd_line *line,
                                       const char *login, struct cmd_store *out,
                                       int *status);
void cmd_store_close(struct cmd_store *store);

/* --- The web application */

struct wf_embedded;

/* Its files, ended by one without a name; see http/asset.h. */
const struct wf_embedded *cmd_web_files(void);

/* --- Answers */

/* An error that is still to be filled, in the language of the terminal. */
weft_error cmd_error(const struct cmd_line *line);

/* Says what went wrong on standard error; the exit status. */
int cmd_failed(const weft_error *err);

/* Tells an answer and frees it: a failure and its findings on standard error
 * (`folder` in front of their files, NULL: nothing); else, with --json, the
 * body on standard output. */
int cmd_tell(const struct cmd_line *line, weft_reply *reply,
             const char *folder);

/* The same of a file that the engine makes: on standard output, without the
 * byte order mark, for a program may read on. */
int cmd_tell_file(const struct cmd_line *line, weft_reply *reply);

/* The body, read; NULL if it is no JSON. Lives in the line's arena. */
const struct wf_json *cmd_body(const struct cmd_line *line,
                               const weft_reply *reply);

/* The "diagnostics" or other findings of `list`, as compilers print them. */
void cmd_findings(const struct wf_json *list, const char *folder);

#endif
