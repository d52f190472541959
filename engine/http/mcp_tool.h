/* http/mcp_tool.h - one tool of an assistant: its arguments, and the call of
 * the engine behind it. For the files mcp_*.c.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_MCP_TOOL_H
#define HTTP_MCP_TOOL_H

#include "base/json.h"
#include "base/list.h"
#include "http/request.h"

enum {
    MCP_ARGUMENTS_MAX = 12
};

enum mcp_kind {
    MCP_TEXT,
    MCP_ID, /* of a document */
    MCP_INTEGER,
    MCP_FLAG,
    MCP_OBJECT,
    MCP_TEXTS,
};

struct mcp_argument {
    const char *name;
    enum mcp_kind kind;
    bool required;
    const char *help;
};

/* A tool that is being called: its arguments, which have been checked, and the
 * same as the parameters of a list. */
struct mcp_use {
    struct http_request *req;
    const struct wf_json *args;
    WF_LIST(weft_param) params;
};

struct mcp_tool {
    const char *name, *title, *help;
    weft_reply *(*ask)(struct mcp_use *use);     /* a question, or … */
    weft_command *(*order)(struct mcp_use *use); /* … a command */
    bool destroys; /* what it does may stay done */
    struct mcp_argument args[MCP_ARGUMENTS_MAX]; /* up to one without a name */
};

/* NULL behind the last one. */
const struct mcp_tool *http_mcp_tool_at(size_t i);

/* NULL behind the last one. */
const struct mcp_argument *http_mcp_argument_at(const struct mcp_tool *tool,
                                                size_t i);

#endif
