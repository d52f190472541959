/* unit/org/test_signin.c - passwords, sessions, tokens and their scopes.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include <string.h>

#include "base/hash.h"
#include "org/gate.h"

enum {
    ADA = 1,
    BEN
};
#define MINUTE INT64_C(60000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static struct org org;
static struct wf_gate *gate;

static void setup(void)
{
    org_begin(&org);
    ORG_OK(&org, wf_crypto_init(&org.err));
    org_person(&org, ADA, "ada", 0, 0);
    org_person(&org, BEN, "ben", 0, 0);
    gate = wf_gate_new(&org.clock);
}

static void teardown(void)
{
    wf_gate_free(gate);
    org_end(&org);
}

static void pass(int64_t ms)
{
    org.now += ms;
    org.call.now = org.now;
}

/* --- Passwords. */

static void set_password(wf_id person, const char *password)
{
    ORG_OK(&org, wf_password_save(&org.call, person, password, &org.err));
}

static struct wf_checked checked;

static weft_code check(const char *login, const char *password,
                       const char *address)
{
    const struct wf_credentials credentials = { login, password, address };
    weft_error err = WEFT_ERROR_INIT;

    if (!wf_password_check(&org.call, gate, &credentials, &checked, &err)) {
        org.err = err;
        return err.code;
    }
    ck_assert_int_eq(checked.person, ADA);
    return WEFT_OK;
}

START_TEST(the_right_password_opens_and_a_wrong_one_does_not)
{
    set_password(ADA, "correct horse");

    ck_assert_int_eq(check("ada", "correct horse", "192.0.2.1"), WEFT_OK);
    ck_assert_int_eq(check("ADA", "correct horse", NULL), WEFT_OK);
    ck_assert_int_eq(check("ada", "correct horses", NULL), WEFT_E_SIGNED_OUT);
    ck_assert_int_eq(check("ada", "", NULL), WEFT_E_SIGNED_OUT);
}
END_TEST

START_TEST(strangers_those_without_password_and_who_left_get_the_same_answer)
{
    char text[WEFT_ERROR_TEXT_MAX];

    set_password(ADA, "correct horse");
    ck_assert_int_eq(check("ada", "wrong", NULL), WEFT_E_SIGNED_OUT);
    memcpy(text, org.err.text, sizeof text);

    ck_assert_int_eq(check("nobody", "wrong", NULL), WEFT_E_SIGNED_OUT);
    ck_assert_str_eq(org.err.text, text);
    ck_assert_int_eq(check("ben", "wrong", NULL), WEFT_E_SIGNED_OUT);
    ck_assert_str_eq(org.err.text, text);
    test_run(org.db, "UPDATE person SET active = 0 WHERE login = 'ada'");
    ck_assert_int_eq(check("ada", "correct horse", NULL), WEFT_E_SIGNED_OUT);
    ck_assert_str_eq(org.err.text, text);
}
END_TEST

START_TEST(only_a_hash_is_stored)
{
    set_password(ADA, "correct horse");

    ck_assert_int_eq(test_int(org.db, "SELECT count(*) FROM person WHERE"
                                      " password >= '$argon2id$'"
                                      " AND password < '$argon2id%'"),
                     1);
}
END_TEST

/* "correct horse" with 8 MB, t = 1. */
static const char WEAK[] =
    "UPDATE person SET password = '$argon2id$v=19$m=8192,t=1,p=1$"
    "VyWMjj5sVU+sf2KC+JxfVQ$9Roca6+N1tTtwTglIVYqyWNUZLSxECjorppqd8YeH3U'"
    " WHERE login = 'ada'";

START_TEST(a_hash_of_less_work_is_made_anew_when_its_owner_signs_in)
{
    test_run(org.db, WEAK);
    ck_assert_int_eq(check("ada", "correct horse", NULL), WEFT_OK);
    ck_assert_ptr_nonnull(checked.renewed);
    ORG_OK(&org, wf_password_renew(&org.call, &checked, &org.err));

    ck_assert_int_eq(check("ada", "correct horse", NULL), WEFT_OK);
    ck_assert_ptr_null(checked.renewed);
}
END_TEST

START_TEST(making_a_password_takes_its_place_among_the_few_at_once)
{
    char hash[WF_PASSWORD_TEXT];

    ORG_OK(&org, wf_gate_begin(gate, &org.err));
    ORG_OK(&org, wf_gate_begin(gate, &org.err));
    ck_assert(!wf_password_make(&org.call, gate, ADA, "correct horse", hash,
                                &org.err));
    ck_assert_int_eq(org.err.code, WEFT_E_LIMITED);
    ck_assert_int_eq(org.err.retry_after_s, 1);
    wf_gate_end(gate);
    org.err = (weft_error)WEFT_ERROR_INIT;
    ORG_OK(&org, wf_password_make(&org.call, gate, ADA, "correct horse", hash,
                                  &org.err));
    wf_gate_end(gate);
}
END_TEST

START_TEST(a_password_that_is_easily_found_is_refused)
{
    static const char *const easy[] = { "1234567",          "password",
                                        "Password123",      "qwertyuiop",
                                        "ＰＡＳＳＷＯＲＤ", "" };
    static const char long_login[] = "ada.lovelace";

    org_person(&org, 9, long_login, 0, 0);
    for (size_t i = 0; i < WF_COUNT(easy); i++) {
        ck_assert(!wf_password_save(&org.call, 9, easy[i], &org.err));
        ck_assert_int_eq(org.err.code, WEFT_E_INVALID);
    }
    ck_assert(!wf_password_save(&org.call, 9, "Ada.Lovelace", &org.err));
    ck_assert_int_eq(org.err.code, WEFT_E_INVALID);
}
END_TEST

START_TEST(nobody_gets_no_password)
{
    ck_assert(!wf_password_save(&org.call, 99, "correct horse", &org.err));
    ck_assert_int_eq(org.err.code, WEFT_E_NOTFOUND);
    ck_assert(!wf_password_save_hash(&org.call, 99, "x", &org.err));
    ck_assert_int_eq(org.err.code, WEFT_E_NOTFOUND);
}
END_TEST

/* --- Sessions. */

static const char *sign_in(wf_id person)
{
    const char *secret = NULL;
    const char *csrf = NULL;

    ORG_OK(&org,
           wf_session_add(&org.call, person, NULL, &secret, &csrf, &org.err));
    ck_assert_uint_eq(strlen(secret), 43);
    ck_assert_uint_eq(strlen(csrf), 43);
    return secret;
}

static bool is_signed_in(const char *secret, struct wf_login *login)
{
    weft_error err = WEFT_ERROR_INIT;
    bool found;

    wf_people_forget(org.call.people);
    found = wf_session_find(&org.call, secret, login, &err);
    ck_assert_int_eq(err.code, found ? WEFT_OK : WEFT_E_SIGNED_OUT);
    return found;
}

START_TEST(a_session_leads_to_its_person)
{
    struct wf_login login;

    ck_assert(is_signed_in(sign_in(ADA), &login));

    ck_assert_int_eq(login.person->id, ADA);
    ck_assert_uint_eq(login.scopes,
                      WF_SCOPE_READ | WF_SCOPE_WRITE | WF_SCOPE_CALENDAR);
    ck_assert(!login.by_token);
    ck_assert(!login.wants_touch);
    ck_assert_uint_eq(strlen(login.csrf), 43);
}
END_TEST

START_TEST(what_is_no_secret_opens_nothing)
{
    struct wf_login login;
    const char *secret = sign_in(ADA);

    ck_assert(!is_signed_in("", &login));
    ck_assert(!is_signed_in("x", &login));
    ck_assert(!is_signed_in(wf_arena_printf(org.arena, "%sx", secret), &login));
    ck_assert_int_eq(test_int(org.db, "SELECT length(hash) FROM session"), 32);
}
END_TEST

START_TEST(a_session_that_is_not_used_ends_after_eight_hours)
{
    struct wf_login login;
    const char *secret = sign_in(ADA);

    pass(8 * HOUR - 1);
    ck_assert(is_signed_in(secret, &login));
    ck_assert(login.wants_touch);
    pass(1);
    ck_assert(!is_signed_in(secret, &login));
}
END_TEST

START_TEST(a_session_that_is_used_lasts_thirty_days_and_no_longer)
{
    struct wf_login login;
    const char *secret = sign_in(ADA);

    for (int i = 0; i < 30 * 4; i++) {
        ck_assert(is_signed_in(secret, &login));
        ORG_OK(&org, wf_session_touch(&org.call, secret, &org.err));
        pass(6 * HOUR);
    }
    ck_assert(!is_signed_in(secret, &login));
}
END_TEST

START_TEST(a_touched_session_wants_no_touch_for_a_minute)
{
    struct wf_login login;
    const char *secret = sign_in(ADA);

    pass(MINUTE + 1);
    ORG_OK(&org, wf_session_touch(&org.call, secret, &org.err));
    pass(MINUTE);
    ck_assert(is_signed_in(secret, &login));
    ck_assert(!login.wants_touch);
    pass(1);
    ck_assert(is_signed_in(secret, &login));
    ck_assert(login.wants_touch);
}
END_TEST

START_TEST(signing_out_ends_this_session_alone)
{
    struct wf_login login;
    const char *one = sign_in(ADA);
    const char *other = sign_in(ADA);

    ORG_OK(&org, wf_session_end(&org.call, one, &org.err));

    ck_assert(!is_signed_in(one, &login));
    ck_assert(is_signed_in(other, &login));
}
END_TEST

START_TEST(a_new_password_ends_all_sessions_of_its_person)
{
    struct wf_login login;
    const char *ada = sign_in(ADA);
    const char *ben = sign_in(BEN);

    set_password(ADA, "correct horse");

    ck_assert(!is_signed_in(ada, &login));
    ck_assert(is_signed_in(ben, &login));
}
END_TEST

START_TEST(who_has_left_is_signed_out)
{
    struct wf_login login;
    const char *secret = sign_in(ADA);

    test_run(org.db, "UPDATE person SET active = 0 WHERE login = 'ada'");

    ck_assert(!is_signed_in(secret, &login));
}
END_TEST

START_TEST(old_sessions_go_when_a_new_one_comes)
{
    sign_in(ADA);
    sign_in(BEN);
    pass(9 * HOUR);
    sign_in(ADA);

    ck_assert_int_eq(test_int(org.db, "SELECT count(*) FROM session"), 2);
}
END_TEST

/* --- Tokens and scopes. */

static const char *make_token(wf_id person, unsigned scopes, int days)
{
    const char *secret = NULL;

    ORG_OK(&org, wf_token_add(&org.call, person,
                              &(struct wf_token_wish){ NULL, scopes, days },
                              &secret, &org.err));
    ck_assert(!strncmp(secret, "weft_", 5));
    return secret;
}

/* 0 where the token opens nothing. */
static unsigned token_scopes(const char *secret)
{
    weft_error err = WEFT_ERROR_INIT;
    struct wf_login login = { 0 };

    wf_people_forget(org.call.people);
    if (wf_token_find(&org.call, secret, &login, &err)) {
        ck_assert(login.by_token);
        ck_assert_ptr_null(login.csrf);
        return login.scopes;
    }
    ck_assert_int_eq(err.code, WEFT_E_SIGNED_OUT);
    return 0;
}

START_TEST(a_token_has_the_scopes_that_fit_the_roles_of_its_person)
{
    const unsigned usual = WF_SCOPE_READ | WF_SCOPE_WRITE;

    ck_assert_uint_eq(token_scopes(make_token(ADA, 0, 0)), usual);
    org_unit(&org, 50, "east", 0, 0);
    org_role(&org, "hr", ADA, 50); /* no package lets hr deploy */
    ck_assert_uint_eq(token_scopes(make_token(ADA, 0, 0)), usual);
    org_role(&org, "admin", BEN, 0);
    ck_assert_uint_eq(token_scopes(make_token(BEN, 0, 0)),
                      usual | WF_SCOPE_DEPLOY | WF_SCOPE_ADMIN
                          | WF_SCOPE_METRICS);
}
END_TEST

START_TEST(an_administrator_of_some_unit_is_no_administrator)
{
    org_unit(&org, 50, "east", 0, 0);
    org_role(&org, "admin", ADA, 50);

    ck_assert_uint_eq(token_scopes(make_token(ADA, 0, 0)),
                      WF_SCOPE_READ | WF_SCOPE_WRITE);
}
END_TEST

START_TEST(scopes_that_the_roles_do_not_allow_are_refused)
{
    const char *secret = NULL;

    const struct wf_token_wish wish = { NULL, WF_SCOPE_READ | WF_SCOPE_SCIM,
                                        0 };

    ck_assert(!wf_token_add(&org.call, ADA, &wish, &secret, &org.err));
    ck_assert_int_eq(org.err.code, WEFT_E_DENIED);
    ck_assert(strstr(org.err.text, "scim"));
    ck_assert_ptr_null(secret);
    ck_assert_uint_eq(token_scopes(make_token(ADA, WF_SCOPE_READ, 0)),
                      WF_SCOPE_READ);
}
END_TEST

START_TEST(a_role_that_was_taken_takes_its_scopes_along)
{
    const char *secret;

    org_role(&org, "admin", ADA, 0);
    secret = make_token(ADA, WF_SCOPE_READ | WF_SCOPE_ADMIN, 0);
    test_run(org.db, "DELETE FROM role_grant");

    ck_assert_uint_eq(token_scopes(secret), WF_SCOPE_READ);
}
END_TEST

START_TEST(a_token_ends_with_its_days_or_when_its_person_leaves)
{
    const char *days = make_token(ADA, 0, 2);
    const char *ever = make_token(ADA, 0, 0);

    pass(2 * DAY - 1);
    ck_assert_uint_ne(token_scopes(days), 0);
    pass(1);
    ck_assert_uint_eq(token_scopes(days), 0);
    ck_assert_uint_ne(token_scopes(ever), 0);
    test_run(org.db, "UPDATE person SET active = 0 WHERE login = 'ada'");
    ck_assert_uint_eq(token_scopes(ever), 0);
}
END_TEST

START_TEST(what_is_no_token_opens_nothing)
{
    const char *session = sign_in(ADA);

    ck_assert_uint_eq(token_scopes(""), 0);
    ck_assert_uint_eq(token_scopes("weft_"), 0);
    ck_assert_uint_eq(token_scopes(session), 0);
    ck_assert_uint_eq(token_scopes(make_token(ADA, 0, 0) + strlen("weft_")), 0);
}
END_TEST

START_TEST(scopes_are_words_with_a_space_between)
{
    unsigned scopes = 0;

    ck_assert(wf_scopes_parse("read deploy scim", &scopes));
    ck_assert_uint_eq(scopes, WF_SCOPE_READ | WF_SCOPE_DEPLOY | WF_SCOPE_SCIM);
    ck_assert(!wf_scopes_parse("read,write", &scopes));
    ck_assert(!wf_scopes_parse("Read", &scopes));
    ck_assert(!wf_scopes_parse("", &scopes));
}
END_TEST

TCase *signin_tests(void)
{
    TCase *tc = tcase_create("org/signin");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, the_right_password_opens_and_a_wrong_one_does_not);
    tcase_add_test(
        tc, strangers_those_without_password_and_who_left_get_the_same_answer);
    tcase_add_test(tc, only_a_hash_is_stored);
    tcase_add_test(tc,
                   a_hash_of_less_work_is_made_anew_when_its_owner_signs_in);
    tcase_add_test(tc, making_a_password_takes_its_place_among_the_few_at_once);
    tcase_add_test(tc, a_password_that_is_easily_found_is_refused);
    tcase_add_test(tc, nobody_gets_no_password);
    tcase_add_test(tc, a_session_leads_to_its_person);
    tcase_add_test(tc, what_is_no_secret_opens_nothing);
    tcase_add_test(tc, a_session_that_is_not_used_ends_after_eight_hours);
    tcase_add_test(tc, a_session_that_is_used_lasts_thirty_days_and_no_longer);
    tcase_add_test(tc, a_touched_session_wants_no_touch_for_a_minute);
    tcase_add_test(tc, signing_out_ends_this_session_alone);
    tcase_add_test(tc, a_new_password_ends_all_sessions_of_its_person);
    tcase_add_test(tc, who_has_left_is_signed_out);
    tcase_add_test(tc, old_sessions_go_when_a_new_one_comes);
    tcase_add_test(tc, a_token_has_the_scopes_that_fit_the_roles_of_its_person);
    tcase_add_test(tc, an_administrator_of_some_unit_is_no_administrator);
    tcase_add_test(tc, scopes_that_the_roles_do_not_allow_are_refused);
    tcase_add_test(tc, a_role_that_was_taken_takes_its_scopes_along);
    tcase_add_test(tc, a_token_ends_with_its_days_or_when_its_person_leaves);
    tcase_add_test(tc, what_is_no_token_opens_nothing);
    tcase_add_test(tc, scopes_are_words_with_a_space_between);
    return tc;
}
