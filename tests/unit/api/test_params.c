/* unit/api/test_params.c - query strings become structs.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/params.h"

#include "suite.h"

static struct wf_arena *arena;

static void setup(void)
{
    arena = wf_arena_new();
}

static void teardown(void)
{
    wf_arena_free(arena);
}

static bool read(const weft_param *params, size_t n, unsigned of,
                 struct wf_params *out)
{
    weft_error err = WEFT_ERROR_INIT;
    bool ok = wf_params_read(arena, params, n, of, out, &err);

    ck_assert(ok || err.code == WEFT_E_MALFORMED);
    return ok;
}

START_TEST(filters_have_fields_and_operators)
{
    static const weft_param params[] = { { "filter[owner]", "ann" },
                                         { "filter[lines.amount][gte]", "5" },
                                         { "limit", "7" } };
    struct wf_params out;

    ck_assert(read(params, 3, WF_PARAMS_PAGE | WF_PARAMS_DOCUMENTS, &out));

    ck_assert_uint_eq(out.query.n_filters, 2);
    ck_assert_str_eq(out.query.filters[0].field, "owner");
    ck_assert_ptr_null(out.query.filters[0].op);
    ck_assert_str_eq(out.query.filters[1].field, "lines.amount");
    ck_assert_str_eq(out.query.filters[1].op, "gte");
    ck_assert_int_eq(out.query.limit, 7);
}
END_TEST

START_TEST(broken_brackets_are_refused)
{
    static const char *const names[] = { "filter",         "filter[",
                                         "filter[]",       "filter[a",
                                         "filter[a]b",     "filter[a][",
                                         "filter[a][]",    "filter[a][b]c",
                                         "filter[a][b][c]" };
    struct wf_params out;

    for (size_t i = 0; i < WF_COUNT(names); i++) {
        weft_param param = { names[i], "x" };

        ck_assert_msg(!read(&param, 1, WF_PARAMS_DOCUMENTS, &out), "%s",
                      names[i]);
    }
}
END_TEST

START_TEST(each_list_takes_its_own_words)
{
    static const weft_param due = { "due", "today" }, form = { "form", "x" };
    struct wf_params out;

    ck_assert(read(&due, 1, WF_PARAMS_WORK, &out));
    ck_assert(!read(&due, 1, WF_PARAMS_DOCUMENTS, &out));
    ck_assert(read(&form, 1, WF_PARAMS_WORK, &out));
    ck_assert(!read(&form, 1, WF_PARAMS_PEOPLE, &out));
}
END_TEST

START_TEST(more_filters_than_there_is_room_for_are_refused)
{
    weft_param params[40];
    struct wf_params out;

    for (size_t i = 0; i < WF_COUNT(params); i++)
        params[i] =
            (weft_param){ wf_arena_printf(arena, "filter[f%zu]", i), "x" };

    ck_assert(read(params, 32, WF_PARAMS_DOCUMENTS, &out));
    ck_assert(!read(params, 33, WF_PARAMS_DOCUMENTS, &out));
}
END_TEST

TCase *params_tests(void)
{
    TCase *tc = tcase_create("api/params");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, filters_have_fields_and_operators);
    tcase_add_test(tc, broken_brackets_are_refused);
    tcase_add_test(tc, each_list_takes_its_own_words);
    tcase_add_test(tc, more_filters_than_there_is_room_for_are_refused);
    return tc;
}
