/* http/openapi.c - the OpenAPI 3.1 document of all routes.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/embed.h"
#include "base/json.h"
#include "http/route.h"
#include "http/server.h"

/* Bodies that are no JSON have a media type instead of a schema. */
static const char *type_of_out(const char *name)
{
    if (wf_streq(name, "Xml"))
        return "application/xml";
    if (wf_streq(name, "File"))
        return "text/csv";
    return wf_streq(name, "Text") ? "text/plain" : "application/json";
}

static bool is_json(const char *type)
{
    return wf_streq(type, "application/json");
}

/* A member whose value is the same in every document. */
static void add_raw(struct wf_json_writer *w, const char *key, const char *json)
{
    wf_jw_key(w, key);
    wf_jw_raw(w, json, strlen(json));
}

static void write_content(struct wf_json_writer *w, struct wf_arena *arena,
                          const char *type, const char *schema)
{
    wf_jw_key(w, type);
    wf_jw_open(w, '{');
    if (is_json(type)) {
        wf_jw_key(w, "schema");
        wf_jw_open(w, '{');
        wf_jw_key_text(
            w, "$ref",
            wf_arena_printf(arena, "#/components/schemas/%s", schema));
        wf_jw_close(w, '}');
    }
    wf_jw_close(w, '}');
}

/* --- Parameters */

static void write_param(struct wf_json_writer *w, const char *name,
                        const char *in)
{
    bool in_path = wf_streq(in, "path");

    wf_jw_open(w, '{');
    wf_jw_key_text(w, "name", name);
    wf_jw_key_text(w, "in", in);
    wf_jw_key(w, "required");
    wf_jw_bool(w, in_path);
    wf_jw_key(w, "schema");
    wf_jw_open(w, '{');
    wf_jw_key_text(w, "type", "string");
    wf_jw_close(w, '}');
    wf_jw_close(w, '}');
}

static void write_params(struct wf_json_writer *w, struct wf_arena *arena,
                         const struct http_route *route)
{
    struct wf_str path = wf_str_of(route->pattern), part;
    struct wf_str query = wf_str_of(route->query);

    wf_jw_key(w, "parameters");
    wf_jw_open(w, '[');
    while (wf_str_split(&path, '/', &part)) {
        if (part.len > 2 && part.at[0] == '{')
            write_param(w, wf_arena_mem(arena, part.at + 1, part.len - 2),
                        "path");
    }
    while (wf_str_split(&query, ' ', &part)) {
        if (!wf_str_is(part, "*"))
            write_param(w, wf_arena_slice(arena, part), "query");
    }
    wf_jw_close(w, ']');
}

/* --- Operations */

static void write_request(struct wf_json_writer *w, struct wf_arena *arena,
                          const struct http_route *route)
{
    if (route->takes == HTTP_TAKES_NOTHING)
        return;
    wf_jw_key(w, "requestBody");
    wf_jw_open(w, '{');
    wf_jw_key(w, "content");
    wf_jw_open(w, '{');
    for (unsigned bit = HTTP_TAKES_JSON; bit <= HTTP_TAKES_LAST; bit <<= 1) {
        if (route->takes & bit)
            write_content(w, arena, http_media_name((enum http_takes)bit),
                          route->in);
    }
    wf_jw_close(w, '}');
    wf_jw_close(w, '}');
}

static void write_responses(struct wf_json_writer *w, struct wf_arena *arena,
                            const struct http_route *route)
{
    wf_jw_key(w, "responses");
    wf_jw_open(w, '{');
    wf_jw_key(w, wf_arena_printf(arena, "%d", route->status));
    wf_jw_open(w, '{');
    wf_jw_key_text(w, "description", route->summary);
    if (route->out) {
        wf_jw_key(w, "content");
        wf_jw_open(w, '{');
        write_content(w, arena, type_of_out(route->out), route->out);
        wf_jw_close(w, '}');
    }
    wf_jw_close(w, '}');
    wf_jw_key(w, "default");
    wf_jw_open(w, '{');
    wf_jw_key_text(w, "description", "A failure (RFC 9457)");
    add_raw(w, "content",
            "{\"application/problem+json\":{\"schema\":"
            "{\"$ref\":\"#/components/schemas/Problem\"}}}");
    wf_jw_close(w, '}');
    wf_jw_close(w, '}');
}

static void write_operation(struct wf_json_writer *w, struct wf_arena *arena,
                            const struct http_route *route)
{
    static const char *const keys[] = {
        [HTTP_GET] = "get",     [HTTP_POST] = "post",     [HTTP_PUT] = "put",
        [HTTP_PATCH] = "patch", [HTTP_DELETE] = "delete",
    };

    wf_jw_key(w, keys[route->method]);
    wf_jw_open(w, '{');
    wf_jw_key_text(w, "summary", route->summary);
    write_params(w, arena, route);
    write_request(w, arena, route);
    write_responses(w, arena, route);
    if (route->caller != HTTP_ANYONE)
        add_raw(w, "security", "[{\"session\":[]},{\"token\":[]}]");
    wf_jw_close(w, '}');
}

/* Rows of one path stand together in the document, wherever they stand in the
 * table: the first one writes them all. */
static bool is_first(const struct http_route *route)
{
    for (size_t i = 0; i < http_route_index(route); i++) {
        if (wf_streq(http_route_at(i)->pattern, route->pattern))
            return false;
    }
    return true;
}

static void write_path(struct wf_json_writer *w, struct wf_arena *arena,
                       const struct http_route *first)
{
    const struct http_route *route;

    wf_jw_key(w, first->pattern);
    wf_jw_open(w, '{');
    for (size_t i = http_route_index(first); (route = http_route_at(i)); i++) {
        if (wf_streq(route->pattern, first->pattern))
            write_operation(w, arena, route);
    }
    wf_jw_close(w, '}');
}

static void write_components(struct wf_json_writer *w)
{
    const struct wf_embedded *file = wf_embedded_find("http.json");

    wf_jw_key(w, "components");
    wf_jw_raw(w, (const char *)file->data, file->len);
}

void http_openapi_write(struct wf_arena *arena, struct wf_buf *out)
{
    struct wf_json_writer w = WF_JSON_WRITER_INIT(out);
    const struct http_route *route;

    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "openapi", "3.1.0");
    add_raw(&w, "info", "{\"title\":\"Weft\",\"version\":\"1\"}");
    wf_jw_key(&w, "paths");
    wf_jw_open(&w, '{');
    for (size_t i = 0; (route = http_route_at(i)); i++) {
        if (!(route->flags & HTTP_HIDDEN) && is_first(route))
            write_path(&w, arena, route);
    }
    wf_jw_close(&w, '}');
    write_components(&w);
    wf_jw_close(&w, '}');
}
