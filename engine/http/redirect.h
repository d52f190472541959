/* http/redirect.h - the door without TLS beside the one with it: whoever comes
 * there is sent on, and nothing else is done.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_REDIRECT_H
#define HTTP_REDIRECT_H

#include <stdbool.h>

#include <weft/error.h>

#include "base/macros.h"

struct wf_arena;
struct http_headers;
struct http_redirect;

/* Listens at `address` ("0.0.0.0:80"; port 0: any) and sends every request on
 * to the same host, by TLS, at the port of `secure`, an open socket.
 * Errors: WEFT_E_MALFORMED, WEFT_E_STORE, as http_listen(). */
WF_MUST_CHECK bool http_redirect_start(const char *address, int secure,
                                       struct http_redirect **out,
                                       weft_error *err);
void http_redirect_stop(struct http_redirect *redirect);

/* The port where it listens. */
unsigned http_redirect_port(const struct http_redirect *redirect);

/* "https://HOST:PORT/target" for a host as it is asked for, with its own port
 * or without; NULL where either is not what a browser sends. */
const char *http_redirect_to(struct wf_arena *arena, const char *host,
                             unsigned port, const char *target);

#endif
