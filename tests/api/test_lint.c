/* api/test_lint.c - what really happened, and what could be left out.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "suite.h"
#include "support/engine.h"

static const char xml[] =
    "<form xmlns='urn:weft:1' id='order' label='Order'><fields>"
    "<field id='title' type='text' label='Title'/>"
    "<field id='again' type='text' label='Again'/>"
    "<field id='empty' type='text' label='Empty'/>"
    "<field id='secret' type='text' label='Secret' private='true'/>"
    "<field id='used' type='number' label='Used' private='true'/>"
    "<field id='twice' type='number' label='Twice' formula='used * 2'"
    " private='true'/></fields>"
    "<workflow start='draft'>"
    "<step id='draft' by='creator'"
    " edit='title again empty secret used'>"
    "<action id='submit' to='check'/></step>"
    "<approval id='check' label='Check' approved='file' rejected='draft'"
    " nobody='admin'>"
    "<level id='lead' label='Lead' by='manager(creator)'/>"
    "<level id='boss' label='Boss' by='manager(creator, 2)'/></approval>"
    "<step id='file' label='File' by='creator'>"
    "<action id='close' to='done'/></step>"
    "<end id='done'/></workflow>"
    "<access><create by='everyone'/>"
    "<grant to='creator' rights='read'/></access></form>";

static struct test_engine t;
static weft_session *ann, *lead, *boss;

static void setup(void)
{
    test_engine_open(&t);
    test_deploy(&t, "order.form.xml", xml);
    ann = test_session(&t, "ann");
    lead = test_session(&t, "lead");
    boss = test_session(&t, "boss");
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(lead);
    weft_session_free(boss);
    test_engine_close(&t);
}

static void act(weft_session *session, int64_t id, const char *action)
{
    test_ok(&t,
            weft_run(weft_document_act(session, id, action, NULL, 0, NULL)));
}

/* `n` orders that go all the way, each a day. */
static void pass(int n)
{
    for (int i = 0; i < n; i++) {
        const char *body = wf_arena_printf(
            t.arena,
            "{\"form\":\"order\",\"data\":{\"title\":\"T%d\",\"again\":\"T%d\","
            "\"secret\":\"S%d\",\"used\":%d}}",
            i, i, i, i);
        weft_reply *made =
            weft_run(weft_document_create(ann, body, strlen(body), NULL));
        int64_t id = weft_reply_id(made);

        test_ok(&t, made);
        act(ann, id, "submit");
        act(lead, id, "approve");
        act(boss, id, "approve");
        t.now += 86400000;
        act(ann, id, "close");
    }
}

/* "boss.level …" of all findings. */
static const char *findings(weft_session *session)
{
    const struct wf_json *items =
        wf_json_get(test_ok(&t, weft_lint(session, "order")), "items");
    const char *all = "";

    for (size_t i = 0; i < wf_json_len(items); i++)
        all = wf_arena_printf(t.arena, "%s%s:%s ", all,
                              test_text(items->u.array.at[i], "kind"),
                              test_text(items->u.array.at[i], "path"));
    return all;
}

START_TEST(what_nobody_needs_is_found_with_its_cases)
{
    const struct wf_json *items;
    const char *all;

    pass(25);
    all = findings(t.system);
    items = wf_json_get(test_ok(&t, weft_lint(t.system, NULL)), "items");

    ck_assert_str_eq(all, "level:check.boss waiting:file unfilled:empty "
                          "unread:secret twice:title ");
    ck_assert_double_eq(
        wf_json_num(wf_json_get(items->u.array.at[0], "cases"), 0), 25);
    ck_assert_double_eq(
        wf_json_num(wf_json_get(items->u.array.at[1], "days"), 0), 1);
    ck_assert_str_eq(test_text(wf_json_get(items->u.array.at[0], "text"), "en"),
                     "Level \"Boss\" decided 25 times, never otherwise than "
                     "the one below: leave it out, or send it a copy.");
}
END_TEST

/* Then it is the only one that decides. */
START_TEST(a_level_above_one_that_is_always_left_out_is_needed)
{
    const char *level = "<level id='lead' label='Lead'";
    const char *at = strstr(xml, level);
    const char *never = wf_arena_printf(
        t.arena, "%.*s<level id='lead' label='Lead' when=\"title == 'x'\"%s",
        (int)(at - xml), xml, at + strlen(level));

    test_deploy(&t, "order.form.xml", never);
    for (int i = 0; i < 25; i++) {
        static const char body[] = "{\"form\":\"order\",\"data\":{}}";
        weft_reply *made =
            weft_run(weft_document_create(ann, body, strlen(body), NULL));
        int64_t id = weft_reply_id(made);

        test_ok(&t, made);
        act(ann, id, "submit");
        act(boss, id, "approve");
    }
    ck_assert_ptr_null(strstr(findings(t.system), "level:"));
}
END_TEST

START_TEST(one_other_case_is_enough_to_say_nothing)
{
    static const char patch[] =
        "{\"data\":{\"again\":\"other\",\"empty\":\"x\"}}";
    static const char body[] =
        "{\"form\":\"order\",\"data\":{\"title\":\"A\",\"again\":\"B\"}}";
    weft_reply *made;
    int64_t id;

    pass(25);
    made = weft_run(weft_document_create(ann, body, strlen(body), NULL));
    id = weft_reply_id(made);
    test_ok(&t, made);
    test_ok(&t,
            weft_run(weft_document_patch(ann, id, patch, strlen(patch), NULL)));
    act(ann, id, "submit");
    act(lead, id, "approve");
    act(boss, id, "reject");

    ck_assert_str_eq(findings(t.system), "waiting:file unread:secret ");
}
END_TEST

START_TEST(few_cases_say_nothing)
{
    pass(19);

    ck_assert_str_eq(findings(t.system), "");
}
END_TEST

START_TEST(it_is_for_those_who_may_deploy)
{
    pass(25);

    test_refused(&t, weft_lint(ann, "order"), WEFT_E_DENIED);
    test_refused(&t, weft_lint(t.system, "gone"), WEFT_E_NOTFOUND);
    ck_assert_uint_eq(
        wf_json_len(wf_json_get(test_ok(&t, weft_lint(ann, NULL)), "items")),
        0);
}
END_TEST

/* In lanes as anywhere: a level that adds nothing, a step that nobody needs.
 * The start of a lane is no start of the form. */
static const char lanes[] =
    "<form xmlns='urn:weft:1' id='order' label='Order'><fields>"
    "<field id='title' type='text' label='Title'/></fields>"
    "<workflow start='draft'>"
    "<step id='draft' by='creator' edit='title'>"
    "<action id='submit' to='both'/></step>"
    "<parallel id='both' join='all' next='file'>"
    "<lane id='one' start='check'>"
    "<approval id='check' label='Check' approved='join' rejected='draft'"
    " nobody='admin'>"
    "<level id='lead' label='Lead' by='manager(creator)'/>"
    "<level id='boss' label='Boss' by='manager(creator, 2)'/></approval></lane>"
    "<lane id='two' start='look'>"
    "<step id='look' label='Look' by='creator'>"
    "<action id='seen' to='join'/></step></lane></parallel>"
    "<step id='file' label='File' by='creator' edit='title'>"
    "<action id='close' to='done'/></step>"
    "<end id='done'/></workflow>"
    "<access><create by='everyone'/>"
    "<grant to='creator' rights='read'/></access></form>";

/* `looks`: what happens in the second lane, else it is left to itself. */
static void pass_lanes(const char *decision, bool looks)
{
    static const char body[] =
        "{\"form\":\"order\",\"data\":{\"title\":\"T\"}}";
    weft_reply *made =
        weft_run(weft_document_create(ann, body, strlen(body), NULL));
    int64_t id = weft_reply_id(made);

    test_ok(&t, made);
    act(ann, id, "submit");
    t.now += 86400000;
    if (looks)
        act(ann, id, "seen");
    act(lead, id, "approve");
    act(boss, id, decision);
}

START_TEST(lanes_are_looked_at_too)
{
    test_deploy(&t, "order.form.xml", lanes);
    for (int i = 0; i < 25; i++)
        pass_lanes("approve", true);
    ck_assert_str_eq(findings(t.system), "level:check.boss waiting:look ");

    pass_lanes("reject", false); /* gives up the other lane */
    ck_assert_str_eq(findings(t.system), "waiting:look ");
}
END_TEST

TCase *lint_tests(void)
{
    TCase *tc = tcase_create("api/lint");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, what_nobody_needs_is_found_with_its_cases);
    tcase_add_test(tc, a_level_above_one_that_is_always_left_out_is_needed);
    tcase_add_test(tc, one_other_case_is_enough_to_say_nothing);
    tcase_add_test(tc, few_cases_say_nothing);
    tcase_add_test(tc, lanes_are_looked_at_too);
    tcase_add_test(tc, it_is_for_those_who_may_deploy);
    return tc;
}
