/* cli/main.c - weft, the program: one table of commands, and the line that
 * picks one.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "base/messages.h"
#include "cli/cli.h"

static int cmd_help(struct cmd_line *line);
static int cmd_version(struct cmd_line *line);

/* clang-format off */
static const struct cmd_command commands[] = {
    { "init", "[--package DIR]... [--demo]",
      WF_MESSAGE("make the store, its administrator, packages and a "
                 "sample company"),
      cmd_init },
    { "serve", "[--listen ADDR:PORT] [--tls-cert F --tls-key F] "
      "[--redirect ADDR:PORT] [--threads N] [--trusted-proxy NETWORK,...] [--insecure]",
      WF_MESSAGE("answer over HTTP until told to stop"), cmd_serve },
    { "check", "PATH...",
      WF_MESSAGE("compile packages and definitions, say what is wrong"),
      cmd_check },
    { "deploy", "PATH... [--test] [--pilot WHO] [--at TIME] [--package ID]",
      WF_MESSAGE("check, and make live"), cmd_deploy },
    { "test", "DIR [--on URL]",
      WF_MESSAGE("play the scenarios of a package"), cmd_test },
    { "clone", "ID NEW-ID [--overlay] [--label TEXT] [-o DIR]",
      WF_MESSAGE("make a form out of another"), cmd_clone },
    { "diff", "FORM@V FORM@V | PATH PATH",
      WF_MESSAGE("what differs between two versions of a form, two files or "
                 "two folders"),
      cmd_diff },
    { "versions", "FORM [--as LOGIN]",
      WF_MESSAGE("the versions of a form, whose each is, and how many documents "
                 "run on it"),
      cmd_versions },
    { "lint", "--live [FORM]",
      WF_MESSAGE("what really happened, and what could be left out"),
      cmd_lint },
    { "adjust", "FORM [CHANGES.json] [--as LOGIN] [--dry-run] [--reason TEXT]",
      WF_MESSAGE("what of a form somebody may change, and changing it within "
                 "the policy of its package"),
      cmd_adjust },
    { "overlays", "FORM",
      WF_MESSAGE("whether overlays still apply to their base"), cmd_overlays },
    { "release", "FORM@V [--pilot WHO] [--at TIME] [--reason TEXT]",
      WF_MESSAGE("give a stored version to everyone, or to a pilot"),
      cmd_release },
    { "retire", "FORM@V [--reason TEXT]",
      WF_MESSAGE("end a pilot, or take back what was planned"), cmd_retire },
    { "rollback", "FORM [--to V] [--reason TEXT]",
      WF_MESSAGE("give everyone the version before again"), cmd_rollback },
    { "migrate", "FORM --to V [--dry-run] [--step OLD=NEW]... "
      "[--field OLD=NEW]... [--reason TEXT]",
      WF_MESSAGE("move running documents to another version, or tell what would "
                 "happen"),
      cmd_migrate },
    { "cycle", "list | show ID | launch ID [--period P] [--audience WHO] "
      "[--dry-run]",
      WF_MESSAGE("cycles and their runs; launch one"), cmd_cycle },
    { "simulate", "FORM --as LOGIN DATA.json",
      WF_MESSAGE("the approvals that such a document would take"),
      cmd_simulate },
    { "explain", "DOCUMENT FIELD [--as LOGIN]",
      WF_MESSAGE("why a field has its value"), cmd_explain },
    { "lights", "DOCUMENT [--as LOGIN]",
      WF_MESSAGE("what the alerts have said of a document"), cmd_lights },
    { "ask", "TEXT --as LOGIN [--why] [--yes]",
      WF_MESSAGE("ask the assistant in somebody's name; do what it offers"),
      cmd_ask },
    { "report", "REPORT [--period PERIOD] [--unit UNIT] [--as LOGIN] "
      "[--format json|csv|xlsx]",
      WF_MESSAGE("the numbers of a report"), cmd_report },
    { "import", "people|units|history FILE.csv [--check]",
      WF_MESSAGE("bring people, units or what has been up to date"), cmd_import },
    { "export", "documents [FORM] | people | history DOCUMENT|FORM | "
      "workflow FORM [--format csv|xlsx|json|xes|bpmn] [--table TABLE]",
      WF_MESSAGE("write them to standard output"), cmd_export },
    { "user", "password LOGIN",
      WF_MESSAGE("set a password, read from standard input"), cmd_user },
    { "token",
      "create LOGIN [--scope WORD]... [--days N] [--name TEXT]"
      " | list [LOGIN] | end ID",
      WF_MESSAGE("make an API token, printed alone; list tokens; end one"),
      cmd_token },
    { "delegation",
      "list LOGIN | add LOGIN --to LOGIN [--from DAY] [--until DAY] "
      "[--form ID]... | end ID",
      WF_MESSAGE("who stands in for whom"), cmd_delegation },
    { "handover", "LOGIN LOGIN",
      WF_MESSAGE("everything of a leaver goes to another person, in one act"),
      cmd_handover },
    { "jobs", "[list [--waiting] | revive ID... | drop ID...]",
      WF_MESSAGE("timers and jobs that have failed for good, or wait; try them "
                 "again; give them up"),
      cmd_jobs },
    { "person", "data LOGIN | readers LOGIN | erase LOGIN",
      WF_MESSAGE("the rights of whom data are about: a copy of them, who has "
                 "looked, and that they are erased"),
      cmd_person },
    { "retention", "[FORM]",
      WF_MESSAGE("how long documents are kept, and what the next night would "
                 "take"),
      cmd_retention },
    { "provider",
      "set ID --issuer URL --client NAME --address URL [--label TEXT] "
      "[--secret] [--creates] [--inside]"
      " | list | end ID | link ID LOGIN SUBJECT",
      WF_MESSAGE("where people sign in beside here (OpenID); the secret is read "
                 "from standard input"),
      cmd_provider },
    { "channel",
      "set ID KIND [NAME=VALUE]... [--label TEXT] [--secrets] [--off]"
      " | list | end ID | link ID LOGIN ACCOUNT | unlink ID LOGIN"
      " | test ID [LOGIN]",
      WF_MESSAGE("the ways out of here: mail, chat tools, webhooks; secrets are "
                 "lines NAME=VALUE of standard input"),
      cmd_channel },
    { "tick", "[--to TIME]",
      WF_MESSAGE("run what is due"), cmd_tick },
    { "backup", "FILE",
      WF_MESSAGE("copy the living store"), cmd_backup },
    { "fork", "FILE --mask",
      WF_MESSAGE("a copy for tests, with names and texts masked"), cmd_fork },
    { "restore", "FILE",
      WF_MESSAGE("put a copy in place of a store that nobody uses"),
      cmd_restore },
    { "openapi", "",
      WF_MESSAGE("describe what can be asked over HTTP"), cmd_openapi },
    { "copy", "--to URL",
      WF_MESSAGE("copy the whole store into a new one, and compare"),
      cmd_copy },
    { "seal", "",
      WF_MESSAGE("seal the history, one line to keep elsewhere"), cmd_seal },
    { "verify", "[--seal FILE]",
      WF_MESSAGE("look for what is wrong with the store"), cmd_verify },
    { "help", "[COMMAND]",
      WF_MESSAGE("this help"), cmd_help },
    { "version", "",
      WF_MESSAGE("which Weft this is"), cmd_version },
};
/* clang-format on */

static const struct cmd_command *find(const char *name)
{
    for (size_t i = 0; i < WF_COUNT(commands); i++)
        if (wf_streq(commands[i].name, name))
            return &commands[i];
    return NULL;
}

static void write_usage(FILE *out, const char *lang)
{
    fprintf(out, "%s: weft [--db URL] [--json] COMMAND\n",
            wf_message(lang, "usage"));
    for (size_t i = 0; i < WF_COUNT(commands); i++)
        fprintf(out, "  %-10s %s\n", commands[i].name,
                wf_message(lang, commands[i].help));
    fputs(wf_message(lang,
                     "The store is sqlite:PATH or postgresql://HOST/DATABASE, "
                     "by default weft.db or what WEFT_DB says.\n"),
          out);
}

static int cmd_help(struct cmd_line *line)
{
    const struct cmd_command *about;

    if (line->n_args == 0) {
        write_usage(stdout, line->lang);
        return CMD_DONE;
    }
    about = find(line->args[0]);
    if (!about)
        return cmd_misused(line, "there is no command \"%s\"", line->args[0]);
    printf("%s: weft [--db URL] [--json] %s %s\n%s\n",
           wf_message(line->lang, "usage"), about->name, about->usage,
           wf_message(line->lang, about->help));
    return CMD_DONE;
}

static int cmd_version(struct cmd_line *line)
{
    (void)line;
    printf("weft %s\n", WEFT_VERSION);
    return CMD_DONE;
}

/* The language of the terminal. */
static const char *terminal_lang(void)
{
    static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

    for (size_t i = 0; i < WF_COUNT(names); i++) {
        const char *value = getenv(names[i]);

        if (!wf_str_empty(value))
            return wf_str_starts(value, "zh") ? "zh-CN" : "en";
    }
    return "en";
}

/* Takes the options in front of the command; the number of words taken, -1 for
 * wrong use. */
static int read_globals(struct cmd_line *line, int argc, char **argv)
{
    int i = 1;

    for (; i < argc && argv[i][0] == '-'; i++) {
        if (wf_streq(argv[i], "--json")) {
            line->json = true;
        } else if (wf_streq(argv[i], "--db") && i + 1 < argc) {
            line->db = argv[++i];
            line->db_named = true;
        } else if (wf_streq(argv[i], "--help") || wf_streq(argv[i], "-h")) {
            line->command = find("help");
        } else if (wf_streq(argv[i], "--version")) {
            line->command = find("version");
        } else {
            fprintf(stderr, "weft: %s\n",
                    wf_arena_printf(line->arena,
                                    wf_message(line->lang, "unknown option %s"),
                                    argv[i]));
            return -1;
        }
    }
    return i;
}

/* Finds the command and what follows it; false where there is none. "COMMAND
 * --help" asks for help as "help COMMAND" does. */
static bool read_command(struct cmd_line *line, int n, int argc, char **argv)
{
    bool about = n + 1 < argc && wf_streq(argv[n + 1], "--help");

    if (n < argc && !line->command) {
        line->command = find(about ? "help" : argv[n]);
        if (!line->command)
            fprintf(stderr, "weft: %s\n",
                    wf_arena_printf(
                        line->arena,
                        wf_message(line->lang, "there is no command \"%s\""),
                        argv[n]));
        if (!about)
            n++;
    }
    line->args = &argv[n];
    line->n_args = about ? 1 : argc - n;
    return line->command != NULL;
}

int main(int argc, char **argv)
{
    struct wf_arena *arena WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct cmd_line line = { .arena = arena,
                             .db = getenv("WEFT_DB"),
                             .lang = terminal_lang() };
    int n = read_globals(&line, argc, argv);

    line.db_given = line.db != NULL;
    if (!line.db)
        line.db = "sqlite:weft.db";
    if (n < 0 || !read_command(&line, n, argc, argv)) {
        write_usage(stderr, line.lang);
        return CMD_MISUSED;
    }
    return line.command->run(&line);
}
