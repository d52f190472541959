/* api/test_session.c - who asks, and what a token may be used for.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "suite.h"
#include "support/engine.h"

static const char body[] = "{\"form\":\"note\",\"data\":{\"title\":\"A\"}}";
static const char password[] = "correct horse battery";

static struct test_engine t;
static weft_session *ann;

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
}

static void teardown(void)
{
    weft_session_free(ann);
    test_engine_close(&t);
}

static weft_reply *create(weft_session *session)
{
    return weft_run(weft_document_create(session, body, strlen(body), NULL));
}

static weft_session *by_token(const char *login, unsigned scopes)
{
    weft_error err = WEFT_ERROR_INIT;
    weft_session *session = NULL;
    struct wf_json *made =
        test_ok(&t, weft_run(weft_token_add(t.system, login, scopes, 0)));

    ck_assert_msg(weft_session_by_token(t.engine, test_text(made, "token"),
                                        "en", &session, &err),
                  "%s", err.text);
    return session;
}

START_TEST(signing_in_opens_a_session_and_out_ends_it)
{
    weft_sign_in with = { "ann", password, "127.0.0.1", "en", NULL };
    weft_error err = WEFT_ERROR_INIT;
    const char *secret = NULL;
    weft_session *session = NULL;
    weft_reply *reply;

    test_ok(&t, weft_run(weft_password_set(ann, NULL, password)));
    reply = weft_session_sign_in(t.engine, &with, &secret);
    ck_assert_ptr_null(weft_reply_error(reply));
    secret = wf_arena_str(t.arena, secret);

    struct wf_json *in = test_ok(&t, reply);

    ck_assert(weft_session_by_cookie(t.engine, secret, "en", &session, &err));
    ck_assert_str_eq(weft_session_login(session), "ann");
    ck_assert_str_eq(weft_session_csrf(session), test_text(in, "csrf"));
    ck_assert_str_eq(test_text(wf_json_get(in, "me"), "login"), "ann");
    test_ok(&t, weft_run(weft_session_sign_out(session)));
    weft_session_free(session);
    ck_assert(!weft_session_by_cookie(t.engine, secret, "en", &session, &err));
    ck_assert_int_eq(err.code, WEFT_E_SIGNED_OUT);
}
END_TEST

START_TEST(who_wishes_for_no_language_gets_their_own)
{
    static const char own[] = "login,name,locale\nann,Ann,zh-CN\n";
    weft_sign_in with = { "ann", password, "127.0.0.1", NULL, NULL };

    test_ok(&t,
            weft_run(weft_import(t.system, "people", own, strlen(own), false)));
    test_ok(&t, weft_run(weft_password_set(ann, NULL, password)));

    struct wf_json *in =
        test_ok(&t, weft_session_sign_in(t.engine, &with, NULL));

    ck_assert_str_eq(test_text(wf_json_get(in, "me"), "lang"), "zh-CN");
}
END_TEST

START_TEST(a_wrong_password_and_an_unknown_login_are_answered_alike)
{
    weft_sign_in wrong = { "ann", "not this one", "127.0.0.1", "en", NULL };
    weft_sign_in nobody = { "eve", "not this one", "127.0.0.1", "en", NULL };
    weft_reply *a, *b;

    test_ok(&t, weft_run(weft_password_set(ann, NULL, password)));
    a = weft_session_sign_in(t.engine, &wrong, NULL);
    b = weft_session_sign_in(t.engine, &nobody, NULL);

    ck_assert_int_eq(weft_reply_error(a)->code, WEFT_E_SIGNED_OUT);
    ck_assert_str_eq(weft_reply_error(a)->text, weft_reply_error(b)->text);
    weft_reply_free(a);
    weft_reply_free(b);
}
END_TEST

START_TEST(a_secret_that_nobody_gave_opens_nothing)
{
    weft_error err = WEFT_ERROR_INIT;
    weft_session *session = NULL;

    ck_assert(!weft_session_by_cookie(t.engine, "", "en", &session, &err));
    ck_assert(!weft_session_by_token(t.engine, "weft_x", "en", &session, &err));
    ck_assert(!weft_session_as(t.engine, "eve", "en", &session, &err));
    ck_assert_ptr_null(session);
}
END_TEST

START_TEST(a_token_does_no_more_than_its_scopes)
{
    weft_session *reader = by_token("ann", WEFT_SCOPE_READ);
    weft_session *writer = by_token("ann", WEFT_SCOPE_WRITE);

    test_ok(&t, weft_document_list(reader, NULL, 0));
    test_refused(&t, create(reader), WEFT_E_DENIED);
    test_ok(&t, create(writer));
    test_refused(&t, weft_document_list(writer, NULL, 0), WEFT_E_DENIED);
    weft_session_free(reader);
    weft_session_free(writer);
}
END_TEST

START_TEST(whose_session_it_is_comes_out_with_its_first_question)
{
    weft_sign_in with = { "ann", password, "127.0.0.1", "en", NULL };
    const char *secret = NULL;
    weft_session *first, *second;
    weft_reply *reply;

    test_ok(&t, weft_run(weft_password_set(ann, NULL, password)));
    reply = weft_session_sign_in(t.engine, &with, &secret);
    first = weft_session_of_cookie(t.engine, secret, NULL);
    second = weft_session_of_cookie(t.engine, secret, NULL);
    weft_reply_free(reply);
    ck_assert_ptr_null(weft_session_login(first));

    test_ok(&t, weft_document_list(first, NULL, 0));
    ck_assert_str_eq(weft_session_login(first), "ann");
    test_ok(&t, weft_run(weft_session_sign_out(first)));
    test_refused(&t, weft_document_list(second, NULL, 0), WEFT_E_SIGNED_OUT);
    test_refused(&t, create(second), WEFT_E_SIGNED_OUT);
    weft_session_free(first);
    weft_session_free(second);
}
END_TEST

START_TEST(a_token_makes_no_other_and_no_password)
{
    weft_session *writer = by_token("ann", WEFT_SCOPE_READ | WEFT_SCOPE_WRITE);

    test_refused(&t, weft_run(weft_token_add(writer, NULL, 0, 0)),
                 WEFT_E_DENIED);
    test_refused(&t, weft_run(weft_password_set(writer, NULL, password)),
                 WEFT_E_DENIED);
    weft_session_free(writer);
}
END_TEST

START_TEST(what_belongs_to_another_needs_the_role_admin)
{
    weft_session *root = test_session(&t, "root");

    test_refused(&t, weft_run(weft_password_set(ann, "bob", password)),
                 WEFT_E_DENIED);
    test_refused(&t, weft_run(weft_token_add(ann, "bob", 0, 0)), WEFT_E_DENIED);
    test_ok(&t, weft_run(weft_password_set(root, "bob", password)));
    test_refused(&t, weft_run(weft_password_set(root, "eve", password)),
                 WEFT_E_NOTFOUND);
    weft_session_free(root);
}
END_TEST

START_TEST(who_is_no_longer_active_is_signed_out_at_once)
{
    static const char gone[] = "login,name,active\nann,Ann,false\n";
    weft_command *command = weft_document_create(ann, body, strlen(body), NULL);

    test_ok(&t, weft_run(weft_import(t.system, "people", gone, strlen(gone),
                                     false)));

    test_refused(&t, weft_run(command), WEFT_E_SIGNED_OUT);
    test_refused(&t, weft_document_list(ann, NULL, 0), WEFT_E_SIGNED_OUT);
}
END_TEST

START_TEST(importing_needs_the_role_admin)
{
    static const char more[] = "login,name\neve,Eve\n";

    test_refused(
        &t, weft_run(weft_import(ann, "people", more, strlen(more), false)),
        WEFT_E_DENIED);
    test_refused(
        &t, weft_run(weft_import(t.system, "cats", more, strlen(more), false)),
        WEFT_E_MALFORMED);
}
END_TEST

START_TEST(answers_are_in_the_language_of_the_session)
{
    weft_error err = WEFT_ERROR_INIT;
    weft_session *chinese = NULL;
    weft_reply *reply;

    ck_assert(
        weft_session_as(t.engine, "ann", "zh-CN,en;q=0.5", &chinese, &err));
    ck_assert_str_eq(weft_session_lang(chinese), "zh-CN");
    reply = weft_form_get(chinese, "absent", 0);

    ck_assert_ptr_null(strstr(weft_reply_error(reply)->text, "There is"));
    weft_reply_free(reply);
    weft_session_free(chinese);
}
END_TEST

START_TEST(me_tells_who_i_am)
{
    weft_session *root = test_session(&t, "root");
    struct wf_json *me = test_ok(&t, weft_me(root));

    ck_assert_str_eq(test_text(me, "login"), "root");
    ck_assert_str_eq(wf_json_str(wf_json_get(me, "roles")->u.array.at[0]),
                     "admin");
    weft_session_free(root);
}
END_TEST

/* --- Looked at and ended. */

static weft_session *sign_in(const char *login, const char **secret)
{
    weft_sign_in with = { login, password, "127.0.0.1", "en", "Browser 1" };
    weft_error err = WEFT_ERROR_INIT;
    weft_session *session = NULL;
    const char *fresh = NULL;
    weft_reply *reply = weft_session_sign_in(t.engine, &with, &fresh);

    ck_assert_ptr_null(weft_reply_error(reply));
    *secret = wf_arena_str(t.arena, fresh);
    weft_reply_free(reply);
    ck_assert(weft_session_by_cookie(t.engine, *secret, "en", &session, &err));
    return session;
}

static bool opens(const char *secret)
{
    weft_error err = WEFT_ERROR_INIT;
    weft_session *session = NULL;
    bool found = weft_session_by_cookie(t.engine, secret, "en", &session, &err);

    weft_session_free(session);
    return found;
}

static struct wf_json *items(weft_reply *reply)
{
    return wf_json_get(test_ok(&t, reply), "items");
}

START_TEST(one_sees_ones_sessions_and_ends_the_others)
{
    const char *first, *second, *third;
    weft_session *here, *there, *elsewhere;
    struct wf_json *list;

    test_ok(&t, weft_run(weft_password_set(ann, NULL, password)));
    here = sign_in("ann", &first);
    there = sign_in("ann", &second);
    elsewhere = sign_in("ann", &third);

    list = items(weft_session_list(here, NULL));
    ck_assert_uint_eq(wf_json_len(list), 3);
    for (size_t i = 0; i < 3; i++) {
        struct wf_json *item = list->u.array.at[i];

        ck_assert_str_eq(test_text(item, "agent"), "Browser 1");
        if (wf_json_is_true(wf_json_get(item, "current")))
            test_ok(&t, weft_run(weft_session_end(there, NULL,
                                                  test_text(item, "id"))));
    }
    ck_assert(!opens(first));
    ck_assert(opens(second));
    test_ok(&t, weft_run(weft_session_end(there, NULL, NULL)));
    ck_assert(opens(second));
    ck_assert(!opens(third));
    test_refused(&t,
                 weft_run(weft_session_end(there, NULL, "0011223344556677")),
                 WEFT_E_NOTFOUND);
    weft_session_free(here);
    weft_session_free(there);
    weft_session_free(elsewhere);
}
END_TEST

START_TEST(administrators_end_the_sessions_of_others_and_nobody_else_does)
{
    weft_session *root = test_session(&t, "root");
    const char *secret;
    weft_session *here;

    test_ok(&t, weft_run(weft_password_set(ann, NULL, password)));
    here = sign_in("ann", &secret);

    test_refused(&t, weft_session_list(ann, "bob"), WEFT_E_DENIED);
    test_refused(&t, weft_run(weft_session_end(ann, "bob", NULL)),
                 WEFT_E_DENIED);
    ck_assert_uint_eq(wf_json_len(items(weft_session_list(root, "ann"))), 1);
    test_ok(&t, weft_run(weft_session_end(root, "ann", NULL)));
    ck_assert(!opens(secret));
    weft_session_free(here);
    weft_session_free(root);
}
END_TEST

START_TEST(how_long_sessions_live_is_a_setting_of_the_company)
{
    static const char idle[] = "{\"package\":\"weft\","
                               "\"id\":\"session-idle-minutes\",\"value\":10}";
    static const char broken[] = "{\"package\":\"weft\","
                                 "\"id\":\"session-days\",\"value\":31}";
    weft_session *root = test_session(&t, "root");
    const char *secret;
    weft_session *here;

    test_ok(&t, weft_run(weft_password_set(ann, NULL, password)));
    here = sign_in("ann", &secret);
    t.now += 9 * 60000;
    test_ok(&t, weft_run(weft_setting_set(root, idle, strlen(idle))));
    ck_assert(opens(secret));
    t.now += 10 * 60000;

    ck_assert(!opens(secret));
    test_refused(&t, weft_run(weft_setting_set(root, broken, strlen(broken))),
                 WEFT_E_INVALID);
    test_refused(&t, weft_run(weft_setting_set(ann, idle, strlen(idle))),
                 WEFT_E_DENIED);
    weft_session_free(here);
    weft_session_free(root);
}
END_TEST

static int64_t id_of(const struct wf_json *item)
{
    int64_t id = 0;

    wf_str_to_int(wf_str_of(test_text(item, "id")), &id);
    return id;
}

START_TEST(tokens_are_listed_with_their_last_use_and_revoked)
{
    const weft_token wish = { NULL, "nightly export", WEFT_SCOPE_READ, 30 };
    weft_error err = WEFT_ERROR_INIT;
    weft_session *session = NULL;
    weft_session *bob = test_session(&t, "bob"), *gone;
    const char *secret = wf_arena_str(
        t.arena,
        test_text(test_ok(&t, weft_run(weft_token_make(ann, &wish))), "token"));
    struct wf_json *item =
        items(weft_token_list(ann, NULL, false))->u.array.at[0];

    ck_assert_str_eq(test_text(item, "name"), "nightly export");
    ck_assert_str_eq(test_text(item, "expires"), "2026-11-11T01:00:00.000Z");
    ck_assert(wf_json_is(wf_json_get(item, "used"), WF_JSON_NULL));
    ck_assert(weft_session_by_token(t.engine, secret, "en", &session, &err));
    test_ok(&t, weft_me(session));
    test_ok(&t, weft_run(weft_password_set(ann, NULL, password)));
    item = items(weft_token_list(ann, NULL, false))->u.array.at[0];
    ck_assert_str_eq(test_text(item, "used"), "2026-10-12T01:00:00.000Z");

    test_refused(&t, weft_run(weft_token_end(bob, id_of(item))),
                 WEFT_E_NOTFOUND);
    test_refused(&t, weft_token_list(bob, "ann", false), WEFT_E_DENIED);
    test_refused(&t, weft_token_list(bob, NULL, true), WEFT_E_DENIED);
    test_ok(&t, weft_run(weft_token_end(ann, id_of(item))));
    gone = weft_session_of_token(t.engine, secret, "en");
    test_refused(&t, weft_me(gone), WEFT_E_SIGNED_OUT);
    weft_session_free(gone);
    weft_session_free(session);
    weft_session_free(bob);
}
END_TEST

START_TEST(who_leaves_has_no_session_and_no_token_at_the_next_request)
{
    static const char off[] = "{\"active\":false}", on[] = "{\"active\":true}";
    weft_session *token = by_token("ann", 0);
    const char *secret;
    weft_session *here;

    test_ok(&t, weft_run(weft_password_set(ann, NULL, password)));
    here = sign_in("ann", &secret);
    test_ok(&t, weft_run(weft_person_edit(t.system, "ann", off, strlen(off))));

    test_refused(&t, weft_me(token), WEFT_E_SIGNED_OUT);
    test_refused(&t, weft_me(here), WEFT_E_SIGNED_OUT);
    test_ok(&t, weft_run(weft_person_edit(t.system, "ann", on, strlen(on))));
    ck_assert(!opens(secret));
    ck_assert_uint_eq(wf_json_len(items(weft_token_list(ann, NULL, false))), 0);
    weft_session_free(token);
    weft_session_free(here);
}
END_TEST

START_TEST(a_program_has_tokens_and_no_password)
{
    static const char program[] =
        "{\"login\":\"sync\",\"name\":\"Sync\",\"service\":true}";
    weft_sign_in with = { "sync", password, "127.0.0.1", "en", NULL };
    weft_session *session;

    test_ok(&t, weft_run(weft_person_add(t.system, program, strlen(program))));
    test_ok(&t, weft_run(weft_password_set(t.system, "sync", password)));

    test_refused(&t, weft_session_sign_in(t.engine, &with, NULL),
                 WEFT_E_SIGNED_OUT);
    session = by_token("sync", WEFT_SCOPE_READ);
    test_ok(&t, weft_me(session));
    weft_session_free(session);
}
END_TEST

TCase *session_tests(void)
{
    TCase *tc = tcase_create("api/session");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, signing_in_opens_a_session_and_out_ends_it);
    tcase_add_test(tc, who_wishes_for_no_language_gets_their_own);
    tcase_add_test(tc,
                   a_wrong_password_and_an_unknown_login_are_answered_alike);
    tcase_add_test(tc, a_secret_that_nobody_gave_opens_nothing);
    tcase_add_test(tc, a_token_does_no_more_than_its_scopes);
    tcase_add_test(tc, whose_session_it_is_comes_out_with_its_first_question);
    tcase_add_test(tc, a_token_makes_no_other_and_no_password);
    tcase_add_test(tc, what_belongs_to_another_needs_the_role_admin);
    tcase_add_test(tc, who_is_no_longer_active_is_signed_out_at_once);
    tcase_add_test(tc, importing_needs_the_role_admin);
    tcase_add_test(tc, answers_are_in_the_language_of_the_session);
    tcase_add_test(tc, me_tells_who_i_am);
    tcase_add_test(tc, one_sees_ones_sessions_and_ends_the_others);
    tcase_add_test(
        tc, administrators_end_the_sessions_of_others_and_nobody_else_does);
    tcase_add_test(tc, how_long_sessions_live_is_a_setting_of_the_company);
    tcase_add_test(tc, tokens_are_listed_with_their_last_use_and_revoked);
    tcase_add_test(tc,
                   who_leaves_has_no_session_and_no_token_at_the_next_request);
    tcase_add_test(tc, a_program_has_tokens_and_no_password);
    return tc;
}
