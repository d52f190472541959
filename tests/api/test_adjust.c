/* api/test_adjust.c - forms adjusted by those who may not deploy, within what
 * their package leaves to them; and deploys that wait for an approval.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/id.h"
#include "suite.h"
#include "support/engine.h"

static const char package_xml[] =
    "<package xmlns=\"urn:weft:1\" id=\"shops\" lang=\"en\" timezone=\"UTC\">"
    "<policy max-levels=\"5\" nobody=\"admin\" deploy-by=\"person(lead)\"/>"
    "<adjust id=\"bonus\" forms=\"bonus other\" by=\"person(ann)\""
    " label=\"Bonus of the shops\">"
    "<may part=\"level\" path=\"long.*\" add=\"true\" remove=\"true\""
    " move=\"true\" min=\"1\" max=\"3\">"
    "<value of=\"label\"/>"
    "<value of=\"by\" one-of=\"manager(who); head(unit(who)); role(hr,who)\"/>"
    "<value of=\"when\" pattern=\"points &gt; [0-9]+\"/></may>"
    "<may part=\"field\" path=\"points\">"
    "<value of=\"max\" min=\"1\" max=\"10\"/></may>"
    "<may part=\"option\" path=\"kind.*\" add=\"true\"><value of=\"label\"/>"
    "</may></adjust></package>";

static const char bonus_xml[] =
    "<form xmlns=\"urn:weft:1\" id=\"bonus\" label=\"Bonus\" subject=\"who\">"
    "<fields><field id=\"who\" type=\"person\" default=\"me\""
    " label=\"Who\"/>"
    "<field id=\"kind\" type=\"choice\" label=\"Kind\">"
    "<option id=\"cost\" label=\"Cost\"/></field>"
    "<field id=\"points\" type=\"number\" label=\"Points\" min=\"0\""
    " max=\"5\"/></fields>"
    "<workflow start=\"draft\"><step id=\"draft\" by=\"creator\" edit=\"*\""
    " label=\"Draft\"><action id=\"send\" to=\"long\" label=\"Send\"/></step>"
    "<approval id=\"long\" approved=\"done\" rejected=\"draft\""
    " label=\"Approval\"><level id=\"lead\" by=\"manager(who)\" "
    "label=\"Lead\"/>"
    "<level id=\"hr\" by=\"role(hr, who)\" label=\"HR\"/></approval>"
    "<end id=\"done\" label=\"Done\"/></workflow>"
    "<access><create by=\"everyone\"/>"
    "<grant to=\"creator\" rights=\"read\"/></access></form>";

static struct test_engine t;
static weft_session *ann, *bob, *dee, *root;

static weft_reply *put(weft_session *session, const char *package,
                       const char *form)
{
    weft_file files[] = { { "package.xml", package, strlen(package) },
                          { "bonus.form.xml", form, strlen(form) },
                          { "other.form.xml", NULL, 0 } };
    const char *other = wf_arena_printf(t.arena, "%s", form);
    weft_deploy what = { files, 3, NULL, NULL, NULL };

    other =
        wf_arena_printf(t.arena, "<form xmlns=\"urn:weft:1\" id=\"other\"%s",
                        strstr(other, " label=\"Bonus\""));
    files[2].text = other;
    files[2].len = strlen(other);
    return weft_run(weft_deploy_run(session, &what));
}

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
    bob = test_session(&t, "bob");
    dee = test_session(&t, "lead");
    root = test_session(&t, "root");
    test_ok(&t, put(root, package_xml, bonus_xml));
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(bob);
    weft_session_free(dee);
    weft_session_free(root);
    test_engine_close(&t);
}

static weft_reply *adjust(weft_session *session, const char *changes)
{
    const char *text = wf_arena_printf(t.arena, "{\"changes\":%s}", changes);

    return weft_run(weft_form_adjust(session, "bonus", text, strlen(text)));
}

static double version_now(void)
{
    return wf_json_num(
        wf_json_get(test_ok(&t, weft_form_get(root, "bonus", 0)), "version"),
        0);
}

static bool live_has(const char *text)
{
    weft_reply *reply = weft_form_xml(root, "bonus", 0);
    size_t len;
    bool has = strstr(weft_reply_body(reply, &len), text) != NULL;

    weft_reply_free(reply);
    return has;
}

/* --- What is theirs */

START_TEST(what_may_be_adjusted_is_told_with_its_limits)
{
    struct wf_json *answer = test_ok(&t, weft_form_adjustable(ann, "bonus"));
    struct wf_json *parts = wf_json_get(answer, "parts");
    struct wf_json *list = test_ok(&t, weft_adjustable(ann));
    ck_assert_uint_eq(wf_json_len(parts), 4);
    ck_assert_str_eq(test_text(parts->u.array.at[0], "path"), "long.lead");
    ck_assert_str_eq(test_text(parts->u.array.at[0], "label"), "Lead");
    ck_assert_uint_eq(wf_json_len(wf_json_get(list, "items")), 2);
    ck_assert_uint_eq(
        wf_json_len(wf_json_get(test_ok(&t, weft_adjustable(bob)), "items")),
        0);
    test_refused(&t, weft_form_adjustable(bob, "bonus"), WEFT_E_DENIED);
    test_refused(&t, weft_form_adjustable(bob, "nothing"), WEFT_E_NOTFOUND);
}
END_TEST

START_TEST(what_a_part_cannot_have_is_not_offered)
{
    const char *hr = strstr(bonus_xml, "<level id=\"hr\"");
    const char *form =
        wf_arena_printf(t.arena, "%.*s<climb from=\"who\" levels=\"2\"/>%s",
                        (int)(hr - bonus_xml), bonus_xml, hr);
    struct wf_json *at;
    test_ok(&t, put(root, package_xml, form));
    at = wf_json_get(test_ok(&t, weft_form_adjustable(ann, "bonus")), "parts");
    at = wf_json_get(at->u.array.at[1], "values"); /* no by of a climb */
    ck_assert_uint_eq(wf_json_len(at), 2);
}
END_TEST

START_TEST(levels_are_set_added_moved_and_removed)
{
    struct wf_json *answer = test_ok(
        &t,
        adjust(ann,
               "[{\"part\":\"level\",\"path\":\"long.hr\",\"set\":{\"when\":"
               "\"points > 3\"}},"
               "{\"part\":\"level\",\"path\":\"long.shop\",\"add\":{\"by\":"
               "\"head(unit(who))\",\"label\":\"Shop & <co>\"},\"before\":"
               "\"hr\"},"
               "{\"part\":\"level\",\"path\":\"long.lead\",\"before\":null},"
               "{\"part\":\"field\",\"path\":\"points\",\"set\":{\"max\":8}}"
               "]"));

    ck_assert_uint_ge(wf_json_len(wf_json_get(answer, "changes")), 3);
    ck_assert_double_eq(version_now(), 2);
    ck_assert(live_has("when=\"points &gt; 3\""));
    ck_assert(live_has("label=\"Shop &amp; &lt;co&gt;\""));
    ck_assert(live_has("max=\"8\""));
    test_ok(&t, adjust(ann, "[{\"part\":\"level\",\"path\":\"long.lead\","
                            "\"remove\":true}]"));
    ck_assert(!live_has("id=\"lead\""));
    ck_assert_double_eq(version_now(), 3);
}
END_TEST

START_TEST(a_dry_run_changes_nothing)
{
    const char *body =
        "{\"dry_run\":true,\"version\":1,\"changes\":[{\"part\":\"field\","
        "\"path\":\"points\",\"set\":{\"max\":8}}]}";
    struct wf_json *answer = test_ok(
        &t, weft_run(weft_form_adjust(ann, "bonus", body, strlen(body))));

    ck_assert_uint_eq(wf_json_len(wf_json_get(answer, "changes")), 1);
    ck_assert_double_eq(version_now(), 1);
}
END_TEST

START_TEST(who_saw_another_version_loads_it_again)
{
    const char *body =
        "{\"version\":1,\"changes\":[{\"part\":\"field\",\"path\":\"points\","
        "\"set\":{\"max\":8}}]}";

    test_ok(&t, weft_run(weft_form_adjust(ann, "bonus", body, strlen(body))));
    test_refused(&t,
                 weft_run(weft_form_adjust(ann, "bonus", body, strlen(body))),
                 WEFT_E_STALE);
}
END_TEST

START_TEST(others_adjust_nothing)
{
    static const char change[] = "[{\"part\":\"field\",\"path\":\"points\","
                                 "\"set\":{\"max\":8}}]";

    test_refused(&t, adjust(bob, change), WEFT_E_DENIED);
    test_ok(&t, adjust(dee, change)); /* who may deploy, within the rules */
    ck_assert_double_eq(version_now(), 2);
}
END_TEST

/* --- What is not */

/* Each of them alone. */
static const char *const beyond[] = {
    /* parts and attributes that no rule names */
    "{\"part\":\"field\",\"path\":\"points\",\"set\":{\"min\":-5}}",
    "{\"part\":\"field\",\"path\":\"who\",\"set\":{\"default\":\"\"}}",
    "{\"part\":\"field\",\"path\":\"points\",\"set\":{\"id\":\"x\"}}",
    "{\"part\":\"step\",\"path\":\"long\",\"set\":{\"approved\":\"draft\"}"
    "}",
    "{\"part\":\"step\",\"path\":\"draft\",\"set\":{\"by\":\"everyone\"}}",
    "{\"part\":\"grant\",\"path\":\"creator\",\"set\":{\"rights\":"
    "\"read edit\"}}",
    "{\"part\":\"grant\",\"path\":\"everyone\",\"add\":{\"rights\":"
    "\"read\"}}",
    "{\"part\":\"form\",\"path\":\"bonus\",\"set\":{\"label\":\"X\"}}",
    "{\"part\":\"level\",\"path\":\"long.lead\",\"set\":{\"agree\":"
    "\"any\"}}",
    "{\"part\":\"level\",\"path\":\"long.x\",\"add\":{\"by\":"
    "\"manager(who)\",\"self\":\"ask\"}}",
    /* limits */
    "{\"part\":\"field\",\"path\":\"points\",\"set\":{\"max\":11}}",
    "{\"part\":\"field\",\"path\":\"points\",\"set\":{\"max\":0}}",
    "{\"part\":\"field\",\"path\":\"points\",\"set\":{\"max\":\"1e3\"}}",
    "{\"part\":\"field\",\"path\":\"points\",\"set\":{\"max\":\"nan\"}}",
    "{\"part\":\"field\",\"path\":\"points\",\"set\":{\"max\":null}}",
    "{\"part\":\"field\",\"path\":\"points\",\"set\":{\"max\":[8]}}",
    "{\"part\":\"level\",\"path\":\"long.hr\",\"set\":{\"by\":"
    "\"person(ann)\"}}",
    "{\"part\":\"level\",\"path\":\"long.hr\",\"set\":{\"by\":"
    "\"manager(who), person(ann)\"}}",
    "{\"part\":\"level\",\"path\":\"long.hr\",\"set\":{\"by\":null}}",
    "{\"part\":\"level\",\"path\":\"long.hr\",\"set\":{\"when\":"
    "\"1 == 2\"}}",
    "{\"part\":\"level\",\"path\":\"long.hr\",\"set\":{\"when\":"
    "\"points > 3 or true\"}}",
    /* markup in values, keys and names */
    "{\"part\":\"level\",\"path\":\"long.a\\\" by=\\\"everyone\",\"add\":"
    "{\"by\":\"manager(who)\"}}",
    "{\"part\":\"level\",\"path\":\"long.x\",\"add\":{\"by\":"
    "\"manager(who)\",\"label\\\" self=\\\"ask\":\"x\"}}",
    "{\"part\":\"level by=\\\"x\\\"\",\"path\":\"long.x\",\"add\":{}}",
    "{\"part\":\"climb\",\"path\":\"long.x\",\"add\":{\"by\":"
    "\"manager(who)\"}}",
    "{\"part\":\"level\",\"path\":\"draft.x\",\"add\":{\"by\":"
    "\"manager(who)\"}}",
    "{\"part\":\"level\",\"path\":\"long.lead.x\",\"add\":{\"by\":"
    "\"manager(who)\"}}",
    "{\"part\":\"level\",\"path\":\"long.x\",\"add\":{}}",
    /* shapes */
    "{\"part\":\"level\",\"path\":\"long.lead\"}",
    "{\"part\":\"level\",\"path\":\"long.lead\",\"set\":{},\"remove\":"
    "true}",
    "{\"part\":\"level\",\"path\":\"long.none\",\"remove\":true}",
    "{\"part\":\"level\",\"path\":\"long.lead\",\"add\":{\"by\":"
    "\"manager(who)\"}}",
    "{\"part\":\"field\",\"path\":\"points\",\"remove\":true}",
    "{\"part\":\"option\",\"path\":\"kind.cost\",\"remove\":true}",
    "{\"part\":\"level\",\"path\":\"long.lead\",\"before\":\"nobody\"}",
    "{\"part\":1,\"path\":[]}",
    "17",
};

START_TEST(what_reaches_further_is_refused_by_name)
{
    for (size_t i = 0; i < sizeof beyond / sizeof beyond[0]; i++) {
        struct wf_json *findings = test_refused(
            &t, adjust(ann, wf_arena_printf(t.arena, "[%s]", beyond[i])),
            WEFT_E_INVALID);

        ck_assert_msg(wf_json_len(findings) >= 1, "%s", beyond[i]);
        ck_assert_msg(test_text(findings->u.array.at[0], "message")[0], "%s",
                      beyond[i]);
    }
    ck_assert_double_eq(version_now(), 1);
}
END_TEST

START_TEST(so_many_levels_have_to_stay)
{
    test_refused(&t,
                 adjust(ann, "[{\"part\":\"level\",\"path\":\"long.lead\","
                             "\"remove\":true},{\"part\":\"level\",\"path\":"
                             "\"long.hr\",\"remove\":true}]"),
                 WEFT_E_INVALID);
    test_refused(
        &t,
        adjust(ann, "[{\"part\":\"level\",\"path\":\"long.a\",\"add\":{\"by\":"
                    "\"manager(who)\",\"label\":\"A\"}},{\"part\":\"level\","
                    "\"path\":\"long.b\",\"add\":{\"by\":\"manager(who)\","
                    "\"label\":\"B\"}}]"),
        WEFT_E_INVALID);
    ck_assert_double_eq(version_now(), 1);
}
END_TEST

START_TEST(what_cannot_be_left_to_others_does_not_compile)
{
    static const char *const rules[] = {
        "<may part=\"grant\" path=\"creator\"><value of=\"rights\"/></may>",
        "<may part=\"hook\" path=\"x\"/>",
        "<may part=\"field\" path=\"points\"><value of=\"type\"/></may>",
        "<may part=\"field\" path=\"points\"><value of=\"private\"/></may>",
        "<may part=\"field\" path=\"points\" remove=\"true\"/>",
        "<may part=\"level\" path=\"long.lead\" add=\"true\"/>",
        "<may part=\"level\" path=\"long.*\" min=\"3\" max=\"2\"/>",
        ("<may part=\"level\" path=\"long.*\"><value of=\"x\" pattern=\"(\"/>"
         "</may>"),
    };

    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        test_refused(
            &t,
            put(root,
                wf_arena_printf(
                    t.arena,
                    "<package xmlns=\"urn:weft:1\" id=\"shops\" lang=\"en\">"
                    "<adjust id=\"a\" forms=\"bonus\" by=\"everyone\">%s"
                    "</adjust></package>",
                    rules[i]),
                bonus_xml),
            WEFT_E_INVALID);
    test_refused(&t,
                 put(root,
                     "<package xmlns=\"urn:weft:1\" id=\"shops\" lang=\"en\">"
                     "<adjust id=\"a\" forms=\"none\" by=\"everyone\">"
                     "<may part=\"field\" path=\"x\"/></adjust></package>",
                     bonus_xml),
                 WEFT_E_INVALID);
}
END_TEST

/* What is known stays in its package, whatever it comes along with. */
START_TEST(nobody_deploys_into_a_package_beside_something_of_their_own)
{
    static const char calendar[] = "<calendar xmlns=\"urn:weft:1\" id=\"days\">"
                                   "<off from=\"2026-05-01\"/></calendar>";
    static const char other[] = "<calendar xmlns=\"urn:weft:1\" id=\"days\">"
                                "<off from=\"2027-05-01\"/></calendar>";
    static const char mine[] =
        "<package xmlns=\"urn:weft:1\" id=\"mine\">"
        "<policy nobody=\"admin\" deploy-by=\"person(bob)\"/></package>";
    const char *own =
        wf_arena_printf(t.arena, "<form xmlns=\"urn:weft:1\" id=\"own\"%s",
                        strstr(bonus_xml, " label=\"Bonus\""));
    weft_file files[] = { { "own.form.xml", own, strlen(own) },
                          { "days.calendar.xml", other, strlen(other) } };
    weft_deploy both = { files, 2, "mine", NULL, NULL };
    weft_upload package = { .data = mine, .len = strlen(mine) };
    weft_upload theirs = { .data = calendar,
                           .len = strlen(calendar),
                           .package = "shops" };

    test_ok(&t, weft_run(weft_deploy_upload(root, &package)));
    test_ok(&t, weft_run(weft_deploy_upload(root, &theirs)));
    test_refused(&t, weft_run(weft_deploy_run(bob, &both)), WEFT_E_DENIED);
    both.n_files = 1;
    test_ok(&t, weft_run(weft_deploy_run(bob, &both)));
}
END_TEST

/* --- Where deploys are asked for */

static const char ask_xml[] =
    "<form xmlns=\"urn:weft:1\" id=\"ask\" label=\"Deploy request\">"
    "<fields><field id=\"package\" type=\"text\" readonly=\"true\""
    " label=\"Package\"/><field id=\"changes\" type=\"longtext\""
    " readonly=\"true\" max=\"2000\" label=\"Changes\"/>"
    "<field id=\"reason\" type=\"longtext\" readonly=\"true\""
    " label=\"Reason\"/></fields>"
    "<workflow start=\"council\"><approval id=\"council\" approved=\"done\""
    " rejected=\"void\" label=\"Council\"><level id=\"council\""
    " by=\"person(bob)\" label=\"Council\"/></approval>"
    "<end id=\"done\" label=\"Done\"/><end id=\"void\" state=\"void\""
    " label=\"Void\"/></workflow>"
    "<access><create by=\"role(none)\"/><grant to=\"creator, person(bob)\""
    " rights=\"read\"/></access></form>";

static const char *asking_package(void)
{
    const char *at = strstr(package_xml, "deploy-by");

    return wf_arena_printf(t.arena, "%.*sdeploy-approval=\"ask\" %s",
                           (int)(at - package_xml), package_xml, at);
}

static void ask_first(void)
{
    weft_file files[] = {
        { "package.xml", asking_package(), strlen(asking_package()) },
        { "bonus.form.xml", bonus_xml, strlen(bonus_xml) },
        { "ask.form.xml", ask_xml, strlen(ask_xml) },
        { "other.form.xml", NULL, 0 },
    };
    weft_deploy what = { files, 4, NULL, NULL, NULL };
    const char *other =
        wf_arena_printf(t.arena, "<form xmlns=\"urn:weft:1\" id=\"other\"%s",
                        strstr(bonus_xml, " label=\"Bonus\""));

    files[3].text = other;
    files[3].len = strlen(other);
    test_ok(&t, weft_run(weft_deploy_run(root, &what)));
}

static wf_id proposal_of(struct wf_json *answer)
{
    const char *text = test_text(wf_json_get(answer, "proposal"), "document");
    wf_id id = 0;

    ck_assert(text && wf_id_parse(wf_str_of(text), &id));
    return id;
}

static const char *state_of(weft_session *session, wf_id id)
{
    return test_text(test_ok(&t, weft_document_proposal(session, id)), "state");
}

/* What is due now is done. */
static void tick(void)
{
    weft_error err = WEFT_ERROR_INIT;
    int64_t fired;

    ck_assert_msg(weft_engine_tick(t.engine, t.now, &fired, &err), "%s",
                  err.text);
}

static void decide(wf_id id, const char *verb)
{
    static const char body[] = "{\"comment\":\"So be it.\"}";

    test_ok(&t, weft_run(weft_document_act(bob, id, verb, body, strlen(body),
                                           NULL)));
    tick();
}

static wf_id ask_for_eight(weft_session *session)
{
    return proposal_of(test_ok(
        &t, adjust(session, "[{\"part\":\"field\",\"path\":\"points\",\"set\":"
                            "{\"max\":8}}]")));
}

START_TEST(an_adjustment_goes_live_once_it_is_approved)
{
    struct wf_json *seen;
    double before;
    wf_id id;

    ask_first();
    before = version_now();
    id = ask_for_eight(ann);
    ck_assert_double_eq(version_now(), before);
    ck_assert_str_eq(state_of(ann, id), "open");
    seen = test_ok(&t, weft_document_proposal(bob, id));
    ck_assert_uint_eq(wf_json_len(wf_json_get(seen, "changes")), 1);
    test_refused(&t, weft_document_proposal(dee, id), WEFT_E_NOTFOUND);

    decide(id, "approve");
    ck_assert_str_eq(state_of(ann, id), "live");
    ck_assert_double_eq(version_now(), before + 1);
    ck_assert(live_has("max=\"8\""));
}
END_TEST

START_TEST(what_is_refused_never_goes_live)
{
    wf_id id;

    ask_first();
    id = ask_for_eight(ann);
    decide(id, "reject");
    ck_assert_str_eq(state_of(ann, id), "refused");
    ck_assert(!live_has("max=\"8\""));
}
END_TEST

START_TEST(whoever_may_deploy_asks_too)
{
    wf_id id;

    ask_first();
    id = proposal_of(test_ok(&t, put(dee, package_xml, bonus_xml)));
    ck_assert_str_eq(state_of(dee, id), "open");
    /* An administrator does not get around it either. */
    (void)proposal_of(test_ok(&t, put(root, package_xml, bonus_xml)));
    (void)ask_for_eight(dee);
    /* Approved, the package asks no more. */
    decide(id, "approve");
    ck_assert_str_eq(state_of(dee, id), "live");
    test_ok(&t, adjust(ann, "[{\"part\":\"field\",\"path\":\"points\",\"set\":"
                            "{\"max\":9}}]"));
    ck_assert(live_has("max=\"9\""));
}
END_TEST

START_TEST(what_others_have_changed_meanwhile_is_asked_for_anew)
{
    wf_id first, second;

    ask_first();
    first = ask_for_eight(ann);
    second = proposal_of(test_ok(
        &t, adjust(ann, "[{\"part\":\"field\",\"path\":\"points\",\"set\":{"
                        "\"max\":7}}]")));
    decide(second, "approve");
    decide(first, "approve");
    ck_assert_str_eq(state_of(ann, second), "live");
    ck_assert_str_eq(state_of(ann, first), "failed");
    ck_assert(live_has("max=\"7\""));
}
END_TEST

START_TEST(who_may_not_any_more_has_asked_in_vain)
{
    static const char csv[] = "login,name,active\nann,Ann,false\n";
    wf_id id;

    ask_first();
    id = ask_for_eight(ann);
    test_ok(&t, weft_run(weft_import(root, "people", csv, strlen(csv), false)));
    decide(id, "approve");
    ck_assert_str_eq(state_of(bob, id), "failed");
    ck_assert(!live_has("max=\"8\""));
}
END_TEST

/* Clones, and versions that nobody has approved. */
START_TEST(there_is_no_way_around)
{
    static const char clone[] = "{\"id\":\"mine\",\"label\":\"Mine\"}";
    static const weft_version second = { "bonus", 2 };
    static const weft_version first = { "bonus", 1 };

    test_ok(&t, adjust(ann, "[{\"part\":\"field\",\"path\":\"points\",\"set\":"
                            "{\"max\":8}}]"));
    ask_first(); /* which is the first text again */
    (void)proposal_of(test_ok(
        &t, weft_run(weft_form_clone(root, "bonus", clone, strlen(clone)))));
    test_refused(&t, weft_form_get(root, "mine", 0), WEFT_E_NOTFOUND);
    /* Both were for everyone before. */
    test_ok(&t, weft_run(weft_form_release(root, &second, "{}", 2)));
    test_ok(&t, weft_run(weft_form_release(root, &first, "{}", 2)));
}
END_TEST

/* What was tried out by some before the package asked is approved by nobody. */
START_TEST(a_version_that_nobody_has_approved_is_not_released)
{
    static const weft_version tried = { "bonus", 2 };
    static const char everyone[] = "{}";
    static const char some[] = "{\"pilot\":\"person(bob)\"}";
    const char *at = strstr(bonus_xml, "max=\"5\"");
    const char *text =
        wf_arena_printf(t.arena, "%.*smax=\"9\"%s", (int)(at - bonus_xml),
                        bonus_xml, at + strlen("max=\"5\""));
    weft_file file = { "bonus.form.xml", text, strlen(text) };
    weft_deploy pilot = { &file, 1, NULL, "person(bob)", NULL };

    test_ok(&t, weft_run(weft_deploy_run(root, &pilot)));
    ask_first();
    test_refused(
        &t,
        weft_run(weft_form_release(root, &tried, everyone, strlen(everyone))),
        WEFT_E_DENIED);
    test_refused(&t,
                 weft_run(weft_form_release(dee, &tried, some, strlen(some))),
                 WEFT_E_DENIED);
    ck_assert(!live_has("max=\"9\""));
}
END_TEST

TCase *adjust_tests(void)
{
    TCase *tc = tcase_create("api/adjust");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, what_may_be_adjusted_is_told_with_its_limits);
    tcase_add_test(tc, what_a_part_cannot_have_is_not_offered);
    tcase_add_test(tc, levels_are_set_added_moved_and_removed);
    tcase_add_test(tc, a_dry_run_changes_nothing);
    tcase_add_test(tc, who_saw_another_version_loads_it_again);
    tcase_add_test(tc, others_adjust_nothing);
    tcase_add_test(tc, what_reaches_further_is_refused_by_name);
    tcase_add_test(tc, so_many_levels_have_to_stay);
    tcase_add_test(tc, what_cannot_be_left_to_others_does_not_compile);
    tcase_add_test(tc,
                   nobody_deploys_into_a_package_beside_something_of_their_own);
    tcase_add_test(tc, an_adjustment_goes_live_once_it_is_approved);
    tcase_add_test(tc, what_is_refused_never_goes_live);
    tcase_add_test(tc, whoever_may_deploy_asks_too);
    tcase_add_test(tc, what_others_have_changed_meanwhile_is_asked_for_anew);
    tcase_add_test(tc, who_may_not_any_more_has_asked_in_vain);
    tcase_add_test(tc, there_is_no_way_around);
    tcase_add_test(tc, a_version_that_nobody_has_approved_is_not_released);
    return tc;
}
