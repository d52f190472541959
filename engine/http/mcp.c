/* http/mcp.c - the Model Context Protocol over one address: JSON-RPC messages
 * in, one answer each out. Follows the protocol's "Streamable HTTP" transport,
 * revisions 2025-11-25 and 2026-07-28.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/mcp.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/messages.h"
#include "http/auth.h"
#include "http/handlers.h"
#include "http/mcp_tools.h"

#define MODERN "2026-07-28"
#define META "io.modelcontextprotocol/"

enum {
    ACCEPTED = 202,
    BAD_REQUEST = 400,
    NOT_FOUND = 404,
    LIST_TTL_MS = 60 * 1000,
};

/* The newest first. */
static const char *const versions[] = {
    MODERN, "2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05",
};

static bool is_known(const char *version)
{
    for (size_t i = 0; i < WF_COUNT(versions); i++)
        if (wf_streq(version, versions[i]))
            return true;
    return false;
}

static void write_versions(struct wf_json_writer *w)
{
    wf_jw_open(w, '[');
    for (size_t i = 0; i < WF_COUNT(versions); i++)
        wf_jw_text(w, versions[i]);
    wf_jw_close(w, ']');
}

/* --- Answers */

/* {"jsonrpc","id",…; what follows is its result or error. */
static void open_answer(const struct mcp_call *call, struct wf_json_writer *w)
{
    const struct wf_json *id = wf_json_get(call->message, "id");

    wf_jw_open(w, '{');
    wf_jw_key_text(w, "jsonrpc", "2.0");
    wf_jw_key(w, "id");
    if (id)
        wf_jw_tree(w, id);
    else
        wf_jw_null(w);
}

bool http_mcp_fail(struct mcp_call *call, int status, enum mcp_code code,
                   const char *reason)
{
    struct wf_buf text = WF_BUF_INIT(call->req->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&text);

    open_answer(call, &w);
    wf_jw_key(&w, "error");
    wf_jw_open(&w, '{');
    wf_jw_key(&w, "code");
    wf_jw_int(&w, code);
    wf_jw_key_text(&w, "message", reason);
    if (code == MCP_VERSION) {
        wf_jw_key(&w, "data");
        wf_jw_open(&w, '{');
        wf_jw_key(&w, "supported");
        write_versions(&w);
        wf_jw_key_text(
            &w, "requested",
            http_headers_find(&call->req->headers, "MCP-Protocol-Version"));
        wf_jw_close(&w, '}');
    }
    wf_jw_close(&w, '}');
    wf_jw_close(&w, '}');
    http_result_text(call->req, NULL, &text);
    call->req->result.status = status;
    return false;
}

static const char *say(const struct mcp_call *call, const char *text)
{
    return wf_message(call->req->lang, text);
}

static void write_info(struct wf_json_writer *w)
{
    wf_jw_open(w, '{');
    wf_jw_key_text(w, "name", "weft");
    wf_jw_key_text(w, "version", WEFT_VERSION);
    wf_jw_close(w, '}');
}

static void write_capabilities(struct wf_json_writer *w)
{
    wf_jw_key(w, "capabilities");
    wf_jw_raw(w, "{\"tools\":{}}", strlen("{\"tools\":{}}"));
}

static void write_instructions(const struct mcp_call *call,
                               struct wf_json_writer *w)
{
    wf_jw_key_text(
        w, "instructions",
        say(call,
            WF_MESSAGE("Weft holds a company's forms, documents and what waits "
                       "for whom. All is done with the rights of the person "
                       "whose token is used. Ask the person before using a "
                       "tool that changes something.")));
}

/* --- Methods. Each writes the members of its result. */

typedef bool method_fn(struct mcp_call *call, struct wf_json_writer *w);

static bool initialize(struct mcp_call *call, struct wf_json_writer *w)
{
    const char *wished =
        wf_json_str(wf_json_get(call->params, "protocolVersion"));
    bool fits = wished && is_known(wished) && !wf_streq(wished, MODERN);

    wf_jw_key_text(w, "protocolVersion", fits ? wished : versions[1]);
    write_capabilities(w);
    wf_jw_key(w, "serverInfo");
    write_info(w);
    write_instructions(call, w);
    return true;
}

static bool ping(struct mcp_call *call, struct wf_json_writer *w)
{
    (void)call;
    (void)w;
    return true;
}

/* Who may keep a list, and for how long: it depends on the person. */
static void write_keeping(const struct mcp_call *call, struct wf_json_writer *w,
                          const char *scope)
{
    if (!call->is_modern)
        return;
    wf_jw_key(w, "ttlMs");
    wf_jw_int(w, LIST_TTL_MS);
    wf_jw_key_text(w, "cacheScope", scope);
}

static bool discover(struct mcp_call *call, struct wf_json_writer *w)
{
    wf_jw_key(w, "supportedVersions");
    write_versions(w);
    write_capabilities(w);
    write_instructions(call, w);
    write_keeping(call, w, "private");
    return true;
}

static bool list_tools(struct mcp_call *call, struct wf_json_writer *w)
{
    wf_jw_key(w, "tools");
    http_mcp_tools_write(call->req, w);
    write_keeping(call, w, "private");
    return true;
}

static const struct method {
    const char *name;
    bool is_modern, is_legacy; /* the eras that have it */
    method_fn *write;
} methods[] = {
    { "initialize", false, true, initialize },
    { "ping", false, true, ping },
    { "server/discover", true, false, discover },
    { "tools/list", true, true, list_tools },
    { "tools/call", true, true, http_mcp_tools_call },
};

static const struct method *method_of(const struct mcp_call *call)
{
    for (size_t i = 0; i < WF_COUNT(methods); i++) {
        const struct method *method = &methods[i];

        if (wf_streq(method->name, call->method)
            && (call->is_modern ? method->is_modern : method->is_legacy))
            return method;
    }
    return NULL;
}

/* --- What a request of 2026-07-28 says of itself, twice */

/* A value that no header could hold is sent as =?base64?…?=. */
static const char *decoded(struct wf_arena *arena, const char *header)
{
    static const char head[] = "=?base64?", tail[] = "?=";
    struct wf_str text = wf_str_of(header);
    struct wf_str inside;

    if (!wf_str_starts(header, head) || !wf_str_ends(header, tail)
        || text.len < strlen(head) + strlen(tail))
        return header;
    inside = (struct wf_str){ text.at + strlen(head),
                              text.len - strlen(head) - strlen(tail) };
    return wf_base64_read(arena, inside);
}

static bool fail_header(struct mcp_call *call, const char *name)
{
    weft_error err = http_error_init(call->req);

    wf_fail(&err, WEFT_E_MALFORMED,
            "The header %s is missing, or says something else than the "
            "message.",
            name);
    return http_mcp_fail(call, BAD_REQUEST, MCP_HEADER, err.text);
}

static bool same(struct mcp_call *call, const char *name, const char *wanted)
{
    const char *header = http_headers_find(&call->req->headers, name);
    const char *told = header ? decoded(call->req->arena, header) : NULL;

    return (wanted && wf_streq(told, wanted)) || fail_header(call, name);
}

static bool check_meta(struct mcp_call *call)
{
    const struct wf_json *meta = wf_json_get(call->params, "_meta");
    const char *version =
        wf_json_str(wf_json_get(meta, META "protocolVersion"));
    const struct wf_json *can = wf_json_get(meta, META "clientCapabilities");

    if (!version || !wf_json_is(can, WF_JSON_OBJECT))
        return http_mcp_fail(
            call, BAD_REQUEST, MCP_PARAMS,
            say(call, WF_MESSAGE("params._meta is to hold protocolVersion and "
                                 "clientCapabilities of "
                                 "io.modelcontextprotocol.")));
    return same(call, "MCP-Protocol-Version", version);
}

static bool check_modern(struct mcp_call *call)
{
    if (!check_meta(call) || !same(call, "Mcp-Method", call->method))
        return false;
    return !wf_streq(call->method, "tools/call")
           || same(call, "Mcp-Name",
                   wf_json_str(wf_json_get(call->params, "name")));
}

/* --- The message */

static bool is_message(const struct wf_json *json)
{
    const struct wf_json *params = wf_json_get(json, "params");
    const struct wf_json *id = wf_json_get(json, "id");

    return wf_streq(wf_json_str(wf_json_get(json, "jsonrpc")), "2.0")
           && wf_json_str(wf_json_get(json, "method"))
           && (!params || wf_json_is(params, WF_JSON_OBJECT))
           && (!id || wf_json_is(id, WF_JSON_TEXT)
               || wf_json_is(id, WF_JSON_NUMBER));
}

static bool read_message(struct mcp_call *call)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    struct http_request *req = call->req;
    weft_error err = http_error_init(req);
    struct wf_json *json;

    if (!wf_json_parse(req->arena, req->text.at, req->text.len, &limits, &json,
                       &err))
        return http_mcp_fail(call, BAD_REQUEST, MCP_PARSE, err.text);
    if (!is_message(json))
        return http_mcp_fail(
            call, BAD_REQUEST, MCP_REQUEST,
            say(call, WF_MESSAGE("Send one JSON-RPC 2.0 message with a "
                                 "method: an object, no list.")));
    call->message = json;
    call->method = wf_json_str(wf_json_get(json, "method"));
    call->params = wf_json_get(json, "params");
    return true;
}

/* Which era speaks. Without a header it is the one that had none. */
static bool read_version(struct mcp_call *call)
{
    const char *version =
        http_headers_find(&call->req->headers, "MCP-Protocol-Version");

    if (wf_streq(call->method, "initialize") || !version)
        return true;
    if (!is_known(version))
        return http_mcp_fail(
            call, BAD_REQUEST, MCP_VERSION,
            say(call, WF_MESSAGE("This revision of the protocol is not "
                                 "spoken here.")));
    call->is_modern = wf_streq(version, MODERN);
    return true;
}

/* What stands beside a result: who answers, and the tag of a document. */
static void write_meta(const struct mcp_call *call, struct wf_json_writer *w)
{
    if (!call->is_modern && !call->etag)
        return;
    wf_jw_key(w, "_meta");
    wf_jw_open(w, '{');
    if (call->is_modern) {
        wf_jw_key(w, META "serverInfo");
        write_info(w);
    }
    wf_jw_key_text(w, "weft/etag", call->etag);
    wf_jw_close(w, '}');
}

static void run(struct mcp_call *call, const struct method *method)
{
    struct wf_buf text = WF_BUF_INIT(call->req->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&text);

    open_answer(call, &w);
    wf_jw_key(&w, "result");
    wf_jw_open(&w, '{');
    if (call->is_modern)
        wf_jw_key_text(&w, "resultType", "complete");
    if (!method->write(call, &w))
        return; /* with the error left in its place */
    write_meta(call, &w);
    wf_jw_close(&w, '}');
    wf_jw_close(&w, '}');
    http_result_text(call->req, NULL, &text);
}

/* A page of somewhere else must not speak with a server of this machine. */
static bool check_origin(struct http_request *req)
{
    const char *origin = http_headers_find(&req->headers, "Origin");
    const char *host = http_headers_find(&req->headers, "Host");

    return !origin || http_origin_is(origin, host, req->client.is_secure)
           || wf_fail(&req->result.error, WEFT_E_DENIED,
                      "This change comes from a page of another origin.");
}

void http_mcp_answer(struct http_request *req)
{
    struct mcp_call call = { .req = req };
    const struct method *method;

    weft_session_by_way(req->session, "mcp");
    if (!check_origin(req) || !read_message(&call) || !read_version(&call)
        || (call.is_modern && !check_modern(&call)))
        return;
    if (!wf_json_get(call.message, "id")) { /* it asks for no answer */
        req->result.status = ACCEPTED;
        return;
    }
    method = method_of(&call);
    if (method)
        run(&call, method);
    else
        http_mcp_fail(&call, call.is_modern ? NOT_FOUND : 200, MCP_METHOD,
                      say(&call, WF_MESSAGE("There is no such method here.")));
}

/* --- Who is asked for a token */

#define RESOURCE "/.well-known/oauth-protected-resource"

void http_mcp_resource(struct http_request *req)
{
    struct wf_buf text = WF_BUF_INIT(req->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&text);

    wf_jw_open(&w, '{');
    wf_jw_key_text(
        &w, "resource",
        wf_arena_printf(req->arena, "%s/mcp", http_request_site(req)));
    wf_jw_key_text(&w, "resource_name", "Weft");
    wf_jw_key(&w, "bearer_methods_supported");
    wf_jw_raw(&w, "[\"header\"]", strlen("[\"header\"]"));
    wf_jw_key(&w, "scopes_supported");
    wf_jw_raw(&w, "[\"read\",\"write\"]", strlen("[\"read\",\"write\"]"));
    wf_jw_close(&w, '}');
    http_result_text(req, NULL, &text);
}

const char *http_mcp_challenge(const struct http_request *req)
{
    if (!req->route || req->route->handle != http_mcp_answer)
        return NULL;
    return wf_arena_printf(req->arena, "Bearer resource_metadata=\"%s%s\"",
                           http_request_site(req), RESOURCE);
}
