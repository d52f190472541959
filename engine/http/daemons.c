/* http/daemons.c - the threads of libmicrohttpd, and the connections spread
 * over them.
 *
 * Its own pool of threads may put every connection on one of them, so each
 * thread is a daemon of its own without a socket to listen on.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/daemons.h"

#include <stdio.h>
#include <stdlib.h>

#include <microhttpd.h>

#include "base/error.h"
#include "http/connection.h"
#include "http/peer.h"

/* TLS 1.2 at least, with keys that are used once and ciphers that also vouch
 * for what they hide: in GnuTLS's words. */
static const char PRIORITIES[] =
    "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-KX-ALL:+ECDHE-ECDSA:"
    "+ECDHE-RSA:-CIPHER-ALL:+AES-256-GCM:+CHACHA20-POLY1305:+AES-128-GCM:"
    "-MAC-ALL:+AEAD:%SERVER_PRECEDENCE";

enum {
    PEM_MAX = 256 * 1024,
    MEMORY_OF_CONNECTION = 32 * 1024,
    CONNECTIONS_MAX = 4096, /* of one thread */
};

struct http_daemons {
    struct http_site *site;
    char *cert, *key; /* PEM; NULL without TLS */
    struct http_daemons *older;
    unsigned n, next;
    struct MHD_Daemon *at[];
};

/* --- Certificates */

static bool read_pem(const char *path, char **out, weft_error *err)
{
    FILE *file = fopen(path, "rbe");
    char *text;
    size_t len;

    if (!file)
        return wf_fail(err, WEFT_E_INVALID, "The file %s cannot be read.",
                       path);
    text = calloc(1, PEM_MAX);
    if (!text)
        wf_oom();
    len = fread(text, 1, PEM_MAX - 1, file);
    fclose(file);
    *out = text;
    return len > 0
           || wf_fail(err, WEFT_E_INVALID, "The file %s cannot be read.", path);
}

static bool read_certificates(struct http_daemons *daemons, weft_error *err)
{
    const struct http_options *options = &daemons->site->options;

    return !daemons->site->tls
           || (read_pem(options->cert, &daemons->cert, err)
               && read_pem(options->key, &daemons->key, err));
}

/* --- Threads */

static struct MHD_Daemon *start_one(const struct http_daemons *daemons)
{
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME
                     | MHD_USE_NO_LISTEN_SOCKET;
    union {
        const char *text;
        void *bytes; /* libmicrohttpd only reads them */
    } priorities = { PRIORITIES };
    struct MHD_OptionItem tls[] = {
        { MHD_OPTION_HTTPS_MEM_CERT, 0, daemons->cert },
        { MHD_OPTION_HTTPS_MEM_KEY, 0, daemons->key },
        { MHD_OPTION_HTTPS_PRIORITIES, 0, priorities.bytes },
        { MHD_OPTION_END, 0, NULL },
    };
    struct MHD_OptionItem none[] = { { MHD_OPTION_END, 0, NULL } };
    struct http_site *site = daemons->site;

    if (site->tls)
        flags |= MHD_USE_TLS;
    return MHD_start_daemon(
        flags, 0, NULL, NULL, http_connection_handle, site, MHD_OPTION_ARRAY,
        site->tls ? tls : none, MHD_OPTION_URI_LOG_CALLBACK,
        http_connection_first_line, site, MHD_OPTION_NOTIFY_COMPLETED,
        http_connection_completed, site, MHD_OPTION_NOTIFY_CONNECTION,
        http_connection_notify, site, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY_OF_CONNECTION,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX, MHD_OPTION_END);
}

static bool start_all(struct http_daemons *daemons, weft_error *err)
{
    unsigned wanted = daemons->site->options.n_threads;

    if (!read_certificates(daemons, err))
        return false;
    while (daemons->n < wanted) {
        struct MHD_Daemon *one = start_one(daemons);

        if (!one && daemons->site->tls)
            return wf_fail(err, WEFT_E_INVALID,
                           "The certificate and the key do not fit.");
        if (!one)
            return wf_fail(err, WEFT_E_INTERNAL, "No thread can be started.");
        daemons->at[daemons->n++] = one;
    }
    return true;
}

bool http_daemons_start(struct http_site *site, struct http_daemons **out,
                        weft_error *err)
{
    struct http_daemons *daemons = calloc(
        1, sizeof *daemons + site->options.n_threads * sizeof daemons->at[0]);

    if (!daemons)
        wf_oom();
    daemons->site = site;
    if (!start_all(daemons, err)) {
        http_daemons_stop(daemons);
        return false;
    }
    *out = daemons;
    return true;
}

bool http_daemons_renew(struct http_daemons **daemons, weft_error *err)
{
    struct http_daemons *renewed;

    if (!http_daemons_start((*daemons)->site, &renewed, err))
        return false;
    renewed->older = *daemons;
    *daemons = renewed;
    return true;
}

void http_daemons_add(struct http_daemons *daemons, int fd,
                      const struct sockaddr *address, socklen_t len)
{
    struct MHD_Daemon *one = daemons->at[daemons->next++ % daemons->n];

    if (MHD_add_connection(one, fd, address, len) != MHD_YES)
        http_peers_remove(daemons->site->peers, fd);
}

void http_daemons_stop(struct http_daemons *daemons)
{
    while (daemons) {
        struct http_daemons *older = daemons->older;

        for (unsigned i = 0; i < daemons->n; i++)
            MHD_stop_daemon(daemons->at[i]);
        free(daemons->cert);
        free(daemons->key);
        free(daemons);
        daemons = older;
    }
}
