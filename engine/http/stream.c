/* http/stream.c - an answer that goes on: events, for as long as somebody
 * listens.
 *
 * A connection without news is suspended and costs nothing. That its client is
 * gone shows when the stream next says something, a sign of life at the latest.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/stream.h"

#include "base/error.h"
#include "http/handlers.h"
#include "http/peer.h"

enum {
    BLOCK = 4096,
    TAKE_MS = 60 * 1000 /* for a client to take what was said */
};

static int64_t deadline(void)
{
    return wf_monotonic_ms() + TAKE_MS;
}

/* On any thread. The connection may not be suspended yet: libmicrohttpd then
 * leaves it awake. */
static void wake(void *self)
{
    struct http_request *req = self;

    http_peer_set_deadline(req->peer, deadline());
    MHD_resume_connection(req->connection);
}

static ssize_t read_events(void *self, uint64_t pos, char *at, size_t len)
{
    struct http_request *req = self;
    long n = weft_stream_read(req->stream, at, len);

    (void)pos;
    if (n < 0)
        return MHD_CONTENT_READER_END_OF_STREAM;
    if (n == 0) {
        http_peer_set_deadline(req->peer, 0);
        MHD_suspend_connection(req->connection);
    }
    return (ssize_t)n;
}

struct MHD_Response *http_stream_response(struct http_request *req)
{
    return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK,
                                             read_events, req, NULL);
}

/* A browser that comes back says what it has heard last; one whose turn it has
 * become to listen has it from another tab. */
void http_event_stream(struct http_request *req)
{
    weft_listener listener = { .wake = wake, .self = req };

    listener.after = http_headers_find(&req->headers, "Last-Event-ID");
    if (!listener.after)
        listener.after = http_params_find(&req->target.params, "after");
    if (!http_request_flag(req, "once", &listener.once))
        return;
    req->stream = weft_stream_open(req->session, &listener, &req->result.error);
    req->result.type = "text/event-stream";
}
