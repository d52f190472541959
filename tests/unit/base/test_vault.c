/* unit/base/test_vault.c - what is sealed opens with its key and no other.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/vault.h"

static struct wf_arena *arena;
static char folder[32], path[48];

static void setup(void)
{
    arena = wf_arena_new();
    (void)snprintf(folder, sizeof folder, "/tmp/weft-vault-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/key", folder);
}

static void teardown(void)
{
    unlink(path);
    rmdir(folder);
    wf_arena_free(arena);
}

START_TEST(two_that_share_a_key_file_open_each_others_boxes)
{
    struct wf_vault *one = wf_vault_new(path), *two = wf_vault_new(path);
    weft_error err = WEFT_ERROR_INIT;
    unsigned char *box, *open;

    ck_assert(wf_vault_seal(one, arena, "secret", 6, &box, &err));
    ck_assert(wf_vault_open(two, arena, box, 6 + WF_VAULT_EXTRA, &open, &err));

    ck_assert_mem_eq(open, "secret", 6);
    wf_vault_free(one);
    wf_vault_free(two);
}
END_TEST

START_TEST(without_a_key_nothing_is_sealed)
{
    struct wf_vault *vault = wf_vault_none();
    weft_error err = WEFT_ERROR_INIT;
    unsigned char *box;
    struct wf_hash hash;

    ck_assert(!wf_vault_seal(vault, arena, "secret", 6, &box, &err));
    ck_assert_int_eq(err.code, WEFT_E_STORE);
    ck_assert_ptr_nonnull(strstr(err.text, "WEFT_KEY_FILE"));
    ck_assert(!wf_vault_hash(vault, "secret", 6, &hash, &err));
    wf_vault_free(vault);
}
END_TEST

START_TEST(a_box_that_was_changed_or_has_another_key_stays_shut)
{
    struct wf_vault *one = wf_vault_new(NULL), *other = wf_vault_new(NULL);
    weft_error err = WEFT_ERROR_INIT;
    unsigned char *box, *open;

    ck_assert(wf_vault_seal(one, arena, "secret", 6, &box, &err));
    ck_assert(
        !wf_vault_open(other, arena, box, 6 + WF_VAULT_EXTRA, &open, &err));
    box[30] ^= 1;
    ck_assert(!wf_vault_open(one, arena, box, 6 + WF_VAULT_EXTRA, &open, &err));
    ck_assert_int_eq(err.code, WEFT_E_STORE);
    ck_assert(!wf_vault_open(one, arena, box, 7, &open, &err));
    wf_vault_free(one);
    wf_vault_free(other);
}
END_TEST

START_TEST(the_same_twice_gives_two_boxes)
{
    struct wf_vault *vault = wf_vault_new(NULL);
    weft_error err = WEFT_ERROR_INIT;
    unsigned char *a, *b;

    ck_assert(wf_vault_seal(vault, arena, "secret", 6, &a, &err));
    ck_assert(wf_vault_seal(vault, arena, "secret", 6, &b, &err));

    ck_assert_mem_ne(a, b, 6 + WF_VAULT_EXTRA);
    wf_vault_free(vault);
}
END_TEST

START_TEST(a_box_may_be_text)
{
    struct wf_vault *vault = wf_vault_new(NULL);
    weft_error err = WEFT_ERROR_INIT;
    const char *text, *data;
    size_t len;

    ck_assert(wf_vault_seal_text(vault, arena, "", 0, &text, &err));
    ck_assert(wf_vault_open_text(vault, arena, text, &data, &len, &err));
    ck_assert_uint_eq(len, 0);
    ck_assert(!wf_vault_open_text(vault, arena, "no box", &data, &len, &err));
    wf_vault_free(vault);
}
END_TEST

START_TEST(without_its_file_nothing_opens_and_none_is_made)
{
    struct wf_vault *vault = wf_vault_new(path);
    weft_error err = WEFT_ERROR_INIT;
    unsigned char box[64] = { 0 }, *open;

    ck_assert(!wf_vault_open(vault, arena, box, sizeof box, &open, &err));

    ck_assert_int_eq(err.code, WEFT_E_STORE);
    ck_assert_int_ne(access(path, F_OK), 0);
    wf_vault_free(vault);
}
END_TEST

START_TEST(a_hash_needs_the_key)
{
    struct wf_vault *one = wf_vault_new(NULL), *other = wf_vault_new(NULL);
    weft_error err = WEFT_ERROR_INIT;
    struct wf_hash a, b, c;

    ck_assert(wf_vault_hash(one, "x", 1, &a, &err));
    ck_assert(wf_vault_hash(one, "x", 1, &b, &err));
    ck_assert(wf_vault_hash(other, "x", 1, &c, &err));

    ck_assert(wf_hash_equal(&a, &b));
    ck_assert(!wf_hash_equal(&a, &c));
    wf_vault_free(one);
    wf_vault_free(other);
}
END_TEST

TCase *vault_tests(void)
{
    TCase *tc = tcase_create("base/vault");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, two_that_share_a_key_file_open_each_others_boxes);
    tcase_add_test(tc, without_a_key_nothing_is_sealed);
    tcase_add_test(tc, a_box_that_was_changed_or_has_another_key_stays_shut);
    tcase_add_test(tc, the_same_twice_gives_two_boxes);
    tcase_add_test(tc, a_box_may_be_text);
    tcase_add_test(tc, without_its_file_nothing_opens_and_none_is_made);
    tcase_add_test(tc, a_hash_needs_the_key);
    return tc;
}
