/* unit/store/test_like.c - stores that begin as another one is.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include "store/driver.h"
#include "store/like.h"
#include "support/memory.h"
#include "support/store.h"

static const char COUNT[] = "SELECT count(*) FROM generation"
                            " WHERE what IN ('a', 'b', 'c')";
static const char NODES[] = "SELECT count(*) FROM node";
static const struct wf_log quiet = { WF_LOG_ERROR, &wf_clock_real, NULL, NULL };

static struct wf_store *like(struct wf_store *model)
{
    struct wf_store_options options = { .log = &quiet };
    weft_error err = WEFT_ERROR_INIT;
    struct wf_store *store = NULL;

    ck_assert_msg(wf_store_open_like(model, &options, &store, &err), "%s",
                  err.text);
    return store;
}

static void write(struct wf_store *store, const char *sql)
{
    struct wf_db *db = wf_store_writer(store);
    weft_error err = WEFT_ERROR_INIT;

    ck_assert(wf_db_begin(db, &err));
    test_run(db, sql);
    ck_assert_msg(wf_db_commit(db, &err), "%s", err.text);
}

static int64_t ask(struct wf_store *store, const char *sql)
{
    return test_int(wf_store_writer(store), sql);
}

static struct wf_store *model_of_two(void)
{
    struct wf_store *model = test_store_memory();

    write(model, "INSERT INTO generation (what, n) VALUES ('a', 1), ('b', 2)");
    write(model, "INSERT INTO unit (id, key, name, pinyin, parent)"
                 " VALUES (1, 'a', 'A', 'a', NULL), (2, 'b', 'B', 'b', 1)");
    return model;
}

START_TEST(it_holds_what_the_model_holds_and_goes_its_own_way)
{
    struct wf_store *model = model_of_two(), *store = like(model);

    ck_assert_int_eq(ask(store, COUNT), 2);
    write(store, "DELETE FROM generation WHERE what = 'a'");
    write(store, "INSERT INTO generation (what, n) VALUES ('c', 3)");
    ck_assert_int_eq(ask(store, "SELECT max(n) FROM generation"), 3);
    ck_assert_int_eq(ask(model, "SELECT max(n) FROM generation"), 2);
    ck_assert_ptr_null(wf_store_path(store));
    wf_store_close(store);
    wf_store_close(model);
}
END_TEST

/* Also where what one was in serves the next. */
START_TEST(one_after_the_other_begins_alike)
{
    struct wf_store *model = model_of_two();

    for (int i = 0; i < 3; i++) {
        struct wf_store *store = like(model);

        ck_assert_int_eq(ask(store, COUNT), 2);
        ck_assert_int_eq(ask(store, "SELECT count(*) FROM unit"), 2);
        write(store, "DELETE FROM unit WHERE id = 2");
        write(store, "DELETE FROM unit");
        write(store, "UPDATE generation SET n = 7");
        write(store, "INSERT INTO generation (what, n) VALUES ('c', 3)");
        wf_store_close(store);
    }
    ck_assert_int_eq(ask(model, "SELECT sum(n) FROM generation"
                                " WHERE what IN ('a', 'b', 'c')"),
                     3);
    wf_store_close(model);
}
END_TEST

START_TEST(two_at_once_do_not_see_each_other)
{
    struct wf_store *model = model_of_two();
    struct wf_store *one = like(model), *two = like(model), *third;

    write(one, "DELETE FROM generation");
    ck_assert_int_eq(ask(two, COUNT), 2);
    wf_store_close(one);
    wf_store_close(two);
    third = like(model);
    ck_assert_int_eq(ask(third, COUNT), 2);
    wf_store_close(third);
    wf_store_close(model);
}
END_TEST

START_TEST(what_it_is_like_may_be_such_a_store_itself)
{
    struct wf_store *model = model_of_two(), *store = like(model), *second;

    write(store, "INSERT INTO generation (what, n) VALUES ('c', 3)");
    for (int i = 0; i < 2; i++) {
        second = like(store);
        ck_assert_int_eq(ask(second, COUNT), 3);
        write(second, "DELETE FROM generation");
        wf_store_close(second);
    }
    wf_store_close(store);
    store = like(model);
    ck_assert_int_eq(ask(store, COUNT), 2);
    wf_store_close(store);
    wf_store_close(model);
}
END_TEST

START_TEST(its_node_is_the_first_as_in_any_new_store)
{
    struct wf_store *model = model_of_two(), *store;
    weft_error err = WEFT_ERROR_INIT;
    unsigned node = 9;

    ck_assert(wf_store_node(model, &node, &err));
    ck_assert_uint_eq(node, 0);
    for (int i = 0; i < 2; i++) {
        store = like(model);
        ck_assert_int_eq(ask(store, NODES), 0);
        ck_assert(wf_store_node(store, &node, &err));
        ck_assert_uint_eq(node, 0);
        wf_store_close(store);
    }
    wf_store_close(model);
}
END_TEST

START_TEST(readers_see_it_too)
{
    struct wf_store *model = model_of_two(), *store = like(model);
    struct wf_reader reader = WF_READER_INIT;
    weft_error err = WEFT_ERROR_INIT;

    ck_assert(wf_reader_begin(store, 0, &reader, &err));
    ck_assert_int_eq(test_int(reader.db, COUNT), 2);
    wf_reader_end(&reader);
    wf_store_close(store);
    wf_store_close(model);
}
END_TEST

TCase *like_tests(void)
{
    TCase *tc = tcase_create("store/like");

    tcase_set_timeout(tc, 60); /* tables of several schemas */
    tcase_add_test(tc, it_holds_what_the_model_holds_and_goes_its_own_way);
    tcase_add_test(tc, one_after_the_other_begins_alike);
    tcase_add_test(tc, two_at_once_do_not_see_each_other);
    tcase_add_test(tc, what_it_is_like_may_be_such_a_store_itself);
    tcase_add_test(tc, its_node_is_the_first_as_in_any_new_store);
    tcase_add_test(tc, readers_see_it_too);
    return tc;
}
