/* http/mcp.h - the Model Context Protocol over one address: JSON-RPC messages
 * in, one answer each out.
 *
 * Two eras of the protocol live side by side and are both served without a
 * session: revisions up to 2025-11-25, which begin with `initialize`, and
 * 2026-07-28, where each request says all about itself in headers and `_meta`.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_MCP_H
#define HTTP_MCP_H

#include "base/json.h"
#include "http/request.h"

/* The codes of JSON-RPC 2.0, and those of the protocol's own. */
enum mcp_code {
    MCP_PARSE = -32700,
    MCP_REQUEST = -32600,
    MCP_METHOD = -32601,
    MCP_PARAMS = -32602,
    MCP_HEADER = -32020,
    MCP_VERSION = -32022,
};

/* One message on its way. */
struct mcp_call {
    struct http_request *req;
    const struct wf_json *message; /* NULL until it has been read */
    const struct wf_json *params;  /* an object, or NULL */
    const char *method;
    bool is_modern;   /* speaks 2026-07-28 */
    const char *etag; /* of the document that a tool gave; NULL: none */
};

/* What a 401 of this address says of itself (WWW-Authenticate); NULL where the
 * request goes elsewhere. */
const char *http_mcp_challenge(const struct http_request *req);

/* Leaves an error instead of a result; false, to end with it. `status` is
 * that of HTTP. The reason is in the language of who asks. */
bool http_mcp_fail(struct mcp_call *call, int status, enum mcp_code code,
                   const char *reason);

#endif
