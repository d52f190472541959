/* http/server.c - the server's one door: serve an engine until told to stop.
 *
 * The calling thread accepts connections, hands them to the daemons, cuts off
 * who is too slow, and hears the signals.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/server.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "http/client.h"
#include "http/connection.h"
#include "http/daemons.h"
#include "http/listen.h"
#include "http/metrics.h"
#include "http/peer.h"
#include "http/pool.h"
#include "http/redirect.h"
#include "http/router.h"

enum {
    FILES_WANTED = 16384,
    N_WORKERS = 2,
    WORK_MAX = 32,
    PER_ADDRESS = 256,
    HEADER_MS = 10 * 1000,
    BODY_MS = 60 * 1000,
    IDLE_MS = 60 * 1000,
    SWEEP_MS = 500,
    DRAIN_MS = 9 * 1000,
    PAUSE_MS = 10,
    URL_MAX = 512,
};

struct server {
    struct http_site site;
    struct http_daemons *daemons;
    struct http_redirect *redirect;
    int socket, signals;
    sigset_t mask_before;
};

/* --- The process */

static size_t raise_files(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return FILES_WANTED;
    limit.rlim_cur =
        limit.rlim_max < FILES_WANTED ? limit.rlim_max : FILES_WANTED;
    setrlimit(RLIMIT_NOFILE, &limit);
    return (size_t)limit.rlim_cur;
}

/* Passwords and tokens pass through this process: nobody reads its memory,
 * and no dump of it is left. */
static void keep_secrets(void)
{
#ifndef __SANITIZE_ADDRESS__
    prctl(PR_SET_DUMPABLE, 0);
#endif
}

static bool hear_signals(struct server *server, weft_error *err)
{
    sigset_t heard;

    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&heard);
    sigaddset(&heard, SIGTERM);
    sigaddset(&heard, SIGINT);
    sigaddset(&heard, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &heard, &server->mask_before);
    server->signals = signalfd(-1, &heard, SFD_CLOEXEC | SFD_NONBLOCK);
    return server->signals >= 0
           || wf_fail(err, WEFT_E_INTERNAL, "Signals cannot be heard.");
}

/* --- Opening and closing */

static unsigned otherwise(unsigned value, unsigned standard)
{
    return value ? value : standard;
}

static struct http_options filled(const struct http_options *options)
{
    struct http_options all = *options;
    long n = sysconf(_SC_NPROCESSORS_ONLN);

    all.n_threads = otherwise(all.n_threads, n > 0 ? (unsigned)n : 1);
    all.max_per_address = otherwise(all.max_per_address, PER_ADDRESS);
    all.header_ms = otherwise(all.header_ms, HEADER_MS);
    all.body_ms = otherwise(all.body_ms, BODY_MS);
    all.idle_ms = otherwise(all.idle_ms, IDLE_MS);
    return all;
}

static bool server_open(struct server *server, weft_error *err)
{
    struct http_site *site = &server->site;

    site->log = (struct wf_log){ WF_LOG_INFO, &wf_clock_real, NULL, NULL };
    site->router = http_router_new();
    site->metrics = http_metrics_new();
    site->arena = wf_arena_new();
    if (!http_proxies_parse(site->arena, site->options.trusted, &site->proxies,
                            err))
        return false;
    site->peers = http_peers_new(raise_files(), site->options.max_per_address,
                                 site->proxies);
    return hear_signals(server, err)
           && http_listen(site->options.listen, &server->socket, err)
           && http_pool_open(N_WORKERS, WORK_MAX, http_connection_work,
                             &site->pool, err)
           && http_daemons_start(site, &server->daemons, err)
           && (!site->options.redirect
               || http_redirect_start(site->options.redirect, server->socket,
                                      &server->redirect, err));
}

static void server_close(struct server *server)
{
    http_redirect_stop(server->redirect);
    http_daemons_stop(server->daemons);
    http_pool_close(server->site.pool);
    http_peers_free(server->site.peers);
    http_metrics_free(server->site.metrics);
    http_router_free(server->site.router);
    wf_arena_free(server->site.arena);
    if (server->socket >= 0)
        close(server->socket);
    if (server->signals >= 0)
        close(server->signals);
    pthread_sigmask(SIG_SETMASK, &server->mask_before, NULL);
}

/* --- Accepting */

static void pause_ms(int ms)
{
    poll(NULL, 0, ms);
}

static bool accept_one(struct server *server)
{
    struct http_site *site = &server->site;
    struct sockaddr_storage from;
    socklen_t len = sizeof from;
    const struct sockaddr *address = (const struct sockaddr *)&from;
    int one = 1;
    int fd = accept4(server->socket, (struct sockaddr *)&from, &len,
                     SOCK_NONBLOCK | SOCK_CLOEXEC);

    if (fd < 0) {
        if (errno == EMFILE || errno == ENFILE || errno == ENOMEM)
            pause_ms(PAUSE_MS); /* until others are done */
        return false;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (http_peers_add(site->peers, fd, address,
                       wf_monotonic_ms() + site->options.header_ms))
        http_daemons_add(server->daemons, fd, address, len);
    else
        close(fd);
    return true;
}

static void reload(struct server *server)
{
    weft_error err = WEFT_ERROR_INIT;

    if (!server->site.tls)
        return;
    if (http_daemons_renew(&server->daemons, &err))
        wf_log(&server->site.log, WF_LOG_INFO, "reload",
               "The certificates were read again.");
    else
        wf_log(&server->site.log, WF_LOG_ERROR, "reload", "%s", err.text);
}

/* True once it is time to stop. */
static bool hear(struct server *server)
{
    struct signalfd_siginfo heard;

    while (read(server->signals, &heard, sizeof heard) == sizeof heard) {
        if (heard.ssi_signo != SIGHUP)
            return true;
        reload(server);
    }
    return false;
}

static void serve(struct server *server)
{
    unsigned quarter = server->site.options.header_ms / 4 + 1;
    int sweep_ms = (int)(quarter < SWEEP_MS ? quarter : SWEEP_MS);
    struct pollfd watched[] = { { server->socket, POLLIN, 0 },
                                { server->signals, POLLIN, 0 } };
    int64_t swept = wf_monotonic_ms();

    for (;;) {
        int64_t now;

        poll(watched, WF_COUNT(watched), sweep_ms);
        if (watched[1].revents && hear(server))
            return;
        while (watched[0].revents && accept_one(server))
            ;
        now = wf_monotonic_ms();
        if (now - swept >= sweep_ms) {
            http_peers_sweep(server->site.peers, now);
            swept = now;
        }
    }
}

/* --- Stopping */

/* Requests in hand are answered, new ones turned away. libmicrohttpd may not
 * be stopped while a connection is suspended, so the writer finishes all that
 * it has taken. */
static void drain(struct server *server)
{
    struct http_site *site = &server->site;
    int64_t until = wf_monotonic_ms() + DRAIN_MS;

    atomic_store(&site->draining, true);
    close(server->socket);
    server->socket = -1;
    weft_streams_end(site->engine);
    while (atomic_load(&site->n_active) > 0 && wf_monotonic_ms() < until)
        pause_ms(PAUSE_MS);
    weft_engine_drain(site->engine);
    while (atomic_load(&site->n_suspended) > 0)
        pause_ms(PAUSE_MS);
}

bool http_serve(weft_engine *engine, const struct http_options *options,
                weft_error *err)
{
    struct server server = { .site = { .engine = engine,
                                       .options = filled(options),
                                       .tls = options->cert != NULL },
                             .socket = -1,
                             .signals = -1 };
    char url[URL_MAX];
    bool ok = server_open(&server, err);

    keep_secrets();
    if (ok) {
        http_listen_url(server.socket, server.site.tls, url, sizeof url);
        if (server.redirect)
            wf_log(&server.site.log, WF_LOG_INFO, "redirect",
                   "Plain HTTP is sent on from port %u.",
                   http_redirect_port(server.redirect));
        if (options->ready)
            options->ready(options->self, url);
        serve(&server);
        drain(&server);
    }
    server_close(&server);
    return ok;
}
