/* http/request.h - one request, from its first line to the end of its answer.
 *
 * A handler sees the request whole and never touches the connection, so that
 * it may run on a thread of the server or on a worker. It leaves what is to be
 * answered in `result`.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include "http/body.h"
#include "http/check.h"
#include "http/client.h"
#include "http/peer.h"
#include "http/site.h"
#include "http/target.h"

struct MHD_Connection;
struct http_route;

enum http_method {
    HTTP_GET,
    HTTP_POST,
    HTTP_PUT,
    HTTP_PATCH,
    HTTP_DELETE,
    HTTP_OPTIONS,
    HTTP_OTHER, /* no route has it */
};

/* How long a file, which is the same for everybody, may be kept. */
#define HTTP_CACHE_FOR_EVER "public, max-age=31536000, immutable"
#define HTTP_CACHE_ASK "no-cache"

/* What is to be answered: a reply of the engine, or a command that will give
 * one, or a failure, or `body`. */
struct http_result {
    weft_reply *reply;     /* owned */
    weft_command *command; /* taken by the engine */
    weft_error error;      /* where error.code is not WEFT_OK */
    int status;            /* 0: by the failure, or the route's own */
    const char *type;      /* of the body; NULL: JSON */
    struct wf_str body;
    const char *encoding; /* of the body, where it is compressed */
    const char *etag;     /* of the body; replies bring their own */
    const char *cache;    /* HTTP_CACHE_…; NULL: nobody keeps it unasked */
    const char *policy;   /* what the page may load; NULL: what is ours */
    const char *location, *cookie, *allow;
    const char *file; /* to be kept under this name; NULL: to be shown */
    bool close;       /* the rest of what the client sends is not read */
};

struct http_request {
    struct http_site *site;
    struct http_peer *peer;
    struct http_client client;
    struct http_place place; /* of one behind a proxy */
    struct MHD_Connection *connection;
    struct wf_arena *arena;
    const char *raw_target;
    int64_t began_ms; /* monotonic */
    bool begun, counted, complete, sent;

    enum http_method method;
    bool is_head;
    bool is_foreign; /* HTTP_FOREIGN */
    struct http_headers headers;
    struct http_target target;
    const struct http_route *route; /* NULL: no such page */
    const char *args[2];            /* the {…} of the route, in order */

    weft_session *session; /* owned; NULL: signed out */
    bool by_cookie;
    const char *page_token; /* NULL: no page has asked for it */
    const char *wish; /* Accept-Language; NULL: whatever the person speaks */
    const char *lang; /* of the answer */
    struct http_body body;
    struct wf_str text;      /* the body, whole */
    weft_stream *stream;     /* owned; what is answered goes on */
    struct http_params form; /* it, where a page posted it */
    struct http_result result;
};

/* Whether a page that we wrote has posted this, and is to be led on. */
static inline bool http_is_page_form(const struct http_request *req)
{
    return req->body.type == HTTP_TAKES_FORM && !req->is_foreign;
}

/* A weft_error in the language of who asks. */
weft_error http_error_init(const struct http_request *req);

/* Reads "true" or "false" of the query, false where it is not given; another
 * word is a failure, left in the result. */
bool http_request_flag(struct http_request *req, const char *name, bool *out);

/* Where this server lies for who asks: "https://weft.example". */
const char *http_request_site(const struct http_request *req);

/* A text of the result, in the request's arena. */
void http_result_text(struct http_request *req, const char *type,
                      const struct wf_buf *text);

#endif
