/* http/load.c - many clients that make documents and change them while the
 * server ends or is killed. Each prints what it was told is done: "ID made",
 * "ID changed".
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

static const char made[] =
    "{\"form\":\"request\",\"data\":{\"subject_line\":\"made\"}}";
static const char changed[] = "{\"data\":{\"subject_line\":\"changed\"}}";

struct client {
    struct web web;
    const char *token;
    char path[256]; /* of the document in hand */
};

/* One line in one write, so that those of other clients do not run into it. */
static void acknowledge(const struct client *c, const char *what)
{
    char line[320];
    int len =
        snprintf(line, sizeof line, "%s %s\n", strrchr(c->path, '/') + 1, what);

    if (write(STDOUT_FILENO, line, (size_t)len) != len)
        _exit(EXIT_FAILURE);
}

/* False once the connection has ended or the server wants no more; any answer
 * but `status` ends the program. */
static bool ask(struct client *c, const char *method, const char *body,
                int status, struct web_answer *answer)
{
    char text[1024];
    int len = snprintf(text, sizeof text,
                       "%s %s HTTP/1.1\r\nHost: a\r\n"
                       "Authorization: Bearer %s\r\n"
                       "Content-Type: application/json\r\n"
                       "Content-Length: %zu\r\n\r\n%s",
                       method, c->path, c->token, strlen(body), body);

    if (!web_send(&c->web, text, (size_t)len)
        || !web_read(&c->web, false, answer) || answer->status == UNAVAILABLE)
        return false;
    if (answer->status == status)
        return true;
    fprintf(stderr, "%s\n%s\n", answer->head, answer->body);
    _exit(EXIT_FAILURE);
}

/* Makes a document and changes it. */
static bool work(struct client *c)
{
    struct web_answer answer;

    strcpy(c->path, "/api/v1/documents");
    if (!ask(c, "POST", made, 201, &answer))
        return false;
    if (!web_header(&answer, "Location", c->path, sizeof c->path))
        _exit(EXIT_FAILURE);
    acknowledge(c, "made");
    if (!ask(c, "PATCH", changed, 200, &answer))
        return false;
    acknowledge(c, "changed");
    return true;
}

static int client(int port, const char *token)
{
    struct client c = { .token = token };

    web_open(&c.web, port);
    while (work(&c))
        ;
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
