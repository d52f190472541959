/* api/test_migrate_wanted.c - documents that wait for others move to another
 * version only where it waits for what was asked for, as it was promised.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "suite.h"
#include "support/engine.h"

static struct test_engine t;
static weft_session *ann, *root;
static int64_t id;

static const char PART[] =
    "<form xmlns=\"urn:weft:1\" id=\"part\" label=\"Part\" subject=\"who\">"
    "<fields><field id=\"who\" type=\"person\" label=\"Who\"/></fields>"
    "<workflow start=\"fill\"><step id=\"fill\" label=\"Fill\" by=\"who\">"
    "<action id=\"send\" label=\"Send\" to=\"done\"/></step>"
    "<end id=\"done\" label=\"Done\"/></workflow></form>";
static const char POLL[] =
    "<form xmlns=\"urn:weft:1\" id=\"poll\" label=\"Poll\">"
    "<fields><field id=\"mark\" type=\"number\" label=\"Mark\"/></fields>"
    "<workflow start=\"fill\"><step id=\"fill\" label=\"Fill\" by=\"creator\""
    " edit=\"*\"><action id=\"send\" label=\"Send\" to=\"done\"/></step>"
    "<end id=\"done\" label=\"Done\"/></workflow></form>";

/* The step that asks. */
static const char FORM[] =
    "<form xmlns=\"urn:weft:1\" id=\"asking\" label=\"Asking\"><fields>"
    "<field id=\"title\" type=\"text\" label=\"Title\"/></fields>"
    "<workflow start=\"draft\"><step id=\"draft\" label=\"Draft\""
    " by=\"creator\" edit=\"*\"><action id=\"submit\" label=\"Submit\""
    " to=\"asks\"/></step><%s/><step id=\"late\" label=\"Late\" by=\"creator\">"
    "<action id=\"end\" label=\"End\" to=\"done\"/></step>"
    "<end id=\"done\" label=\"Done\"/></workflow>"
    "<access><create by=\"everyone\"/><grant to=\"everyone\""
    " rights=\"read\"/></access></form>";

static void deploy(const char *asks)
{
    test_deploy(&t, "asking.form.xml",
                wf_arena_printf(t.arena, FORM,
                                wf_arena_printf(t.arena,
                                                "%s id=\"asks\" label=\"Asks\""
                                                " next=\"late\"",
                                                asks)));
}

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
    root = test_session(&t, "root");
    test_deploy(&t, "part.form.xml", PART);
    test_deploy(&t, "poll.form.xml", POLL);
}

static void teardown(void)
{
    test_ok(&t, weft_verify(t.system));
    weft_session_free(ann);
    weft_session_free(root);
    test_engine_close(&t);
}

/* One that waits there. */
static void asked_by(const char *asks)
{
    static const char body[] = "{\"form\":\"asking\",\"action\":\"submit\"}";
    struct wf_json *made;

    deploy(asks);
    made = test_ok(
        &t, weft_run(weft_document_create(ann, body, strlen(body), NULL)));
    ck_assert(wf_str_to_int(wf_str_of(test_text(made, "id")), &id));
}

/* How many of `what` ("moved", "refused") there are once it was to go to the
 * newest version. */
static double migrated(const char *body, const char *what)
{
    struct wf_json *answer = test_ok(
        &t, weft_run(weft_form_migrate(root, "asking", body, strlen(body))));

    return wf_json_num(wf_json_get(answer, what), -1);
}

static double version(void)
{
    return wf_json_num(
        wf_json_get(test_ok(&t, weft_document_get(t.system, id)), "version"),
        -1);
}

START_TEST(what_waits_stays_where_nothing_is_waited_for_any_more)
{
    asked_by("call form=\"part\" for=\"manager(creator)\"");
    deploy("call form=\"part\" for=\"manager(creator)\" wait=\"none\"");

    ck_assert_double_eq(migrated("{\"to\":2}", "refused"), 1);
    ck_assert_double_eq(version(), 1);
    ck_assert_double_eq(
        migrated("{\"to\":2,\"steps\":{\"asks\":\"asks\"}}", "refused"), 1);
    ck_assert_double_eq(
        migrated("{\"to\":2,\"steps\":{\"asks\":\"late\"}}", "moved"), 1);
}
END_TEST

START_TEST(nobody_loses_the_secrecy_that_they_were_asked_under)
{
    asked_by("collect form=\"poll\" from=\"everyone\" anonymous=\"true\""
             " floor=\"4\" within=\"2d\" short=\"late\"");
    deploy("collect form=\"poll\" from=\"everyone\" within=\"2d\""
           " short=\"late\"");
    ck_assert_double_eq(migrated("{\"to\":2}", "refused"), 1);
    ck_assert_double_eq(
        migrated("{\"to\":2,\"steps\":{\"asks\":\"asks\"}}", "refused"), 1);
    deploy("collect form=\"poll\" from=\"everyone\" anonymous=\"true\""
           " floor=\"3\" within=\"2d\" short=\"late\"");
    ck_assert_double_eq(migrated("{\"to\":3}", "refused"), 1);
    ck_assert_double_eq(version(), 1);

    deploy("collect form=\"poll\" from=\"everyone\" anonymous=\"true\""
           " floor=\"5\" within=\"2d\" short=\"late\"");
    ck_assert_double_eq(migrated("{\"to\":4}", "moved"), 1);
}
END_TEST

TCase *migrate_wanted_tests(void)
{
    TCase *tc = tcase_create("api/migrate_wanted");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, what_waits_stays_where_nothing_is_waited_for_any_more);
    tcase_add_test(tc, nobody_loses_the_secrecy_that_they_were_asked_under);
    return tc;
}
