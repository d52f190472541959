/* unit/flow/test_random.c - people who do anything at any time: whatever they
 * try is done or refused with a reason, and the invariants hold.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "world.h"

enum {
    ACTS = 400,
    LONG_ACTS = 20000,
    VERIFY_EACH = 50
};

static const char FORM[] =
    "<workflow start=\"draft\"><step id=\"draft\" by=\"owner\" edit=\"*\">"
    "<action id=\"submit\" to=\"ok\"/><action id=\"ask\" to=\"way\"/>"
    "<action id=\"drop\" to=\"void\"/></step>"
    "<branch id=\"way\"><go when=\"n &gt; 5\" to=\"ok\"/><go to=\"small\"/>"
    "</branch>"
    "<approval id=\"small\" approved=\"done\" rejected=\"draft\""
    " nobody=\"manager\" return=\"start\" self=\"manager\">"
    "<level id=\"s\" by=\"head(unit(owner))\"/></approval>"
    "<approval id=\"ok\" approved=\"check\" rejected=\"draft\""
    " nobody=\"admin\" return=\"any\" resume=\"%s\" repeat=\"%s\">"
    "<level id=\"a\" by=\"manager(owner)\" edit=\"note\"/>"
    "<level id=\"b\" by=\"head(hq), role(hrbp, owner)\" agree=\"%s\""
    " order=\"%s\"/>"
    "<climb id=\"c\" from=\"owner\" levels=\"2\"/>"
    "<level id=\"d\" by=\"person(ben)\" when=\"n &gt; 3\" self=\"ask\"/>"
    "<fast-track when=\"n == 9\" levels=\"a\"/></approval>"
    "<step id=\"check\" by=\"owner, manager(owner)\" edit=\"n\">"
    "<action id=\"finish\" to=\"done\"/><action id=\"back\" to=\"draft\"/>"
    "</step><end id=\"done\"/><end id=\"void\" state=\"void\"/></workflow>";

static const char *const resumes[] = { "here", "again" };
static const char *const repeats[] = { "once", "adjacent", "ask" };
static const char *const agrees[] = { "any", "all", "share:0.6", "weight:10",
                                      "veto" };
static const char *const orders[] = { "together", "one-by-one" };
static const char *const people[] = {
    "boss", "lead", "ann", "ben", "hr1", "hr2"
};
static const char *const actions[] = { "submit",   "ask",     "drop",
                                       "approve",  "approve", "approve",
                                       "reject",   "return",  "withdraw",
                                       "withdraw", "finish",  "back" };
static const char *const places[] = { NULL, "a", "b", "c-1", "draft", "d" };

static struct world w;
static uint64_t state;

/* SplitMix64; the same acts for the same seed on every machine. */
static size_t pick(size_t n)
{
    uint64_t z = (state += UINT64_C(0x9e3779b97f4a7c15));

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (size_t)((z ^ (z >> 31)) % n);
}
#define PICK(list) (list)[pick(sizeof(list) / sizeof((list)[0]))]

static bool try_one(void)
{
    const char *who = PICK(people);
    const char *action = PICK(actions);
    char data[64];

    snprintf(data, sizeof data, "{\"n\":%zu}", pick(11));
    if (pick(8) == 0)
        return world_create(&w, who, data);
    if (pick(8) == 0)
        return world_patch(&w, who, data);
    if (action[0] == 'r' && action[2] == 't')
        return world_return(&w, who, PICK(places));
    return world_act(&w, who, action, NULL);
}

static void check_refusal(uint64_t seed)
{
    bool expected = w.err.code == WEFT_E_DENIED || w.err.code == WEFT_E_CONFLICT
                    || w.err.code == WEFT_E_INVALID
                    || w.err.code == WEFT_E_NOTFOUND;

    ck_assert_msg(expected, "seed %llu: %s", (unsigned long long)seed,
                  w.err.text);
}

static void play(uint64_t seed)
{
    int n = getenv("WEFT_LONG") ? LONG_ACTS : ACTS;
    char inside[4000];

    state = seed;
    snprintf(inside, sizeof inside, FORM, PICK(resumes), PICK(repeats),
             PICK(agrees), PICK(orders));
    world_begin(&w, inside, NULL);
    WORLD_OK(&w, world_create(&w, "ann", "{\"n\":4}"));
    for (int i = 1; i <= n; i++) {
        if (!try_one())
            check_refusal(seed);
        if (i % VERIFY_EACH == 0)
            ck_assert_msg(world_verify(&w) == 0, "seed %llu, act %d: %s",
                          (unsigned long long)seed, i, world_found(&w));
    }
    world_end(&w);
}

/* Kept seeds that once found something, and a new one each time. */
static const uint64_t seeds[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };

START_TEST(whatever_people_try_the_invariants_hold)
{
    play(seeds[_i]);
}
END_TEST

START_TEST(whatever_people_try_today_the_invariants_hold)
{
    uint64_t seed;

    (void)_i;
    wf_random(&seed, sizeof seed);
    printf("flow/random: seed %llu\n", (unsigned long long)seed);
    play(seed);
}
END_TEST

TCase *random_tests(void)
{
    TCase *tc = tcase_create("flow/random");

    tcase_set_timeout(tc, 600);
    tcase_add_loop_test(tc, whatever_people_try_the_invariants_hold, 0,
                        (int)(sizeof seeds / sizeof seeds[0]));
    tcase_add_loop_test(tc, whatever_people_try_today_the_invariants_hold, 0,
                        5);
    return tc;
}
