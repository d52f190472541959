/* unit/http/test_openapi.c - the description says what is served, no more and
 * no less.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/server.h"

#include "base/json.h"
#include "http/route.h"
#include "suite.h"

static struct wf_arena *arena;
static struct wf_json *document;

static void setup(void)
{
    static const struct wf_json_limits limits = { 64, 1000000 };
    struct wf_buf text;
    weft_error err = WEFT_ERROR_INIT;

    arena = wf_arena_new();
    text = (struct wf_buf)WF_BUF_INIT(arena);
    http_openapi_write(arena, &text);
    ck_assert_msg(
        wf_json_parse(arena, text.data, text.len, &limits, &document, &err),
        "%s", err.text);
}

static void teardown(void)
{
    wf_arena_free(arena);
}

static const struct wf_json *paths(void)
{
    return wf_json_get(document, "paths");
}

static const char *key_of(enum http_method method)
{
    static const char *const keys[] = { [HTTP_GET] = "get",
                                        [HTTP_POST] = "post",
                                        [HTTP_PUT] = "put",
                                        [HTTP_PATCH] = "patch",
                                        [HTTP_DELETE] = "delete" };

    return keys[method];
}

START_TEST(each_route_is_described)
{
    const struct http_route *route;

    for (size_t i = 0; (route = http_route_at(i)); i++) {
        const struct wf_json *path = wf_json_get(paths(), route->pattern);
        const struct wf_json *operation =
            wf_json_get(path, key_of(route->method));

        if (route->flags & HTTP_HIDDEN)
            ck_assert_ptr_null(path);
        else
            ck_assert_str_eq(wf_json_str(wf_json_get(operation, "summary")),
                             route->summary);
    }
}
END_TEST

static bool is_served(const char *pattern, const char *method)
{
    const struct http_route *route;

    for (size_t i = 0; (route = http_route_at(i)); i++) {
        if (wf_streq(route->pattern, pattern)
            && wf_streq(key_of(route->method), method))
            return true;
    }
    return false;
}

START_TEST(each_description_is_served)
{
    for (size_t i = 0; i < wf_json_len(paths()); i++) {
        const struct wf_json_member *path = &paths()->u.object.at[i];

        for (size_t j = 0; j < wf_json_len(path->value); j++)
            ck_assert(
                is_served(path->key.at, path->value->u.object.at[j].key.at));
    }
}
END_TEST

static bool is_schema(const char *name)
{
    const struct wf_json *components = wf_json_get(document, "components");

    return wf_json_get(wf_json_get(components, "schemas"), name) != NULL;
}

/* What is no JSON has a media type instead. */
static bool is_media(const char *name)
{
    return wf_streq(name, "Xml") || wf_streq(name, "Text")
           || wf_streq(name, "File");
}

START_TEST(each_schema_that_a_route_names_is_there)
{
    const struct http_route *route;

    for (size_t i = 0; (route = http_route_at(i)); i++) {
        ck_assert(!route->in || route->takes & HTTP_TAKES_CSV
                  || is_schema(route->in));
        ck_assert(!route->out || is_media(route->out) || is_schema(route->out));
    }
}
END_TEST

/* Goes through all of `json`, and finds every reference. */
static void check_references(const struct wf_json *json)
{
    static const char prefix[] = "#/components/schemas/";
    const char *ref = NULL;

    if (wf_json_is(json, WF_JSON_OBJECT))
        ref = wf_json_str(wf_json_get(json, "$ref"));
    if (ref)
        ck_assert_msg(is_schema(ref + sizeof prefix - 1), "%s", ref);
    for (size_t i = 0; i < wf_json_len(json); i++)
        check_references(wf_json_is(json, WF_JSON_OBJECT)
                             ? json->u.object.at[i].value
                             : json->u.array.at[i]);
}

START_TEST(each_reference_leads_to_a_schema)
{
    check_references(document);
}
END_TEST

TCase *openapi_tests(void)
{
    TCase *tc = tcase_create("http/openapi");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, each_route_is_described);
    tcase_add_test(tc, each_description_is_served);
    tcase_add_test(tc, each_schema_that_a_route_names_is_there);
    tcase_add_test(tc, each_reference_leads_to_a_schema);
    return tc;
}
