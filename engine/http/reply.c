/* http/reply.c - the answer of a request on its way out.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/reply.h"

#include <ctype.h>

#include "base/error.h"
#include "base/json.h"
#include "http/mcp.h"
#include "http/metrics.h"
#include "http/page.h"
#include "http/peer.h"
#include "http/problem.h"
#include "http/scim.h"
#include "http/stream.h"

enum {
    REPLY_DEADLINE_MS = 120 * 1000
};

/* What stands on every answer. */
/* clang-format off */
static const struct fixed {
    const char *name, *value;
} fixed[] = {
    { "X-Content-Type-Options", "nosniff" },
    { "Referrer-Policy", "same-origin" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
    { "Permissions-Policy", "camera=(), geolocation=(), microphone=(self)" },
};
/* clang-format on */

/* What a page may load, unless it has a policy of its own. */
static const char POLICY[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self'; media-src 'self' blob:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/* The answer as it will be sent. */
struct answer {
    int status;
    const char *type;
    struct wf_str body;
    const char *etag;
    int retry_after_s;
};

bool http_etag_matches(const char *header, const char *etag)
{
    struct wf_str rest = wf_str_of(header), tag;
    size_t len = strlen(etag);

    while (wf_str_split(&rest, ',', &tag)) {
        tag = wf_str_trim(tag);
        if (wf_str_is(tag, "*"))
            return true;
        if (tag.len > 2 && memcmp(tag.at, "W/", 2) == 0)
            tag = (struct wf_str){ tag.at + 2, tag.len - 2 };
        if (tag.len == len + 2 && tag.at[0] == '"' && tag.at[len + 1] == '"'
            && memcmp(tag.at + 1, etag, len) == 0)
            return true;
    }
    return false;
}

/* --- What is answered */

static void answer_failure(struct http_request *req, const weft_error *err,
                           struct wf_str findings, struct answer *out)
{
    struct wf_buf text = WF_BUF_INIT(req->arena);

    out->status = http_problem_status(req, err);
    out->retry_after_s = err->retry_after_s;
    if (out->retry_after_s == 0 && (out->status == 429 || out->status == 503))
        out->retry_after_s = 1;
    if (http_page_wants(req)) {
        http_page_failure(req, err, findings, &text);
        out->type = HTTP_HTML;
    } else if (http_scim_wants(req)) {
        out->status = http_scim_failure(req, err, findings, &text);
        out->type = HTTP_SCIM_TYPE;
    } else {
        http_problem_write(req, err, findings, &text);
        out->type = "application/problem+json";
    }
    out->body = (struct wf_str){ wf_buf_text(&text), text.len };
}

/* One that the reader has already needs no body. */
static void spare_body(const struct http_request *req, struct answer *out)
{
    const char *known = http_headers_find(&req->headers, "If-None-Match");

    if (out->etag && known && req->method == HTTP_GET && out->status == 200
        && http_etag_matches(known, out->etag)) {
        out->status = 304;
        out->body = (struct wf_str){ "", 0 };
    }
}

static void answer_reply(struct http_request *req, struct answer *out)
{
    struct http_result *result = &req->result;
    int64_t id = weft_reply_id(result->reply);

    out->body.at = weft_reply_body(result->reply, &out->body.len);
    out->etag = weft_reply_etag(result->reply);
    out->status = req->route->status;
    if (out->status == 201 && id != 0)
        result->location = wf_arena_printf(
            req->arena, "%s/%lld",
            http_scim_wants(req) ? req->route->pattern : "/api/v1/documents",
            (long long)id);
    spare_body(req, out);
}

/* A page is led on: loading it again sends nothing twice. */
static void lead_on(struct http_request *req, struct answer *out)
{
    out->status = 303;
    out->body = (struct wf_str){ "", 0 };
    out->etag = NULL;
    if (!req->result.location)
        req->result.location = "/";
}

/* Of an answer without a failure. */
static int status_of(const struct http_request *req)
{
    if (req->result.status)
        return req->result.status;
    return req->route ? req->route->status : 204;
}

static void choose(struct http_request *req, struct answer *out)
{
    struct http_result *result = &req->result;
    const weft_error *err =
        result->reply ? weft_reply_error(result->reply) : NULL;
    struct wf_str findings = { "", 0 };

    out->type = result->type ? result->type : "application/json";
    if (err)
        findings.at = weft_reply_body(result->reply, &findings.len);
    else if (result->error.code != WEFT_OK)
        err = &result->error;
    if (err) {
        answer_failure(req, err, findings, out);
        return;
    }
    if (result->reply)
        answer_reply(req, out);
    else
        *out = (struct answer){ .status = status_of(req),
                                .type = out->type,
                                .body = result->body,
                                .etag = result->etag };
    if (result->etag)
        spare_body(req, out);
    if (http_is_page_form(req))
        lead_on(req, out);
    if (out->status == 204)
        out->body = (struct wf_str){ "", 0 };
}

/* --- Sending */

static void add(struct MHD_Response *response, const char *name,
                const char *value)
{
    if (value && MHD_add_response_header(response, name, value) != MHD_YES)
        wf_oom();
}

/* Who may keep it, for how long, and by what it differs. */
static void add_keeping(const struct http_result *result,
                        const struct answer *answer,
                        struct MHD_Response *response)
{
    const char *usual = answer->etag ? "private, no-cache" : "no-store";

    add(response, "Content-Encoding", result->encoding);
    add(response, "Cache-Control", result->cache ? result->cache : usual);
    add(response, "Vary",
        result->cache ? "Accept-Encoding"
        : result->encoding
            ? "Accept-Encoding, Accept-Language, Authorization, Cookie"
            : "Accept-Language, Authorization, Cookie");
}

/* How one signs in. */
static const char *challenge(const struct http_request *req)
{
    const char *own = http_mcp_challenge(req);

    return own ? own : "Bearer realm=\"weft\"";
}

/* RFC 6266: a name in ASCII for everybody, and the whole one (RFC 8187). What
 * is no letter, digit, dot, dash or underscore cannot end either. */
static const char *disposition_of(struct wf_arena *arena, const char *name)
{
    struct wf_buf plain = WF_BUF_INIT(arena), whole = WF_BUF_INIT(arena);

    for (const char *c = name; *c; c++) {
        bool safe = isalnum((unsigned char)*c) || strchr("._-", *c);

        if ((unsigned char)*c < 0x80 || ((unsigned char)*c & 0xc0) == 0xc0)
            wf_buf_char(&plain, safe && (unsigned char)*c < 0x80 ? *c : '_');
        if (safe && (unsigned char)*c < 0x80)
            wf_buf_char(&whole, *c);
        else
            wf_buf_printf(&whole, "%%%02X", (unsigned char)*c);
    }
    if (strcmp(wf_buf_text(&plain), name) == 0)
        return wf_arena_printf(arena, "attachment; filename=\"%s\"", name);
    return wf_arena_printf(arena,
                           "attachment; filename=\"%s\"; filename*=UTF-8''%s",
                           wf_buf_text(&plain), wf_buf_text(&whole));
}

static void add_headers(struct http_request *req, const struct answer *answer,
                        struct MHD_Response *response)
{
    const struct http_result *result = &req->result;

    for (size_t i = 0; i < WF_COUNT(fixed); i++)
        add(response, fixed[i].name, fixed[i].value);
    if (req->client.is_secure)
        add(response, "Strict-Transport-Security", "max-age=31536000");
    if (answer->body.len > 0 || req->stream)
        add(response, "Content-Type", answer->type);
    add(response, "Content-Security-Policy",
        result->policy ? result->policy : POLICY);
    add_keeping(result, answer, response);
    if (answer->etag)
        add(response, "ETag",
            wf_arena_printf(req->arena, "\"%s\"", answer->etag));
    add(response, "Location", result->location);
    if (result->file && answer->status == 200)
        add(response, "Content-Disposition",
            disposition_of(req->arena, result->file));
    add(response, "Set-Cookie", result->cookie);
    add(response, "Allow", result->allow);
    if (answer->status == 401)
        add(response, "WWW-Authenticate", challenge(req));
    if (answer->retry_after_s > 0)
        add(response, "Retry-After",
            wf_arena_printf(req->arena, "%d", answer->retry_after_s));
    if (result->close || atomic_load(&req->site->draining))
        add(response, "Connection", "close");
}

static void note(struct http_request *req, const struct answer *answer)
{
    int64_t ms = wf_monotonic_ms() - req->began_ms;
    const char *pattern = req->route ? req->route->pattern : "";

    http_metrics_count(req->site->metrics, req->route, answer->status, ms);
    if (answer->status >= 500 && answer->status != 503)
        wf_log(&req->site->log, WF_LOG_ERROR, "http", "%s %s: %d after %lld ms",
               http_method_name(req->method), pattern, answer->status,
               (long long)ms);
}

enum MHD_Result http_reply_send(struct http_request *req)
{
    struct answer answer = { .status = 0 };
    struct MHD_Response *response;
    union {
        const char *text;
        void *bytes; /* libmicrohttpd only reads them */
    } body;
    enum MHD_Result queued;

    if (req->sent)
        return MHD_NO;
    if (req->session) /* a question may have found out who asks */
        req->lang = weft_session_lang(req->session);
    choose(req, &answer);
    body.text = answer.body.at;
    response = req->stream && answer.status == 200
                   ? http_stream_response(req)
                   : MHD_create_response_from_buffer(
                       answer.body.len, body.bytes, MHD_RESPMEM_PERSISTENT);
    if (!response)
        wf_oom();
    add_headers(req, &answer, response);
    if (req->stream) /* a person has few of them, a building many */
        http_peers_leave(req->site->peers, &req->place);
    http_peer_set_deadline(req->peer, wf_monotonic_ms() + REPLY_DEADLINE_MS);
    queued =
        MHD_queue_response(req->connection, (unsigned)answer.status, response);
    MHD_destroy_response(response);
    req->sent = true;
    note(req, &answer);
    return queued;
}

const char *http_reply_member(const struct http_request *req,
                              const weft_reply *reply, const char *name)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_error ignored = WEFT_ERROR_INIT;
    struct wf_json *json;
    const char *body;
    size_t len;

    if (weft_reply_error(reply))
        return NULL;
    body = weft_reply_body(reply, &len);
    return wf_json_parse(req->arena, body, len, &limits, &json, &ignored)
               ? wf_json_str(wf_json_get(json, name))
               : NULL;
}
