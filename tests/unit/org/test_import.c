/* unit/org/test_import.c - units and people from CSV.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include <string.h>

#include "org/import.h"
#include "org/signin.h"

static struct org org;
static struct wf_import_result result;

static void setup(void)
{
    org_begin(&org);
}

static void teardown(void)
{
    org_end(&org);
}

static bool bring_units(const char *csv)
{
    org_forget(&org);
    return wf_import_units(&org.call, csv, strlen(csv), false, &result,
                           &org.err);
}

static bool bring(const char *csv)
{
    org_forget(&org);
    return wf_import_people(&org.call, csv, strlen(csv), false, &result,
                            &org.err);
}

/* The findings as "field code; ". */
static const char *findings(void)
{
    struct wf_buf buf = WF_BUF_INIT(org.arena);

    for (size_t i = 0; i < org.findings.n; i++)
        wf_buf_printf(&buf, "%s%s %s", i ? "; " : "", org.findings.at[i].field,
                      org.findings.at[i].code);
    return wf_buf_text(&buf);
}

#define ck_brought(ok)                                                         \
    ck_assert_msg((ok), "%s (%s: %s)", org.err.text, findings(),               \
                  org.findings.n ? org.findings.at[0].message : "")

#define ck_refused(ok, fields)                                                 \
    do {                                                                       \
        ck_assert(!(ok));                                                      \
        ck_assert_str_eq(findings(), fields);                                  \
        ck_assert_int_eq(org.err.code, WEFT_E_INVALID);                        \
    } while (0)

static const struct wf_person *person(const char *login)
{
    const struct wf_person *found = NULL;

    ORG_OK(&org, wf_person_find_login(&org.call, login, &found, &org.err));
    return found;
}

#define count(sql) test_int(org.db, "SELECT count(*) FROM " sql)

/* How many levels `above` is over `login`; -1: not above. */
static int64_t distance(const char *login, const char *above)
{
    static const char SQL[] = "SELECT distance FROM person_above"
                              " WHERE person = $1 AND above = $2";
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    ORG_OK(&org, wf_stmt_begin(org.db, SQL, &q, &org.err));
    wf_stmt_bind_int(&q, 1, person(login)->id);
    wf_stmt_bind_int(&q, 2, person(above)->id);
    return wf_stmt_step(&q, &org.err) == WF_FETCH_ROW ? wf_stmt_int(&q, 0) : -1;
}

/* --- Units. */

START_TEST(units_are_added_with_parents_further_down)
{
    struct wf_unit unit;
    bool found;

    ck_brought(bring_units("id,name,parent\nstore,门店,east\neast,East,all\n"
                           "all,All,\n"));

    ck_assert_int_eq(result.n_rows, 3);
    ck_assert_int_eq(result.n_added, 3);
    ORG_OK(&org, wf_unit_find(&org.call, "store", &unit, &found, &org.err));
    ck_assert_str_eq(unit.name, "门店");
    ck_assert_int_eq(count("unit_above"), 6);
    ck_assert_int_eq(count("unit_above WHERE distance = 2"), 1);
    ck_assert_int_eq(count("unit WHERE key = 'store' AND pinyin = 'men dian'"),
                     1);
}
END_TEST

START_TEST(units_that_are_brought_again_are_the_same_or_changed)
{
    ck_brought(bring_units("id,name,parent\na,A,\nb,B,a\nc,C,b\n"));

    ck_brought(bring_units("name,id\nA,a\nBB,b\n"));
    ck_assert_int_eq(result.n_same, 1);
    ck_assert_int_eq(result.n_changed, 1);
    ck_assert_int_eq(count("unit_above"), 6);

    ck_brought(bring_units("id,name,parent\nc,C,a\n"));
    ck_assert_int_eq(result.n_changed, 1);
    ck_assert_int_eq(count("unit_above"), 5);
}
END_TEST

START_TEST(a_head_counts_as_soon_as_that_person_exists)
{
    struct wf_unit unit;
    bool found;

    ck_brought(bring_units("id,name,head\na,A,Ada\n"));
    ck_brought(bring("login,name\nada,Ada\n"));

    ORG_OK(&org, wf_unit_find(&org.call, "a", &unit, &found, &org.err));
    ck_assert_int_eq(unit.head, person("ada")->id);
    ck_brought(bring_units("id,name,head\na,A,ada\n"));
    ck_assert_int_eq(result.n_same, 1);
}
END_TEST

START_TEST(a_head_who_is_still_unknown_is_a_mistake_of_the_people)
{
    ck_brought(bring_units("id,name,head\na,A,ada\n"));

    ck_refused(bring("login,name\nben,Ben\n"), "head unknown");
    ck_assert_ptr_null(person("ben"));
}
END_TEST

START_TEST(mistakes_of_units_are_told_all_at_once)
{
    ck_refused(bring_units("id,name,parent\n,A,\nb b,B,\nc,C,\nc,CC,\nd,,\n"
                           "e,E\n"),
               "[1].id format; [2].id format; [4].id duplicate; "
               "[5].name required; [6] columns");
    ck_refused(bring_units("id,name,parent\na,A,nowhere\n"),
               "[1].parent unknown");
    ck_assert_int_eq(count("unit"), 0);
}
END_TEST

START_TEST(units_in_a_circle_are_refused)
{
    ck_refused(bring_units("id,name,parent\na,A,c\nb,B,a\nc,C,b\nd,D,\n"),
               "[3].parent circle");
    ck_assert(strstr(org.findings.at[0].message, "a, b, c"));
    ck_refused(bring_units("id,name,parent\na,A,a\n"), "[1].parent circle");
    ck_assert_int_eq(count("unit"), 0);
}
END_TEST

START_TEST(a_header_that_is_wrong_is_refused_before_any_row)
{
    ck_refused(bring_units("id,nmae,ID\na,A,b\n"),
               "nmae unknown; id duplicate; name required");
    ck_refused(bring("name,email\nA,b\n"), "login required");
    ck_refused(bring("login,email\nnew,a@b.cd\n"), "[1].name required");
}
END_TEST

/* --- People. */

START_TEST(all_columns_of_a_person_are_kept)
{
    ck_brought(bring_units("id,name\neast,East\n"));
    ck_brought(bring("\xef\xbb\xbfTEAMS, Login ,name,email,unit,grade,title,"
                     "active,locale,timezone,hired,Shoe Size\r\n"
                     "b;a; b,ＡDA,张伟,ada@example.org,east,7.5,Clerk,true,"
                     "zh-CN,Asia/Shanghai,2020-02-29,42\r\n"));

    const struct wf_person *ada = person("ada");

    ck_assert_str_eq(ada->login, "ada");
    ck_assert_str_eq(ada->name, "张伟");
    ck_assert_str_eq(ada->unit_key, "east");
    ck_assert(ada->has_grade && ada->grade == 7.5);
    ck_assert_str_eq(ada->title, "Clerk");
    ck_assert_str_eq(ada->email, "ada@example.org");
    ck_assert_str_eq(ada->locale, "zh-CN");
    ck_assert_str_eq(ada->timezone, "Asia/Shanghai");
    ck_assert(ada->active);
    ck_assert_int_eq(count("person WHERE pinyin = 'zhang wei' AND initials ="
                           " 'zw' AND hired = '2020-02-29' AND teams = ';a;b;'"
                           " AND attributes = '{\"shoe size\":\"42\"}'"),
                     1);
    ck_assert_int_eq(count("team_member"), 2);
}
END_TEST

START_TEST(who_is_new_is_active_without_being_told_so)
{
    ck_brought(bring("login,name,active\nada,Ada,\nben,Ben,false\n"));

    ck_assert(person("ada")->active);
    ck_assert(!person("ben")->active);
}
END_TEST

START_TEST(what_the_file_has_no_column_for_stays)
{
    ck_brought(bring("login,name,title,teams,roles,manager,x,y\n"
                     "ada,Ada,Clerk,a,hr,,1,2\nben,Ben,,,,ada,,\n"));

    ck_brought(bring("login,name,y,z\nada,Ada L,,3\nben,Ben,,\n"));

    ck_assert_int_eq(result.n_changed, 1);
    ck_assert_int_eq(result.n_same, 1);
    ck_assert_str_eq(person("ada")->name, "Ada L");
    ck_assert_str_eq(person("ada")->title, "Clerk");
    ck_assert_int_eq(person("ben")->manager, person("ada")->id);
    ck_assert_int_eq(count("person WHERE teams = ';a;'"
                           " AND attributes = '{\"x\":\"1\",\"z\":\"3\"}'"),
                     1);
    ck_assert_int_eq(count("role_grant"), 1);
}
END_TEST

START_TEST(an_empty_cell_takes_away)
{
    ck_brought(bring("login,name,title,grade,teams,roles,dotted,manager\n"
                     "ada,Ada,Clerk,3,a,hr,ben,ben\nben,Ben,,,,,,\n"));

    ck_brought(bring("login,name,title,grade,teams,roles,dotted,manager\n"
                     "ada,Ada,,,,,,\n"));

    ck_assert_int_eq(result.n_changed, 1);
    ck_assert_ptr_null(person("ada")->title);
    ck_assert(!person("ada")->has_grade);
    ck_assert_int_eq(person("ada")->manager, 0);
    ck_assert_int_eq(count("team_member"), 0);
    ck_assert_int_eq(count("role_grant"), 0);
    ck_assert_int_eq(count("line WHERE until = '9999-12-31'"), 0);
    ck_assert_int_eq(distance("ada", "ben"), -1);
}
END_TEST

START_TEST(the_same_file_twice_changes_nothing)
{
    static const char FILE[] =
        "login,name,title,grade,teams,roles,dotted,manager,x\n"
        "ada,Ada,Clerk,3,b;a,hr;admin;hr,ben,ben,1\nben,Ben,,,,,,,\n";

    ck_brought(bring(FILE));
    ck_brought(bring(FILE));

    ck_assert_int_eq(result.n_rows, 2);
    ck_assert_int_eq(result.n_same, 2);
}
END_TEST

START_TEST(managers_may_follow_further_down)
{
    ck_brought(bring("login,name,manager\nada,Ada,ben\nben,Ben,Carl\n"
                     "carl,Carl,\n"));

    ck_assert_int_eq(distance("ada", "ada"), 0);
    ck_assert_int_eq(distance("ada", "ben"), 1);
    ck_assert_int_eq(distance("ada", "carl"), 2);
    ck_assert_int_eq(count("person_above"), 6);
}
END_TEST

START_TEST(whoever_moves_takes_those_below_along)
{
    ck_brought(bring("login,name,manager\ntop,T,\nleft,L,top\nright,R,top\n"
                     "ada,A,left\nben,B,ada\n"));

    ck_brought(bring("login,name,manager\nada,A,right\n"));

    ck_assert_int_eq(result.n_changed, 1);
    ck_assert_int_eq(distance("ben", "right"), 2);
    ck_assert_int_eq(distance("ben", "left"), -1);
    ck_assert_int_eq(distance("ben", "top"), 3);
    ck_assert_int_eq(count("person_above"), 1 + 2 + 2 + 3 + 4);
}
END_TEST

START_TEST(lines_keep_their_first_and_last_day)
{
    ck_brought(bring("login,name,manager\nada,A,ben\nben,B,\ncarl,C,\n"));
    ck_assert_int_eq(count("line WHERE since = '' AND until = '9999-12-31'"),
                     1);

    ck_brought(bring("login,name,manager\nada,A,carl\n"));
    ck_assert_int_eq(count("line WHERE since = '' AND until = '2026-10-12'"),
                     1);
    ck_assert_int_eq(count("line WHERE since = '2026-10-12'"
                           " AND until = '9999-12-31'"),
                     1);

    ck_brought(bring("login,name,manager\nada,A,ben\n"));
    ck_assert_int_eq(count("line"), 2);
}
END_TEST

START_TEST(a_line_of_many_levels_is_no_matter)
{
    struct wf_buf csv = WF_BUF_INIT(org.arena);

    wf_buf_str(&csv, "login,name,manager\np0,P,\n");
    for (int i = 1; i <= 200; i++)
        wf_buf_printf(&csv, "p%d,P,p%d\n", i, i - 1);
    ck_brought(bring(wf_buf_text(&csv)));
    ck_assert_int_eq(distance("p200", "p0"), 200);

    ck_refused(bring("login,name,manager\np201,P,p200\n"), "manager limit");
}
END_TEST

START_TEST(managers_in_a_circle_are_refused_by_name)
{
    ck_refused(bring("login,name,manager\nada,A,ben\nben,B,carl\n"
                     "carl,C,ada\ndora,D,ada\n"),
               "[1].manager circle");
    ck_assert(strstr(org.findings.at[0].message, "ada -> ben -> carl -> "));
    ck_assert_int_eq(count("person"), 0);

    ck_brought(bring("login,name,manager\nada,A,ben\nben,B,\n"));
    ck_refused(bring("login,name,manager\nzoe,Z,\nben,B,ada\n"),
               "[2].manager circle");
    ck_refused(bring("login,name,manager\nben,B,ben\n"), "[1].manager circle");
    ck_assert_int_eq(person("ben")->manager, 0);
}
END_TEST

START_TEST(mistakes_of_people_are_told_all_at_once_and_nothing_is_changed)
{
    ck_refused(bring("login,name,email,unit,manager,roles,grade,active,locale,"
                     "timezone,hired,dotted\n"
                     "ada,,x,nowhere,nobody,HR;hr@none,1e,yes,!,Mars,"
                     "2026-02-30,nobody\n"
                     ",B,,,,,,,,,,\n"
                     "ADA,C,,,,,nan,,,,,\n"
                     "a b,D,,,,,,,,,,\n"),
               "[1].name required; [1].email format; [1].unit unknown; "
               "[1].roles format; [1].roles unknown; [1].grade format; "
               "[1].active format; [1].locale format; [1].timezone unknown; "
               "[1].hired format; [2].login required; [3].grade format; "
               "[3].login duplicate; [4].login format");
    ck_refused(bring("login,name,manager\nada,A,nobody\nben,B,ghost\n"),
               "[1].manager unknown; [2].manager unknown");
    ck_refused(bring("login,name,dotted\nada,A,ben;nobody\nben,B,\n"),
               "[1].dotted unknown");
    ck_assert_int_eq(count("person"), 0);
    ck_assert_int_eq(count("person_above"), 0);
}
END_TEST

START_TEST(roles_of_the_file_replace_those_of_the_person)
{
    struct wf_json *roles = NULL;

    ck_brought(bring_units("id,name\neast-1,East\n"));
    ck_brought(bring("login,name,roles\nada,A, hrbp@east-1 ; admin \n"));
    ORG_OK(&org, wf_roles_of(&org.call, person("ada")->id, &roles, &org.err));
    ck_assert_str_eq(wf_json_dump(org.arena, roles),
                     "[\"admin\",\"hrbp@east-1\"]");

    ck_brought(bring("login,name,roles\nada,A,hr\n"));
    ORG_OK(&org, wf_roles_of(&org.call, person("ada")->id, &roles, &org.err));
    ck_assert_str_eq(wf_json_dump(org.arena, roles), "[\"hr\"]");
}
END_TEST

START_TEST(a_check_finds_the_same_and_changes_nothing)
{
    static const char GOOD[] = "login,name,manager\nada,A,ben\nben,B,\n";
    static const char BAD[] = "login,name,manager\nada,A,ben\nben,B,ada\n";
    int64_t before = 0;
    int64_t after = 0;

    ORG_OK(&org, wf_generation_get(org.db, "organisation", &before, &org.err));
    ORG_OK(&org, wf_import_people(&org.call, GOOD, strlen(GOOD), true, &result,
                                  &org.err));
    ck_assert_int_eq(result.n_added, 2);
    ck_assert_int_eq(count("person"), 0);
    ck_assert_int_eq(count("person_above"), 0);
    ck_assert_ptr_null(person("ada"));

    ck_assert(!wf_import_people(&org.call, BAD, strlen(BAD), true, &result,
                                &org.err));
    ck_assert_str_eq(findings(), "[1].manager circle");
    ORG_OK(&org, wf_generation_get(org.db, "organisation", &after, &org.err));
    ck_assert_int_eq(before, after);
}
END_TEST

START_TEST(who_leaves_is_signed_out_for_good)
{
    const char *secret = NULL;
    const char *csrf = NULL;

    ck_brought(bring("login,name\nada,A\n"));
    ORG_OK(&org, wf_session_add(&org.call, person("ada")->id, NULL, &secret,
                                &csrf, &org.err));

    ck_brought(bring("login,name,active\nada,A,false\n"));

    ck_assert_int_eq(count("session"), 0);
}
END_TEST

START_TEST(what_is_no_csv_is_malformed)
{
    ck_assert(!bring("login,name\n\"ada,A\n"));
    ck_assert_int_eq(org.err.code, WEFT_E_MALFORMED);
    ck_assert(!bring(""));
    ck_assert_int_eq(org.err.code, WEFT_E_MALFORMED);
    ck_assert(!bring_units("id,name\na,\xff\n"));
    ck_assert_int_eq(org.err.code, WEFT_E_MALFORMED);
}
END_TEST

/* --- One person by hand. */

START_TEST(one_person_is_added_with_roles)
{
    struct wf_json *roles = NULL;
    wf_id id = 0;

    ORG_OK(&org, wf_person_add(&org.call, "Admin", "管理员", "admin;hr", &id,
                               &org.err));

    ck_assert_int_eq(person("admin")->id, id);
    ck_assert(person("admin")->active);
    ck_assert_int_eq(distance("admin", "admin"), 0);
    ORG_OK(&org, wf_roles_of(&org.call, id, &roles, &org.err));
    ck_assert_str_eq(wf_json_dump(org.arena, roles), "[\"admin\",\"hr\"]");
}
END_TEST

START_TEST(one_person_who_is_wrong_is_refused)
{
    wf_id id = 0;

    ck_assert(!wf_person_add(&org.call, "a b", "A", "", &id, &org.err));
    ck_assert_str_eq(findings(), "login format");
    org_forget(&org);
    ck_assert(!wf_person_add(&org.call, "ada", "A", "hr@none", &id, &org.err));
    ck_assert_str_eq(findings(), "roles unknown");
    ck_assert_int_eq(count("person"), 0);
}
END_TEST

TCase *import_tests(void)
{
    TCase *tc = tcase_create("org/import");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, units_are_added_with_parents_further_down);
    tcase_add_test(tc, units_that_are_brought_again_are_the_same_or_changed);
    tcase_add_test(tc, a_head_counts_as_soon_as_that_person_exists);
    tcase_add_test(tc, a_head_who_is_still_unknown_is_a_mistake_of_the_people);
    tcase_add_test(tc, mistakes_of_units_are_told_all_at_once);
    tcase_add_test(tc, units_in_a_circle_are_refused);
    tcase_add_test(tc, a_header_that_is_wrong_is_refused_before_any_row);
    tcase_add_test(tc, all_columns_of_a_person_are_kept);
    tcase_add_test(tc, who_is_new_is_active_without_being_told_so);
    tcase_add_test(tc, what_the_file_has_no_column_for_stays);
    tcase_add_test(tc, an_empty_cell_takes_away);
    tcase_add_test(tc, the_same_file_twice_changes_nothing);
    tcase_add_test(tc, managers_may_follow_further_down);
    tcase_add_test(tc, whoever_moves_takes_those_below_along);
    tcase_add_test(tc, lines_keep_their_first_and_last_day);
    tcase_add_test(tc, a_line_of_many_levels_is_no_matter);
    tcase_add_test(tc, managers_in_a_circle_are_refused_by_name);
    tcase_add_test(
        tc, mistakes_of_people_are_told_all_at_once_and_nothing_is_changed);
    tcase_add_test(tc, roles_of_the_file_replace_those_of_the_person);
    tcase_add_test(tc, a_check_finds_the_same_and_changes_nothing);
    tcase_add_test(tc, who_leaves_is_signed_out_for_good);
    tcase_add_test(tc, what_is_no_csv_is_malformed);
    tcase_add_test(tc, one_person_is_added_with_roles);
    tcase_add_test(tc, one_person_who_is_wrong_is_refused);
    return tc;
}
