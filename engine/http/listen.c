/* http/listen.c - the socket that clients come to.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/listen.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.h"
#include "base/str.h"

enum {
    BACKLOG = 1024,
    PORT_MAX = 65535
};

static bool fail_address(const char *address, weft_error *err)
{
    return wf_fail(err, WEFT_E_MALFORMED,
                   "\"%s\" is no address to listen at: write 127.0.0.1:8080 or "
                   "[::1]:8080.",
                   address);
}

/* Splits "HOST:PORT" at its last colon; brackets around HOST fall away. */
static bool split(const char *address, char *host, size_t size,
                  const char **port)
{
    const char *colon = strrchr(address, ':');
    size_t len = colon ? (size_t)(colon - address) : 0;

    if (len == 0 || len >= size)
        return false;
    *port = colon + 1;
    if (address[0] == '[' && address[len - 1] == ']') {
        address++;
        len -= 2;
    } else if (memchr(address, ':', len)) {
        return false;
    }
    memcpy(host, address, len);
    host[len] = '\0';
    return (*port)[0] && strlen(*port) <= 5
           && (*port)[strspn(*port, "0123456789")] == '\0'
           && atoi(*port) <= PORT_MAX;
}

static bool open_socket(const struct addrinfo *at, int *out)
{
    int one = 1;
    int fd =
        socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    if (fd < 0)
        return false;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(fd, at->ai_addr, at->ai_addrlen) != 0
        || listen(fd, BACKLOG) != 0) {
        int why = errno;

        close(fd);
        errno = why;
        return false;
    }
    *out = fd;
    return true;
}

bool http_listen(const char *address, int *out, weft_error *err)
{
    struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
                              .ai_flags = AI_PASSIVE | AI_NUMERICSERV };
    struct addrinfo *found;
    const char *port;
    char host[256];
    bool ok;

    if (!split(address, host, sizeof host, &port)
        || getaddrinfo(host, port, &hints, &found) != 0)
        return fail_address(address, err);
    ok = open_socket(found, out);
    freeaddrinfo(found);
    return ok
           || wf_fail(err, WEFT_E_STORE, "Cannot listen at %s: %s.", address,
                      strerror(errno));
}

void http_listen_url(int fd, bool tls, char *url, size_t size)
{
    struct sockaddr_storage at;
    socklen_t len = sizeof at;
    char host[NI_MAXHOST] = "", port[NI_MAXSERV] = "";

    if (getsockname(fd, (struct sockaddr *)&at, &len) == 0)
        getnameinfo((struct sockaddr *)&at, len, host, sizeof host, port,
                    sizeof port, NI_NUMERICHOST | NI_NUMERICSERV);
    if (strchr(host, ':'))
        snprintf(url, size, "http%s://[%s]:%s", tls ? "s" : "", host, port);
    else
        snprintf(url, size, "http%s://%s:%s", tls ? "s" : "", host, port);
}
