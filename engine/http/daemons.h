/* http/daemons.h - the threads of libmicrohttpd, and the connections spread
 * over them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_DAEMONS_H
#define HTTP_DAEMONS_H

#include <sys/socket.h>

#include "http/site.h"

struct http_daemons;

/* Starts the threads. Certificates are read here. Errors: WEFT_E_INVALID a
 * certificate that cannot be read or does not fit; WEFT_E_INTERNAL. */
WF_MUST_CHECK bool http_daemons_start(struct http_site *site,
                                      struct http_daemons **out,
                                      weft_error *err);

/* Starts threads with certificates read anew; the old ones keep the
 * connections that they have. Errors: as above, and the old stay. */
WF_MUST_CHECK bool http_daemons_renew(struct http_daemons **daemons,
                                      weft_error *err);

/* Hands the connection over, which is closed where that fails. */
void http_daemons_add(struct http_daemons *daemons, int fd,
                      const struct sockaddr *address, socklen_t len);

/* Ends threads and connections; none may be suspended. NULL is allowed. */
void http_daemons_stop(struct http_daemons *daemons);

#endif
