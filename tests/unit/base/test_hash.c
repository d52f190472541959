/* unit/base/test_hash.c - hashes, randomness, passwords.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <string.h>

#include "base/hash.h"

static weft_error err = WEFT_ERROR_INIT;
static struct wf_arena *arena;

static void setup(void)
{
    arena = wf_arena_new();
    ck_assert(wf_crypto_init(&err));
    ck_assert(wf_crypto_init(&err));
}

static void teardown(void)
{
    wf_arena_free(arena);
}

START_TEST(a_hash_is_blake2b_256)
{
    struct wf_hash hash = wf_hash_of("abc", 3);
    char text[WF_HASH_TEXT];

    wf_hash_write(&hash, text);
    ck_assert_str_eq(
        text,
        "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}
END_TEST

START_TEST(parts_hash_as_the_whole_and_texts_do_not_run_together)
{
    struct wf_hash whole = wf_hash_of("\x03\0\0\0\0\0\0\0abc\xFF\xFF\xFF\xFF"
                                      "\xFF\xFF\xFF\xFF",
                                      19);
    struct wf_hash parts;
    struct wf_hasher hasher;

    wf_hasher_init(&hasher);
    wf_hasher_add_text(&hasher, "abc", 3);
    wf_hasher_add_int(&hasher, -1);
    parts = wf_hasher_end(&hasher);
    ck_assert(wf_hash_equal(&whole, &parts));

    wf_hasher_init(&hasher);
    wf_hasher_add_text(&hasher, "ab", 2);
    wf_hasher_add_text(&hasher, "c", 1);
    parts = wf_hasher_end(&hasher);
    ck_assert(!wf_hash_equal(&whole, &parts));
}
END_TEST

START_TEST(random_texts_are_long_and_differ)
{
    const char *one = wf_random_text(arena, 32);

    ck_assert_uint_eq(strlen(one), 43);
    ck_assert_uint_eq(strspn(one, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqr"
                                  "stuvwxyz0123456789-_"),
                      43);
    ck_assert_str_ne(one, wf_random_text(arena, 32));
}
END_TEST

START_TEST(a_secret_equals_only_itself)
{
    char secret[] = "secret";

    ck_assert(wf_secret_equal(secret, "secret", 6));
    ck_assert(!wf_secret_equal(secret, "secreT", 6));
}
END_TEST

START_TEST(a_password_matches_only_itself)
{
    char text[WF_PASSWORD_TEXT];

    ck_assert(wf_password_hash("correct horse", 13, text, &err));
    ck_assert(wf_password_matches(text, "correct horse", 13));
    ck_assert(!wf_password_matches(text, "correct horsf", 13));
    ck_assert(!wf_password_matches(text, "correct horse", 12));
}
END_TEST

START_TEST(short_and_endless_passwords_are_refused)
{
    char text[WF_PASSWORD_TEXT];
    char endless[WF_PASSWORD_MAX + 1];

    memset(endless, 'x', sizeof endless);
    ck_assert(!wf_password_hash("seven77", 7, text, &err));
    ck_assert_int_eq(err.code, WEFT_E_INVALID);
    ck_assert(!wf_password_hash("密码密码密码密", 21, text, &err));
    ck_assert(!wf_password_hash(endless, sizeof endless, text, &err));
}
END_TEST

START_TEST(what_is_no_password_text_matches_nothing)
{
    ck_assert(!wf_password_matches("", "password", 8));
    ck_assert(!wf_password_matches("password", "password", 8));
    ck_assert(!wf_password_matches("$argon2id$v=19$m=", "password", 8));
}
END_TEST

TCase *hash_tests(void)
{
    TCase *tc = tcase_create("base/hash");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_hash_is_blake2b_256);
    tcase_add_test(tc, parts_hash_as_the_whole_and_texts_do_not_run_together);
    tcase_add_test(tc, random_texts_are_long_and_differ);
    tcase_add_test(tc, a_secret_equals_only_itself);
    tcase_add_test(tc, a_password_matches_only_itself);
    tcase_add_test(tc, short_and_endless_passwords_are_refused);
    tcase_add_test(tc, what_is_no_password_text_matches_nothing);
    return tc;
}
