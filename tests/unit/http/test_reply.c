/* unit/http/test_reply.c - entity tags, and text in HTML.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/reply.h"

#include "http/page.h"
#include "suite.h"

START_TEST(an_entity_tag_is_found_in_a_list)
{
    ck_assert(http_etag_matches("\"abc\"", "abc"));
    ck_assert(http_etag_matches("\"x\", W/\"abc\" ,\"y\"", "abc"));
    ck_assert(http_etag_matches("*", "abc"));
}
END_TEST

START_TEST(other_tags_and_nonsense_do_not_match)
{
    static const char *const headers[] = { "",    "abc",   "\"ab\"", "\"abcd\"",
                                           "\"",  "W/",    "\"\"",   "W/abc",
                                           ",,,", "\"abc", "abc\"" };

    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
        ck_assert_msg(!http_etag_matches(headers[i], "abc"), "%s", headers[i]);
}
END_TEST

START_TEST(text_cannot_end_an_attribute_or_begin_an_element)
{
    struct wf_arena *arena = wf_arena_new();
    struct wf_buf out = WF_BUF_INIT(arena);

    http_html_text(&out, "<a href='x' b=\"y\">&");
    http_html_text(&out, NULL);

    ck_assert_str_eq(wf_buf_text(&out), "&lt;a href=&#39;x&#39; "
                                        "b=&quot;y&quot;&gt;&amp;");
    wf_arena_free(arena);
}
END_TEST

TCase *reply_tests(void)
{
    TCase *tc = tcase_create("http/reply");

    tcase_add_test(tc, an_entity_tag_is_found_in_a_list);
    tcase_add_test(tc, other_tags_and_nonsense_do_not_match);
    tcase_add_test(tc, text_cannot_end_an_attribute_or_begin_an_element);
    return tc;
}
