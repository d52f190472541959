/* unit/http/test_route.c - which path leads where.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/route.h"
#include "http/router.h"

#include "suite.h"

static struct http_request req;
static struct http_router *router;
static const char *allow;

static void setup(void)
{
    req = (struct http_request){ .arena = wf_arena_new() };
    router = http_router_new();
    allow = NULL;
}

static void teardown(void)
{
    http_router_free(router);
    wf_arena_free(req.arena);
}

static const struct http_route *find(const char *method, const char *path)
{
    weft_error err = WEFT_ERROR_INIT;

    req.method = http_method_of(method, &req.is_head);
    ck_assert(http_target_parse(req.arena, path, &req.target, &err));
    return http_router_find(router, &req, &allow);
}

START_TEST(a_pattern_gives_its_arguments_in_order)
{
    const struct http_route *route =
        find("POST", "/api/v1/documents/42/actions/submit");

    ck_assert_ptr_nonnull(route);
    ck_assert_str_eq(req.args[0], "42");
    ck_assert_str_eq(req.args[1], "submit");
}
END_TEST

START_TEST(head_is_a_get_whose_body_is_not_sent)
{
    ck_assert_ptr_nonnull(find("HEAD", "/healthz"));
    ck_assert(req.is_head);
}
END_TEST

START_TEST(another_method_names_those_that_work)
{
    ck_assert_ptr_null(find("PUT", "/api/v1/documents/42"));
    ck_assert_str_eq(allow, "GET, HEAD, PATCH, DELETE");
    ck_assert_ptr_null(find("get", "/healthz"));
    ck_assert_str_eq(allow, "GET, HEAD");
}
END_TEST

START_TEST(nothing_is_at_other_paths)
{
    static const char *const paths[] = {
        "/nowhere",
        "/api/v1",
        "/api/v1/documents/",
        "/api/v1/documents/abc",
        "/api/v1/documents/0",
        "/api/v1/documents/-1",
        "/api/v1/documents/99999999999999999999",
        "/api/v1/forms/",
        "/healthz/",
        "//healthz",
        "/API/v1/forms",
        "/api/v1/documents/42/actions",
    };

    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        ck_assert_msg(!find("GET", paths[i]), "%s", paths[i]);
        ck_assert_str_eq(allow, "");
    }
}
END_TEST

START_TEST(a_route_knows_its_parameters)
{
    const struct http_route *form = find("GET", "/api/v1/forms/a");
    const struct http_route *list = find("GET", "/api/v1/documents");

    ck_assert(http_route_knows(form, "version"));
    ck_assert(!http_route_knows(form, "versions"));
    ck_assert(http_route_knows(list, "filter[total][gte]"));
}
END_TEST

/* Who signs in is nobody yet; a provider brings a signed token, and a chat tool
 * signs what it calls with. */
static bool proves_who_asks(const struct http_route *route)
{
    return route->handle == find("POST", "/api/v1/session")->handle
           || route->handle == find("POST", "/sign-out/a/back-channel")->handle
           || route->handle
                  == find("POST", "/api/v1/channels/a/callback")->handle;
}

START_TEST(what_changes_something_is_not_for_anyone)
{
    const struct http_route *route;

    for (size_t i = 0; (route = http_route_at(i)); i++) {
        ck_assert(route->method == HTTP_GET || route->caller == HTTP_USER
                  || proves_who_asks(route));
        ck_assert_int_eq(!route->in, route->takes == HTTP_TAKES_NOTHING
                                         || route->flags & HTTP_HIDDEN);
    }
}
END_TEST

TCase *route_tests(void)
{
    TCase *tc = tcase_create("http/route");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_pattern_gives_its_arguments_in_order);
    tcase_add_test(tc, head_is_a_get_whose_body_is_not_sent);
    tcase_add_test(tc, another_method_names_those_that_work);
    tcase_add_test(tc, nothing_is_at_other_paths);
    tcase_add_test(tc, a_route_knows_its_parameters);
    tcase_add_test(tc, what_changes_something_is_not_for_anyone);
    return tc;
}
