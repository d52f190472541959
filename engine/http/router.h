/* http/router.h - from a path and a method to the row of the route table.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_ROUTER_H
#define HTTP_ROUTER_H

#include "http/request.h"

/* The route table as a tree of path segments: finding costs what the path is
 * long, not what the table is. Never changes once it is made, and so may be
 * asked by any thread. */
struct http_router;

struct http_router *http_router_new(void);
void http_router_free(struct http_router *router); /* NULL is fine */

/* Finds the route of the request and its arguments. `*allow` are, where there
 * is none, the methods of its path ("" where nothing is there) for the header
 * Allow. */
const struct http_route *http_router_find(const struct http_router *router,
                                          struct http_request *req,
                                          const char **allow);

#endif
