/* unit/base/test_csv.c - CSV row by row, and what is refused.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/csv.h"
#include "base/error.h"

static struct wf_arena *arena;
static struct wf_buf seen;
static weft_error err;

static void setup(void)
{
    arena = wf_arena_new();
    seen = (struct wf_buf)WF_BUF_INIT(arena);
    err = (weft_error)WEFT_ERROR_INIT;
}

static void teardown(void)
{
    wf_arena_free(arena);
}

/* "0[a|b]1[c|d]" of the rows. */
static bool note(void *self, int64_t row, const struct wf_str *cells, size_t n,
                 weft_error *error)
{
    (void)self;
    (void)error;
    wf_buf_printf(&seen, "%lld[", (long long)row);
    for (size_t i = 0; i < n; i++) {
        wf_buf_str(&seen, i ? "|" : "");
        wf_buf_add(&seen, cells[i].at, cells[i].len);
    }
    wf_buf_char(&seen, ']');
    return true;
}

static bool is_read(const char *text, size_t len)
{
    return wf_csv_read(arena, text, len, note, NULL, &err);
}

static const char *rows(const char *text)
{
    seen.len = 0;
    ck_assert_msg(is_read(text, strlen(text)), "%s", err.text);
    return wf_buf_text(&seen);
}

#define ck_refused(text, len, error)                                           \
    do {                                                                       \
        ck_assert(!is_read((text), (len)));                                    \
        ck_assert_int_eq(err.code, (error));                                   \
    } while (0)

START_TEST(rows_are_given_in_order_with_the_header_as_row_0)
{
    ck_assert_str_eq(rows("a,b\n1,2\n3,4\n"), "0[a|b]1[1|2]2[3|4]");
}
END_TEST

START_TEST(line_ends_of_all_systems_and_none_at_the_end_will_do)
{
    ck_assert_str_eq(rows("a,b\r\n1,2\r\n"), "0[a|b]1[1|2]");
    ck_assert_str_eq(rows("a,b\r1,2"), "0[a|b]1[1|2]");
}
END_TEST

START_TEST(quoted_cells_have_commas_line_ends_and_quotes)
{
    ck_assert_str_eq(rows("\"a,b\",\"c\nd\"\n\"say \"\"hi\"\"\",\n"),
                     "0[a,b|c\nd]1[say \"hi\"|]");
}
END_TEST

START_TEST(space_around_cells_goes_unless_it_is_quoted)
{
    ck_assert_str_eq(rows(" a ,\t b\n\" c \",d \n"), "0[a|b]1[ c |d]");
}
END_TEST

START_TEST(empty_lines_are_none_but_empty_cells_are_cells)
{
    ck_assert_str_eq(rows("a,b\n\n\n,\n"), "0[a|b]1[|]");
}
END_TEST

START_TEST(a_byte_order_mark_is_not_part_of_the_header)
{
    ck_assert_str_eq(rows("\xef\xbb\xbflogin\n"), "0[login]");
}
END_TEST

START_TEST(rows_longer_than_a_piece_are_whole)
{
    struct wf_buf text = WF_BUF_INIT(arena);

    wf_buf_str(&text, "a,b\n");
    for (int i = 0; i < 5000; i++)
        wf_buf_char(&text, 'x');
    wf_buf_str(&text, ",y\n");

    ck_assert_uint_eq(strlen(rows(wf_buf_text(&text))),
                      strlen("0[a|b]1[|y]") + 5000);
}
END_TEST

START_TEST(quotation_marks_out_of_place_are_refused)
{
    ck_refused("a\nb\"c\n", 6, WEFT_E_MALFORMED);
    ck_refused("a\n\"b\"c\n", 7, WEFT_E_MALFORMED);
    ck_refused("a\n\"never closed\n", 16, WEFT_E_MALFORMED);
}
END_TEST

START_TEST(text_that_is_not_utf_8_or_has_a_nul_is_refused)
{
    ck_refused("a\n\xff\n", 4, WEFT_E_MALFORMED);
    ck_refused("a\nb\0c\n", 6, WEFT_E_MALFORMED);
    ck_refused("a\n\xd5\xc5\n", 5, WEFT_E_MALFORMED); /* GBK */
}
END_TEST

START_TEST(an_empty_file_is_refused)
{
    ck_refused("", 0, WEFT_E_MALFORMED);
    ck_refused("\xef\xbb\xbf", 3, WEFT_E_MALFORMED);
    ck_refused("\n\n", 2, WEFT_E_MALFORMED);
}
END_TEST

START_TEST(a_cell_beyond_its_limit_is_refused_before_it_fills_the_memory)
{
    size_t len = 20 * 1024 * 1024;
    char *text = malloc(len);

    memset(text, 'x', len);
    ck_refused(text, len, WEFT_E_TOO_LARGE);
    ck_assert_uint_lt(wf_arena_used(arena), 1024 * 1024);
    ck_refused(text, WF_CSV_CELL_MAX + 1, WEFT_E_TOO_LARGE);
    ck_assert(is_read(text, WF_CSV_CELL_MAX));
    free(text);
}
END_TEST

START_TEST(more_columns_rows_or_bytes_than_the_limits_are_refused)
{
    size_t len = 2 * ((size_t)WF_CSV_ROWS_MAX + 2);
    char *text = malloc((size_t)WF_CSV_BYTES_MAX + 1);

    memset(text, ',', WF_CSV_COLUMNS_MAX);
    ck_refused(text, WF_CSV_COLUMNS_MAX, WEFT_E_TOO_LARGE);
    for (size_t i = 0; i < len; i++)
        text[i] = i % 2 ? '\n' : 'x';
    ck_refused(text, len, WEFT_E_TOO_LARGE);
    ck_refused(text, (size_t)WF_CSV_BYTES_MAX + 1, WEFT_E_TOO_LARGE);
    free(text);
}
END_TEST

static bool refuse_second(void *self, int64_t row, const struct wf_str *cells,
                          size_t n, weft_error *error)
{
    int *calls = self;

    (void)cells;
    (void)n;
    ++*calls;
    return row < 1 || wf_fail(error, WEFT_E_CONFLICT, "enough");
}

START_TEST(no_row_follows_one_that_was_refused)
{
    int calls = 0;

    ck_assert(
        !wf_csv_read(arena, "a\nb\nc\nd\n", 8, refuse_second, &calls, &err));
    ck_assert_int_eq(err.code, WEFT_E_CONFLICT);
    ck_assert_int_eq(calls, 2);
}
END_TEST

TCase *csv_tests(void)
{
    TCase *tc = tcase_create("base/csv");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, rows_are_given_in_order_with_the_header_as_row_0);
    tcase_add_test(tc, line_ends_of_all_systems_and_none_at_the_end_will_do);
    tcase_add_test(tc, quoted_cells_have_commas_line_ends_and_quotes);
    tcase_add_test(tc, space_around_cells_goes_unless_it_is_quoted);
    tcase_add_test(tc, empty_lines_are_none_but_empty_cells_are_cells);
    tcase_add_test(tc, a_byte_order_mark_is_not_part_of_the_header);
    tcase_add_test(tc, rows_longer_than_a_piece_are_whole);
    tcase_add_test(tc, quotation_marks_out_of_place_are_refused);
    tcase_add_test(tc, text_that_is_not_utf_8_or_has_a_nul_is_refused);
    tcase_add_test(tc, an_empty_file_is_refused);
    tcase_add_test(
        tc, a_cell_beyond_its_limit_is_refused_before_it_fills_the_memory);
    tcase_add_test(tc, more_columns_rows_or_bytes_than_the_limits_are_refused);
    tcase_add_test(tc, no_row_follows_one_that_was_refused);
    return tc;
}
