/* unit/org/test_closure.c - the lines of people after random moves, against
 * those made anew from all edges.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include <stdlib.h>

#include "org/closure.h"

enum {
    PEOPLE = 40,
    ROUNDS = 150
};

static struct org org;
static unsigned seed;
static wf_id managers[PEOPLE + 1];

static void setup(void)
{
    org_begin(&org);
    seed = 7;
    for (wf_id id = 1; id <= PEOPLE; id++) {
        managers[id] = id / 3;
        org_person(&org, id, wf_arena_printf(org.arena, "p%d", (int)id),
                   managers[id], 0);
    }
    org_close(&org);
}

static void teardown(void)
{
    org_end(&org);
}

static int roll(int n)
{
    seed = seed * 1103515245U + 12345U;
    return (int)(seed >> 16) % n;
}

/* Whether somebody comes back to themselves. */
static bool is_circle(void)
{
    for (wf_id id = 1; id <= PEOPLE; id++) {
        wf_id at = id;

        for (int i = 0; at && i <= PEOPLE; i++)
            at = managers[at];
        if (at)
            return true;
    }
    return false;
}

/* A number that two different closures hardly share. */
static int64_t digest(void)
{
    return test_int(org.db, "SELECT sum(person * 1000003 + above * 10007"
                            " + distance * 101 + person * above * 31)"
                            " FROM person_above");
}

static void set_manager(wf_id person, wf_id manager)
{
    org_run(&org, "UPDATE person SET manager = $2, title = $3 WHERE id = $1",
            person, manager, "");
}

/* Moves up to five people anywhere; true if that was refused. */
static bool move_some(void)
{
    struct wf_save save WF_CLEANUP(wf_save_end) = WF_SAVE_INIT;
    struct wf_closure_flaw flaw = { 0 };
    struct wf_idset touched = { 0 };
    wf_id before[PEOPLE + 1];
    bool refused;

    memcpy(before, managers, sizeof before);
    ORG_OK(&org, wf_save_begin(org.db, &save, &org.err));
    for (int n = 1 + roll(5); n > 0; n--) {
        wf_id id = 1 + roll(PEOPLE);

        managers[id] = roll(PEOPLE + 1);
        set_manager(id, managers[id]);
        wf_idset_add(org.arena, &touched, id);
    }
    ORG_OK(&org, wf_closure_update(&org.call, &wf_closure_people, &touched,
                                   &flaw, &org.err));
    refused = flaw.circle.n > 0;
    ck_assert(refused == is_circle());
    for (size_t i = 0; i < flaw.circle.n; i++)
        ck_assert_int_eq(managers[flaw.circle.at[i]],
                         flaw.circle.at[(i + 1) % flaw.circle.n]);
    if (refused)
        memcpy(managers, before, sizeof before);
    else
        ORG_OK(&org, wf_save_keep(&save, &org.err));
    return refused;
}

START_TEST(random_moves_keep_every_line_true)
{
    int n_refused = 0;

    for (int i = 0; i < ROUNDS; i++) {
        int64_t kept;

        n_refused += move_some();
        kept = digest();
        org_close(&org);
        ck_assert_int_eq(kept, digest());
    }
    ck_assert_int_gt(n_refused, 10);
    ck_assert_int_lt(n_refused, ROUNDS - 10);
}
END_TEST

START_TEST(who_is_moved_takes_nobody_but_those_below)
{
    struct wf_closure_flaw flaw = { 0 };
    struct wf_idset touched = { 0 };
    int64_t statements;

    set_manager(4, 0);
    wf_idset_add(org.arena, &touched, 4);
    statements = wf_db_statements(org.db);
    ORG_OK(&org, wf_closure_update(&org.call, &wf_closure_people, &touched,
                                   &flaw, &org.err));

    ck_assert_int_le(wf_db_statements(org.db) - statements, 3);
    ck_assert_int_eq(test_int(org.db, "SELECT count(*) FROM person_above"
                                      " WHERE above = 1 AND person IN (4, 12)"),
                     0);
    ck_assert_int_eq(test_int(org.db, "SELECT distance FROM person_above"
                                      " WHERE above = 4 AND person = 37"),
                     2);
}
END_TEST

TCase *closure_tests(void)
{
    TCase *tc = tcase_create("org/closure");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, random_moves_keep_every_line_true);
    tcase_add_test(tc, who_is_moved_takes_nobody_but_those_below);
    return tc;
}
