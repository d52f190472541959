/* unit/org/test_import_real.c - a company of 290 people from outside, the
 * sample company, and with WEFT_LONG a large one that is made up.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/csv.h"
#include "base/embed.h"
#include "org/import.h"
#include "support/data.h"

enum {
    EMPLOYEES = 290,
    MANY = 300000,
    SPAN = 7,
};

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

static void bring(const char *csv, bool units)
{
    size_t len = strlen(csv);
    bool ok =
        units ? wf_import_units(&org.call, csv, len, false, &result, &org.err)
              : wf_import_people(&org.call, csv, len, false, &result, &org.err);

    ck_assert_msg(ok, "%s %s", org.err.text,
                  org.findings.n ? org.findings.at[0].message : "");
}

/* --- The company from outside. */

/* The file `name` of it as text, NULL where the data is not there. */
static char *read_file(const char *name, size_t *len)
{
    return data_read(
        org.arena,
        wf_arena_printf(org.arena, "org_small_adventureworks/%s", name), len);
}

enum their_column {
    THEIR_LOGIN = 1,
    THEIR_NAME = 2,
    THEIR_TITLE = 3,
    THEIR_DEPARTMENT = 4,
    THEIR_MANAGER = 7,
    THEIR_HIRED = 10
};

static const char *logins[EMPLOYEES + 1]; /* their ids are 1 to 290 */
static struct wf_buf people, units;
static struct wf_map departments; /* names to ids */

static bool note_login(void *self, int64_t row, const struct wf_str *cells,
                       size_t n, weft_error *err)
{
    (void)self;
    (void)n;
    (void)err;
    if (row > 0)
        logins[row] = wf_arena_slice(org.arena, cells[THEIR_LOGIN]);
    return true;
}

static bool add_unit(void *self, int64_t row, const struct wf_str *cells,
                     size_t n, weft_error *err)
{
    const char *id = wf_arena_printf(org.arena, "d%d", (int)row);
    const char *name = wf_arena_slice(org.arena, cells[1]);

    (void)self;
    (void)n;
    (void)err;
    if (row == 0)
        wf_buf_str(&units, "id,name,parent\ncompany,Company,\n");
    else {
        wf_buf_printf(&units, "%s,%s,company\n", id, name);
        wf_map_add(org.arena, &departments, name, wf_arena_str(org.arena, id));
    }
    return true;
}

static bool add_person(void *self, int64_t row, const struct wf_str *cells,
                       size_t n, weft_error *err)
{
    const char *manager = wf_arena_slice(org.arena, cells[THEIR_MANAGER]);
    const char *department = wf_arena_slice(org.arena, cells[THEIR_DEPARTMENT]);

    (void)self;
    (void)n;
    (void)err;
    if (row == 0) {
        wf_buf_str(&people, "login,name,title,unit,manager,hired\n");
        return true;
    }
    wf_buf_printf(&people, "%s,%.*s,\"%.*s\",%s,%s,%.*s\n", logins[row],
                  (int)cells[THEIR_NAME].len, cells[THEIR_NAME].at,
                  (int)cells[THEIR_TITLE].len, cells[THEIR_TITLE].at,
                  (const char *)wf_map_find(&departments, department),
                  *manager ? logins[atoi(manager)] : "",
                  (int)cells[THEIR_HIRED].len, cells[THEIR_HIRED].at);
    return true;
}

static void each_row(const char *csv, size_t len, wf_csv_row_fn *take)
{
    ORG_OK(&org, wf_csv_read(org.arena, csv, len, take, NULL, &org.err));
}

START_TEST(a_company_from_outside_has_one_top_and_no_orphan)
{
    size_t n_theirs, n_units;
    char *theirs = read_file("employees.csv", &n_theirs);
    char *their_units = read_file("departments.csv", &n_units);

    if (!theirs || !their_units)
        return;
    people = (struct wf_buf)WF_BUF_INIT(org.arena);
    units = (struct wf_buf)WF_BUF_INIT(org.arena);
    each_row(their_units, n_units, add_unit);
    each_row(theirs, n_theirs, note_login);
    each_row(theirs, n_theirs, add_person);

    bring(wf_buf_text(&units), true);
    ck_assert_int_eq(result.n_added, 17);
    bring(wf_buf_text(&people), false);

    ck_assert_int_eq(result.n_added, EMPLOYEES);
    ck_assert_int_eq(test_int(org.db, "SELECT count(*) FROM person"
                                      " WHERE manager IS NULL"),
                     1);
    ck_assert_int_eq(test_int(org.db, "SELECT count(DISTINCT manager)"
                                      " FROM person"),
                     47);
    ck_assert_int_eq(test_int(org.db,
                              "SELECT count(*) FROM person p WHERE NOT EXISTS"
                              " (SELECT 1 FROM person_above a JOIN person t"
                              " ON t.id = a.above WHERE a.person = p.id"
                              " AND t.login = 'ken0')"),
                     0);
    /* 1, 6, 27, 66 and 190 people on five levels */
    ck_assert_int_eq(test_int(org.db, "SELECT count(*) FROM person_above"),
                     1 * 1 + 6 * 2 + 27 * 3 + 66 * 4 + 190 * 5);
    ck_assert_int_eq(test_int(org.db, "SELECT count(*) FROM person"
                                      " WHERE unit IS NULL"),
                     0);
    bring(wf_buf_text(&people), false);
    ck_assert_int_eq(result.n_same, EMPLOYEES);
}
END_TEST

/* --- The sample company. */

static const char *embedded(const char *name)
{
    const struct wf_embedded *file = wf_embedded_find(name);

    ck_assert_ptr_nonnull(file);
    return (const char *)file->data;
}

START_TEST(the_sample_company_has_no_mistakes)
{
    bring(embedded("templates/demo/units.csv"), true);
    bring(embedded("templates/demo/people.csv"), false);

    ck_assert_int_eq(test_int(org.db, "SELECT count(*) FROM person"
                                      " WHERE manager IS NULL"),
                     1);
    ck_assert_int_eq(test_int(org.db, "SELECT count(*) FROM unit"
                                      " WHERE head_login IS NOT NULL"),
                     0);
}
END_TEST

/* --- A large company. */

START_TEST(a_large_company_comes_whole)
{
    int64_t start;
    int64_t took;

    people = (struct wf_buf)WF_BUF_INIT(org.arena);
    wf_buf_str(&people, "login,name,manager,title,grade,roles\np0,P,,T,1,\n");
    for (int i = 1; i < MANY; i++)
        wf_buf_printf(&people, "p%d,Person %d,p%d,Title,%d,%s\n", i, i,
                      (i - 1) / SPAN, i % 12, i % 100 ? "" : "hr");

    start = wf_monotonic_ms();
    bring(wf_buf_text(&people), false);
    took = wf_monotonic_ms() - start;

    printf("org/import: %d people in %lld ms\n", MANY, (long long)took);
    ck_assert_int_eq(result.n_added, MANY);
}
END_TEST

TCase *import_real_tests(void)
{
    TCase *tc = tcase_create("org/import_real");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_company_from_outside_has_one_top_and_no_orphan);
    tcase_add_test(tc, the_sample_company_has_no_mistakes);
    if (getenv("WEFT_LONG")) {
        tcase_set_timeout(tc, 600);
        tcase_add_test(tc, a_large_company_comes_whole);
    }
    return tc;
}
