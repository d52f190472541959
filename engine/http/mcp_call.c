/* http/mcp_call.c - the tools of an assistant: told of, checked, called.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"
#include "base/messages.h"
#include "http/mcp_tool.h"
#include "http/mcp_tools.h"

enum {
    OK = 200
};

static const char *text_of(const struct mcp_use *use, const char *name)
{
    return wf_json_str(wf_json_get(use->args, name));
}

static bool may_use(const struct http_request *req, const struct mcp_tool *tool)
{
    unsigned scope = tool->order ? WEFT_SCOPE_WRITE : WEFT_SCOPE_READ;

    return weft_session_scopes(req->session) & scope;
}

/* --- Telling of them */

static const char *const schemas[] = {
    [MCP_TEXT] = "\"type\":\"string\"",
    [MCP_ID] = "\"type\":\"string\",\"pattern\":\"^[0-9]{1,19}$\"",
    [MCP_INTEGER] = "\"type\":\"integer\"",
    [MCP_FLAG] = "\"type\":\"boolean\"",
    [MCP_OBJECT] = "\"type\":\"object\"",
    [MCP_TEXTS] = "\"type\":\"array\",\"items\":{\"type\":\"string\"}",
};

static void write_schema(const struct http_request *req,
                         const struct mcp_tool *tool, struct wf_json_writer *w)
{
    const struct mcp_argument *arg;

    wf_jw_open(w, '{');
    wf_jw_key_text(w, "type", "object");
    wf_jw_key(w, "properties");
    wf_jw_open(w, '{');
    for (size_t i = 0; (arg = http_mcp_argument_at(tool, i)); i++) {
        const char *kind = schemas[arg->kind];

        wf_jw_key(w, arg->name);
        wf_jw_open(w, '{');
        wf_jw_raw(w, kind, strlen(kind));
        wf_jw_key_text(w, "description", wf_message(req->lang, arg->help));
        wf_jw_close(w, '}');
    }
    wf_jw_close(w, '}');
    wf_jw_key(w, "required");
    wf_jw_open(w, '[');
    for (size_t i = 0; (arg = http_mcp_argument_at(tool, i)); i++)
        if (arg->required)
            wf_jw_text(w, arg->name);
    wf_jw_close(w, ']');
    wf_jw_key(w, "additionalProperties");
    wf_jw_bool(w, false);
    wf_jw_close(w, '}');
}

static void write_hints(const struct mcp_tool *tool, struct wf_json_writer *w)
{
    wf_jw_open(w, '{');
    wf_jw_key(w, "readOnlyHint");
    wf_jw_bool(w, !tool->order);
    if (tool->order) {
        wf_jw_key(w, "destructiveHint");
        wf_jw_bool(w, tool->destroys);
    }
    wf_jw_key(w, "openWorldHint");
    wf_jw_bool(w, false);
    wf_jw_close(w, '}');
}

static void write_tool(const struct http_request *req,
                       const struct mcp_tool *tool, struct wf_json_writer *w)
{
    const char *help = wf_message(req->lang, tool->help);

    if (tool->order)
        help = wf_arena_printf(
            req->arena, "%s %s", help,
            wf_message(req->lang, "Ask the person to confirm first."));
    wf_jw_open(w, '{');
    wf_jw_key_text(w, "name", tool->name);
    wf_jw_key_text(w, "title", wf_message(req->lang, tool->title));
    wf_jw_key_text(w, "description", help);
    wf_jw_key(w, "inputSchema");
    write_schema(req, tool, w);
    wf_jw_key(w, "annotations");
    write_hints(tool, w);
    wf_jw_close(w, '}');
}

void http_mcp_tools_write(const struct http_request *req,
                          struct wf_json_writer *w)
{
    const struct mcp_tool *tool;

    wf_jw_open(w, '[');
    for (size_t i = 0; (tool = http_mcp_tool_at(i)); i++)
        if (may_use(req, tool))
            write_tool(req, tool, w);
    wf_jw_close(w, ']');
}

/* --- Arguments */

static bool is_texts(const struct wf_json *value)
{
    if (!wf_json_is(value, WF_JSON_ARRAY))
        return false;
    for (size_t i = 0; i < wf_json_len(value); i++)
        if (!wf_json_str(value->u.array.at[i]))
            return false;
    return true;
}

static bool is_of(enum mcp_kind kind, const struct wf_json *value)
{
    int64_t n;

    switch (kind) {
    case MCP_TEXT:
        return wf_json_str(value);
    case MCP_ID:
        return wf_json_str(value)
               && wf_str_to_int(wf_str_of(wf_json_str(value)), &n) && n > 0;
    case MCP_INTEGER:
        return wf_json_to_int(value, &n);
    case MCP_FLAG:
        return wf_json_is(value, WF_JSON_TRUE)
               || wf_json_is(value, WF_JSON_FALSE);
    case MCP_OBJECT:
        return wf_json_is(value, WF_JSON_OBJECT);
    case MCP_TEXTS:
        return is_texts(value);
    }
    return false;
}

static const struct mcp_argument *find_argument(const struct mcp_tool *tool,
                                                struct wf_str name)
{
    const struct mcp_argument *arg;

    for (size_t i = 0; (arg = http_mcp_argument_at(tool, i)); i++)
        if (wf_str_is(name, arg->name))
            return arg;
    return NULL;
}

static bool fail(struct mcp_call *call, const weft_error *err)
{
    return http_mcp_fail(call, OK, MCP_PARAMS, err->text);
}

static bool fail_type(struct mcp_call *call, const char *name)
{
    weft_error err = http_error_init(call->req);

    wf_fail(&err, WEFT_E_MALFORMED,
            "The argument \"%s\" is of another type: see the tool's "
            "inputSchema.",
            name);
    return fail(call, &err);
}

static bool check_argument(struct mcp_call *call, const struct mcp_tool *tool,
                           const struct wf_json_member *given)
{
    const struct mcp_argument *arg = find_argument(tool, given->key);
    weft_error err = http_error_init(call->req);

    if (arg)
        return is_of(arg->kind, given->value) || fail_type(call, arg->name);
    wf_fail(&err, WEFT_E_MALFORMED, "This tool has no argument \"%s\".",
            given->key.at);
    return fail(call, &err);
}

static bool check_arguments(struct mcp_call *call, const struct mcp_tool *tool,
                            const struct wf_json *args)
{
    weft_error err = http_error_init(call->req);
    const struct mcp_argument *arg;

    if (!wf_json_is(args, WF_JSON_OBJECT))
        return fail_type(call, "arguments");
    for (size_t i = 0; i < wf_json_len(args); i++)
        if (!check_argument(call, tool, &args->u.object.at[i]))
            return false;
    for (size_t i = 0; (arg = http_mcp_argument_at(tool, i)); i++) {
        if (!arg->required || wf_json_get(args, arg->name))
            continue;
        wf_fail(&err, WEFT_E_MALFORMED, "The argument \"%s\" is missing.",
                arg->name);
        return fail(call, &err);
    }
    return true;
}

static void add_param(struct mcp_use *use, const char *name,
                      const struct wf_json *value)
{
    const char *text = wf_json_str(value);

    *WF_PUSH(use->req->arena, &use->params) =
        (weft_param){ name,
                      text ? text : wf_json_dump(use->req->arena, value) };
}

/* {"score": {"gte": 3}} as filter[score][gte]=3 */
static void add_filters(struct mcp_use *use, const struct wf_json *filter)
{
    struct wf_arena *arena = use->req->arena;

    for (size_t i = 0; i < wf_json_len(filter); i++) {
        const struct wf_json_member *field = &filter->u.object.at[i];
        const char *name = wf_arena_printf(arena, "filter[%s]", field->key.at);

        if (!wf_json_is(field->value, WF_JSON_OBJECT)) {
            add_param(use, name, field->value);
            continue;
        }
        for (size_t j = 0; j < wf_json_len(field->value); j++) {
            const struct wf_json_member *op = &field->value->u.object.at[j];

            add_param(use, wf_arena_printf(arena, "%s[%s]", name, op->key.at),
                      op->value);
        }
    }
}

static void add_params(struct mcp_use *use)
{
    for (size_t i = 0; i < wf_json_len(use->args); i++) {
        const struct wf_json_member *member = &use->args->u.object.at[i];

        if (wf_str_is(member->key, "filter"))
            add_filters(use, member->value);
        else
            add_param(use, member->key.at, member->value);
    }
}

/* --- Calling */

static weft_reply *order(struct mcp_use *use, const struct mcp_tool *tool)
{
    const char *key = text_of(use, "idempotency_key");
    struct wf_buf request = WF_BUF_INIT(use->req->arena);
    weft_command *command = tool->order(use);

    if (key) {
        wf_buf_printf(&request, "mcp %s\n", tool->name);
        wf_json_write_canonical(&request, use->args);
        weft_command_once(command, key, request.data, request.len);
    }
    return weft_run(command);
}

static void write_content(struct wf_json_writer *w, const char *text)
{
    wf_jw_key(w, "content");
    wf_jw_open(w, '[');
    wf_jw_open(w, '{');
    wf_jw_key_text(w, "type", "text");
    wf_jw_key_text(w, "text", text);
    wf_jw_close(w, '}');
    wf_jw_close(w, ']');
}

/* In words: an assistant tells the person, or mends its own call. */
static void write_refusal(struct mcp_use *use, weft_reply *reply,
                          struct wf_json_writer *w)
{
    const weft_error *err = weft_reply_error(reply);
    struct wf_buf text = WF_BUF_INIT(use->req->arena);
    size_t len;
    const char *findings = weft_reply_body(reply, &len);

    wf_buf_printf(&text, "%s: %s", weft_code_name(err->code), err->text);
    if (len > strlen("[]"))
        wf_buf_printf(&text, "\n%s", findings);
    write_content(w, wf_buf_text(&text));
    wf_jw_key(w, "isError");
    wf_jw_bool(w, true);
}

static void write_result(weft_reply *reply, struct wf_json_writer *w)
{
    size_t len;
    const char *body = weft_reply_body(reply, &len);

    write_content(w, body);
    if (len > 0) {
        wf_jw_key(w, "structuredContent");
        wf_jw_raw(w, body, len);
    }
    wf_jw_key(w, "isError");
    wf_jw_bool(w, false);
}

static const struct mcp_tool *find_tool(const struct http_request *req,
                                        const char *name)
{
    const struct mcp_tool *tool;

    for (size_t i = 0; (tool = http_mcp_tool_at(i)); i++)
        if (wf_streq(tool->name, name) && may_use(req, tool))
            return tool;
    return NULL;
}

bool http_mcp_tools_call(struct mcp_call *call, struct wf_json_writer *w)
{
    struct mcp_use use = { .req = call->req };
    const char *name = wf_json_str(wf_json_get(call->params, "name"));
    const struct mcp_tool *tool = find_tool(call->req, name);
    weft_reply *reply;

    use.args = wf_json_get(call->params, "arguments");
    if (!use.args)
        use.args = wf_json_object(call->req->arena);
    if (!tool) {
        weft_error err = http_error_init(call->req);

        wf_fail(
            &err, WEFT_E_NOTFOUND,
            "There is no tool \"%s\" for you here: see tools/list; one that "
            "changes something needs a token with the scope write.",
            name ? name : "");
        return fail(call, &err);
    }
    if (!check_arguments(call, tool, use.args))
        return false;
    add_params(&use);
    reply = tool->ask ? tool->ask(&use) : order(&use, tool);
    if (weft_reply_error(reply))
        write_refusal(&use, reply, w);
    else
        write_result(reply, w);
    if (weft_reply_etag(reply))
        call->etag = wf_arena_str(call->req->arena, weft_reply_etag(reply));
    weft_reply_free(reply);
    return true;
}
