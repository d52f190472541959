/* http/listen.h - the socket that clients come to.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_LISTEN_H
#define HTTP_LISTEN_H

#include <stdbool.h>
#include <stddef.h>

#include <weft/error.h>

#include "base/macros.h"

/* Listens at "ADDR:PORT" or "[ADDR]:PORT"; port 0 is any that is free.
 * Errors: WEFT_E_MALFORMED no address; WEFT_E_STORE taken or not allowed. */
WF_MUST_CHECK bool http_listen(const char *address, int *out, weft_error *err);

/* The address of the socket as clients write it: "http://127.0.0.1:8080". */
void http_listen_url(int fd, bool tls, char *url, size_t size);

#endif
