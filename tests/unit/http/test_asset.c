/* unit/http/test_asset.c - the files of the web application, out of a small
 * table.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/asset.h"

#include "base/embed.h"
#include "http/handlers.h"
#include "suite.h"

#define TEXT(text) (const unsigned char *)(text), sizeof(text) - 1

static const struct wf_embedded files[] = {
    { "assets/a-1.js", TEXT("plain") },
    { "assets/a-1.js.gz", TEXT("packed") },
    { "assets/b-2.css", TEXT("style") },
    { "root/sw.js", TEXT("worker") },
    { "shell/policy", TEXT("default-src 'none'") },
    { NULL, NULL, 0 },
};

static struct http_site site;
static struct http_request req;
static const struct http_route worker = { .pattern = "/sw.js" };

static void setup(void)
{
    site = (struct http_site){ .options = { .files = files } };
    req = (struct http_request){ .site = &site, .arena = wf_arena_new() };
    req.target.path = "/assets/x";
}

static void teardown(void)
{
    wf_arena_free(req.arena);
}

static void accept_encoding(const char *value)
{
    http_headers_add(&req.headers, wf_str_of("Accept-Encoding"),
                     wf_str_of(value));
}

static const char *ask(const char *file)
{
    req.args[0] = file;
    http_asset(&req);
    return req.result.body.at;
}

START_TEST(a_file_is_kept_for_ever_and_knows_its_type)
{
    ck_assert_str_eq(ask("b-2.css"), "style");

    ck_assert_str_eq(req.result.type, "text/css; charset=utf-8");
    ck_assert_str_eq(req.result.cache, HTTP_CACHE_FOR_EVER);
    ck_assert_ptr_null(req.result.encoding);
    ck_assert_uint_eq(strlen(req.result.etag), 16);
}
END_TEST

START_TEST(who_takes_gzip_gets_it_and_nobody_else)
{
    static const char *const yes[] = { "gzip", "br, gzip;q=0.5", "gzip, br" };
    static const char *const no[] = { "", "br", "gzip;q=0", "xgzip" };

    for (size_t i = 0; i < WF_COUNT(yes); i++) {
        req.headers.n = 0;
        accept_encoding(yes[i]);
        ck_assert_str_eq(ask("a-1.js"), "packed");
        ck_assert_str_eq(req.result.encoding, "gzip");
    }
    for (size_t i = 0; i < WF_COUNT(no); i++) {
        req.headers.n = 0;
        req.result = (struct http_result){ 0 };
        accept_encoding(no[i]);
        ck_assert_str_eq(ask("a-1.js"), "plain");
        ck_assert_ptr_null(req.result.encoding);
    }
}
END_TEST

START_TEST(what_is_not_in_the_table_is_not_there)
{
    static const char *const names[] = { "c.js", "../shell/policy", "" };

    for (size_t i = 0; i < WF_COUNT(names); i++) {
        req.result = (struct http_result){ 0 };
        ck_assert_ptr_null(ask(names[i]));
        ck_assert_int_eq(req.result.error.code, WEFT_E_NOTFOUND);
    }
}
END_TEST

START_TEST(the_worker_is_asked_for_anew_each_time)
{
    req.route = &worker;

    http_root_file(&req);

    ck_assert_str_eq(req.result.body.at, "worker");
    ck_assert_str_eq(req.result.cache, HTTP_CACHE_ASK);
}
END_TEST

START_TEST(without_an_application_there_is_none)
{
    site.options.files = NULL;

    ck_assert_ptr_null(http_asset_text(&site, "shell/policy"));
    ck_assert_ptr_null(ask("a-1.js"));
}
END_TEST

TCase *asset_tests(void)
{
    TCase *tc = tcase_create("http/asset");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_file_is_kept_for_ever_and_knows_its_type);
    tcase_add_test(tc, who_takes_gzip_gets_it_and_nobody_else);
    tcase_add_test(tc, what_is_not_in_the_table_is_not_there);
    tcase_add_test(tc, the_worker_is_asked_for_anew_each_time);
    tcase_add_test(tc, without_an_application_there_is_none);
    return tc;
}
