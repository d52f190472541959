/* http/mcp_tools.h - what an assistant may do here: questions and commands of
 * the engine as tools of the Model Context Protocol.
 *
 * Each runs with the rights of the person whose token it is. What changes
 * something needs the scope write, and is not shown without it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_MCP_TOOLS_H
#define HTTP_MCP_TOOLS_H

#include "http/mcp.h"

/* Writes the array of the tools that this session may use, always in the same
 * order. */
void http_mcp_tools_write(const struct http_request *req,
                          struct wf_json_writer *w);

/* Runs the tool that params.name names and writes the members of its result
 * (content, structuredContent, isError). A refusal by the engine is a result
 * as well; false, with the error left, only for a tool or arguments that do
 * not exist. */
bool http_mcp_tools_call(struct mcp_call *call, struct wf_json_writer *w);

#endif
