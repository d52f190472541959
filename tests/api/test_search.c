/* api/test_search.c - lists are searched by words, in both stores alike: by
 * titles and other texts, in Chinese too, and only by who reads them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "suite.h"
#include "support/engine.h"

static struct test_engine t;
static weft_session *ann, *bob;
static int64_t east, pleased;

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
    bob = test_session(&t, "bob");
    east = test_note(&t, ann, "Quarterly goals of the east");
    pleased = test_note(&t, ann, "客户满意度提升计划");
    test_note(&t, bob, "Goals of somebody else");
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(bob);
    test_engine_close(&t);
}

/* The ids that the words find, each followed by a space. */
static const char *found(weft_session *who, const char *words)
{
    const weft_param params[] = { { "q", words } };
    const struct wf_json *items =
        wf_json_get(test_ok(&t, weft_document_list(who, params, 1)), "items");
    struct wf_buf ids = WF_BUF_INIT(t.arena);

    for (size_t i = 0; i < wf_json_len(items); i++)
        wf_buf_printf(&ids, "%s ", test_text(items->u.array.at[i], "id"));
    return wf_buf_text(&ids);
}

static const char *only(int64_t id)
{
    return wf_arena_printf(t.arena, "%lld ", (long long)id);
}

START_TEST(a_word_of_a_title_finds_it_however_it_is_written)
{
    ck_assert_str_eq(found(ann, "goals"), only(east));
    ck_assert_str_eq(found(ann, "EAST"), only(east));
    ck_assert_str_eq(found(ann, "of the east"), only(east));
    ck_assert_str_eq(found(ann, "满意度"), only(pleased));
    ck_assert_str_eq(found(ann, "提升 满意度"), only(pleased));
}
END_TEST

START_TEST(all_words_have_to_be_there)
{
    ck_assert_str_eq(found(ann, "goals west"), "");
    ck_assert_str_eq(found(ann, "goals 满意度"), "");
    ck_assert_str_eq(found(ann, "nothing"), "");
}
END_TEST

START_TEST(signs_of_a_query_language_are_words_like_others)
{
    static const char *const words[] = {
        "\"", "goals\"", "goals OR 满意度", "goals & !west", "title:goals", "%"
    };

    for (size_t i = 0; i < WF_COUNT(words); i++)
        ck_assert_ptr_null(strstr(found(ann, words[i]), only(pleased)));
}
END_TEST

START_TEST(a_title_that_was_changed_is_found_by_what_it_is_now)
{
    static const char body[] = "{\"data\": {\"title\": \"Plans of the west\"}}";

    test_ok(&t,
            weft_run(weft_document_patch(ann, east, body, strlen(body), NULL)));
    ck_assert_str_eq(found(ann, "goals"), "");
    ck_assert_str_eq(found(ann, "west"), only(east));
}
END_TEST

START_TEST(who_does_not_read_it_does_not_find_it)
{
    ck_assert_ptr_null(strstr(found(bob, "goals"), only(east)));
    ck_assert_str_ne(found(bob, "goals"), "");
    ck_assert_str_eq(found(bob, "满意度"), "");
}
END_TEST

TCase *search_tests(void)
{
    TCase *tests = tcase_create("api/search");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_word_of_a_title_finds_it_however_it_is_written);
    tcase_add_test(tests, all_words_have_to_be_there);
    tcase_add_test(tests, signs_of_a_query_language_are_words_like_others);
    tcase_add_test(tests, a_title_that_was_changed_is_found_by_what_it_is_now);
    tcase_add_test(tests, who_does_not_read_it_does_not_find_it);
    return tests;
}
