/* unit/flow/test_wanted.c - documents that ask for other documents, and go on
 * when those have ended.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "world.h"

static struct world w;

static const char PLAIN[] =
    "<workflow start=\"draft\"><step id=\"draft\" by=\"owner\">"
    "<action id=\"go\" to=\"done\"/></step><end id=\"done\"/></workflow>";

/* What is called: about somebody, with a mark and a place to hang it. */
static const char ASKED[] =
    "<form xmlns=\"urn:weft:1\" id=\"asked\" label=\"Asked\" subject=\"who\""
    " parent=\"under\"><fields><field id=\"who\" type=\"person\"/>"
    "<field id=\"under\" type=\"link\" form=\"form\"/>"
    "<field id=\"mark\" type=\"number\"/><field id=\"note\" type=\"text\"/>"
    "</fields><workflow start=\"fill\">"
    "<step id=\"fill\" by=\"who\" edit=\"mark note\">"
    "<action id=\"send\" to=\"done\"/><action id=\"drop\" to=\"void\"/></step>"
    "<end id=\"done\"/><end id=\"void\" state=\"void\"/></workflow>"
    "<access><grant to=\"everyone\" rights=\"read\"/></access></form>";

/* What is collected: its writer fills it. */
static const char ANSWER[] =
    "<form xmlns=\"urn:weft:1\" id=\"answer\" label=\"Answer\""
    " subject=\"about\" parent=\"under\"><fields>"
    "<field id=\"about\" type=\"person\"/>"
    "<field id=\"under\" type=\"link\" form=\"form\"/>"
    "<field id=\"mark\" type=\"number\"/><field id=\"note\" type=\"text\"/>"
    "</fields><workflow start=\"fill\">"
    "<step id=\"fill\" by=\"creator\" edit=\"mark note\">"
    "<action id=\"send\" to=\"done\"/><action id=\"drop\" to=\"void\"/></step>"
    "<end id=\"done\"/><end id=\"void\" state=\"void\"/></workflow>"
    "<access><grant to=\"everyone\" rights=\"read\"/></access></form>";

static const char CALL[] =
    "<workflow start=\"draft\"><step id=\"draft\" by=\"owner\" edit=\"*\">"
    "<action id=\"go\" to=\"ask\"/></step>"
    "<call id=\"ask\" form=\"asked\" for=\"%s\" wait=\"%s\" next=\"read\">"
    "<set field=\"mark\" value=\"n + 1\"/><set field=\"note\" value=\"'hi'\"/>"
    "</call><step id=\"read\" by=\"owner\"><action id=\"end\" to=\"done\"/>"
    "</step><end id=\"done\"/></workflow>";

static const char COLLECT[] =
    "<workflow start=\"draft\"><step id=\"draft\" by=\"owner\" edit=\"n\">"
    "<action id=\"go\" to=\"raters\"/></step>"
    "<collect id=\"raters\" form=\"answer\" next=\"read\" short=\"draft\" %s>"
    "<group id=\"line\" from=\"manager(owner)\" weight=\"40\"/>"
    "<group id=\"staff\" from=\"manager(owner), role(hrbp, owner)\""
    " weight=\"60\" min=\"%d\"/>"
    "<set field=\"about\" value=\"owner\"/></collect>"
    "<step id=\"read\" by=\"owner\"><action id=\"again\" to=\"raters\"/>"
    "<action id=\"end\" to=\"done\"/></step><end id=\"done\"/></workflow>";

static wf_id parent;

static void setup(void)
{
    world_begin(&w, PLAIN, NULL);
    world_deploy_form(&w, ASKED);
    world_deploy_form(&w, ANSWER);
}

static void teardown(void)
{
    ck_assert_msg(world_verify(&w) == 0, "%s", world_found(&w));
    world_end(&w);
}

static void deploy_call(const char *whom, const char *wait)
{
    char text[2000];

    snprintf(text, sizeof text, CALL, whom, wait);
    world_deploy(&w, text, NULL);
}

static void deploy_collect(const char *attrs, int min)
{
    char text[2000];

    snprintf(text, sizeof text, COLLECT, attrs, min);
    world_deploy(&w, text, NULL);
}

/* Ann's document, gone; from then on `parent`. */
static void go(void)
{
    WORLD_OK(&w, world_create(&w, "ann", "{\"n\":4}"));
    parent = w.doc;
    WORLD_OK(&w, world_act(&w, "ann", "go", NULL));
}

/* Steps into the document that `login` has to fill now. A statement is known by
 * the address of its text. */
static void to_answer_of(const char *login)
{
    w.doc = world_count(
        &w, wf_arena_printf(w.arena,
                            "SELECT s.document FROM seat s JOIN person p"
                            " ON p.id = s.person WHERE p.login = '%s'"
                            " AND s.state = 'open' AND s.step = 'fill'",
                            login));
}

static void answer(const char *login, const char *action, const char *json)
{
    to_answer_of(login);
    WORLD_OK(&w, world_act(&w, login, action, json));
    w.doc = parent;
}

/* --- Calls */

START_TEST(a_call_makes_a_document_for_each_and_waits_for_all)
{
    deploy_call("person(ben), manager(owner)", "all");
    go();

    ck_assert_str_eq(world_at(&w), "ask");
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM errand"), 2);
    to_answer_of("ben");
    ck_assert_str_eq(world_field(&w, "mark"), "5");
    ck_assert_str_eq(world_field(&w, "note"), "\"hi\"");
    ck_assert_str_eq(world_field(&w, "who"), "\"4\"");
    ck_assert_str_eq(world_history(&w), "create:ask");
    answer("ben", "send", NULL);
    ck_assert_str_eq(world_at(&w), "ask");
    answer("lead", "drop", NULL);
    ck_assert_str_eq(world_at(&w), "read");
    ck_assert_str_eq(world_history(&w), "create go ask close:all");
}
END_TEST

START_TEST(what_is_called_hangs_under_its_caller)
{
    deploy_call("person(ben)", "all");
    go();

    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM document d JOIN"
                                     " document p ON p.id = d.parent"
                                     " WHERE d.form = 'asked'"),
                     1);
}
END_TEST

START_TEST(a_call_need_not_wait)
{
    deploy_call("person(ben)", "none");
    go();

    ck_assert_str_eq(world_at(&w), "read");
    WORLD_OK(&w, world_act(&w, "ann", "end", NULL));
    ck_assert_str_eq(world_at(&w), "done");
    answer("ben", "send", NULL);
    ck_assert_str_eq(world_at(&w), "done");
}
END_TEST

START_TEST(a_call_for_nobody_goes_on)
{
    deploy_call("reports(owner)", "all");
    go();

    ck_assert_str_eq(world_at(&w), "read");
    ck_assert_str_eq(world_history(&w), "create go ask close:nobody");
}
END_TEST

/* What asks for one more of its kind, as often as somebody likes. */
static const char RING[] =
    "<form xmlns=\"urn:weft:1\" id=\"ring\" label=\"Ring\" subject=\"who\">"
    "<fields><field id=\"who\" type=\"person\"/></fields>"
    "<workflow start=\"fill\"><step id=\"fill\" by=\"who\">"
    "<action id=\"more\" to=\"again\"/><action id=\"drop\" to=\"void\"/></step>"
    "<call id=\"again\" form=\"ring\" for=\"who\" next=\"done\"/>"
    "<end id=\"done\"/><end id=\"void\" state=\"void\"/></workflow>"
    "<access><grant to=\"everyone\" rights=\"read\"/></access></form>";

START_TEST(who_asks_on_by_hand_comes_to_an_end_too)
{
    world_deploy_form(&w, RING);
    world_deploy(
        &w,
        "<workflow start=\"draft\"><step id=\"draft\" by=\"owner\""
        " edit=\"n\"><action id=\"go\" to=\"ask\"/></step>"
        "<call id=\"ask\" form=\"ring\" for=\"person(ben)\" next=\"read\"/>"
        "<step id=\"read\" by=\"owner\">"
        "<action id=\"end\" to=\"done\"/></step>"
        "<end id=\"done\"/></workflow>",
        NULL);
    go();
    for (int depth = 1; depth < 64; depth++)
        answer("ben", "more", NULL);
    to_answer_of("ben");
    ck_assert(!world_act(&w, "ben", "more", NULL));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    ck_assert_ptr_nonnull(strstr(w.err.text, "64 documents above this one"));

    answer("ben", "drop", NULL); /* the rest goes on with it */
    ck_assert_str_eq(world_at(&w), "read");
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM document"
                                     " WHERE state = 'open'"),
                     1);
}
END_TEST

static void call_rows(const char *whom)
{
    world_deploy(
        &w,
        wf_arena_printf(
            w.arena,
            "<workflow start=\"draft\"><step id=\"draft\" by=\"owner\""
            " edit=\"*\"><action id=\"go\" to=\"ask\"/></step>"
            "<call id=\"ask\" form=\"asked\" for=\"%s\" each=\"rows\""
            " next=\"done\"><set field=\"mark\" value=\"mark\"/></call>"
            "<end id=\"done\"/></workflow>",
            whom),
        NULL);
}

START_TEST(a_column_names_people_of_its_row)
{
    static const char *const words[] = { "helper", "rows.helper",
                                         "manager(helper) except owner" };
    static const char *const asked[] = { "ben hr1", "ben hr1", "lead boss" };

    for (size_t i = 0; i < WF_COUNT(words); i++) {
        call_rows(words[i]);
        WORLD_OK(&w, world_create(&w, "ann",
                                  "{\"rows\":[{\"helper\":\"ben\",\"mark\":1},"
                                  "{\"helper\":\"hr1\",\"mark\":2}]}"));
        WORLD_OK(&w, world_act(&w, "ann", "go", NULL));
        ck_assert_str_eq(world_asked(&w), asked[i]);
    }
}
END_TEST

/* --- Collects */

START_TEST(a_collect_asks_each_person_once_and_closes_with_the_last_answer)
{
    deploy_collect("", 0);
    go();

    ck_assert_str_eq(world_at(&w), "raters");
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM errand"), 3);
    answer("lead", "send", "{\"mark\":4,\"note\":\"x\"}");
    answer("hr1", "send", "{\"mark\":1,\"note\":\"y\"}");
    ck_assert_str_eq(world_at(&w), "raters");
    ck_assert_str_eq(world_field(&w, "raters"), "");
    answer("hr2", "send", "{\"mark\":2}");
    ck_assert_str_eq(world_at(&w), "read");
    ck_assert_str_eq(world_field(&w, "raters"),
                     "[{\"id\":\"line\",\"weight\":40,\"answers\":1,"
                     "\"mark\":4,\"note\":[\"x\"]},"
                     "{\"id\":\"staff\",\"weight\":60,\"answers\":2,"
                     "\"mark\":1.5,\"note\":[\"y\"]}]");
}
END_TEST

START_TEST(enough_answers_are_enough_and_the_rest_ends_void)
{
    deploy_collect("enough=\"0.6\"", 0);
    go();
    answer("lead", "send", "{\"mark\":4}");
    answer("hr1", "send", "{\"mark\":1}");

    ck_assert_str_eq(world_at(&w), "read");
    ck_assert_str_eq(world_history(&w), "create go ask close:enough");
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM document"
                                     " WHERE form = 'answer'"
                                     " AND state = 'void'"),
                     1);
}
END_TEST

START_TEST(when_its_time_is_over_what_is_in_counts)
{
    deploy_collect("within=\"2d\"", 0);
    go();
    answer("lead", "send", "{\"mark\":4}");

    WORLD_OK(&w, world_wait(&w, (INT64_C(2) * 24 * 60 - 1) * 60000));
    ck_assert_str_eq(world_at(&w), "raters");
    WORLD_OK(&w, world_wait(&w, (INT64_C(2) * 24 * 60 + 1) * 60000));

    ck_assert_str_eq(world_at(&w), "read");
    ck_assert_str_eq(world_history(&w), "create go ask close:time");
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM timer"), 0);
}
END_TEST

START_TEST(who_answers_has_until_its_time_is_over)
{
    deploy_collect("within=\"2d\"", 0);
    go();

    ck_assert_uint_eq(world_inbox_due(&w, "hr1", "2026-10-13"), 0);
    ck_assert_uint_eq(world_inbox_due(&w, "hr1", "2026-10-14"), 1);
    WORLD_OK(&w, world_wait(&w, INT64_C(24) * 60 * 60000));
    WORLD_OK(&w, world_leave(&w, "hr1", "ben"));
    ck_assert_uint_eq(world_inbox_due(&w, "ben", "2026-10-13"), 0);
    ck_assert_uint_eq(world_inbox_due(&w, "ben", "2026-10-14"), 1);
}
END_TEST

START_TEST(who_answers_anonymously_has_until_then_as_well)
{
    deploy_collect("within=\"2d\" anonymous=\"true\"", 0);
    go();

    ck_assert_uint_eq(world_inbox_due(&w, "hr1", "2026-10-13"), 0);
    ck_assert_uint_eq(world_inbox_due(&w, "hr1", "2026-10-14"), 1);
}
END_TEST

START_TEST(the_preview_goes_on_behind_what_is_asked_for)
{
    world_deploy(
        &w,
        "<workflow start=\"draft\"><step id=\"draft\" by=\"owner\""
        " edit=\"n\"><action id=\"go\" to=\"ask\"/></step><call id=\"ask\" "
        "form=\"asked\""
        " for=\"manager(owner)\" next=\"raters\"/><collect id=\"raters\""
        " form=\"answer\" from=\"manager(owner)\" next=\"both\"/>"
        "<parallel id=\"both\" next=\"last\"><lane id=\"a\" start=\"x\">"
        "<approval id=\"x\" approved=\"join\" rejected=\"draft\""
        " nobody=\"admin\"><level id=\"one\" by=\"manager(owner)\"/>"
        "</approval></lane><lane id=\"b\" start=\"y\"><approval id=\"y\""
        " approved=\"z\" rejected=\"draft\" nobody=\"admin\">"
        "<level id=\"two\" by=\"person(ben)\"/></approval><approval id=\"z\""
        " approved=\"join\" rejected=\"draft\" nobody=\"admin\">"
        "<level id=\"three\" by=\"person(hr1)\"/></approval></lane>"
        "</parallel><approval id=\"last\" approved=\"done\""
        " rejected=\"draft\" nobody=\"admin\"><level id=\"four\""
        " by=\"head(hq)\"/></approval><end id=\"done\"/></workflow>",
        NULL);

    ck_assert_str_eq(world_chain(&w, "ann", "{}"),
                     "one:lead two:ben three:hr1 four:boss");

    go();
    ck_assert_str_eq(world_rest(&w), "one:lead two:ben three:hr1 four:boss");
    answer("lead", "send", NULL);
    answer("lead", "send", NULL);
    ck_assert_str_eq(world_at(&w), "both");
    WORLD_OK(&w, world_act(&w, "ben", "approve", NULL));
    ck_assert_str_eq(world_rest(&w), "one:lead three:hr1 four:boss");
    WORLD_OK(&w, world_act(&w, "hr1", "approve", NULL));
    ck_assert_str_eq(world_rest(&w), "one:lead three:hr1 four:boss");
    WORLD_OK(&w, world_act(&w, "lead", "approve", NULL));
    ck_assert_str_eq(world_rest(&w), "four:boss");
}
END_TEST

START_TEST(a_collect_that_closes_in_time_leaves_no_timer)
{
    deploy_collect("within=\"2d\"", 0);
    go();
    answer("lead", "send", NULL);
    answer("hr1", "send", NULL);
    answer("hr2", "send", NULL);

    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM timer"), 0);
}
END_TEST

START_TEST(too_few_answers_lead_elsewhere)
{
    deploy_collect("", 2);
    go();
    answer("lead", "send", "{\"mark\":4}");
    answer("hr1", "send", "{\"mark\":1}");
    answer("hr2", "drop", NULL);

    ck_assert_str_eq(world_at(&w), "draft");
    ck_assert_str_eq(world_history(&w), "create go ask close:short");
    ck_assert_str_eq(world_field(&w, "raters"), "");
}
END_TEST

START_TEST(where_too_few_can_answer_nobody_is_asked)
{
    deploy_collect("", 3);
    go();

    ck_assert_str_eq(world_at(&w), "draft");
    ck_assert_int_eq(world_count(&w, "SELECT count(*) FROM errand"), 0);
}
END_TEST

START_TEST(a_collect_that_is_entered_again_begins_anew)
{
    deploy_collect("", 0);
    go();
    answer("lead", "send", "{\"mark\":4}");
    answer("hr1", "send", "{\"mark\":1}");
    answer("hr2", "send", "{\"mark\":1}");

    WORLD_OK(&w, world_act(&w, "ann", "again", NULL));
    ck_assert_str_eq(world_at(&w), "raters");
    ck_assert_str_eq(world_field(&w, "raters"), "");
    answer("lead", "send", "{\"mark\":2}");
    answer("hr1", "drop", NULL);
    answer("hr2", "drop", NULL);
    ck_assert_str_eq(world_at(&w), "read");
    ck_assert_str_eq(world_field(&w, "raters"),
                     "[{\"id\":\"line\",\"weight\":40,\"answers\":1,"
                     "\"mark\":2},{\"id\":\"staff\",\"weight\":60,"
                     "\"answers\":0}]");
}
END_TEST

START_TEST(nobody_writes_what_was_collected)
{
    deploy_collect("", 0);
    WORLD_OK(&w, world_create(&w, "ann", NULL));

    ck_assert(!world_patch(&w, "ann", "{\"raters\":[]}"));
    ck_assert_int_eq(w.err.code, WEFT_E_INVALID);
    ck_assert_str_eq(w.findings.at[0].code, "derived");
}
END_TEST

TCase *wanted_tests(void)
{
    TCase *tc = tcase_create("flow/wanted");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_call_makes_a_document_for_each_and_waits_for_all);
    tcase_add_test(tc, what_is_called_hangs_under_its_caller);
    tcase_add_test(tc, a_call_need_not_wait);
    tcase_add_test(tc, a_call_for_nobody_goes_on);
    tcase_add_test(tc, who_asks_on_by_hand_comes_to_an_end_too);
    tcase_add_test(tc, a_column_names_people_of_its_row);
    tcase_add_test(
        tc, a_collect_asks_each_person_once_and_closes_with_the_last_answer);
    tcase_add_test(tc, enough_answers_are_enough_and_the_rest_ends_void);
    tcase_add_test(tc, when_its_time_is_over_what_is_in_counts);
    tcase_add_test(tc, who_answers_has_until_its_time_is_over);
    tcase_add_test(tc, who_answers_anonymously_has_until_then_as_well);
    tcase_add_test(tc, the_preview_goes_on_behind_what_is_asked_for);
    tcase_add_test(tc, a_collect_that_closes_in_time_leaves_no_timer);
    tcase_add_test(tc, too_few_answers_lead_elsewhere);
    tcase_add_test(tc, where_too_few_can_answer_nobody_is_asked);
    tcase_add_test(tc, a_collect_that_is_entered_again_begins_anew);
    tcase_add_test(tc, nobody_writes_what_was_collected);
    return tc;
}
