/* http/load.c - many clients that make documents while the server ends.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "suite.h"

enum {
    N_CLIENTS = 8,
    UNAVAILABLE = 503
};

static const char request[] =
    "{\"form\":\"request\",\"data\":{\"subject_line\":\"load\"}}";

/* One line in one write, so that those of other clients do not run into it. */
static void acknowledge(const char *location)
{
    char line[64];
    int len = snprintf(line, sizeof line, "%s\n", strrchr(location, '/') + 1);

    if (write(STDOUT_FILENO, line, (size_t)len) != len)
        _exit(EXIT_FAILURE);
}

static bool ask(struct web *web, const char *token)
{
    char text[1024];
    int len = snprintf(text, sizeof text,
                       "POST /api/v1/documents HTTP/1.1\r\nHost: a\r\n"
                       "Authorization: Bearer %s\r\n"
                       "Content-Type: application/json\r\n"
                       "Content-Length: %zu\r\n\r\n%s",
                       token, strlen(request), request);

    return web_send(web, text, (size_t)len);
}

/* Until the connection ends or the server says that it wants no more. */
static int client(int port, const char *token)
{
    struct web_answer answer;
    struct web web;

    web_open(&web, port);
    while (ask(&web, token) && web_read(&web, false, &answer)) {
        char location[256];

        if (answer.status == UNAVAILABLE)
            return EXIT_SUCCESS;
        if (answer.status != 201
            || !web_header(&answer, "Location", location, sizeof location)) {
            fprintf(stderr, "%s\n%s\n", answer.head, answer.body);
            return EXIT_FAILURE;
        }
        acknowledge(location);
    }
    return EXIT_SUCCESS;
}

int load_run(int port)
{
    const char *token = getenv("TOKEN_maker");
    int status, worst = EXIT_SUCCESS;

    for (int i = 0; i < N_CLIENTS; i++) {
        if (fork() == 0)
            _exit(client(port, token));
    }
    while (wait(&status) > 0) {
        if (!WIFEXITED(status) || WEXITSTATUS(status) != EXIT_SUCCESS)
            worst = EXIT_FAILURE;
    }
    return worst;
}
