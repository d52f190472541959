/* unit/base/test_embed.c - the files that the program carries in itself.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "base/embed.h"

START_TEST(a_name_that_was_not_embedded_is_not_found)
{
    ck_assert_ptr_null(wf_embedded_find("sql/none.sql"));
    ck_assert_ptr_null(wf_embedded_find(""));
    ck_assert_ptr_null(wf_embedded_next("nowhere/", NULL));
}
END_TEST

START_TEST(every_file_is_visited_once_in_order_and_found_by_its_name)
{
    const struct wf_embedded *before = NULL;

    for (const struct wf_embedded *file = wf_embedded_next("", NULL); file;
         before = file, file = wf_embedded_next("", file)) {
        ck_assert_ptr_eq(wf_embedded_find(file->name), file);
        ck_assert_uint_eq(file->data[file->len], 0);
        ck_assert(!before || before < file);
    }
}
END_TEST

START_TEST(a_file_has_the_bytes_that_it_has_in_the_tree)
{
    const struct wf_embedded *file = wf_embedded_find("sql/0001_core.sql");
    FILE *original = fopen("schemas/sql/0001_core.sql", "rb");

    ck_assert_ptr_nonnull(file);
    ck_assert_ptr_nonnull(original);
    for (size_t i = 0; i < file->len; i++)
        ck_assert_int_eq(fgetc(original), file->data[i]);
    ck_assert_int_eq(fgetc(original), EOF);
    fclose(original);
}
END_TEST

START_TEST(a_prefix_leaves_out_all_other_files)
{
    for (const struct wf_embedded *file = wf_embedded_next("sql/", NULL); file;
         file = wf_embedded_next("sql/", file))
        ck_assert(!strncmp(file->name, "sql/", 4));
}
END_TEST

TCase *embed_tests(void)
{
    TCase *tc = tcase_create("base/embed");

    tcase_add_test(tc, a_name_that_was_not_embedded_is_not_found);
    tcase_add_test(tc,
                   every_file_is_visited_once_in_order_and_found_by_its_name);
    tcase_add_test(tc, a_file_has_the_bytes_that_it_has_in_the_tree);
    tcase_add_test(tc, a_prefix_leaves_out_all_other_files);
    return tc;
}
