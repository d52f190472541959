/* http/test_document.c - documents over HTTP: entity tags, keys, lists.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "suite.h"

static const char documents[] = "/api/v1/documents";

static const char *below(const char *path, const char *rest)
{
    return wf_arena_printf(bench.arena, "%s%s", path, rest);
}

/* A header with the entity tag of the last answer. */
static const char *tag_as(const char *name)
{
    return wf_arena_printf(bench.arena, "%s: %s\r\n", name,
                           bench_header("ETag"));
}

START_TEST(a_document_is_made_and_found_at_its_location)
{
    const char *path = bench_document("hello");

    ck_assert(bench_header("ETag")[0] == '"');
    ck_assert_int_eq(bench_ask("maker", "GET", path, NULL), 200);
    ck_assert_str_eq(bench_text("data.text"), "hello");
    ck_assert_str_eq(bench_text("step"), "draft");
    ck_assert_str_eq(bench_header("Content-Type"), "application/json");
}
END_TEST

START_TEST(head_answers_as_get_without_the_body)
{
    const char *path = bench_document("hello");

    ck_assert_int_eq(bench_ask("maker", "HEAD", path, NULL), 200);
    ck_assert(bench_header("ETag")[0] == '"');
    ck_assert_int_gt(atoi(bench_header("Content-Length")), 0);
    ck_assert_int_eq(bench_ask("maker", "GET", path, NULL), 200);
}
END_TEST

START_TEST(what_the_reader_has_already_is_not_sent_again)
{
    const char *path = bench_document("hello"), *known;

    ck_assert_int_eq(bench_ask("maker", "GET", path, NULL), 200);
    known = tag_as("If-None-Match");
    ck_assert_int_eq(bench_ask_with("maker", known, "GET", path, NULL), 304);
    ck_assert(bench_header("ETag")[0] == '"');

    ck_assert_int_eq(
        bench_ask("maker", "PATCH", path, "{\"data\":{\"text\":\"other\"}}"),
        200);
    ck_assert_int_eq(bench_ask_with("maker", known, "GET", path, NULL), 200);
}
END_TEST

START_TEST(a_change_of_what_has_changed_is_stale)
{
    const char *path = bench_document("hello");
    const char *first = tag_as("If-Match");

    ck_assert_int_eq(bench_ask_with("maker", first, "PATCH", path,
                                    "{\"data\":{\"text\":\"mine\"}}"),
                     200);
    ck_assert_int_eq(bench_ask_with("maker", first, "PATCH", path,
                                    "{\"data\":{\"text\":\"yours\"}}"),
                     412);
    ck_assert_str_eq(bench_text("type"), "urn:weft:problem:stale");
    ck_assert_int_eq(bench_ask("maker", "GET", path, NULL), 200);
    ck_assert_str_eq(bench_text("data.text"), "mine");
}
END_TEST

START_TEST(the_same_key_makes_one_document)
{
    static const char body[] =
        "{\"form\":\"request\",\"data\":{\"text\":\"once\"}}";
    const char *key =
        wf_arena_printf(bench.arena, "Idempotency-Key: once-%d\r\n", getpid());
    const char *first;

    ck_assert_int_eq(bench_ask_with("maker", key, "POST", documents, body),
                     201);
    first = bench_header("Location");
    ck_assert_int_eq(bench_ask_with("maker", key, "POST", documents, body),
                     201);
    ck_assert_str_eq(bench_header("Location"), first);

    ck_assert_int_eq(bench_ask_with("maker", key, "POST", documents,
                                    "{\"form\":\"request\",\"data\":{}}"),
                     422);
}
END_TEST

START_TEST(any_post_with_a_key_is_done_once_but_secrets_are_not_kept)
{
    static const char body[] = "{\"id\":\"request-2\",\"label\":\"Two\"}";
    const char *key =
        wf_arena_printf(bench.arena, "Idempotency-Key: any-%d\r\n", getpid());
    const char *clone = "/api/v1/forms/request/clone";
    const char *tokens = "/api/v1/admin/tokens";
    const char *first;

    ck_assert_int_eq(bench_ask_with("admin", key, "POST", clone, body), 200);
    ck_assert_int_eq(bench_ask_with("admin", key, "POST", clone, body), 200);
    ck_assert_str_eq(bench_text("deployed.0.id"), "request-2");
    ck_assert_int_eq(bench_ask_with("admin", key, "POST", clone,
                                    "{\"id\":\"request-3\",\"label\":\"3\"}"),
                     422);

    ck_assert_int_eq(
        bench_ask_with("admin", key, "POST", tokens, "{\"login\":\"maker\"}"),
        201);
    first = wf_arena_str(bench.arena, bench_text("token"));
    ck_assert_int_eq(
        bench_ask_with("admin", key, "POST", tokens, "{\"login\":\"maker\"}"),
        201);
    ck_assert_str_ne(bench_text("token"), first);
}
END_TEST

START_TEST(a_document_goes_its_way_and_tells_of_it)
{
    const char *path = bench_document("please");

    ck_assert_int_eq(bench_ask("maker", "POST", below(path, "/actions/submit"),
                               "{\"comment\":\"soon?\"}"),
                     200);
    ck_assert_str_eq(bench_text("step"), "answer");
    ck_assert_int_eq(bench_ask("boss", "GET", "/api/v1/work", NULL), 200);
    ck_assert_ptr_nonnull(strstr(bench.answer.body, strrchr(path, '/') + 1));
    ck_assert_int_eq(
        bench_ask("maker", "POST", below(path, "/actions/approve"), NULL), 403);
    ck_assert_int_eq(
        bench_ask("boss", "POST", below(path, "/actions/approve"), NULL), 200);
    ck_assert_int_eq(
        bench_ask("boss", "POST", below(path, "/actions/approve"), NULL), 409);

    ck_assert_int_eq(bench_ask("maker", "GET", below(path, "/history"), NULL),
                     200);
    ck_assert_str_eq(bench_text("items.0.kind"), "create");
}
END_TEST

START_TEST(what_belongs_to_a_document_is_beneath_it)
{
    const char *path = bench_document("please");

    ck_assert_int_eq(bench_ask("maker", "POST", below(path, "/comments"),
                               "{\"text\":\"well\"}"),
                     201);
    ck_assert_int_eq(bench_ask("maker", "GET", below(path, "/comments"), NULL),
                     200);
    ck_assert_str_eq(bench_text("items.0.text"), "well");
    ck_assert_int_eq(bench_ask("maker", "GET", below(path, "/children"), NULL),
                     200);
    ck_assert_int_eq(bench_ask("maker", "GET", below(path, "/chain"), NULL),
                     200);
    ck_assert_int_eq(bench_ask("maker", "GET", below(path, "/explain"), NULL),
                     400);
    ck_assert_int_eq(
        bench_ask("maker", "GET", below(path, "/explain?field=text"), NULL),
        200);
}
END_TEST

START_TEST(who_has_the_right_deletes_once)
{
    const char *path = bench_document("kept");

    ck_assert_int_eq(bench_ask("maker", "DELETE", path, NULL), 403);
    ck_assert_int_eq(bench_ask("maker", "POST", documents,
                               "{\"form\":\"note\",\"data\":{}}"),
                     201);
    path = bench_header("Location");
    ck_assert_int_eq(bench_ask("maker", "DELETE", path, NULL), 204);
    ck_assert_uint_eq(bench.answer.len, 0);
    ck_assert_int_eq(bench_ask("maker", "GET", path, NULL), 404);
    ck_assert_int_eq(bench_ask("maker", "DELETE", path, NULL), 404);
}
END_TEST

START_TEST(a_list_goes_on_from_its_cursor)
{
    const char *first, *next;

    bench_document("one");
    bench_document("two");
    ck_assert_int_eq(
        bench_ask("maker", "GET", below(documents, "?limit=1"), NULL), 200);
    first = wf_arena_str(bench.arena, bench_text("items.0.id"));
    next = bench_text("next");
    ck_assert_ptr_nonnull(next);
    ck_assert_int_eq(
        bench_ask("maker", "GET",
                  wf_arena_printf(bench.arena, "%s?limit=1&cursor=%s",
                                  documents, next),
                  NULL),
        200);
    ck_assert_str_ne(bench_text("items.0.id"), first);
}
END_TEST

START_TEST(many_are_acted_on_at_once_and_each_says_how_it_went)
{
    const char *path = bench_document("batch");
    const char *id = strrchr(path, '/') + 1;

    ck_assert_int_eq(bench_ask("maker", "POST",
                               "/api/v1/work"
                               "/batch",
                               wf_arena_printf(bench.arena,
                                               "{\"ids\":[\"%s\",\"12345\"],"
                                               "\"action\":\"submit\"}",
                                               id)),
                     200);
    ck_assert_str_eq(bench_text("items.0.id"), id);
    ck_assert(wf_json_is_true(
        wf_json_get(wf_json_get(bench_json(), "items")->u.array.at[0], "ok")));
    ck_assert_ptr_nonnull(strstr(bench.answer.body, "\"ok\":false"));
}
END_TEST

/* clang-format off */
static const char *const looked_at[] = {
    "/api/v1/me", "/api/v1/forms", "/api/v1/forms/request",
    "/api/v1/forms/request?version=1", "/api/v1/forms/request/versions",
    "/api/v1/documents?form=request&count=true", "/api/v1/work",
    "/api/v1/notifications", "/api/v1/people", "/api/v1/people/maker",
    "/api/v1/units", "/api/v1/roles", "/api/v1/admin/settings",
    "/api/openapi.json", "/readyz",
};
/* clang-format on */

START_TEST(what_one_can_look_at_answers_with_json)
{
    ck_assert_msg(bench_ask("admin", "GET", looked_at[_i], NULL) == 200,
                  "%s: %d %s", looked_at[_i], bench.answer.status,
                  bench.answer.body);
    ck_assert_ptr_nonnull(bench_json());
}
END_TEST

START_TEST(a_form_is_read_and_sent_back_as_xml)
{
    struct web_request request = {
        .method = "POST",
        .path = "/api/v1/definitions?check=true",
        .headers = bench_as("admin"),
        .type = "application/xml",
    };

    ck_assert_int_eq(
        bench_ask("admin", "GET", "/api/v1/forms/request/xml", NULL), 200);
    ck_assert_str_eq(bench_header("Content-Type"), "application/xml");
    request.body =
        wf_arena_mem(bench.arena, bench.answer.body, bench.answer.len);
    web_ask(&bench.web, &request, &bench.answer);
    ck_assert_msg(bench.answer.status == 200, "%s", bench.answer.body);
}
END_TEST

START_TEST(definitions_that_are_wrong_name_each_place)
{
    struct web_request request = {
        .method = "POST",
        .path = "/api/v1/definitions",
        .headers = bench_as("admin"),
        .type = "application/xml",
        .body = "<form xmlns='urn:weft:1' id='x'><nonsense/></form>",
    };

    web_ask(&bench.web, &request, &bench.answer);
    ck_assert_int_eq(bench.answer.status, 422);
    ck_assert_ptr_nonnull(bench_text("diagnostics.0.message"));

    request.body = "<form";
    web_ask(&bench.web, &request, &bench.answer);
    ck_assert_int_eq(bench.answer.status, 422);
    request.headers = bench_as("maker");
    web_ask(&bench.web, &request, &bench.answer);
    ck_assert_int_eq(bench.answer.status, 403);
}
END_TEST

START_TEST(a_form_is_tried_out_before_it_is_filled_in)
{
    ck_assert_int_eq(bench_ask("maker", "POST",
                               "/api/v1/forms/request/evaluate",
                               "{\"data\":{}}"),
                     200);
    ck_assert_ptr_nonnull(bench_text("errors.0.field"));
    ck_assert_int_eq(bench_ask("maker", "POST",
                               "/api/v1/forms/request/simulate",
                               "{\"data\":{\"subject_line\":\"x\"}}"),
                     200);
    ck_assert_str_eq(bench_text("chain.0.people.0.login"), "boss");
}
END_TEST

START_TEST(people_are_imported_from_csv)
{
    struct web_request request = {
        .method = "POST",
        .path = "/api/v1/people/import?check=true",
        .headers = bench_as("admin"),
        .type = "text/csv",
        .body = "login,name\nnew,\xe6\x96\xb0\xe4\xba\xba\n",
    };

    web_ask(&bench.web, &request, &bench.answer);
    ck_assert_msg(bench.answer.status == 200, "%s", bench.answer.body);
    request.body = "login,name\nnew,\xff\n";
    web_ask(&bench.web, &request, &bench.answer);
    ck_assert_int_eq(bench.answer.status, 400);
}
END_TEST

TCase *document_tests(void)
{
    TCase *tc = tcase_create("http/document");

    tcase_add_checked_fixture(tc, bench_setup, bench_teardown);
    tcase_add_test(tc, a_document_is_made_and_found_at_its_location);
    tcase_add_test(tc, head_answers_as_get_without_the_body);
    tcase_add_test(tc, what_the_reader_has_already_is_not_sent_again);
    tcase_add_test(tc, a_change_of_what_has_changed_is_stale);
    tcase_add_test(tc, the_same_key_makes_one_document);
    tcase_add_test(tc,
                   any_post_with_a_key_is_done_once_but_secrets_are_not_kept);
    tcase_add_test(tc, a_document_goes_its_way_and_tells_of_it);
    tcase_add_test(tc, what_belongs_to_a_document_is_beneath_it);
    tcase_add_test(tc, who_has_the_right_deletes_once);
    tcase_add_test(tc, a_list_goes_on_from_its_cursor);
    tcase_add_test(tc, many_are_acted_on_at_once_and_each_says_how_it_went);
    tcase_add_loop_test(tc, what_one_can_look_at_answers_with_json, 0,
                        sizeof looked_at / sizeof looked_at[0]);
    tcase_add_test(tc, a_form_is_read_and_sent_back_as_xml);
    tcase_add_test(tc, definitions_that_are_wrong_name_each_place);
    tcase_add_test(tc, a_form_is_tried_out_before_it_is_filled_in);
    tcase_add_test(tc, people_are_imported_from_csv);
    return tc;
}
