/* unit/flow/test_random.c - people who do anything at any time: whatever they
 * try is done or refused with a reason, and the invariants hold.
 *
 *     WEFT_SEED=4 CK_RUN_CASE=flow/random build/dev/tests/unit_flow
 *
 * plays one seed alone, tells each act and looks after each. The case flow/kept
 * plays the same seeds each time.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/hash.h"
#include "world.h"

enum {
    ACTS = 400,
    TODAY_ACTS = 1000, /* of each of five new seeds */
    LONG_ACTS = 7000,  /* of all twenty */
    VERIFY_EACH = 20,
    UNDO_EACH = 3
};

static const char FORM[] =
    "<workflow start=\"draft\"><step id=\"draft\" by=\"owner\" edit=\"*\">"
    "<action id=\"submit\" to=\"ok\"/><action id=\"ask\" to=\"way\"/>"
    "<action id=\"spread\" to=\"lanes\"/><action id=\"drop\" to=\"void\"/>"
    "</step>%s"
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

/* Lanes with an approval, a call, a collect, and lanes of a wait and of work in
 * one of them. */
static const char LANES[] =
    "<parallel id=\"lanes\" join=\"%s\" next=\"check\">"
    "<lane id=\"votes\" start=\"votes\"><approval id=\"votes\""
    " approved=\"join\" rejected=\"%s\" nobody=\"manager\" return=\"any\""
    " resume=\"%s\"><level id=\"v\" by=\"manager(owner), role(hrbp, owner)\""
    " agree=\"%s\" order=\"%s\" edit=\"note\" within=\"2d\""
    " timeout=\"%s\"/><level id=\"w\" by=\"head(hq)\" when=\"n &gt; 3\"/>"
    "</approval></lane>"
    "<lane id=\"parts\" start=\"parts\">"
    "<call id=\"parts\" form=\"part\" for=\"person(ben), manager(owner)\""
    " next=\"sum\"/><step id=\"sum\" by=\"role(hrbp, owner)\" edit=\"n\""
    " remind=\"1d\"><action id=\"summed\" to=\"join\"/>"
    "<action id=\"anew\" to=\"parts\"/><action id=\"quit\" to=\"draft\"/>"
    "</step></lane>"
    "<lane id=\"views\" start=\"views\"><collect id=\"views\" form=\"view\""
    " from=\"role(hrbp, owner), manager(owner), person(ben)\" enough=\"0.5\""
    " min=\"1\" short=\"draft\" within=\"3d\" anonymous=\"%s\""
    " next=\"inner\"/><parallel id=\"inner\" join=\"any\" next=\"join\">"
    "<lane id=\"pause\" start=\"pause\"><wait id=\"pause\" until=\"1d\""
    " signal=\"paid\" next=\"join\"/></lane>"
    "<lane id=\"late\" start=\"late\"><step id=\"late\""
    " by=\"manager(owner)\" within=\"12h\" timeout=\"%s\">"
    "<action id=\"hurry\" to=\"join\"/></step></lane></parallel></lane>"
    "</parallel>";

/* What is asked for: of somebody, and from somebody. */
static const char PART[] =
    "<form xmlns=\"urn:weft:1\" id=\"part\" label=\"Part\" subject=\"who\""
    " parent=\"under\"><fields><field id=\"who\" type=\"person\"/>"
    "<field id=\"under\" type=\"link\" form=\"form\"/>"
    "<field id=\"n\" type=\"number\"/></fields><workflow start=\"fill\">"
    "<step id=\"fill\" by=\"who\" edit=\"n\"><action id=\"send\" to=\"done\"/>"
    "<action id=\"submit\" to=\"seen\"/></step><approval id=\"seen\""
    " approved=\"done\" rejected=\"void\" nobody=\"skip\">"
    "<level id=\"p\" by=\"manager(who)\"/></approval>"
    "<end id=\"done\"/><end id=\"void\" state=\"void\"/></workflow>"
    "<access><grant to=\"everyone\" rights=\"read\"/></access></form>";
static const char VIEW[] =
    "<form xmlns=\"urn:weft:1\" id=\"view\" label=\"View\" parent=\"under\">"
    "<fields><field id=\"under\" type=\"link\" form=\"form\"/>"
    "<field id=\"n\" type=\"number\"/></fields><workflow start=\"fill\">"
    "<step id=\"fill\" by=\"creator\" edit=\"n\">"
    "<action id=\"send\" to=\"done\"/><action id=\"drop\" to=\"void\"/></step>"
    "<end id=\"done\"/><end id=\"void\" state=\"void\"/></workflow>"
    "<access><grant to=\"everyone\" rights=\"read\"/></access></form>";

/* The forms that are asked for name the one that asks. */
static const char BARE[] =
    "<workflow start=\"draft\"><step id=\"draft\" by=\"owner\">"
    "<action id=\"go\" to=\"done\"/></step><end id=\"done\"/></workflow>";

static const char *const joins[] = { "all", "all", "any", "2" };
static const char *const refusals[] = { "join", "draft", "void" };
static const char *const timeouts[] = { "escalate", "approve", "reject",
                                        "remind", "transfer:person(ben)" };
static const char *const leads[] = { "to:join", "to:draft", "remind" };
static const char *const truths[] = { "true", "false" };
static const char *const resumes[] = { "here", "again" };
static const char *const repeats[] = { "once", "adjacent", "ask" };
static const char *const agrees[] = { "any", "all", "share:0.6", "weight:10",
                                      "veto" };
static const char *const orders[] = { "together", "one-by-one" };
static const char *const people[] = {
    "boss", "lead", "ann", "ben", "hr1", "hr2"
};
static const char *const actions[] = {
    "submit",  "ask",      "drop",         "approve",
    "approve", "approve",  "approve",      "reject",
    "return",  "withdraw", "withdraw",     "finish",
    "back",    "transfer", "delegate",     "delegate",
    "urge",    "cc",       "add-approver", "add-approver",
    "reopen",  "approve",  "approve",      "remove-approver",
    "spread",  "spread",   "summed",       "anew",
    "quit",    "paid",     "hurry",        "send",
};
static const char *const places[] = { NULL,    "a", "b", "c-1",
                                      "draft", "d", "v", "w" };
static const char *const named[] = { "boss",    "lead", "ben",
                                     "hr1,hr2", "ann",  "ben,hr2" };
static const char *const sides[] = { "before", "beside", "after" };

/* Somebody stays who can be asked for everything. */
static const char *const leavers[] = { "lead", "ann", "ben", "hr1", "hr2" };
static const char *const heirs[] = { NULL, NULL, NULL, "ben", "hr1" };
static bool gone[sizeof leavers / sizeof leavers[0]];

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

static bool is_one_of(const char *action, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(action, list[i]) == 0)
            return true;
    return false;
}

/* A day near the one on which the clock stands. */
static const char *some_day(void)
{
    static const int offsets[] = { -2, 0, 1, 3 };
    char *text = wf_arena_alloc(w.arena, WF_DATE_TEXT);
    int32_t day = 0, ms;

    ck_assert(wf_zone_to_local("UTC", w.now, &day, &ms));
    wf_date_write(day + PICK(offsets), text);
    return text;
}

/* A week of absences around that day. */
static bool try_absence(const char *who)
{
    const char *since, *until;

    if (pick(2) == 0)
        return world_delegate_end(&w, who);
    since = some_day();
    until = some_day();
    return world_delegate(&w, who, PICK(people), since, until);
}

/* One of the words; NULL: there is none. */
static const char *one_of(const char *words)
{
    struct wf_str rest = wf_str_of(words), part = { NULL, 0 };
    size_t n = 0;

    while (wf_str_split(&rest, ' ', &part))
        n += part.len > 0;
    if (n == 0)
        return NULL;
    rest = wf_str_of(words);
    for (size_t at = pick(n) + 1; at > 0; at--)
        (void)wf_str_split(&rest, ' ', &part);
    return wf_arena_slice(w.arena, part);
}

/* Mostly somebody who is asked and what they can do, so that most acts are
 * done; else anybody and anything. */
static const char *somebody(void)
{
    const char *who = pick(3) ? one_of(world_waiting(&w)) : NULL;

    return who ? who : PICK(people);
}

static bool is_gone(const char *who)
{
    for (size_t i = 0; i < sizeof leavers / sizeof leavers[0]; i++)
        if (gone[i] && strcmp(leavers[i], who) == 0)
            return true;
    return false;
}

static const char *something(const char *who)
{
    const char *action = pick(4) && !is_gone(who) && world_sees(&w, who)
                             ? one_of(world_can(&w, who))
                             : NULL;

    return action ? action : PICK(actions);
}

/* They leave, with or without an heir, and come back later. */
static bool try_leaving(void)
{
    size_t i = pick(sizeof leavers / sizeof leavers[0]);
    bool ok = gone[i] ? world_come_back(&w, leavers[i])
                      : world_leave(&w, leavers[i], PICK(heirs));

    gone[i] = gone[i] != ok;
    return ok;
}

/* Up to a day passes. */
static bool try_waiting(void)
{
    static const int64_t hour_ms = INT64_C(3600000);

    return world_wait(&w, w.now - w.start + (int64_t)pick(24) * hour_ms);
}

/* The last act, if it was one that can be taken back, and what there was before
 * it. In lanes it may be another one that is taken back. */
static struct {
    const char *who, *at, *waiting; /* `who` NULL: none */
} deed;

static void note_deed(const char *who, const char *action)
{
    static const char *const undoable[] = { "approve",        "reject",
                                            "return",         "transfer",
                                            "delegate",       "add-approver",
                                            "remove-approver" };

    if (!is_one_of(action, undoable, sizeof undoable / sizeof undoable[0])
        || !world_sees(&w, "boss") || !strchr(world_at(&w), '/'))
        return;
    deed.who = who;
    deed.at = world_at(&w);
    deed.waiting = world_waiting(&w);
}

/* Whoever has acted thinks again at once: then all is as it was. */
static void try_undoing(uint64_t seed, int act)
{
    if (!deed.who || !world_act(&w, deed.who, "withdraw", NULL))
        return;
    ck_assert_msg(strcmp(world_at(&w), deed.at) == 0
                      && strcmp(world_waiting(&w), deed.waiting) == 0,
                  "seed %llu, act %d: %s has withdrawn, but %s asks %s, where "
                  "%s asked %s",
                  (unsigned long long)seed, act, deed.who, world_at(&w),
                  world_waiting(&w), deed.at, deed.waiting);
}

static bool try_one(void)
{
    static const char *const naming[] = { "transfer", "delegate", "cc",
                                          "add-approver", "remove-approver" };
    const char *who = somebody();
    const char *action = something(who);
    char data[64];

    snprintf(data, sizeof data, "{\"n\":%zu}", pick(11));
    if (pick(4) == 0)
        world_turn_to(&w, pick(1000));
    if (pick(12) == 0 && world_task(&w, who))
        w.doc = world_task(&w, who); /* an anonymous answer among them */
    if (pick(50) == 0)
        return try_waiting();
    if (pick(60) == 0)
        return world_create(&w, who, data);
    if (pick(20) == 0)
        return world_patch(&w, who, data);
    if (pick(14) == 0)
        return try_absence(who);
    if (pick(30) == 0)
        return try_leaving();
    note_deed(who, action);
    if (strcmp(action, "return") == 0)
        return world_return(&w, who, PICK(places));
    if (strcmp(action, "reopen") == 0)
        return world_say(&w, who, action, "again");
    if (is_one_of(action, naming, sizeof naming / sizeof naming[0]))
        return world_name(&w, who, action, PICK(named), PICK(sides));
    return world_act(&w, who, action, NULL);
}

static void check_refusal(uint64_t seed)
{
    bool expected = w.err.code == WEFT_E_DENIED || w.err.code == WEFT_E_CONFLICT
                    || w.err.code == WEFT_E_INVALID
                    || w.err.code == WEFT_E_LIMITED
                    || w.err.code == WEFT_E_NOTFOUND;

    ck_assert_msg(expected, "seed %llu: %s", (unsigned long long)seed,
                  w.err.text);
}

static void check_invariants(uint64_t seed, int act)
{
    ck_assert_msg(world_verify(&w) == 0, "seed %llu, act %d: %s",
                  (unsigned long long)seed, act, world_found(&w));
}

static void tell(int act)
{
    if (!world_sees(&w, "boss"))
        return; /* anonymous */
    printf("%d: %s -> %s [%s]\n", act, world_last_event(&w), world_at(&w),
           world_waiting(&w));
    fflush(stdout);
}

static void play(uint64_t seed, int n)
{
    bool slowly = getenv("WEFT_SEED") != NULL;
    char inside[8000], lanes[4000];

    state = seed;
    memset(gone, 0, sizeof gone);
    world_begin(&w, BARE, NULL);
    world_deploy_form(&w, PART);
    world_deploy_form(&w, VIEW);
    snprintf(lanes, sizeof lanes, LANES, PICK(joins), PICK(refusals),
             PICK(resumes), PICK(agrees), PICK(orders), PICK(timeouts),
             PICK(truths), PICK(leads));
    snprintf(inside, sizeof inside, FORM, lanes, PICK(resumes), PICK(repeats),
             PICK(agrees), PICK(orders));
    world_deploy(&w, inside, NULL);
    WORLD_OK(&w, world_create(&w, "ann", "{\"n\":4}"));
    for (int i = 1; i <= n; i++) {
        int64_t now;

        deed.who = NULL;
        if (!try_one()) {
            check_refusal(seed);
            deed.who = NULL;
        }
        if (i % UNDO_EACH == 0)
            try_undoing(seed, i);
        now = w.now; /* looking takes no time: slowly it is the same play */
        if (slowly && w.err.code == WEFT_OK)
            tell(i);
        if (slowly || i % VERIFY_EACH == 0)
            check_invariants(seed, i);
        w.now = now;
    }
    world_end(&w);
}

/* Kept seeds: each once found something, and each fault that cuts.lua puts in
 * is found by two of them at least. */
static const uint64_t seeds[] = {
    1,  2,  3,  4,  5,
    6,  7,  8,  9,  10,
    24, 36, 40, 44, UINT64_C(17982315590470598397)
};

START_TEST(whatever_people_try_the_invariants_hold)
{
    if (!getenv("WEFT_SEED"))
        play(seeds[_i], getenv("WEFT_LONG") ? LONG_ACTS : ACTS);
}
END_TEST

START_TEST(whatever_people_try_today_the_invariants_hold)
{
    const char *wanted = getenv("WEFT_SEED");
    uint64_t seed;

    if (wanted && _i > 0)
        return;
    wf_random(&seed, sizeof seed);
    if (wanted)
        seed = strtoull(wanted, NULL, 10);
    printf("flow/random: seed %llu\n", (unsigned long long)seed);
    play(seed, getenv("WEFT_LONG") ? LONG_ACTS : TODAY_ACTS);
}
END_TEST

TCase *kept_tests(void)
{
    TCase *tc = tcase_create("flow/kept");

    tcase_set_timeout(tc, 600);
    tcase_add_loop_test(tc, whatever_people_try_the_invariants_hold, 0,
                        (int)(sizeof seeds / sizeof seeds[0]));
    return tc;
}

TCase *random_tests(void)
{
    TCase *tc = tcase_create("flow/random");

    tcase_set_timeout(tc, 600);
    tcase_add_loop_test(tc, whatever_people_try_today_the_invariants_hold, 0,
                        5);
    return tc;
}
