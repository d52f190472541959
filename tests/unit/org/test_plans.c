/* unit/org/test_plans.c - no statement that runs for a request goes through a
 * whole table.
 *
 * Everything of this layer is called once; then the plans of all statements
 * that the connection has prepared by then are looked at.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include <string.h>

#include "org/signin.h"
#include "org/who.h"
#include "store/driver.h"

static struct org org;
static struct wf_gate *gate;

static void setup(void)
{
    org_begin(&org);
    gate = wf_gate_new(&org.clock);
    org_unit(&org, 50, "east", 0, 1);
    org_person(&org, 1, "ada", 0, 50);
    org_person(&org, 2, "ben", 1, 50);
    org_role(&org, "hr", 1, 50);
    org_close(&org);
}

static void teardown(void)
{
    wf_gate_free(gate);
    org_end(&org);
}

/* Those that by their nature go through all of something: the lists of all
 * units and of all roles, everyone, and the few settings of the company. And
 * what the opening of the store and the fixture have run. */
static bool may_scan(const char *sql)
{
    static const char *const all[] = {
        "SELECT u.key, u.name,",
        "SELECT g.role, p.id,",
        "SELECT id FROM person WHERE active = 1 AND service = 0 ORDER BY login",
        "SELECT name, value FROM company",
        "WITH RECURSIVE up",
        "SELECT name, hash FROM applied",
    };

    for (size_t i = 0; i < WF_COUNT(all); i++)
        if (!strncmp(sql, all[i], strlen(all[i])))
            return true;
    return false;
}

static void check_plans(void)
{
    size_t n = 0;

    for (size_t i = 0; i < org.db->slots.cap; i++) {
        const struct wf_stmt_slot *slot = org.db->slots.at[i];
        const char *plan = NULL;

        if (!slot || may_scan(slot->sql))
            continue;
        ORG_OK(&org, wf_db_plan(org.db, slot->sql, org.arena, &plan, &org.err));
        ck_assert_msg(!strstr(plan, "SCAN"), "%s\n%s", slot->sql, plan);
        n++;
    }
    ck_assert_uint_gt(n, 5);
}

START_TEST(no_statement_of_people_units_and_roles_scans)
{
    struct wf_buf buf = WF_BUF_INIT(org.arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&buf);
    const wf_id ids[] = { 1, 2 };
    const struct wf_person *person;
    struct wf_json *roles;
    struct wf_unit unit;
    bool found;

    ORG_OK(&org, wf_person_find_login(&org.call, "ada", &person, &org.err));
    org_forget(&org);
    ORG_OK(&org, wf_people_load(&org.call, ids, 2, &org.err));
    org_forget(&org);
    ORG_OK(&org, wf_person_find(&org.call, 1, &person, &org.err));
    ORG_OK(&org, wf_unit_find(&org.call, "east", &unit, &found, &org.err));
    ORG_OK(&org, wf_role_held(&org.call, 1, "hr", 0, &found, &org.err));
    ORG_OK(&org, wf_role_held(&org.call, 1, "hr", 50, &found, &org.err));
    ORG_OK(&org, wf_roles_of(&org.call, 1, &roles, &org.err));
    ORG_OK(&org, wf_units_list(&org.call, &out, &org.err));
    ORG_OK(&org, wf_roles_list(&org.call, &out, &org.err));
    check_plans();
}
END_TEST

START_TEST(no_statement_of_who_scans)
{
    static const struct wf_who owner = { .kind = WF_WHO_OWNER };
    static const struct wf_who unit = { .kind = WF_WHO_UNIT_OF, .arg = &owner };
    struct wf_who_doc doc = { .id = 90, .subject = 2, .creator = 1 };
    const struct wf_who_context context = { .call = &org.call, .doc = &doc };

    for (int kind = WF_WHO_OWNER; kind <= WF_WHO_ROLE; kind++) {
        bool is_head = kind == WF_WHO_HEAD || kind == WF_WHO_HEADS
                       || kind == WF_WHO_MEMBERS;
        struct wf_who who = { .kind = (enum wf_who_kind)kind,
                              .arg = is_head ? &unit : &owner,
                              .name = "x",
                              .n = 1 };
        struct wf_who_list list = { 0 };
        bool found;

        if (kind == WF_WHO_FIELD)
            continue;
        ORG_OK(&org, wf_who_people(&context, &who, &list, &org.err));
        ORG_OK(&org, wf_who_includes(&context, &who, 1, &found, &org.err));
        who.arg = kind == WF_WHO_ROLE ? NULL : who.arg;
        ORG_OK(&org, wf_who_people(&context, &who, &list, &org.err));
    }
    check_plans();
}
END_TEST

START_TEST(no_statement_of_sign_in_scans)
{
    const struct wf_credentials credentials = { "ada", "correct horse", NULL };
    const char *secret = NULL;
    const char *csrf = NULL;
    struct wf_login login;
    struct wf_checked checked;

    ORG_OK(&org, wf_password_save(&org.call, 1, "correct horse", &org.err));
    ORG_OK(&org, wf_password_check(&org.call, gate, &credentials, &checked,
                                   &org.err));
    ORG_OK(&org, wf_session_add(&org.call, 1, NULL, &secret, &csrf, &org.err));
    ORG_OK(&org, wf_session_find(&org.call, secret, &login, &org.err));
    ORG_OK(&org, wf_session_touch(&org.call, secret, &org.err));
    ORG_OK(&org, wf_session_end(&org.call, secret, &org.err));
    ORG_OK(&org,
           wf_token_add(&org.call, 1, &(struct wf_token_wish){ NULL, 0, 1 },
                        &secret, &org.err));
    ORG_OK(&org, wf_token_find(&org.call, secret, &login, &org.err));
    check_plans();
}
END_TEST

/* The list of people is made at run time: its slots are others. */
START_TEST(no_list_of_people_scans)
{
    static const struct wf_people_query queries[] = {
        { .search = NULL },
        { .search = "a" },
        { .unit = "east" },
        { .search = "a", .unit = "east", .cursor = "1" },
    };

    for (size_t i = 0; i < WF_COUNT(queries); i++) {
        struct wf_buf buf = WF_BUF_INIT(org.arena);
        struct wf_json_writer out = WF_JSON_WRITER_INIT(&buf);

        ORG_OK(&org, wf_people_list(&org.call, &queries[i], &out, &org.err));
    }
    for (size_t i = 0; i < WF_COUNT(queries); i++) {
        const struct wf_stmt_slot *slot = org.db->made[i];
        const char *plan = NULL;

        ck_assert_ptr_nonnull(slot);
        ORG_OK(&org, wf_db_plan(org.db, slot->sql, org.arena, &plan, &org.err));
        ck_assert_msg(!strstr(plan, "SCAN"), "%s\n%s", slot->sql, plan);
    }
}
END_TEST

TCase *plans_tests(void)
{
    TCase *tc = tcase_create("org/plans");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, no_statement_of_people_units_and_roles_scans);
    tcase_add_test(tc, no_statement_of_who_scans);
    tcase_add_test(tc, no_statement_of_sign_in_scans);
    tcase_add_test(tc, no_list_of_people_scans);
    return tc;
}
