/* http/redirect.c - the door without TLS beside the one with it: whoever comes
 * there is sent on, and nothing else is done.
 *
 * Nothing of a request but its first line and its Host is looked at, so that
 * there is nothing here to be got at.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/redirect.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <microhttpd.h>

#include "base/arena.h"
#include "base/error.h"
#include "http/check.h"
#include "http/listen.h"
#include "http/target.h"

enum {
    CONNECTIONS_MAX = 256,
    OF_ADDRESS_MAX = 16,
    SILENCE_S = 5,
    MEMORY_OF_CONNECTION = 8 * 1024,
    HTTPS_PORT = 443,
    MOVED = 308, /* the method stays */
    BAD = 400,
};

struct http_redirect {
    struct MHD_Daemon *daemon;
    unsigned port, secure_port;
};

/* One request: its first line, in an arena of its own. */
struct visit {
    struct wf_arena *arena;
    const char *target;
};

/* --- Where to */

static bool is_target(const char *target)
{
    if (target[0] != '/' || strlen(target) > HTTP_TARGET_MAX)
        return false;
    for (const char *c = target; *c; c++) {
        if (*c <= ' ' || *c > '~')
            return false;
    }
    return true;
}

/* How much of a host is its name: what stands before a port. */
static size_t name_of(const char *host)
{
    const char *close = strchr(host, ']');

    return close ? (size_t)(close - host) + 1 : strcspn(host, ":");
}

const char *http_redirect_to(struct wf_arena *arena, const char *host,
                             unsigned port, const char *target)
{
    size_t len;

    if (!host || !http_host_is(host) || !is_target(target))
        return NULL;
    len = name_of(host);
    if (len == 0)
        return NULL;
    return port == HTTPS_PORT ? wf_arena_printf(arena, "https://%.*s%s",
                                                (int)len, host, target)
                              : wf_arena_printf(arena, "https://%.*s:%u%s",
                                                (int)len, host, port, target);
}

/* --- libmicrohttpd's calls */

static void *first_line(void *self, const char *target,
                        struct MHD_Connection *connection)
{
    struct wf_arena *arena = wf_arena_new();
    struct visit *visit = WF_NEW(arena, struct visit);

    (void)self;
    (void)connection;
    visit->arena = arena;
    visit->target = wf_arena_str(arena, target);
    return visit;
}

static void completed(void *self, struct MHD_Connection *connection,
                      void **state, enum MHD_RequestTerminationCode why)
{
    struct visit *visit = *state;

    (void)self;
    (void)connection;
    (void)why;
    if (visit)
        wf_arena_free(visit->arena);
    *state = NULL;
}

/* lint: parameters, because libmicrohttpd calls it so. */
static enum MHD_Result handle(void *self, struct MHD_Connection *connection,
                              const char *url, const char *method,
                              const char *version, const char *data,
                              size_t *len, void **state)
{
    const struct http_redirect *redirect = self;
    const struct visit *visit = *state;
    const char *host =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Host");
    const char *to = http_redirect_to(visit->arena, host, redirect->secure_port,
                                      visit->target);
    struct MHD_Response *response =
        MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    enum MHD_Result queued;

    (void)url;
    (void)method;
    (void)version;
    (void)data;
    (void)len;
    if (!response
        || MHD_add_response_header(response, "Connection", "close") != MHD_YES
        || MHD_add_response_header(response, "Cache-Control", "no-store")
               != MHD_YES
        || (to && MHD_add_response_header(response, "Location", to) != MHD_YES))
        wf_oom();
    queued = MHD_queue_response(connection, to ? MOVED : BAD, response);
    MHD_destroy_response(response);
    return queued;
}

/* --- The door */

static unsigned port_of(int fd)
{
    struct sockaddr_storage at;
    socklen_t len = sizeof at;

    if (getsockname(fd, (struct sockaddr *)&at, &len) != 0)
        return 0;
    if (at.ss_family == AF_INET6)
        return ntohs(((const struct sockaddr_in6 *)&at)->sin6_port);
    return ntohs(((const struct sockaddr_in *)&at)->sin_port);
}

bool http_redirect_start(const char *address, int secure,
                         struct http_redirect **out, weft_error *err)
{
    struct http_redirect *redirect;
    int fd;

    if (!http_listen(address, &fd, err))
        return false;
    redirect = calloc(1, sizeof *redirect);
    if (!redirect)
        wf_oom();
    redirect->port = port_of(fd);
    redirect->secure_port = port_of(secure);
    redirect->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, handle, redirect,
        MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_URI_LOG_CALLBACK, first_line,
        redirect, MHD_OPTION_NOTIFY_COMPLETED, completed, redirect,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SILENCE_S,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)OF_ADDRESS_MAX,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY_OF_CONNECTION,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX, MHD_OPTION_END);
    if (!redirect->daemon) {
        close(fd);
        free(redirect);
        return wf_fail(err, WEFT_E_INTERNAL, "No thread can be started.");
    }
    *out = redirect;
    return true;
}

void http_redirect_stop(struct http_redirect *redirect)
{
    if (!redirect)
        return;
    MHD_stop_daemon(redirect->daemon);
    free(redirect);
}

unsigned http_redirect_port(const struct http_redirect *redirect)
{
    return redirect->port;
}
