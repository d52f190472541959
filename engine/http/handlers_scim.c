/* http/handlers_scim.c - SCIM 2.0: Users and Groups for directories, and what
 * this server says of itself.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/scim.h>

#include "base/embed.h"
#include "base/error.h"
#include "base/json.h"
#include "http/handlers.h"
#include "http/prepare.h"
#include "http/problem.h"
#include "http/scim.h"

/* --- Resources. The route says of which kind. */

static const char *kind_of(const struct http_request *req)
{
    return strstr(req->route->pattern, "/Groups") ? "Groups" : "Users";
}

void http_scim_list(struct http_request *req)
{
    req->result.type = HTTP_SCIM_TYPE;
    req->result.reply =
        weft_scim_list(req->session, kind_of(req), req->target.params.at,
                       req->target.params.n);
}

void http_scim_get(struct http_request *req)
{
    req->result.type = HTTP_SCIM_TYPE;
    req->result.reply =
        weft_scim_get(req->session, kind_of(req), req->args[0],
                      req->target.params.at, req->target.params.n);
}

void http_scim_add(struct http_request *req)
{
    req->result.type = HTTP_SCIM_TYPE;
    req->result.command =
        weft_scim_add(req->session, kind_of(req), req->text.at, req->text.len);
}

static void change(struct http_request *req, weft_scim_verb verb)
{
    const weft_scim_change order = {
        verb,          kind_of(req),
        req->args[0],  req->text.at,
        req->text.len, http_headers_find(&req->headers, "If-Match"),
    };

    req->result.type = HTTP_SCIM_TYPE;
    req->result.command = weft_scim_change_it(req->session, &order);
}

void http_scim_replace(struct http_request *req)
{
    change(req, WEFT_SCIM_REPLACE);
}

void http_scim_patch(struct http_request *req)
{
    change(req, WEFT_SCIM_PATCH);
}

void http_scim_remove(struct http_request *req)
{
    change(req, WEFT_SCIM_REMOVE);
}

/* --- What this server says of itself: the members of schemas/scim.json. */

static struct wf_json *about(struct http_request *req, const char *what)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    const struct wf_embedded *file = wf_embedded_find("scim.json");
    weft_error *err = &req->result.error;
    struct wf_json *all;

    /* The engine is asked nothing here, so nobody has asked yet who it is. */
    if (!weft_session_meet(req->session, err) || !http_check_scope(req, err)
        || !wf_json_parse(req->arena, (const char *)file->data, file->len,
                          &limits, &all, err))
        return NULL;
    return wf_json_get(all, what);
}

/* NULL: it has failed. */
static void tell(struct http_request *req, const struct wf_json *json)
{
    struct wf_buf text = WF_BUF_INIT(req->arena);

    if (!json)
        return;
    wf_json_write(&text, json);
    http_result_text(req, HTTP_SCIM_TYPE, &text);
}

static void tell_list(struct http_request *req, struct wf_json *items)
{
    struct wf_json *list = wf_json_object(req->arena);
    struct wf_json *schemas = wf_json_array(req->arena);
    int64_t n = (int64_t)wf_json_len(items);

    if (!items)
        return;
    wf_json_push(
        req->arena, schemas,
        wf_json_text(req->arena,
                     "urn:ietf:params:scim:api:messages:2.0:ListResponse"));
    wf_json_set(req->arena, list, "schemas", schemas);
    wf_json_set(req->arena, list, "totalResults", wf_json_int(req->arena, n));
    wf_json_set(req->arena, list, "startIndex", wf_json_int(req->arena, 1));
    wf_json_set(req->arena, list, "itemsPerPage", wf_json_int(req->arena, n));
    wf_json_set(req->arena, list, "Resources", items);
    tell(req, list);
}

static void tell_one(struct http_request *req, const struct wf_json *items)
{
    for (size_t i = 0; i < wf_json_len(items); i++) {
        const struct wf_json *item = items->u.array.at[i];

        if (wf_streq(wf_json_str(wf_json_get(item, "id")), req->args[0])) {
            tell(req, item);
            return;
        }
    }
    if (items)
        wf_fail(&req->result.error, WEFT_E_NOTFOUND, "There is nothing at %s.",
                req->target.path);
}

void http_scim_config(struct http_request *req)
{
    tell(req, about(req, "ServiceProviderConfig"));
}

void http_scim_types(struct http_request *req)
{
    tell_list(req, about(req, "ResourceTypes"));
}

void http_scim_type(struct http_request *req)
{
    tell_one(req, about(req, "ResourceTypes"));
}

void http_scim_schemas(struct http_request *req)
{
    tell_list(req, about(req, "Schemas"));
}

void http_scim_schema(struct http_request *req)
{
    tell_one(req, about(req, "Schemas"));
}

/* --- Failures. */

bool http_scim_wants(const struct http_request *req)
{
    return req->target.path && wf_str_starts(req->target.path, "/scim/v2/");
}

static bool is_type(const char *code)
{
    static const char *const types[] = {
        "invalidFilter", "invalidPath", "invalidSyntax", "invalidValue",
        "noTarget",      "uniqueness",  "mutability",
    };

    for (size_t i = 0; i < WF_COUNT(types); i++)
        if (wf_streq(types[i], code))
            return true;
    return false;
}

/* The first finding as an object; NULL: there is none. */
static const struct wf_json *first_of(struct wf_arena *arena,
                                      struct wf_str findings)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_error ignored = WEFT_ERROR_INIT;
    struct wf_json *list;

    if (!findings.len
        || !wf_json_parse(arena, findings.at, findings.len, &limits, &list,
                          &ignored)
        || !wf_json_is(list, WF_JSON_ARRAY) || !wf_json_len(list))
        return NULL;
    return list->u.array.at[0];
}

/* What an edit finds is a value that is not valid, or that another has. */
int http_scim_failure(const struct http_request *req, const weft_error *err,
                      struct wf_str findings, struct wf_buf *out)
{
    const struct wf_json *first = first_of(req->arena, findings);
    const char *code = wf_json_str(wf_json_get(first, "code"));
    const char *message = wf_json_str(wf_json_get(first, "message"));
    int status = http_problem_status(req, err);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(out);

    if (status == 422) {
        bool taken = wf_streq(code, "unique");

        status = taken ? 409 : 400;
        code = taken ? "uniqueness" : "invalidValue";
    }
    wf_jw_open(&w, '{');
    wf_jw_key(&w, "schemas");
    wf_jw_open(&w, '[');
    wf_jw_text(&w, "urn:ietf:params:scim:api:messages:2.0:Error");
    wf_jw_close(&w, ']');
    wf_jw_key_text(&w, "status", wf_arena_printf(req->arena, "%d", status));
    if (is_type(code))
        wf_jw_key_text(&w, "scimType", code);
    wf_jw_key_text(&w, "detail", message ? message : err->text);
    wf_jw_close(&w, '}');
    return status;
}
