/* unit/doc/test_reaction.c - reactions beside a document.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/reaction.h"

#include "suite.h"
#include "support/store.h"
#include "world.h"

static struct world w;
static struct wf_doc *doc;

static void setup(void)
{
    world_open(&w);
    world_as(&w, "bob");
    doc = world_make(&w, "sheet", "{'name':'Plan'}");
}

static void teardown(void)
{
    world_close(&w);
}

static bool react(const char *emoji, bool on)
{
    struct wf_rights rights;

    ck_ok(&w, wf_access_decide(&w.call, doc, &rights, &w.err));
    return wf_reaction_set(&w.call, doc, &rights, emoji, on, &w.err);
}

static const char *list(void)
{
    struct wf_buf answer = WF_BUF_INIT(w.arena);
    struct wf_json_writer writer = WF_JSON_WRITER_INIT(&answer);

    ck_ok(&w, wf_reaction_list(&w.call, doc, &writer, &w.err));
    return wf_buf_text(&answer);
}

START_TEST(the_same_reaction_counts_once_a_person)
{
    ck_ok(&w, react("👍", true));
    ck_ok(&w, react("👍", true));
    ck_ok(&w, react("❤", true));
    world_seat(&w, doc, "ann");
    world_as(&w, "ann");
    ck_ok(&w, react("👍", true));

    ck_assert_str_eq(list(), "{\"items\":["
                             "{\"emoji\":\"👍\",\"count\":2,\"mine\":true},"
                             "{\"emoji\":\"❤\",\"count\":1,\"mine\":false}]}");
}
END_TEST

START_TEST(a_reaction_can_be_taken_back)
{
    ck_ok(&w, react("👍", true));
    ck_ok(&w, react("👍", false));
    ck_ok(&w, react("👍", false));

    ck_assert_str_eq(list(), "{\"items\":[]}");
}
END_TEST

START_TEST(whoever_may_only_read_does_not_react)
{
    world_as(&w, "ann");

    ck_assert(!react("👍", true));
    ck_assert_int_eq(w.err.code, WEFT_E_DENIED);
}
END_TEST

START_TEST(a_reaction_is_one_emoji)
{
    static const char *const others[] = { "", "no", "👍👍", "1", " ", "<b>" };

    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        ck_assert_msg(!react(others[i], true), "%s", others[i]);
        ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    }
}
END_TEST

START_TEST(reactions_go_with_their_document)
{
    ck_ok(&w, react("👍", true));
    ck_ok(&w, wf_doc_delete(&w.call, doc, &w.err));

    ck_assert_int_eq(test_int(w.db, "SELECT count(*) FROM reaction"), 0);
}
END_TEST

TCase *reaction_tests(void)
{
    TCase *tc = tcase_create("doc/reaction");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, the_same_reaction_counts_once_a_person);
    tcase_add_test(tc, a_reaction_can_be_taken_back);
    tcase_add_test(tc, whoever_may_only_read_does_not_react);
    tcase_add_test(tc, a_reaction_is_one_emoji);
    tcase_add_test(tc, reactions_go_with_their_document);
    return tc;
}
