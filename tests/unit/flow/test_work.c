/* unit/flow/test_work.c - what an inbox costs, and what it calls things.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "world.h"

static struct world w;

/* Whoever decides does not see all that the title is made of. */
static const char FORM[] =
    "<form xmlns='urn:weft:1' id='form' label='Form' subject='owner'"
    " title='{note} {n} {owner.login}'><fields>"
    "<field id='owner' type='person' default='me'/>"
    "<field id='n' type='number'/><field id='note' type='text'/></fields>"
    "<workflow start='draft'><step id='draft' by='owner' edit='*'>"
    "<action id='submit' to='ok'/></step>"
    "<approval id='ok' approved='done' rejected='draft' nobody='admin'>"
    "<level id='one' by='manager(owner)'/></approval><end id='done'/>"
    "</workflow><access><create by='everyone'/>"
    "<grant to='owner' rights='read'/>"
    "<hide fields='n' from='manager(owner)'/></access></form>";

static void setup(void)
{
    world_begin(&w,
                "<workflow start=\"a\"><step id=\"a\" by=\"owner\">"
                "<action id=\"b\" to=\"z\"/></step><end id=\"z\"/></workflow>",
                NULL);
    world_deploy_form(&w, FORM);
}

static void teardown(void)
{
    world_end(&w);
}

static void hand_in(int n)
{
    for (int i = 0; i < n; i++) {
        const char *login = i % 2 ? "ann" : "ben";

        WORLD_OK(&w, world_create(&w, login, "{\"note\":\"Plan\",\"n\":7}"));
        WORLD_OK(&w, world_act(&w, login, "submit", NULL));
    }
}

START_TEST(a_title_is_what_its_reader_sees_of_it)
{
    hand_in(1);

    ck_assert_str_eq(world_task_title(&w, "lead"), "Plan ben");
}
END_TEST

START_TEST(an_inbox_costs_the_same_however_full_it_is)
{
    int64_t few, many;

    hand_in(2);
    world_inbox_cost(&w, "lead"); /* what all questions share is known */
    few = world_inbox_cost(&w, "lead");
    hand_in(20);
    many = world_inbox_cost(&w, "lead");

    ck_assert_uint_eq(world_inbox(&w, "lead"), 22);
    ck_assert_int_eq(few, many);
}
END_TEST

TCase *work_tests(void)
{
    TCase *tc = tcase_create("flow/work");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_title_is_what_its_reader_sees_of_it);
    tcase_add_test(tc, an_inbox_costs_the_same_however_full_it_is);
    return tc;
}
