/* http/connection.h - how libmicrohttpd's calls become a request and its
 * answer.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_CONNECTION_H
#define HTTP_CONNECTION_H

#include <microhttpd.h>

#include "http/request.h"

/* The callbacks of a daemon; `self` is its struct http_site. */
void *http_connection_first_line(void *self, const char *target,
                                 struct MHD_Connection *connection);
enum MHD_Result http_connection_handle(void *self,
                                       struct MHD_Connection *connection,
                                       const char *url, const char *method,
                                       const char *version, const char *data,
                                       size_t *len, void **state);
void http_connection_completed(void *self, struct MHD_Connection *connection,
                               void **state,
                               enum MHD_RequestTerminationCode why);
void http_connection_notify(void *self, struct MHD_Connection *connection,
                            void **peer,
                            enum MHD_ConnectionNotificationCode what);

/* What the worker pool does with a request. */
void http_connection_work(void *request);

#endif
