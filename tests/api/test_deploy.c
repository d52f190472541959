/* api/test_deploy.c - definitions are checked, made live and cloned.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "suite.h"
#include "support/engine.h"

static const char body[] = "{\"form\":\"note\",\"data\":{\"title\":\"A\"}}";

static struct test_engine t;
static weft_session *ann, *root;

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
    root = test_session(&t, "root");
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(root);
    test_engine_close(&t);
}

static weft_reply *deploy(weft_session *session, const char *xml)
{
    weft_file file = { "note.form.xml", xml, strlen(xml) };
    weft_deploy what = { &file, 1, NULL, NULL, NULL };

    return weft_run(weft_deploy_run(session, &what));
}

/* The note with another label: its next version. */
static const char *relabelled(struct wf_arena *arena, int n)
{
    const char *at = strstr(test_note_xml, "label=\"Note\"");

    return wf_arena_printf(arena, "%.*slabel=\"Note %d\"%s",
                           (int)(at - test_note_xml), test_note_xml, n,
                           at + strlen("label=\"Note\""));
}

START_TEST(a_change_is_a_version_and_the_same_text_is_none)
{
    struct wf_json *second = test_ok(&t, deploy(root, relabelled(t.arena, 2)));
    struct wf_json *again = test_ok(&t, deploy(root, relabelled(t.arena, 2)));

    for (int i = 0; i < 2; i++) {
        struct wf_json *rows = wf_json_get(i ? again : second, "deployed");

        ck_assert_uint_ge(wf_json_len(rows), 1);
        ck_assert_double_eq(
            wf_json_num(wf_json_get(rows->u.array.at[0], "version"), 0), 2);
    }
}
END_TEST

/* The version of the form "pass" once its package has been deployed with these
 * attributes. */
static double version_in(const char *attributes)
{
    static const char form[] =
        "<form xmlns='urn:weft:1' id='pass' label='Pass'><fields>"
        "<field id='a' type='text'/></fields><workflow start='s'>"
        "<step id='s' by='creator' edit='*'><action id='e' to='done'/></step>"
        "<end id='done'/></workflow><access><create by='everyone'/>"
        "<grant to='creator' rights='read'/></access></form>";
    const char *package = wf_arena_printf(
        t.arena, "<package xmlns='urn:weft:1' id='gate' %s/>", attributes);
    const weft_file files[] = { { "package.xml", package, strlen(package) },
                                { "pass.form.xml", form, strlen(form) } };
    weft_deploy what = { files, 2, NULL, NULL, NULL };
    const struct wf_json *rows = wf_json_get(
        test_ok(&t, weft_run(weft_deploy_run(root, &what))), "deployed");

    for (size_t i = 0; i < wf_json_len(rows); i++)
        if (strcmp(test_text(rows->u.array.at[i], "id"), "pass") == 0)
            return wf_json_num(wf_json_get(rows->u.array.at[i], "version"), 0);
    return 0;
}

START_TEST(words_of_a_package_make_no_versions_of_its_forms)
{
    ck_assert_double_eq(version_in("label='Gate' lang='en'"), 1);
    ck_assert_double_eq(version_in("label='The gate' lang='en'"), 1);
    ck_assert_double_eq(version_in("label='The gate' lang='en' timezone='UTC'"),
                        2);
}
END_TEST

START_TEST(a_mistake_is_refused_with_its_place)
{
    struct wf_json *findings = test_refused(
        &t, deploy(root, "<form xmlns=\"urn:weft:1\" id=\"note\"><x/></form>"),
        WEFT_E_INVALID);

    ck_assert_uint_ge(wf_json_len(findings), 1);
    ck_assert_str_eq(test_text(findings->u.array.at[0], "file"),
                     "note.form.xml");
    test_refused(&t, deploy(root, "<form"), WEFT_E_INVALID);
    test_refused(&t, deploy(root, ""), WEFT_E_INVALID);
}
END_TEST

START_TEST(deploying_needs_the_right)
{
    test_refused(&t, deploy(ann, test_note_xml), WEFT_E_DENIED);
    test_ok(&t, deploy(root, test_note_xml));
}
END_TEST

START_TEST(checking_needs_no_engine_and_stores_nothing)
{
    weft_file file = { "note.form.xml", test_note_xml, strlen(test_note_xml) };
    weft_deploy what = { &file, 1, NULL, NULL, NULL };
    struct wf_json *report = test_ok(&t, weft_check(NULL, "en", &what));

    ck_assert_uint_eq(wf_json_len(wf_json_get(report, "diagnostics")), 0);
}
END_TEST

START_TEST(one_file_is_uploaded_into_the_package_that_is_named)
{
    weft_upload upload = { .data = test_note_xml,
                           .len = strlen(test_note_xml),
                           .check = true };
    static const char junk[] = "PK\x03\x04 nothing";
    const struct wf_json *checked = wf_json_get(
        test_ok(&t, weft_run(weft_deploy_upload(root, &upload))), "checked");

    ck_assert_uint_eq(wf_json_len(checked), 1);
    ck_assert_ptr_nonnull(
        wf_json_get(wf_json_get(checked->u.array.at[0], "model"), "fields"));
    upload.check = false;
    test_ok(&t, weft_run(weft_deploy_upload(root, &upload)));
    test_refused(&t, weft_run(weft_deploy_upload(ann, &upload)), WEFT_E_DENIED);
    upload = (weft_upload){ .data = junk, .len = sizeof junk, .zip = true };
    test_refused(&t, weft_run(weft_deploy_upload(root, &upload)),
                 WEFT_E_MALFORMED);
}
END_TEST

START_TEST(without_scenarios_nothing_is_held_to_them)
{
    weft_upload upload = { .data = test_note_xml,
                           .len = strlen(test_note_xml),
                           .test = true };
    struct wf_json *found = test_refused(
        &t, weft_run(weft_deploy_upload(root, &upload)), WEFT_E_INVALID);

    ck_assert_str_eq(test_text(found->u.array.at[0], "code"), "scenario");
}
END_TEST

START_TEST(a_pilot_is_for_its_people)
{
    const char *xml = relabelled(t.arena, 2);
    weft_file file = { "note.form.xml", xml, strlen(xml) };
    weft_deploy what = { &file, 1, NULL, "person(ann)", NULL };
    weft_session *bob = test_session(&t, "bob");

    test_ok(&t, weft_run(weft_deploy_run(root, &what)));

    struct wf_json *hers =
        test_ok(&t, weft_document_get(ann, test_note(&t, ann, "A")));
    struct wf_json *his =
        test_ok(&t, weft_document_get(bob, test_note(&t, bob, "B")));

    ck_assert_double_eq(wf_json_num(wf_json_get(hers, "version"), 0), 2);
    ck_assert_double_eq(wf_json_num(wf_json_get(his, "version"), 0), 1);
    weft_session_free(bob);
}
END_TEST

/* The version of the deployed one of a kind. */
static int version_of(weft_reply *reply, const char *kind)
{
    const struct wf_json *rows = wf_json_get(test_ok(&t, reply), "deployed");

    for (size_t i = 0; i < wf_json_len(rows); i++)
        if (wf_streq(test_text(rows->u.array.at[i], "kind"), kind))
            return (int)wf_json_num(wf_json_get(rows->u.array.at[i], "version"),
                                    0);
    return 0;
}

START_TEST(a_pilot_takes_nothing_along_for_everyone)
{
    static const char report[] =
        "<report xmlns='urn:weft:1' id='notes' label='%s' form='note'>"
        "<measure id='n' fn='count'/></report>";
    const char *first = wf_arena_printf(t.arena, report, "Notes");
    const char *second = wf_arena_printf(t.arena, report, "Others");
    const char *xml = relabelled(t.arena, 2);
    weft_file files[] = { { "notes.report.xml", first, strlen(first) },
                          { "note.form.xml", test_note_xml,
                            strlen(test_note_xml) } };
    weft_deploy what = { files, 2, NULL, NULL, NULL };

    test_ok(&t, weft_run(weft_deploy_run(root, &what)));
    what.pilot = "person(ann)";
    ck_assert_int_eq(version_of(weft_run(weft_deploy_run(root, &what)), "form"),
                     1);
    files[1] = (weft_file){ "note.form.xml", xml, strlen(xml) };
    ck_assert_int_eq(version_of(weft_run(weft_deploy_run(root, &what)), "form"),
                     2);
    files[0] = (weft_file){ "notes.report.xml", second, strlen(second) };
    test_refused(&t, weft_run(weft_deploy_run(root, &what)), WEFT_E_INVALID);
}
END_TEST

START_TEST(a_document_stays_on_its_version)
{
    int64_t id = test_note(&t, ann, "A");

    test_ok(&t, deploy(root, relabelled(t.arena, 2)));

    struct wf_json *old = test_ok(&t, weft_document_get(ann, id));
    struct wf_json *young =
        test_ok(&t, weft_document_get(ann, test_note(&t, ann, "B")));

    ck_assert_double_eq(wf_json_num(wf_json_get(old, "version"), 0), 1);
    ck_assert_double_eq(wf_json_num(wf_json_get(young, "version"), 0), 2);
}
END_TEST

START_TEST(a_clone_is_a_form_of_its_own)
{
    static const char wanted[] = "{\"id\":\"memo\",\"label\":\"Memo\"}";
    static const char wrong[] = "{\"id\":\"Not An Id\"}";

    test_ok(&t,
            weft_run(weft_form_clone(root, "note", wanted, strlen(wanted))));
    test_ok(&t, weft_form_get(ann, "memo", 0));
    test_refused(
        &t, weft_run(weft_form_clone(root, "note", wanted, strlen(wanted))),
        WEFT_E_CONFLICT);
    test_refused(&t,
                 weft_run(weft_form_clone(root, "note", wrong, strlen(wrong))),
                 WEFT_E_INVALID);
    test_refused(&t,
                 weft_run(weft_form_clone(ann, "note", wanted, strlen(wanted))),
                 WEFT_E_DENIED);
    test_refused(
        &t, weft_run(weft_form_clone(root, "gone", wanted, strlen(wanted))),
        WEFT_E_NOTFOUND);
}
END_TEST

static weft_reply *deploy_as(const char *package, const char *label)
{
    const char *head = wf_arena_printf(
        t.arena, "<package xmlns='urn:weft:1' id='%s' label='P'/>", package);
    const char *form = wf_arena_printf(
        t.arena,
        "<form xmlns='urn:weft:1' id='slip' label='%s'><fields>"
        "<field id='a' type='text'/></fields><workflow start='s'>"
        "<step id='s' by='creator' edit='*'><action id='go' to='e'/></step>"
        "<end id='e'/></workflow><access><create by='everyone'/></access>"
        "</form>",
        label);
    weft_file files[] = { { "package.xml", head, strlen(head) },
                          { "slip.form.xml", form, strlen(form) } };
    weft_deploy what = { files, 2, NULL, NULL, NULL };

    return weft_run(weft_deploy_run(t.system, &what));
}

START_TEST(no_package_takes_a_form_from_another)
{
    test_ok(&t, deploy_as("one", "First"));
    test_refused(&t, deploy_as("two", "Second"), WEFT_E_INVALID);
    test_ok(&t, deploy_as("one", "Third"));
}
END_TEST

START_TEST(definitions_are_for_those_who_derive_or_deploy)
{
    weft_reply *xml = weft_form_xml(root, "note", 0);

    ck_assert_ptr_null(weft_reply_error(xml));
    ck_assert_ptr_nonnull(strstr(weft_reply_body(xml, NULL), "<form"));
    weft_reply_free(xml);
    test_refused(&t, weft_form_xml(ann, "note", 0), WEFT_E_DENIED);
    test_refused(&t, weft_form_versions(ann, "note", NULL), WEFT_E_DENIED);
    test_refused(&t, weft_form_xml(ann, "absent", 0), WEFT_E_NOTFOUND);
}
END_TEST

static atomic_bool stop;

static void *write_on(void *self)
{
    weft_session *session = self;
    intptr_t n_failed = 0;

    while (!atomic_load(&stop)) {
        weft_reply *reply =
            weft_run(weft_document_create(session, body, strlen(body), NULL));

        n_failed += weft_reply_error(reply) != NULL;
        weft_reply_free(reply);
    }
    return (void *)n_failed;
}

START_TEST(no_command_fails_because_of_a_deploy)
{
    pthread_t writer;
    void *n_failed;

    atomic_store(&stop, false);
    ck_assert_int_eq(pthread_create(&writer, NULL, write_on, ann), 0);
    for (int i = 0; i < 20; i++)
        test_ok(&t, deploy(root, relabelled(t.arena, i)));
    atomic_store(&stop, true);
    pthread_join(writer, &n_failed);

    ck_assert_ptr_null(n_failed);
}
END_TEST

TCase *deploy_tests(void)
{
    TCase *tc = tcase_create("api/deploy");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_change_is_a_version_and_the_same_text_is_none);
    tcase_add_test(tc, words_of_a_package_make_no_versions_of_its_forms);
    tcase_add_test(tc, a_mistake_is_refused_with_its_place);
    tcase_add_test(tc, deploying_needs_the_right);
    tcase_add_test(tc, checking_needs_no_engine_and_stores_nothing);
    tcase_add_test(tc, one_file_is_uploaded_into_the_package_that_is_named);
    tcase_add_test(tc, without_scenarios_nothing_is_held_to_them);
    tcase_add_test(tc, a_pilot_is_for_its_people);
    tcase_add_test(tc, a_pilot_takes_nothing_along_for_everyone);
    tcase_add_test(tc, a_document_stays_on_its_version);
    tcase_add_test(tc, a_clone_is_a_form_of_its_own);
    tcase_add_test(tc, no_package_takes_a_form_from_another);
    tcase_add_test(tc, definitions_are_for_those_who_derive_or_deploy);
    tcase_add_test(tc, no_command_fails_because_of_a_deploy);
    return tc;
}
