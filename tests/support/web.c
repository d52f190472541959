/* support/web.c - a small HTTP client for tests, which also sends what no
 * honest client would.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "support/web.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum {
    SILENCE_S = 10,
    ROOM = 64 * 1024
};

/* Ends the process, which is the test's own: also where no test runs. */
static void must(bool ok, const char *what)
{
    if (ok)
        return;
    fprintf(stderr, "web: %s\n", what);
    exit(EXIT_FAILURE);
}

void web_open(struct web *web, int port)
{
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_port = htons((uint16_t)port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    struct timeval silence = { SILENCE_S, 0 };
    int one = 1;

    *web = (struct web)WEB_INIT;
    web->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(web->fd, SOL_SOCKET, SO_RCVTIMEO, &silence, sizeof silence);
    setsockopt(web->fd, SOL_SOCKET, SO_SNDTIMEO, &silence, sizeof silence);
    setsockopt(web->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    must(connect(web->fd, (struct sockaddr *)&at, sizeof at) == 0,
         "nobody listens");
}

void web_be_patient(struct web *web, int ms)
{
    struct timeval silence = { ms / 1000, ms % 1000 * 1000 };

    setsockopt(web->fd, SOL_SOCKET, SO_RCVTIMEO, &silence, sizeof silence);
}

void web_close(struct web *web)
{
    if (web->fd >= 0)
        close(web->fd);
    free(web->data);
    *web = (struct web)WEB_INIT;
}

bool web_send(struct web *web, const char *data, size_t len)
{
    while (len > 0) {
        ssize_t n = send(web->fd, data, len, MSG_NOSIGNAL);

        if (n <= 0)
            return false;
        data += n;
        len -= (size_t)n;
    }
    return true;
}

void web_finish(struct web *web)
{
    shutdown(web->fd, SHUT_WR);
}

/* Reads more; false at the end. */
static bool receive(struct web *web)
{
    ssize_t n;

    if (web->cap - web->len < ROOM) {
        web->cap = web->cap * 2 + ROOM;
        web->data = realloc(web->data, web->cap + 1);
        must(web->data != NULL, "no memory");
    }
    n = recv(web->fd, web->data + web->len, web->cap - web->len, 0);
    if (n <= 0)
        return false;
    web->len += (size_t)n;
    web->data[web->len] = '\0';
    return true;
}

static void forget_used(struct web *web)
{
    memmove(web->data, web->data + web->used, web->len - web->used);
    web->len -= web->used;
    web->used = 0;
    web->data[web->len] = '\0';
}

bool web_read(struct web *web, bool no_body, struct web_answer *out)
{
    char length[32] = "0", *end;

    if (web->used > 0)
        forget_used(web);
    while (web->len == 0 || !(end = strstr(web->data, "\r\n\r\n"))) {
        if (!receive(web))
            return false;
    }
    web->used = (size_t)(end - web->data) + 4;
    web->data[web->used - 1] = '\0'; /* the next answer may follow at once */
    out->head = web->data;
    if (sscanf(web->data, "HTTP/1.%*d %d", &out->status) != 1)
        return false;
    if (!no_body && out->status != 304 && out->status != 204)
        web_header(out, "Content-Length", length, sizeof length);
    out->len = (size_t)strtoul(length, NULL, 10);
    while (web->len < web->used + out->len) {
        if (!receive(web))
            return false;
    }
    out->head = web->data;
    out->body = web->data + web->used;
    web->used += out->len;
    return out->status >= 200 || web_read(web, no_body, out);
}

bool web_is_closed(struct web *web)
{
    return web->used == web->len && !receive(web);
}

void web_ask(struct web *web, const struct web_request *request,
             struct web_answer *out)
{
    size_t len =
        request->len || !request->body ? request->len : strlen(request->body);
    char head[16384];
    int n = snprintf(head, sizeof head,
                     "%s %s HTTP/1.1\r\nHost: localhost\r\n%s", request->method,
                     request->path, request->headers ? request->headers : "");

    if (request->body)
        n += snprintf(head + n, sizeof head - (size_t)n,
                      "Content-Type: %s\r\nContent-Length: %zu\r\n",
                      request->type ? request->type : "application/json", len);
    n += snprintf(head + n, sizeof head - (size_t)n, "\r\n");
    must(web_send(web, head, (size_t)n), "closed before the request");
    must(len == 0 || web_send(web, request->body, len), "closed in the body");
    must(web_read(web, strcmp(request->method, "HEAD") == 0, out),
         "closed before the answer");
}

bool web_header(const struct web_answer *answer, const char *name, char *value,
                size_t size)
{
    const char *line = answer->head;
    size_t len = strlen(name);

    while ((line = strstr(line, "\r\n"))) {
        line += 2;
        if (strncasecmp(line, name, len) != 0 || line[len] != ':')
            continue;
        line += len + 1;
        line += strspn(line, " ");
        snprintf(value, size, "%.*s", (int)strcspn(line, "\r"), line);
        return true;
    }
    return false;
}
