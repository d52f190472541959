/* http/connection.c - how libmicrohttpd's calls become a request and its
 * answer.
 *
 * The order of calls: the first line; then `handle` once with the headers, any
 * number of times with parts of the body, once with nothing. A connection that
 * waits for the writer or a worker is suspended, and `handle` is called once
 * more when it is resumed. Only then may it be touched again.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/connection.h"

#include "base/error.h"
#include "base/messages.h"
#include "http/peer.h"
#include "http/pool.h"
#include "http/prepare.h"
#include "http/reply.h"
#include "http/route.h"

/* What is read of a body that is not wanted, so that the connection can be
 * kept; beyond that it is closed. */
enum {
    DISCARD_MAX = 64 * 1024
};

/* --- Beginning and end */

static struct http_peer *peer_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

    return info ? info->socket_context : NULL;
}

void *http_connection_first_line(void *self, const char *target,
                                 struct MHD_Connection *connection)
{
    struct http_site *site = self;
    struct wf_arena *arena = wf_arena_new();
    struct http_request *req = WF_NEW(arena, struct http_request);

    req->site = site;
    req->arena = arena;
    req->connection = connection;
    req->peer = peer_of(connection);
    http_client_init(&req->client, http_peer_at(req->peer), site->tls);
    req->raw_target = wf_arena_str(arena, target);
    req->lang = "en";
    req->target.path = "";
    req->began_ms = wf_monotonic_ms();
    http_body_init(&req->body, arena);
    http_peer_set_deadline(req->peer, req->began_ms + site->options.header_ms);
    return req;
}

static void request_free(struct http_request *req)
{
    weft_stream_close(req->stream); /* it wakes no more */
    weft_reply_free(req->result.reply);
    weft_session_free(req->session);
    http_body_fini(&req->body);
    wf_arena_free(req->arena);
}

void http_connection_completed(void *self, struct MHD_Connection *connection,
                               void **state,
                               enum MHD_RequestTerminationCode why)
{
    struct http_site *site = self;
    struct http_request *req = *state;

    (void)connection;
    (void)why;
    if (!req)
        return;
    http_peers_leave(site->peers, &req->place);
    http_peer_set_deadline(req->peer,
                           wf_monotonic_ms() + site->options.idle_ms);
    if (req->begun)
        atomic_fetch_sub(&site->n_active, 1);
    request_free(req);
    *state = NULL;
}

void http_connection_notify(void *self, struct MHD_Connection *connection,
                            void **peer,
                            enum MHD_ConnectionNotificationCode what)
{
    struct http_site *site = self;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);

    if (what == MHD_CONNECTION_NOTIFY_STARTED)
        *peer = http_peers_find(site->peers, info->connect_fd);
    else
        http_peers_remove(site->peers, info->connect_fd);
}

/* --- Waiting */

static void suspend(struct http_request *req)
{
    atomic_fetch_add(&req->site->n_suspended, 1);
    MHD_suspend_connection(req->connection);
}

/* From here on the request belongs to the daemon's thread again. The site is
 * there until the last one is counted off. */
static void resume(struct http_request *req)
{
    struct http_site *site = req->site;

    req->complete = true;
    MHD_resume_connection(req->connection);
    atomic_fetch_sub(&site->n_suspended, 1);
}

/* On the writer's thread, after the commit. */
static void committed(void *self, weft_reply *reply)
{
    struct http_request *req = self;

    req->result.reply = reply;
    resume(req);
}

/* A POST with an Idempotency-Key is done once. */
static void submit(struct http_request *req)
{
    const char *key = http_headers_find(&req->headers, "Idempotency-Key");
    struct wf_buf request = WF_BUF_INIT(req->arena);

    if (key && req->method == HTTP_POST) {
        wf_buf_printf(&request, "%s\n", req->raw_target);
        wf_buf_add(&request, req->text.at, req->text.len);
        weft_command_once(req->result.command, key, request.data, request.len);
    }
    weft_submit(req->result.command, committed, req);
}

void http_connection_work(void *request)
{
    struct http_request *req = request;

    req->route->handle(req);
    if (req->result.command)
        submit(req);
    else
        resume(req);
}

static void wait_for_worker(struct http_request *req)
{
    suspend(req);
    if (http_pool_add(req->site->pool, req))
        return;
    wf_fail(&req->result.error, WEFT_E_LIMITED,
            "Too much is being done at the moment. Try again soon.");
    resume(req);
}

static enum MHD_Result run(struct http_request *req)
{
    http_peer_set_deadline(req->peer, 0);
    if (!http_prepare_body(req))
        return http_reply_send(req);
    if (req->route->flags & HTTP_SLOW) {
        wait_for_worker(req);
        return MHD_YES;
    }
    req->route->handle(req);
    if (!req->result.command)
        return http_reply_send(req);
    suspend(req);
    submit(req);
    return MHD_YES;
}

/* --- The calls */

static enum MHD_Result add_header(void *self, enum MHD_ValueKind kind,
                                  const char *name, size_t name_len,
                                  const char *value, size_t value_len)
{
    (void)kind;
    http_headers_add(self, (struct wf_str){ name, name_len },
                     (struct wf_str){ value ? value : "", value_len });
    return MHD_YES;
}

static enum MHD_Result begin(struct http_request *req, const char *method,
                             const char *version)
{
    int64_t len;

    req->begun = true;
    atomic_fetch_add(&req->site->n_active, 1);
    MHD_get_connection_values_n(req->connection, MHD_HEADER_KIND, add_header,
                                &req->headers);
    http_peer_set_deadline(req->peer,
                           wf_monotonic_ms() + req->site->options.body_ms);
    http_prepare_headers(req, method, version);
    len = req->result.close ? 0 : http_headers_length(&req->headers);
    if (req->result.error.code != WEFT_OK && (len < 0 || len > DISCARD_MAX))
        req->result.close = true;
    return req->result.close ? http_reply_send(req) : MHD_YES;
}

static enum MHD_Result take(struct http_request *req, const char *data,
                            size_t *len)
{
    struct http_body *body = &req->body;
    weft_error *err = &req->result.error;

    if (body->overflow) {
        body->len += (int64_t)*len;
        if (body->len > body->max + DISCARD_MAX)
            return MHD_NO;
    } else if (err->code == WEFT_OK && !http_body_add(body, data, *len, err)) {
        body->overflow = true;
    }
    *len = 0;
    return MHD_YES;
}

/* lint: parameters, because libmicrohttpd calls it so. */
enum MHD_Result http_connection_handle(void *self,
                                       struct MHD_Connection *connection,
                                       const char *url, const char *method,
                                       const char *version, const char *data,
                                       size_t *len, void **state)
{
    struct http_request *req = *state;

    (void)self;
    (void)connection;
    (void)url;
    if (!req->begun)
        return begin(req, method, version);
    if (*len > 0)
        return take(req, data, len);
    return req->complete ? http_reply_send(req) : run(req);
}
