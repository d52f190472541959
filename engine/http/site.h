/* http/site.h - what all requests of one server share.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_SITE_H
#define HTTP_SITE_H

#include <stdatomic.h>

#include <weft/weft.h>

#include "base/log.h"
#include "http/server.h"

struct http_site {
    weft_engine *engine;
    struct http_options options; /* its defaults filled in */
    struct wf_log log;
    bool tls;
    struct wf_arena *arena;       /* of what stays until the end */
    struct http_proxies *proxies; /* NULL: nobody is trusted */
    atomic_bool draining;         /* new requests are turned away */
    atomic_int n_active;          /* requests between headers and last byte */
    atomic_int n_suspended;       /* of these: wait for writer or worker */
    struct http_router *router;   /* owned, as are the next three */
    struct http_metrics *metrics;
    struct http_peers *peers;
    struct http_pool *pool;
};

#endif
