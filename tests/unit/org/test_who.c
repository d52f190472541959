/* unit/org/test_who.c - the people of a document, word by word.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include <string.h>

#include "def/form.h"
#include "org/who.h"

/*  company (head anna)        anna
 *    east (head ben)            ben          carl
 *      store                      dora emil    finn
 *                                   gina           */
enum {
    ANNA = 1,
    BEN,
    CARL,
    DORA,
    EMIL,
    FINN,
    GINA,
    COMPANY = 50,
    EAST,
    STORE,
    DOC = 90
};

static struct org org;
static struct wf_form form;
static struct wf_who_doc doc;
static struct wf_who_context context;

static void setup(void)
{
    org_begin(&org);
    org_unit(&org, COMPANY, "company", 0, ANNA);
    org_unit(&org, EAST, "east", COMPANY, BEN);
    org_unit(&org, STORE, "store", EAST, 0);
    org_person(&org, ANNA, "anna", 0, COMPANY);
    org_person(&org, BEN, "ben", ANNA, EAST);
    org_person(&org, CARL, "carl", ANNA, COMPANY);
    org_person(&org, DORA, "dora", BEN, EAST);
    org_person(&org, EMIL, "emil", BEN, STORE);
    org_person(&org, FINN, "finn", CARL, 0);
    org_person(&org, GINA, "gina", DORA, STORE);
    org_close(&org);
    form = (struct wf_form){ .id = "sheet" };
    doc = (struct wf_who_doc){
        .id = DOC, .form = &form, .subject = GINA, .creator = EMIL
    };
    context = (struct wf_who_context){ .call = &org.call, .doc = &doc };
}

static void teardown(void)
{
    org_end(&org);
}

/* --- Expressions. */

static struct wf_who *word(enum wf_who_kind kind, const struct wf_who *arg)
{
    struct wf_who *who = WF_NEW(org.arena, struct wf_who);

    who->kind = kind;
    who->arg = arg;
    who->n = 1;
    return who;
}

static struct wf_who *named(enum wf_who_kind kind, const char *name,
                            const struct wf_who *arg)
{
    struct wf_who *who = word(kind, arg);

    who->name = name;
    return who;
}

static struct wf_who *levels(enum wf_who_kind kind, const struct wf_who *arg,
                             int n)
{
    struct wf_who *who = word(kind, arg);

    who->n = n;
    return who;
}

static struct wf_who *both(enum wf_who_kind kind, const struct wf_who *left,
                           const struct wf_who *right)
{
    struct wf_who *who = word(kind, NULL);

    who->left = left;
    who->right = right;
    return who;
}

static struct wf_who *of_field(enum wf_who_kind kind, const char *id,
                               const struct wf_field *items)
{
    struct wf_field *field = WF_NEW(org.arena, struct wf_field);
    struct wf_who *who = word(kind, NULL);

    field->id = id;
    field->items = items;
    field->path =
        items ? wf_arena_printf(org.arena, "%s.%s", items->id, id) : id;
    who->field = field;
    return who;
}

static const struct wf_who *owner(void)
{
    return word(WF_WHO_OWNER, NULL);
}

static const struct wf_who *person(const char *name)
{
    return named(WF_WHO_PERSON, name, NULL);
}

static const struct wf_who *unit(const char *key)
{
    return named(WF_WHO_UNIT_KEY, key, NULL);
}

static void set_data(const char *json)
{
    const struct wf_json_limits limits = WF_JSON_LIMITS;
    struct wf_json *tree = NULL;

    ORG_OK(&org, wf_json_parse(org.arena, json, strlen(json), &limits, &tree,
                               &org.err));
    doc.data = tree;
}

/* The logins of those it means, with a space between. Whom the list has is
 * also whom wf_who_includes() has. */
static const char *people(const struct wf_who *who)
{
    struct wf_buf buf = WF_BUF_INIT(org.arena);
    struct wf_who_list list = { 0 };
    unsigned listed = 0;

    ORG_OK(&org, wf_who_people(&context, who, &list, &org.err));
    for (size_t i = 0; i < list.n; i++) {
        const struct wf_person *found = NULL;

        ORG_OK(&org, wf_person_find(&org.call, list.at[i], &found, &org.err));
        wf_buf_printf(&buf, "%s%s", i ? " " : "", found->login);
        listed |= 1U << list.at[i];
    }
    for (wf_id id = ANNA; id <= GINA; id++) {
        bool is_in = false;

        ORG_OK(&org, wf_who_includes(&context, who, id, &is_in, &org.err));
        ck_assert_int_eq(is_in, (listed >> id) & 1);
    }
    return wf_buf_text(&buf);
}

#define ck_people(who, logins) ck_assert_str_eq(people(who), logins)

/* --- Words that stand for themselves. */

START_TEST(owner_and_creator_are_those_of_the_document)
{
    ck_people(owner(), "gina");
    ck_people(word(WF_WHO_CREATOR, NULL), "emil");
}
END_TEST

START_TEST(without_a_document_there_is_no_owner_creator_participant_or_field)
{
    context.doc = NULL;

    ck_people(owner(), "");
    ck_people(word(WF_WHO_CREATOR, NULL), "");
    ck_people(word(WF_WHO_PARTICIPANTS, NULL), "");
    ck_people(of_field(WF_WHO_FIELD, "reviewer", NULL), "");
}
END_TEST

START_TEST(me_is_who_asks)
{
    const struct wf_person *finn = NULL;

    ck_people(word(WF_WHO_ME, NULL), "");
    ORG_OK(&org, wf_person_find(&org.call, FINN, &finn, &org.err));
    org.call.me = finn;

    ck_people(word(WF_WHO_ME, NULL), "finn");
}
END_TEST

START_TEST(everyone_is_everyone_who_is_active)
{
    test_run(org.db, "UPDATE person SET active = 0 WHERE login = 'ben'");

    ck_people(word(WF_WHO_EVERYONE, NULL), "anna carl dora emil finn gina");
}
END_TEST

START_TEST(a_person_is_named_by_login_or_id)
{
    ck_people(person("dora"), "dora");
    ck_people(person("4"), "dora");
    ck_people(person("nobody"), "");
}
END_TEST

START_TEST(a_field_has_one_or_many_and_what_is_no_id_is_nobody)
{
    set_data("{\"reviewer\":\"3\",\"helpers\":[\"6\",\"2\",\"6\",\"x\",null]}");

    ck_people(of_field(WF_WHO_FIELD, "reviewer", NULL), "carl");
    ck_people(of_field(WF_WHO_FIELD, "helpers", NULL), "finn ben");
    ck_people(of_field(WF_WHO_FIELD, "absent", NULL), "");
}
END_TEST

START_TEST(a_column_has_the_people_of_all_rows)
{
    static const struct wf_field rows = { .id = "rows", .path = "rows" };

    set_data("{\"rows\":[{\"who\":\"3\"},{},{\"who\":\"2\"},7]}");

    ck_people(of_field(WF_WHO_FIELD, "who", &rows), "carl ben");
}
END_TEST

START_TEST(participants_are_creator_owner_and_everyone_with_a_seat)
{
    org_run(&org,
            "INSERT INTO document (id, form, family, version, title, step,"
            " state, revision, walk, flow, created, updated, data)"
            " VALUES ($1, $3, $3, 1, '', 's', 'open', 1, 1, '', 0, 0, '')",
            DOC, 0, "sheet");
    org_run(&org,
            "INSERT INTO seat (id, document, form, step, walk, place, person,"
            " source, state, made) VALUES (1, $1, $3, 's', 1, 1, $2, 'rule',"
            " 'closed', 0)",
            DOC, BEN, "sheet");

    ck_people(word(WF_WHO_PARTICIPANTS, NULL), "emil gina ben");
}
END_TEST

START_TEST(a_team_is_named_or_stands_in_a_field)
{
    static const char SQL[] =
        "INSERT INTO team_member (team, person) VALUES ($3, $1)";

    org_run(&org, SQL, GINA, 0, "apollo");
    org_run(&org, SQL, CARL, 0, "apollo");
    org_run(&org, SQL, BEN, 0, "hermes");
    set_data("{\"project\":\"hermes\"}");

    ck_people(named(WF_WHO_TEAM, "apollo", NULL), "carl gina");
    ck_people(named(WF_WHO_TEAM, "none", NULL), "");
    ck_people(of_field(WF_WHO_TEAM, "project", NULL), "ben");
}
END_TEST

/* --- Lines. */

START_TEST(managers_are_those_so_many_levels_above)
{
    ck_people(word(WF_WHO_MANAGER, owner()), "dora");
    ck_people(levels(WF_WHO_MANAGER, owner(), 2), "ben");
    ck_people(levels(WF_WHO_MANAGER, owner(), 9), "");
    ck_people(levels(WF_WHO_MANAGERS, owner(), 2), "dora ben");
    ck_people(levels(WF_WHO_MANAGERS, owner(), 9), "dora ben anna");
    ck_people(word(WF_WHO_ABOVE, owner()), "dora ben anna");
    ck_people(word(WF_WHO_ABOVE, person("anna")), "");
}
END_TEST

START_TEST(reports_are_direct_and_below_is_all_by_level_and_login)
{
    ck_people(word(WF_WHO_REPORTS, person("ben")), "dora emil");
    ck_people(word(WF_WHO_BELOW, person("anna")),
              "ben carl dora emil finn gina");
    ck_people(word(WF_WHO_BELOW, owner()), "");
}
END_TEST

START_TEST(peers_have_the_same_manager)
{
    ck_people(word(WF_WHO_PEERS, person("dora")), "emil");
    ck_people(word(WF_WHO_PEERS, person("anna")), "");
}
END_TEST

START_TEST(dotted_managers_are_those_whose_line_has_no_end)
{
    static const char SQL[] =
        "INSERT INTO line (person, above, kind, since, until)"
        " VALUES ($1, $2, 'dotted', '', $3)";

    org_run(&org, SQL, GINA, CARL, "9999-12-31");
    org_run(&org, SQL, GINA, ANNA, "9999-12-31");
    org_run(&org, SQL, GINA, EMIL, "2026-01-01");

    ck_people(word(WF_WHO_DOTTED, owner()), "anna carl");
}
END_TEST

START_TEST(words_go_into_each_other)
{
    ck_people(word(WF_WHO_MANAGER, word(WF_WHO_MANAGER, owner())), "ben");
    ck_people(word(WF_WHO_REPORTS, word(WF_WHO_ABOVE, owner())),
              "gina dora emil ben carl");
}
END_TEST

START_TEST(an_argument_with_several_people_means_those_of_each)
{
    set_data("{\"helpers\":[\"6\",\"4\"]}");

    ck_people(word(WF_WHO_MANAGER, of_field(WF_WHO_FIELD, "helpers", NULL)),
              "carl ben");
}
END_TEST

START_TEST(a_manager_who_has_left_is_nobody_but_still_leads_further)
{
    test_run(org.db, "UPDATE person SET active = 0 WHERE login = 'dora'");

    ck_people(word(WF_WHO_MANAGER, owner()), "");
    ck_people(word(WF_WHO_ABOVE, owner()), "ben anna");
    ck_people(word(WF_WHO_MANAGER, word(WF_WHO_MANAGER, owner())), "ben");
}
END_TEST

/* --- Units and roles. */

START_TEST(a_unit_has_a_head_and_members_with_those_of_its_units)
{
    set_data("{\"dept\":\"store\"}");

    ck_people(word(WF_WHO_HEAD, unit("company")), "anna");
    ck_people(word(WF_WHO_HEAD, unit("store")), "");
    ck_people(word(WF_WHO_HEAD, unit("none")), "");
    ck_people(word(WF_WHO_MEMBERS, unit("east")), "ben dora emil gina");
    ck_people(word(WF_WHO_MEMBERS, of_field(WF_WHO_UNIT_FIELD, "dept", NULL)),
              "emil gina");
    ck_people(word(WF_WHO_MEMBERS, word(WF_WHO_UNIT_OF, owner())), "emil gina");
    ck_people(word(WF_WHO_HEAD, word(WF_WHO_UNIT_OF, person("dora"))), "ben");
    ck_people(word(WF_WHO_HEAD, word(WF_WHO_UNIT_OF, person("finn"))), "");
}
END_TEST

START_TEST(the_heads_of_a_unit_are_its_own_and_those_of_all_beneath)
{
    ck_people(word(WF_WHO_HEADS, unit("company")), "anna ben");
    ck_people(word(WF_WHO_HEADS, unit("east")), "ben");
    ck_people(word(WF_WHO_HEADS, unit("store")), "");
    ck_people(word(WF_WHO_HEADS, unit("none")), "");
    ck_people(word(WF_WHO_HEADS, word(WF_WHO_UNIT_OF, person("dora"))), "ben");

    test_run(org.db, "UPDATE unit SET head = 2");
    ck_people(word(WF_WHO_HEADS, unit("company")), "ben");
}
END_TEST

START_TEST(a_role_is_held_anywhere_or_for_the_unit_of_somebody)
{
    org_role(&org, "hr", FINN, 0);
    org_role(&org, "hr", CARL, EAST);
    org_role(&org, "hr", EMIL, STORE);
    org_role(&org, "hr", EMIL, EAST);

    ck_people(named(WF_WHO_ROLE, "hr", NULL), "carl emil finn");
    ck_people(named(WF_WHO_ROLE, "hr", owner()), "carl emil finn");
    ck_people(named(WF_WHO_ROLE, "hr", person("anna")), "finn");
    ck_people(named(WF_WHO_ROLE, "hr", person("finn")), "finn");
    ck_people(named(WF_WHO_ROLE, "hr", unit("east")), "carl emil finn");
    ck_people(named(WF_WHO_ROLE, "hr", unit("company")), "finn");
    ck_people(named(WF_WHO_ROLE, "none", owner()), "");
}
END_TEST

/* --- Operators. */

START_TEST(operators_narrow_join_and_take_away_in_the_order_named)
{
    const struct wf_who *line = word(WF_WHO_ABOVE, owner());
    const struct wf_who *east = word(WF_WHO_MEMBERS, unit("east"));

    ck_people(both(WF_WHO_AND, line, east), "dora ben");
    ck_people(both(WF_WHO_OR, line, east), "dora ben anna emil gina");
    ck_people(both(WF_WHO_EXCEPT, east, line), "emil gina");
}
END_TEST

/* --- Hooks. */

static bool give_people(void *self, const char *name, struct wf_json **out,
                        weft_error *err)
{
    const struct wf_json_limits limits = WF_JSON_LIMITS;
    const char *json = self;

    ck_assert_str_eq(name, "pick");
    return wf_json_parse(org.arena, json, strlen(json), &limits, out, err);
}

START_TEST(a_hook_function_gives_logins_ids_or_nobody)
{
    static char many[] = "[\"finn\",\"2\",{\"id\":\"3\"}]";
    static char one[] = "\"dora\"";
    static char none[] = "null";
    const struct wf_who *pick = named(WF_WHO_LUA, "pick", NULL);

    context.lua = give_people;
    context.self = many;
    ck_people(pick, "finn ben carl");
    context.self = one;
    ck_people(pick, "dora");
    context.self = none;
    ck_people(pick, "");
}
END_TEST

START_TEST(a_hook_function_that_names_a_stranger_is_refused)
{
    static char stranger[] = "[\"nobody\"]";
    struct wf_who_list list = { 0 };

    context.lua = give_people;
    context.self = stranger;

    ck_assert(!wf_who_people(&context, named(WF_WHO_LUA, "pick", NULL), &list,
                             &org.err));
    ck_assert_int_eq(org.err.code, WEFT_E_SCRIPT);
}
END_TEST

START_TEST(a_hook_function_is_not_asked_for_access)
{
    const struct wf_who *pick = named(WF_WHO_LUA, "pick", NULL);
    struct wf_query query = WF_QUERY_INIT(org.arena);
    struct wf_who_list list = { 0 };
    const struct wf_person *finn = NULL;

    ck_assert(!wf_who_people(&context, pick, &list, &org.err));
    ck_assert_int_eq(org.err.code, WEFT_E_INVALID);
    ORG_OK(&org, wf_person_find(&org.call, FINN, &finn, &org.err));
    org.call.me = finn;
    ck_assert(!wf_who_query(&org.call, pick, &form, WF_WHO_BY_SETS, &query,
                            &org.err));
    ck_assert_int_eq(org.err.code, WEFT_E_INVALID);
}
END_TEST

START_TEST(more_people_than_a_list_may_have_are_refused)
{
    static const char SQL[] =
        "WITH RECURSIVE n (i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n"
        " WHERE i < 11000) INSERT INTO person (id, login, name, pinyin,"
        " initials, active, teams, attributes, changed)"
        " SELECT i, 'p' || i, '', '', '', 1, '', '{}', 0 FROM n";
    const struct wf_who *everyone = word(WF_WHO_EVERYONE, NULL);
    struct wf_who_list list = { 0 };

    test_run(org.db, SQL);

    ck_assert(!wf_who_people(&context, everyone, &list, &org.err));
    ck_assert_int_eq(org.err.code, WEFT_E_TOO_LARGE);
    ck_people(both(WF_WHO_AND, everyone, owner()), "gina");
}
END_TEST

START_TEST(an_unknown_or_inactive_person_is_never_among_them)
{
    bool is_in = true;

    test_run(org.db, "UPDATE person SET active = 0 WHERE login = 'ben'");
    ORG_OK(&org, wf_who_includes(&context, word(WF_WHO_EVERYONE, NULL), BEN,
                                 &is_in, &org.err));
    ck_assert(!is_in);
    ORG_OK(&org, wf_who_includes(&context, word(WF_WHO_EVERYONE, NULL), 999,
                                 &is_in, &org.err));
    ck_assert(!is_in);
}
END_TEST

TCase *who_tests(void)
{
    TCase *tc = tcase_create("org/who");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, owner_and_creator_are_those_of_the_document);
    tcase_add_test(
        tc, without_a_document_there_is_no_owner_creator_participant_or_field);
    tcase_add_test(tc, me_is_who_asks);
    tcase_add_test(tc, everyone_is_everyone_who_is_active);
    tcase_add_test(tc, a_person_is_named_by_login_or_id);
    tcase_add_test(tc, a_field_has_one_or_many_and_what_is_no_id_is_nobody);
    tcase_add_test(tc, a_column_has_the_people_of_all_rows);
    tcase_add_test(tc, participants_are_creator_owner_and_everyone_with_a_seat);
    tcase_add_test(tc, a_team_is_named_or_stands_in_a_field);
    tcase_add_test(tc, managers_are_those_so_many_levels_above);
    tcase_add_test(tc, reports_are_direct_and_below_is_all_by_level_and_login);
    tcase_add_test(tc, peers_have_the_same_manager);
    tcase_add_test(tc, dotted_managers_are_those_whose_line_has_no_end);
    tcase_add_test(tc, words_go_into_each_other);
    tcase_add_test(tc, an_argument_with_several_people_means_those_of_each);
    tcase_add_test(tc,
                   a_manager_who_has_left_is_nobody_but_still_leads_further);
    tcase_add_test(tc, a_unit_has_a_head_and_members_with_those_of_its_units);
    tcase_add_test(tc,
                   the_heads_of_a_unit_are_its_own_and_those_of_all_beneath);
    tcase_add_test(tc, a_role_is_held_anywhere_or_for_the_unit_of_somebody);
    tcase_add_test(tc, operators_narrow_join_and_take_away_in_the_order_named);
    tcase_add_test(tc, a_hook_function_gives_logins_ids_or_nobody);
    tcase_add_test(tc, a_hook_function_that_names_a_stranger_is_refused);
    tcase_add_test(tc, a_hook_function_is_not_asked_for_access);
    tcase_add_test(tc, more_people_than_a_list_may_have_are_refused);
    tcase_add_test(tc, an_unknown_or_inactive_person_is_never_among_them);
    return tc;
}
