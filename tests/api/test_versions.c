/* api/test_versions.c - which versions are live, and whose.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "suite.h"
#include "support/engine.h"

static struct test_engine t;
static weft_session *ann, *bob, *root;

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
    bob = test_session(&t, "bob");
    root = test_session(&t, "root");
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(bob);
    weft_session_free(root);
    test_engine_close(&t);
}

/* The note with one text in the place of another. */
static const char *edited(const char *xml, const char *old, const char *new)
{
    const char *at = strstr(xml, old);

    ck_assert_ptr_nonnull(at);
    return wf_arena_printf(t.arena, "%.*s%s%s", (int)(at - xml), xml, new,
                           at + strlen(old));
}

/* Deploys the note with another label. */
static weft_reply *deploy(int label, const char *pilot, const char *at)
{
    const char *found = strstr(test_note_xml, "label=\"Note\"");
    const char *xml = wf_arena_printf(
        t.arena, "%.*slabel=\"Note %d\"%s", (int)(found - test_note_xml),
        test_note_xml, label, found + strlen("label=\"Note\""));
    weft_file file = { "note.form.xml", xml, strlen(xml) };
    weft_deploy what = { &file, 1, NULL, pilot, at };

    return weft_run(weft_deploy_run(root, &what));
}

static int deployed_version(weft_reply *reply)
{
    struct wf_json *rows = wf_json_get(test_ok(&t, reply), "deployed");

    return (int)wf_json_num(wf_json_get(rows->u.array.at[0], "version"), 0);
}

static weft_reply *release(int version, const char *body)
{
    weft_version which = { "note", version };

    return weft_run(weft_form_release(root, &which, body, strlen(body)));
}

static weft_reply *retire(int version)
{
    weft_version which = { "note", version };

    return weft_run(weft_form_retire(root, &which, NULL, 0));
}

static weft_reply *rollback(const char *body)
{
    return weft_run(weft_form_rollback(root, "note", body, strlen(body)));
}

/* The row of a version. */
static const struct wf_json *row(int version)
{
    struct wf_json *items = wf_json_get(
        test_ok(&t, weft_form_versions(root, "note", NULL)), "items");

    for (size_t i = 0; i < wf_json_len(items); i++)
        if (wf_json_num(wf_json_get(items->u.array.at[i], "version"), 0)
            == version)
            return items->u.array.at[i];
    ck_abort_msg("there is no version %d", version);
    return NULL;
}

static const char *state(int version)
{
    return test_text(row(version), "state");
}

/* The version of a new note of `session`. */
static int given(weft_session *session)
{
    struct wf_json *doc =
        test_ok(&t, weft_document_get(session, test_note(&t, session, "A")));

    return (int)wf_json_num(wf_json_get(doc, "version"), 0);
}

static int64_t tick(int64_t to)
{
    weft_error err = WEFT_ERROR_INIT;
    int64_t fired = 0;

    ck_assert_msg(weft_engine_tick(t.engine, to, &fired, &err), "%s", err.text);
    return fired;
}

START_TEST(each_version_says_whose_it_is_and_what_runs_on_it)
{
    test_note(&t, ann, "A");
    test_ok(&t, deploy(2, NULL, NULL));
    test_ok(&t, deploy(3, "person(ann)", NULL));
    test_note(&t, ann, "B");

    ck_assert_str_eq(state(1), "retired");
    ck_assert_str_eq(state(2), "live");
    ck_assert_str_eq(state(3), "pilot");
    ck_assert_str_eq(test_text(row(3), "pilot"), "person(ann)");
    ck_assert_double_eq(wf_json_num(wf_json_get(row(3), "people"), 0), 1);
    ck_assert_double_eq(wf_json_num(wf_json_get(row(1), "documents"), 0), 1);
    ck_assert_double_eq(wf_json_num(wf_json_get(row(2), "documents"), -1), 0);
    ck_assert_str_eq(test_text(wf_json_get(row(3), "deployed_by"), "login"),
                     "root");
    ck_assert_uint_eq(wf_json_len(wf_json_get(row(1), "eras")), 1);
}
END_TEST

START_TEST(who_is_given_what_can_be_asked)
{
    struct wf_json *hers, *his;

    test_ok(&t, deploy(2, "person(ann)", NULL));
    hers = test_ok(&t, weft_form_versions(root, "note", "ann"));
    his = test_ok(&t, weft_form_versions(root, "note", "bob"));

    ck_assert_double_eq(
        wf_json_num(wf_json_get(wf_json_get(hers, "given"), "version"), 0), 2);
    ck_assert_double_eq(
        wf_json_num(wf_json_get(wf_json_get(his, "given"), "version"), 0), 1);
    test_refused(&t, weft_form_versions(root, "note", "nobody"),
                 WEFT_E_NOTFOUND);
}
END_TEST

START_TEST(a_pilot_is_widened_without_a_new_text)
{
    test_ok(&t, deploy(2, "person(ann)", NULL));
    ck_assert_int_eq(given(bob), 1);

    ck_assert_int_eq(
        deployed_version(deploy(2, "person(ann), person(bob)", NULL)), 2);

    ck_assert_int_eq(given(bob), 2);
    test_ok(&t, release(2, "{\"pilot\":\"person(bob)\"}"));
    ck_assert_int_eq(given(ann), 1);
    ck_assert_int_eq(given(bob), 2);
    ck_assert_uint_eq(wf_json_len(wf_json_get(row(2), "eras")), 3);
}
END_TEST

START_TEST(a_pilot_becomes_everybodys_as_it_is)
{
    test_ok(&t, deploy(2, "person(ann)", NULL));

    ck_assert_int_eq(deployed_version(deploy(2, NULL, NULL)), 2);

    ck_assert_int_eq(given(bob), 2);
    ck_assert_str_eq(state(1), "retired");
    ck_assert_str_eq(state(2), "live");
}
END_TEST

START_TEST(a_pilot_ends_and_what_everybody_has_does_not)
{
    test_ok(&t, deploy(2, "person(ann)", NULL));
    test_ok(&t, retire(2));

    ck_assert_int_eq(given(ann), 1);
    ck_assert_str_eq(state(2), "retired");
    test_refused(&t, retire(2), WEFT_E_CONFLICT);
    test_refused(&t, retire(1), WEFT_E_CONFLICT);
    test_refused(&t, release(1, "{\"pilot\":\"person(ann)\"}"),
                 WEFT_E_CONFLICT);
}
END_TEST

START_TEST(everybody_goes_back_to_the_version_before)
{
    test_ok(&t, deploy(2, NULL, NULL));
    test_ok(&t, deploy(3, NULL, NULL));
    test_ok(&t, deploy(4, "person(ann)", NULL));

    test_ok(&t, rollback("{\"reason\":\"the sums were wrong\"}"));
    ck_assert_int_eq(given(ann), 2);
    ck_assert_str_eq(state(3), "retired");
    ck_assert_str_eq(state(4), "retired");
    test_ok(&t, rollback("{}"));
    ck_assert_int_eq(given(ann), 1);
    test_refused(&t, rollback("{}"), WEFT_E_CONFLICT);
    test_ok(&t, rollback("{\"to\":3}"));
    ck_assert_int_eq(given(bob), 3);
    ck_assert_int_eq(deployed_version(deploy(5, NULL, NULL)), 5);
}
END_TEST

START_TEST(a_pilot_for_nobody_is_refused)
{
    struct wf_json *found =
        test_refused(&t, deploy(2, "role(nothing)", NULL), WEFT_E_INVALID);

    ck_assert_str_eq(test_text(found->u.array.at[0], "code"), "nobody");
    test_refused(&t, deploy(2, "manager(", NULL), WEFT_E_INVALID);
    test_refused(&t, deploy(2, "owner", NULL), WEFT_E_INVALID);
    test_refused(&t, deploy(2, "unit:nowhere", NULL), WEFT_E_INVALID);
    test_ok(&t, deploy(2, "unit:all", NULL));
    test_refused(&t, release(2, "{\"pilot\":\"role(nothing)\"}"),
                 WEFT_E_INVALID);
    ck_assert_int_eq(given(ann), 2);
}
END_TEST

START_TEST(a_version_waits_for_its_time)
{
    int64_t there = t.now + 60000;
    char at[32] = "2026-10-12T09:01:00+08:00";

    ck_assert_int_eq(deployed_version(deploy(2, NULL, at)), 2);
    ck_assert_str_eq(state(2), "planned");
    ck_assert_str_eq(test_text(row(2), "planned"), "2026-10-12T01:01:00.000Z");
    ck_assert_int_eq(given(ann), 1);
    ck_assert_int_eq(tick(there - 1), 0);
    ck_assert_int_eq(tick(there), 1);
    ck_assert_int_eq(given(ann), 2);
    ck_assert_str_eq(state(1), "retired");
}
END_TEST

START_TEST(what_is_planned_may_be_a_pilot_and_be_taken_back)
{
    static const char at[] = "2026-10-13";

    test_ok(&t, deploy(2, "person(ann)", at));
    test_ok(&t, deploy(3, NULL, at));
    test_ok(&t, retire(3));
    ck_assert_int_eq(deployed_version(deploy(2, "person(ann)", at)), 2);

    ck_assert_int_eq(tick(t.now + 86400000), 3);

    ck_assert_int_eq(given(ann), 2);
    ck_assert_int_eq(given(bob), 1);
    ck_assert_str_eq(state(3), "retired");
}
END_TEST

START_TEST(a_stored_version_may_be_planned_too)
{
    test_ok(&t, deploy(2, NULL, NULL));
    test_ok(&t, release(1, "{\"at\":\"2026-10-13\"}"));
    ck_assert_str_eq(state(1), "planned");
    tick(t.now + 86400000);

    ck_assert_int_eq(given(ann), 1);
    test_refused(&t, release(1, "{\"at\":\"2026-10-14\"}"), WEFT_E_CONFLICT);
}
END_TEST

START_TEST(a_time_that_is_over_or_none_is_refused)
{
    static const char *const wrong[] = { "tomorrow", "2026-02-30", "2026-10-12",
                                         "2020-01-01T00:00:00Z", "" };

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct wf_json *found =
            test_refused(&t, deploy(2, NULL, wrong[i]), WEFT_E_INVALID);

        ck_assert_str_eq(test_text(found->u.array.at[0], "field"), "at");
    }
}
END_TEST

static const struct wf_json *overlay(void)
{
    const struct wf_json *items =
        wf_json_get(test_ok(&t, weft_form_overlays(root, "note")), "items");

    ck_assert_uint_eq(wf_json_len(items), 1);
    return items->u.array.at[0];
}

/* The only warning of a deploy; "": there is none. */
static const char *warning(weft_reply *reply)
{
    const struct wf_json *all = wf_json_get(test_ok(&t, reply), "diagnostics");

    ck_assert_uint_le(wf_json_len(all), 1);
    return wf_json_len(all) ? test_text(all->u.array.at[0], "message") : "";
}

START_TEST(an_overlay_says_whether_it_still_applies)
{
    static const char xml[] =
        "<form xmlns='urn:weft:1' id='memo' label='Memo' from='note@1'"
        " for='person(ann)'><replace sel=\"fields/field[@id='amount']/@label\">"
        "Sum</replace></form>";

    test_deploy(&t, "memo.form.xml", xml);
    ck_assert(!wf_json_is_true(wf_json_get(overlay(), "behind")));
    ck_assert_str_eq(warning(deploy(2, NULL, NULL)),
                     "overlay \"memo\" stays on version 1 of \"note\"; see "
                     "whether it applies to this one, and deploy it again");
    ck_assert_str_eq(warning(deploy(2, NULL, NULL)), "");
    ck_assert(wf_json_is_true(wf_json_get(overlay(), "behind")));
    ck_assert(wf_json_is_true(wf_json_get(overlay(), "applies")));
    ck_assert_uint_eq(wf_json_len(wf_json_get(overlay(), "changes")), 1);

    test_deploy(&t, "note.form.xml",
                edited(edited(test_note_xml, "id=\"amount\"", "id=\"sum\""),
                       "(amount or 0)", "(sum or 0)"));
    ck_assert(!wf_json_is_true(wf_json_get(overlay(), "applies")));
    ck_assert_uint_ge(wf_json_len(wf_json_get(overlay(), "diagnostics")), 1);
    ck_assert_double_eq(wf_json_num(wf_json_get(overlay(), "version"), 0), 1);
    test_refused(&t, weft_form_overlays(ann, "note"), WEFT_E_DENIED);
}
END_TEST

START_TEST(it_needs_the_right_and_a_version_that_exists)
{
    weft_version which = { "note", 1 }, none = { "gone", 1 };

    test_refused(&t, weft_run(weft_form_release(ann, &which, NULL, 0)),
                 WEFT_E_DENIED);
    test_refused(&t, weft_run(weft_form_rollback(ann, "note", NULL, 0)),
                 WEFT_E_DENIED);
    test_refused(&t, weft_run(weft_form_retire(ann, &which, NULL, 0)),
                 WEFT_E_DENIED);
    test_refused(&t, weft_run(weft_form_release(root, &none, NULL, 0)),
                 WEFT_E_NOTFOUND);
    test_refused(&t, release(9, "{}"), WEFT_E_NOTFOUND);
    test_refused(&t, retire(9), WEFT_E_NOTFOUND);
    test_refused(&t, rollback("{\"to\":9}"), WEFT_E_NOTFOUND);
    test_refused(&t, rollback("{\"to\":\"1\"}"), WEFT_E_INVALID);
    test_refused(&t, release(1, "{\"to\":1}"), WEFT_E_INVALID);
}
END_TEST

TCase *versions_tests(void)
{
    TCase *tc = tcase_create("api/versions");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, each_version_says_whose_it_is_and_what_runs_on_it);
    tcase_add_test(tc, who_is_given_what_can_be_asked);
    tcase_add_test(tc, a_pilot_is_widened_without_a_new_text);
    tcase_add_test(tc, a_pilot_becomes_everybodys_as_it_is);
    tcase_add_test(tc, a_pilot_ends_and_what_everybody_has_does_not);
    tcase_add_test(tc, everybody_goes_back_to_the_version_before);
    tcase_add_test(tc, a_pilot_for_nobody_is_refused);
    tcase_add_test(tc, a_version_waits_for_its_time);
    tcase_add_test(tc, what_is_planned_may_be_a_pilot_and_be_taken_back);
    tcase_add_test(tc, a_stored_version_may_be_planned_too);
    tcase_add_test(tc, a_time_that_is_over_or_none_is_refused);
    tcase_add_test(tc, an_overlay_says_whether_it_still_applies);
    tcase_add_test(tc, it_needs_the_right_and_a_version_that_exists);
    return tc;
}
