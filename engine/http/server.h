/* http/server.h - the server's one door: serve an engine until told to stop.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include <stdbool.h>

#include <weft/weft.h>

#include "base/buf.h"

struct wf_embedded;

struct http_options {
    const char *listen;     /* "ADDR:PORT", "[::1]:8080"; port 0: any */
    const char *cert, *key; /* PEM files; both or neither */
    const char *redirect;   /* with these: where plain HTTP is sent on from */
    unsigned n_threads;     /* 0: one a processor */
    bool insecure;          /* password sign-in without TLS from anywhere */
    /* Proxies of ours, as http_proxies_parse() reads them, whose word is taken
     * for whom they ask; NULL: none. */
    const char *trusted;
    unsigned max_per_address; /* connections of one client; 0: 256 */
    /* What a client may take, in milliseconds, for the headers of a request,
     * for its body, and between two requests; 0: 10 s, 60 s, 60 s. */
    unsigned header_ms, body_ms, idle_ms;
    /* The web application, ended by a file without a name; NULL or empty: the
     * plain pages alone. See http/asset.h. */
    const struct wf_embedded *files;
    /* Told once the socket listens, with the address that clients use. */
    void (*ready)(void *self, const char *url);
    void *self;
};

/* Serves `engine` until SIGTERM or SIGINT, then drains: no new requests, the
 * ones in hand are answered. SIGHUP reads certificates again. Errors:
 * WEFT_E_MALFORMED the address; WEFT_E_STORE the address is taken or not
 * allowed; WEFT_E_INVALID a certificate that does not fit. */
WEFT_MUST_CHECK bool http_serve(weft_engine *engine,
                                const struct http_options *options,
                                weft_error *err);

/* Writes the OpenAPI 3.1 document of all routes, out of the route table and the
 * schemas of schemas/http.json. */
void http_openapi_write(struct wf_arena *arena, struct wf_buf *out);

#endif
