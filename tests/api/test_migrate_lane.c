/* api/test_migrate_lane.c - documents in lanes move to another version.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "suite.h"
#include "support/engine.h"

static struct test_engine t;
static weft_session *ann, *lead, *boss, *root;

/* The first lane in which the lead is asked, the second, and what is behind
 * them. */
static const char FORM[] =
    "<form xmlns=\"urn:weft:1\" id=\"note\" label=\"Note\"><fields>"
    "<field id=\"title\" type=\"text\" label=\"Title\"/></fields>"
    "<workflow start=\"draft\"><step id=\"draft\" label=\"Draft\" "
    "by=\"creator\""
    " edit=\"*\"><action id=\"submit\" label=\"Submit\" to=\"both\"/></step>"
    "<parallel id=\"both\" label=\"Both\"%s next=\"after\">%s%s%s</parallel>"
    "%s<step id=\"after\" label=\"After\" by=\"creator\">"
    "<action id=\"end\" label=\"End\" to=\"done\"/></step>"
    "<end id=\"done\" label=\"Done\"/></workflow>"
    "<access><create by=\"everyone\"/><grant to=\"everyone\""
    " rights=\"read\"/></access></form>";

static const char VOTE[] =
    "<lane id=\"vote\" label=\"Vote\" start=\"votes\"><approval id=\"votes\""
    " label=\"Votes\" approved=\"join\" rejected=\"draft\" nobody=\"admin\">"
    "<level id=\"lead\" label=\"Lead\" by=\"manager(creator)\"/></approval>"
    "</lane>";
static const char WORK[] =
    "<lane id=\"work\" label=\"Work\" start=\"job\"><step id=\"job\""
    " label=\"Job\" by=\"person(boss)\"><action id=\"ready\" label=\"Ready\""
    " to=\"join\"/></step></lane>";
static const char MORE[] =
    "<lane id=\"more\" label=\"More\" start=\"extra\"><step id=\"extra\""
    " label=\"Extra\" by=\"person(bob)\"><action id=\"added\" label=\"Added\""
    " to=\"join\"/></step></lane>";

static void deploy(const char *join, const char *one, const char *two,
                   const char *three, const char *rest)
{
    test_deploy(&t, "note.form.xml",
                wf_arena_printf(t.arena, FORM, join, one, two, three, rest));
}

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
    lead = test_session(&t, "lead");
    boss = test_session(&t, "boss");
    root = test_session(&t, "root");
    deploy("", VOTE, WORK, "", "");
}

static void teardown(void)
{
    test_ok(&t, weft_verify(t.system));
    weft_session_free(ann);
    weft_session_free(lead);
    weft_session_free(boss);
    weft_session_free(root);
    test_engine_close(&t);
}

static weft_reply *act(weft_session *session, int64_t id, const char *action)
{
    return weft_run(weft_document_act(session, id, action, NULL, 0, NULL));
}

/* Ann's note, in its lanes. */
static int64_t note(void)
{
    static const char body[] = "{\"form\":\"note\",\"data\":{}}";
    struct wf_json *made = test_ok(
        &t, weft_run(weft_document_create(ann, body, strlen(body), NULL)));
    int64_t id;

    ck_assert(wf_str_to_int(wf_str_of(test_text(made, "id")), &id));
    test_ok(&t, act(ann, id, "submit"));
    return id;
}

static struct wf_json *migrate(const char *body)
{
    return test_ok(
        &t, weft_run(weft_form_migrate(root, "note", body, strlen(body))));
}

static void moves(const char *body)
{
    ck_assert_double_eq(wf_json_num(wf_json_get(migrate(body), "moved"), -1),
                        1);
}

/* Why the only document stays. */
static const char *stays(const char *body)
{
    struct wf_json *answer = migrate(body);
    const struct wf_json *refusals = wf_json_get(answer, "refusals");

    ck_assert_double_eq(wf_json_num(wf_json_get(answer, "moved"), -1), 0);
    ck_assert_uint_eq(wf_json_len(refusals), 1);
    return test_text(refusals->u.array.at[0], "text");
}

/* "both: vote open votes/lead, work joined", or the step alone. */
static const char *at(int64_t id)
{
    struct wf_json *doc = test_ok(&t, weft_document_get(t.system, id));
    const struct wf_json *lanes = wf_json_get(doc, "lanes");
    const char *text = test_text(doc, "step");

    for (size_t i = 0; i < wf_json_len(lanes); i++) {
        const struct wf_json *lane = lanes->u.array.at[i];
        const char *step = wf_json_str(wf_json_get(lane, "step"));
        const char *level = wf_json_str(wf_json_get(lane, "level"));

        text = wf_arena_printf(
            t.arena, "%s%s %s %s%s%s%s%s", text, i ? "," : ":",
            test_text(lane, "lane"), test_text(lane, "state"), step ? " " : "",
            step ? step : "", level ? "/" : "", level ? level : "");
    }
    return text;
}

START_TEST(each_lane_goes_on_where_it_is)
{
    int64_t id = note();

    deploy(" join=\"2\"", VOTE, WORK, "", "");
    moves("{\"to\":3}");

    ck_assert_str_eq(at(id), "both: vote open votes/lead, work open job");
    test_ok(&t, act(lead, id, "approve"));
    ck_assert_str_eq(at(id), "both: vote joined, work open job");
    test_ok(&t, act(boss, id, "ready"));
    ck_assert_str_eq(at(id), "after");
}
END_TEST

START_TEST(a_lane_that_has_joined_stays_joined)
{
    int64_t id = note();

    test_ok(&t, act(lead, id, "approve"));
    deploy(" join=\"2\"", VOTE, WORK, "", "");
    moves("{\"to\":3}");

    ck_assert_str_eq(at(id), "both: vote joined, work open job");
    test_ok(&t, act(boss, id, "ready"));
    ck_assert_str_eq(at(id), "after");
}
END_TEST

START_TEST(a_new_lane_begins)
{
    int64_t id = note();

    test_ok(&t, act(lead, id, "approve"));
    deploy("", VOTE, WORK, MORE, "");
    moves("{\"to\":3}");

    ck_assert_str_eq(at(id),
                     "both: vote joined, work open job, more open extra");
}
END_TEST

START_TEST(a_lane_that_is_gone_refuses_while_it_is_open)
{
    int64_t id = note();

    deploy("", MORE, WORK, "", "");
    ck_assert_ptr_nonnull(strstr(stays("{\"to\":3}"), "vote"));
    ck_assert_str_eq(at(id), "both: vote open votes/lead, work open job");

    test_ok(&t, act(lead, id, "approve"));
    moves("{\"to\":3}");
    ck_assert_str_eq(at(id), "both: more open extra, work open job");
}
END_TEST

START_TEST(a_join_that_is_reached_by_the_new_version_is_made)
{
    int64_t id = note();

    test_ok(&t, act(lead, id, "approve"));
    deploy(" join=\"any\"", VOTE, WORK, "", "");
    moves("{\"to\":3}");

    ck_assert_str_eq(at(id), "after");
    test_refused(&t, act(boss, id, "ready"), WEFT_E_CONFLICT);
}
END_TEST

START_TEST(a_step_that_has_another_name_is_named_within_its_lane)
{
    static const char renamed[] =
        "<lane id=\"work\" label=\"Work\" start=\"task\"><step id=\"task\""
        " label=\"Task\" by=\"person(bob)\"><action id=\"ready\""
        " label=\"Ready\" to=\"join\"/></step></lane>";
    int64_t id = note();

    deploy("", VOTE, renamed, "", "");
    ck_assert_ptr_nonnull(strstr(stays("{\"to\":3}"), "job"));
    ck_assert_ptr_nonnull(
        strstr(stays("{\"to\":3,\"steps\":{\"job\":\"after\"}}"), "work"));
    moves("{\"to\":3,\"steps\":{\"job\":\"task\"}}");

    ck_assert_str_eq(at(id), "both: vote open votes/lead, work open task");
    test_refused(&t, act(boss, id, "ready"), WEFT_E_DENIED);
}
END_TEST

START_TEST(lanes_lead_to_one_step_where_the_designer_says_so)
{
    static const char plain[] =
        "<form xmlns=\"urn:weft:1\" id=\"note\" label=\"Note\"><fields>"
        "<field id=\"title\" type=\"text\" label=\"Title\"/></fields>"
        "<workflow start=\"draft\"><step id=\"draft\" label=\"Draft\""
        " by=\"creator\" edit=\"*\"><action id=\"submit\" label=\"Submit\""
        " to=\"done\"/></step><end id=\"done\" label=\"Done\"/></workflow>"
        "<access><create by=\"everyone\"/><grant to=\"everyone\""
        " rights=\"read\"/></access></form>";
    int64_t id = note();

    test_deploy(&t, "note.form.xml", plain);
    ck_assert_ptr_nonnull(strstr(stays("{\"to\":3}"), "both"));
    moves("{\"to\":3,\"steps\":{\"both\":\"draft\"}}");

    ck_assert_str_eq(at(id), "draft");
    test_ok(&t, act(ann, id, "submit"));
    ck_assert_str_eq(at(id), "done");
}
END_TEST

START_TEST(nobody_comes_to_a_lane_from_outside)
{
    static const char body[] = "{\"form\":\"note\",\"data\":{}}";
    int64_t id = note();

    ck_assert(wf_str_to_int(
        wf_str_of(test_text(test_ok(&t, weft_run(weft_document_create(
                                            ann, body, strlen(body), NULL))),
                            "id")),
        &id));
    deploy(" join=\"2\"", VOTE, WORK, "", "");
    migrate("{\"to\":3,\"steps\":{\"draft\":\"job\"}}");

    ck_assert_str_eq(at(id), "draft");
    ck_assert_double_eq(
        wf_json_num(wf_json_get(test_ok(&t, weft_document_get(t.system, id)),
                                "version"),
                    0),
        2);
}
END_TEST

START_TEST(an_approval_that_asks_others_now_asks_them_in_its_lane)
{
    static const char other[] =
        "<lane id=\"vote\" label=\"Vote\" start=\"votes\"><approval"
        " id=\"votes\" label=\"Votes\" approved=\"join\" rejected=\"draft\""
        " nobody=\"admin\"><level id=\"lead\" label=\"Lead\""
        " by=\"person(bob)\"/></approval></lane>";
    int64_t id = note();

    deploy("", other, WORK, "", "");
    moves("{\"to\":3}");

    ck_assert_str_eq(at(id), "both: vote open votes/lead, work open job");
    test_refused(&t, act(lead, id, "approve"), WEFT_E_CONFLICT);
    test_ok(&t, act(boss, id, "ready"));
}
END_TEST

TCase *migrate_lane_tests(void)
{
    TCase *tc = tcase_create("api/migrate_lane");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, each_lane_goes_on_where_it_is);
    tcase_add_test(tc, a_lane_that_has_joined_stays_joined);
    tcase_add_test(tc, a_new_lane_begins);
    tcase_add_test(tc, a_lane_that_is_gone_refuses_while_it_is_open);
    tcase_add_test(tc, a_join_that_is_reached_by_the_new_version_is_made);
    tcase_add_test(tc, a_step_that_has_another_name_is_named_within_its_lane);
    tcase_add_test(tc, lanes_lead_to_one_step_where_the_designer_says_so);
    tcase_add_test(tc, nobody_comes_to_a_lane_from_outside);
    tcase_add_test(tc, an_approval_that_asks_others_now_asks_them_in_its_lane);
    return tc;
}
