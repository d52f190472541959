/* unit/store/test_copy.c - a whole store in another database, and back.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/copy.h"

#include <stdio.h>
#include <string.h>

#include "store/search.h"
#include "suite.h"
#include "support/memory.h"
#include "support/store.h"

enum {
    N_PEOPLE = 1203 /* more than two pages */
};

static char path[TEST_PATH];
static struct wf_store *file, *other;
static struct wf_arena *arena;
static weft_error err;

static void add_person(struct wf_db *db, int64_t id, int64_t manager)
{
    static const char SQL[] =
        "INSERT INTO person (id, login, name, pinyin, initials, manager, grade,"
        " active, teams, attributes, changed) VALUES ($1, $2, '目标', '', '',"
        " $3, $4, 1, ';', '{}', 0)";
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    char login[24];

    snprintf(login, sizeof login, "p%lld", (long long)id);
    ck_assert(wf_stmt_begin(db, SQL, &q, &err));
    wf_stmt_bind_int(&q, 1, id);
    wf_stmt_bind_text(&q, 2, login);
    wf_stmt_bind_id(&q, 3, manager);
    wf_stmt_bind_real(&q, 4, 0.1 * (double)id);
    ck_assert(wf_stmt_run(&q, &err));
}

static void add_session(struct wf_db *db)
{
    static const char SQL[] =
        "INSERT INTO session (hash, person, csrf, created, seen, expires)"
        " VALUES ($1, 1, '', 0, 0, 0)";
    static const char HASH[] = { 0, 1, (char)255, '\'', '\\' };
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    ck_assert(wf_stmt_begin(db, SQL, &q, &err));
    wf_stmt_bind_blob(&q, 1, HASH, sizeof HASH);
    ck_assert(wf_stmt_run(&q, &err));
}

/* People whose managers come after them, so that no order of rows will do. */
static void fill(struct wf_store *store)
{
    struct wf_db *db = wf_store_writer(store);

    ck_assert(wf_db_begin(db, &err));
    for (int64_t id = N_PEOPLE; id > 0; id--)
        add_person(db, id, id < N_PEOPLE ? id + 1 : 0);
    add_session(db);
    ck_assert(wf_search_set(db, 5, "title", "a b 目标", &err));
    ck_assert(wf_db_commit(db, &err));
}

static void setup(void)
{
    test_folder_make(path);
    file = test_store_at(path);
    other = test_store_memory();
    arena = wf_arena_new();
}

static void teardown(void)
{
    wf_arena_free(arena);
    wf_store_close(other);
    wf_store_close(file);
    test_folder_remove(path);
}

static const struct wf_copied *table(const struct wf_copied_list *list,
                                     const char *name)
{
    for (size_t i = 0; i < list->n; i++)
        if (!strcmp(list->at[i].table, name))
            return &list->at[i];
    ck_abort_msg("no table %s", name);
}

START_TEST(all_rows_arrive_and_come_back_the_same)
{
    struct wf_copied_list there = { 0 }, back = { 0 };
    struct wf_store *third = test_store_memory();
    int64_t n;

    fill(file);
    ck_assert_msg(wf_copy_store(file, other, arena, &there, &err), "%s",
                  err.text);
    ck_assert_msg(wf_copy_store(other, third, arena, &back, &err), "%s",
                  err.text);

    ck_assert_int_eq(table(&there, "person")->n_rows, N_PEOPLE);
    ck_assert_int_eq(table(&there, "session")->n_rows, 1);
    ck_assert_int_eq(table(&there, "search")->n_rows, 1);
    ck_assert_uint_eq(there.n, back.n);
    for (size_t i = 0; i < there.n; i++)
        ck_assert_mem_eq(there.at[i].hash, back.at[i].hash,
                         sizeof there.at[i].hash);
    n = test_int(wf_store_writer(third),
                 "SELECT count(*) FROM person a JOIN person b"
                 " ON b.id = a.manager WHERE b.id = a.id + 1");
    ck_assert_int_eq(n, N_PEOPLE - 1);
    wf_store_close(third);
}
END_TEST

START_TEST(what_is_in_use_is_not_copied_into)
{
    struct wf_copied_list copied = { 0 };

    fill(file);
    fill(other);

    ck_assert(!wf_copy_store(file, other, arena, &copied, &err));
    ck_assert_int_eq(err.code, WEFT_E_CONFLICT);
    ck_assert_int_eq(
        test_int(wf_store_writer(other), "SELECT count(*) FROM person"),
        N_PEOPLE);
}
END_TEST

TCase *copy_tests(void)
{
    TCase *tc = tcase_create("store/copy");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, all_rows_arrive_and_come_back_the_same);
    tcase_add_test(tc, what_is_in_use_is_not_copied_into);
    return tc;
}
