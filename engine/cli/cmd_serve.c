/* cli/cmd_serve.c - weft serve: the store over HTTP; weft openapi: what can be
 * asked there.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "cli/cli.h"
#include "http/server.h"

enum {
    THREADS_MAX = 64
};

static void say_ready(void *self, const char *url)
{
    (void)self;
    printf("Weft is ready at %s\n", url);
    fflush(stdout);
}

static bool read_threads(const char *text, unsigned *out)
{
    int64_t n = 0;

    if (text
        && (!wf_str_to_int(wf_str_of(text), &n) || n < 1 || n > THREADS_MAX))
        return false;
    *out = (unsigned)n;
    return true;
}

static int serve(struct cmd_line *line, const struct http_options *options)
{
    struct cmd_store store WF_CLEANUP(cmd_store_close) = CMD_STORE_INIT;
    weft_options how = WEFT_OPTIONS_INIT;
    weft_error err = cmd_error(line);
    int status;

    if (!cmd_store_open_with(line, &how, &store, &status))
        return status;
    if (options->insecure)
        fprintf(stderr,
                "weft: passwords are taken without TLS from anywhere\n");
    return http_serve(store.engine, options, &err) ? CMD_DONE
                                                   : cmd_failed(&err);
}

int cmd_serve(struct cmd_line *line)
{
    struct http_options how = { .listen = "127.0.0.1:8080",
                                .trusted = getenv("WEFT_TRUSTED_PROXY"),
                                .ready = say_ready,
                                .files = cmd_web_files() };
    const char *threads = NULL;
    const struct cmd_option options[] = {
        { "--listen", NULL, &how.listen, NULL },
        { "--tls-cert", NULL, &how.cert, NULL },
        { "--tls-key", NULL, &how.key, NULL },
        { "--redirect", NULL, &how.redirect, NULL },
        { "--threads", NULL, &threads, NULL },
        { "--trusted-proxy", NULL, &how.trusted, NULL },
        { "--insecure", &how.insecure, NULL, NULL },
    };

    if (!cmd_options(line, options, WF_COUNT(options), 0, 0))
        return CMD_MISUSED;
    if (!how.cert != !how.key)
        return cmd_misused(line, "--tls-cert and --tls-key go together");
    if (how.redirect && !how.cert)
        return cmd_misused(line, "--redirect goes with --tls-cert");
    if (!read_threads(threads, &how.n_threads))
        return cmd_misused(line, "--threads is a number from 1 to 64");
    return serve(line, &how);
}

int cmd_openapi(struct cmd_line *line)
{
    struct wf_buf text = WF_BUF_INIT(line->arena);

    if (!cmd_options(line, NULL, 0, 0, 0))
        return CMD_MISUSED;
    http_openapi_write(line->arena, &text);
    puts(wf_buf_text(&text));
    return CMD_DONE;
}
