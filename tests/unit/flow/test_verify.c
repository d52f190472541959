/* unit/flow/test_verify.c - the invariants are asked of a large store too.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "world.h"

static struct world w;

START_TEST(each_document_has_a_budget_of_its_own)
{
    world_begin(&w,
                "<workflow start=\"draft\">"
                "<step id=\"draft\" by=\"owner\" edit=\"*\">"
                "<action id=\"submit\" to=\"done\"/></step>"
                "<end id=\"done\"/></workflow>",
                NULL);
    for (int i = 0; i < 10; i++)
        WORLD_OK(&w, world_create(&w, "ann", "{\"n\":3}"));

    ck_assert_uint_eq(world_verify_within(&w, 9), 0);
    world_end(&w);
}
END_TEST

TCase *verify_tests(void)
{
    TCase *tc = tcase_create("flow/verify");

    tcase_add_test(tc, each_document_has_a_budget_of_its_own);
    return tc;
}
