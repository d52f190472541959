/* unit/markup/test_schema.c - definitions against schemas/weft-1.xsd. What the
 * schema says is tested where definitions are; here only how it is told.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "base/embed.h"

#define NS " xmlns=\"urn:weft:1\""

static const char *checked(const char *text)
{
    const struct wf_elem *root = bench_parse(text);

    ck_assert_ptr_nonnull(root);
    wf_xml_check_schema(root, &bench.diags);
    return bench_findings();
}

START_TEST(an_unknown_element_has_its_place_and_a_plain_message)
{
    const char *seen = checked("<form" NS " id='f' label='F'>\n  <nonsense/>\n"
                               "</form>");

    ck_assert_msg(strstr(seen, "2:3: <nonsense> does not belong here"), "%s",
                  seen);
    ck_assert_ptr_null(strstr(seen, "urn:weft:1"));
}
END_TEST

START_TEST(an_unknown_attribute_has_its_place_and_a_plain_message)
{
    const char *seen = checked("<form" NS " id='f' label='F'\n nonsense='1'/>");

    ck_assert_msg(
        strstr(seen, "2:12: <form> has no attribute nonsense: remove it"), "%s",
        seen);
}
END_TEST

START_TEST(an_unknown_root_is_refused)
{
    const char *seen = checked("<nonsense" NS "/>");

    ck_assert_msg(strstr(seen, "1:1: <nonsense>"), "%s", seen);
}
END_TEST

START_TEST(a_bad_id_is_told_once)
{
    const char *seen = checked("<form" NS " id='Not An Id' label='F'/>");
    const char *first = strstr(seen, "id of <form>: The value 'Not An Id'");

    ck_assert_msg(first && !strstr(first + 1, "id of <form>"), "%s", seen);
}
END_TEST

START_TEST(what_is_missing_is_named)
{
    const char *seen = checked("<form" NS " label='F'/>");

    ck_assert_msg(strstr(seen, "1:1: <form> needs the attribute id\n"), "%s",
                  seen);
}
END_TEST

TCase *schema_tests(void)
{
    TCase *tc = tcase_create("markup/schema");

    tcase_add_checked_fixture(tc, bench_setup, bench_teardown);
    if (!wf_embedded_find("weft-1.xsd")) {
        fprintf(stderr, "no schema is embedded: nothing tried\n");
        return tc;
    }
    tcase_add_test(tc, an_unknown_element_has_its_place_and_a_plain_message);
    tcase_add_test(tc, an_unknown_attribute_has_its_place_and_a_plain_message);
    tcase_add_test(tc, an_unknown_root_is_refused);
    tcase_add_test(tc, a_bad_id_is_told_once);
    tcase_add_test(tc, what_is_missing_is_named);
    return tc;
}
