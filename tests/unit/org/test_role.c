/* unit/org/test_role.c - who holds a role, and for what.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

static struct org org;

/* company > east > store; anna holds "hr" for east, ben everywhere. */
static void setup(void)
{
    org_begin(&org);
    org_unit(&org, 50, "company", 0, 0);
    org_unit(&org, 51, "east", 50, 0);
    org_unit(&org, 52, "store", 51, 0);
    org_person(&org, 1, "anna", 0, 50);
    org_person(&org, 2, "ben", 0, 0);
    org_role(&org, "hr", 1, 51);
    org_role(&org, "hr", 2, 0);
    org_role(&org, "admin", 2, 0);
    org_close(&org);
}

static void teardown(void)
{
    org_end(&org);
}

static bool held(wf_id person, const char *role, wf_id unit)
{
    bool is_held = false;

    ORG_OK(&org,
           wf_role_held(&org.call, person, role, unit, &is_held, &org.err));
    return is_held;
}

START_TEST(a_scope_covers_its_unit_and_all_below_it)
{
    ck_assert(held(1, "hr", 51));
    ck_assert(held(1, "hr", 52));
    ck_assert(!held(1, "hr", 50));
}
END_TEST

START_TEST(a_role_without_scope_covers_everything)
{
    ck_assert(held(2, "hr", 50));
    ck_assert(held(2, "hr", 52));
    ck_assert(held(2, "hr", 999));
}
END_TEST

START_TEST(a_role_for_some_units_is_not_held_everywhere)
{
    ck_assert(!held(1, "hr", WF_EVERYWHERE));
    ck_assert(held(2, "hr", WF_EVERYWHERE));
}
END_TEST

START_TEST(without_a_unit_any_scope_will_do)
{
    ck_assert(held(1, "hr", 0));
    ck_assert(!held(1, "admin", 0));
}
END_TEST

START_TEST(roles_are_shown_with_their_scopes)
{
    struct wf_json *roles = NULL;

    ORG_OK(&org, wf_roles_of(&org.call, 2, &roles, &org.err));
    ck_assert_str_eq(wf_json_dump(org.arena, roles), "[\"admin\",\"hr\"]");
    ORG_OK(&org, wf_roles_of(&org.call, 1, &roles, &org.err));
    ck_assert_str_eq(wf_json_dump(org.arena, roles), "[\"hr@east\"]");
    ORG_OK(&org, wf_roles_of(&org.call, 99, &roles, &org.err));
    ck_assert_str_eq(wf_json_dump(org.arena, roles), "[]");
}
END_TEST

START_TEST(all_roles_are_listed_with_their_active_holders)
{
    struct wf_buf buf = WF_BUF_INIT(org.arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&buf);

    org_person(&org, 3, "carl", 0, 0);
    org_role(&org, "hr", 3, 0);
    test_run(org.db, "UPDATE person SET active = 0 WHERE id = 3");
    ORG_OK(&org, wf_roles_list(&org.call, &out, &org.err));

    ck_assert_str_eq(
        wf_buf_text(&buf),
        "{\"items\":[{\"id\":\"admin\",\"people\":[{\"id\":\"2\",\"login\":"
        "\"ben\",\"name\":\"ben\",\"unit\":null}]},{\"id\":\"hr\",\"people\":["
        "{\"id\":\"1\",\"login\":\"anna\",\"name\":\"anna\",\"unit\":\"east\"},"
        "{\"id\":\"2\",\"login\":\"ben\",\"name\":\"ben\",\"unit\":null}]}],"
        "\"next\":null}");
}
END_TEST

START_TEST(a_store_without_roles_lists_none)
{
    struct wf_buf buf = WF_BUF_INIT(org.arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&buf);

    test_run(org.db, "DELETE FROM role_grant");
    ORG_OK(&org, wf_roles_list(&org.call, &out, &org.err));

    ck_assert_str_eq(wf_buf_text(&buf), "{\"items\":[],\"next\":null}");
}
END_TEST

TCase *role_tests(void)
{
    TCase *tc = tcase_create("org/role");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_scope_covers_its_unit_and_all_below_it);
    tcase_add_test(tc, a_role_without_scope_covers_everything);
    tcase_add_test(tc, a_role_for_some_units_is_not_held_everywhere);
    tcase_add_test(tc, without_a_unit_any_scope_will_do);
    tcase_add_test(tc, roles_are_shown_with_their_scopes);
    tcase_add_test(tc, all_roles_are_listed_with_their_active_holders);
    tcase_add_test(tc, a_store_without_roles_lists_none);
    return tc;
}
