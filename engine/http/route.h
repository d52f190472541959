/* http/route.h - the table of all pages: what is served, to whom, and how it
 * is described.
 *
 * Dispatch, the counters and the OpenAPI document read the same rows, so that
 * they cannot differ.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H

#include "http/request.h"

enum http_caller {
    HTTP_ANYONE,
    HTTP_USER,     /* who is signed in, or has a token */
    HTTP_OPERATOR, /* this machine, or a token with the scope */
};

enum http_flags {
    HTTP_SLOW = 1,     /* runs on a worker: it would hold up a thread */
    HTTP_COMPILES = 2, /* its findings are diagnostics */
    HTTP_PAGE = 4,     /* answers HTML, failures too */
    HTTP_FOREIGN = 16, /* its form comes from a program, not a page of ours */
    HTTP_HIDDEN = 8,   /* ours alone: not in the OpenAPI document */
};

typedef void http_handler_fn(struct http_request *req);

struct http_route {
    enum http_method method;
    const char *pattern; /* {name} matches one segment; {id} a number */
    enum http_caller caller;
    unsigned scope;       /* that a token needs; the engine asks for it */
    unsigned takes;       /* enum http_takes */
    unsigned flags;       /* enum http_flags */
    int status;           /* when all is well */
    const char *query;    /* its parameters; "*": the engine knows them */
    const char *in, *out; /* schemas of the bodies; NULL: none */
    const char *summary;
    http_handler_fn *handle;
};

/* NULL behind the last one. */
const struct http_route *http_route_at(size_t i);
size_t http_route_index(const struct http_route *route);
size_t http_route_count(void);

/* True if `name` is a parameter of the route. */
bool http_route_knows(const struct http_route *route, const char *name);

const char *http_method_name(enum http_method method);
enum http_method http_method_of(const char *name, bool *is_head);

#endif
