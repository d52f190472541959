/* cli/line.c - the line that was typed: options, arguments, wrong use.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stdio.h>

#include "base/list.h"
#include "base/messages.h"
#include "cli/cli.h"

int cmd_misused(const struct cmd_line *line, const char *why, ...)
{
    va_list args;

    fputs("weft: ", stderr);
    va_start(args, why);
    vfprintf(stderr, wf_message(line->lang, why), args);
    va_end(args);
    fprintf(stderr, "\n%s: weft %s %s\n", wf_message(line->lang, "usage"),
            line->command->name, line->command->usage);
    return CMD_MISUSED;
}

static const struct cmd_option *find(const struct cmd_option *options, size_t n,
                                     const char *word)
{
    for (size_t i = 0; i < n; i++)
        if (wf_streq(options[i].name, word))
            return &options[i];
    return NULL;
}

static void take(struct cmd_line *line, const struct cmd_option *option,
                 const char *value)
{
    if (option->flag)
        *option->flag = true;
    else if (option->value)
        *option->value = value;
    else
        *WF_PUSH(line->arena, option->list) = value;
}

bool cmd_options(struct cmd_line *line, const struct cmd_option *options,
                 size_t n, int least, int most)
{
    int n_left = 0;

    for (int i = 0; i < line->n_args; i++) {
        const char *word = line->args[i];
        const struct cmd_option *option = find(options, n, word);
        bool has_value = option && !option->flag;

        if (!option && word[0] == '-' && word[1] != '\0') {
            cmd_misused(line, "unknown option %s", word);
            return false;
        }
        if (!option)
            line->args[n_left++] = line->args[i];
        else if (has_value && i + 1 == line->n_args) {
            cmd_misused(line, "%s needs a value", word);
            return false;
        } else
            take(line, option, has_value ? line->args[++i] : NULL);
    }
    line->n_args = n_left;
    if (n_left >= least && n_left <= most)
        return true;
    if (n_left < least)
        cmd_misused(line, "something is missing");
    else
        cmd_misused(line, "there is too much");
    return false;
}
