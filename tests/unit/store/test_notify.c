/* unit/store/test_notify.c - messages of those who change the store: heard
 * when they are kept, in order, wherever somebody listens.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "store/notify.h"
#include "suite.h"
#include "support/memory.h"
#include "support/store.h"

enum {
    PATIENCE_S = 20
};

/* What a listener has heard, a line each; "-" where some may be missed. */
struct ear {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    char heard[4096];
    struct wf_listener *listener;
};

static char url[TEST_PATH];
static struct wf_store *store, *other; /* on SQLite the same */
static struct wf_db *db;
static struct ear ear;
static weft_error err;

static void hear(void *self, const char *payload)
{
    struct ear *e = self;
    size_t len;

    pthread_mutex_lock(&e->lock);
    len = strlen(e->heard);
    snprintf(e->heard + len, sizeof e->heard - len, "%s\n",
             payload ? payload : "-");
    pthread_cond_signal(&e->changed);
    pthread_mutex_unlock(&e->lock);
}

/* Waits until `text` is in what was heard. */
static void await(const char *text)
{
    struct timespec until;
    int rc = 0;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += PATIENCE_S;
    pthread_mutex_lock(&ear.lock);
    while (!strstr(ear.heard, text) && rc == 0)
        rc = pthread_cond_timedwait(&ear.changed, &ear.lock, &until);
    pthread_mutex_unlock(&ear.lock);
    ck_assert_msg(rc == 0, "not heard: %s", text);
}

/* Where others are listened to, the first that is heard is that there may have
 * been something before. */
static void setup(void)
{
    test_place_make(url);
    store = test_store_at(url);
    other = test_is_pg() ? test_store_at(url) : store;
    db = wf_store_writer(store);
    ear.heard[0] = '\0';
    pthread_mutex_init(&ear.lock, NULL);
    pthread_cond_init(&ear.changed, NULL);
    ck_assert(wf_listen_begin(other, "tea", hear, &ear, &ear.listener, &err));
    if (test_is_pg())
        await("-\n");
    ear.heard[0] = '\0';
}

static void teardown(void)
{
    wf_listen_end(ear.listener);
    wf_store_close(store);
    if (other != store)
        wf_store_close(other);
    test_place_remove(url);
}

static void say(const char *payload)
{
    ck_assert(wf_db_begin(db, &err));
    wf_notify(db, "tea", payload);
    ck_assert(wf_db_commit(db, &err));
}

START_TEST(what_is_kept_is_heard_once_and_in_order)
{
    ck_assert(wf_db_begin(db, &err));
    wf_notify(db, "tea", "green");
    wf_notify(db, "coffee", "black");
    wf_notify(db, "tea", "white");
    wf_notify(db, "tea", "green");
    ck_assert(wf_db_commit(db, &err));
    say("last");

    await("last\n");
    ck_assert_str_eq(ear.heard, "green\nwhite\nlast\n");
}
END_TEST

START_TEST(what_is_undone_is_never_heard)
{
    ck_assert(wf_db_begin(db, &err));
    wf_notify(db, "tea", "spilt");
    wf_db_rollback(db);
    ck_assert(wf_db_begin(db, &err));
    {
        struct wf_save save WF_CLEANUP(wf_save_end) = WF_SAVE_INIT;

        ck_assert(wf_save_begin(db, &save, &err));
        wf_notify(db, "tea", "cold");
    }
    wf_notify(db, "tea", "hot");
    ck_assert(wf_db_commit(db, &err));

    await("hot\n");
    ck_assert_str_eq(ear.heard, "hot\n");
}
END_TEST

START_TEST(too_much_becomes_a_word_that_there_is_something)
{
    static char large[WF_NOTICE_MAX + 1];
    char text[16];

    memset(large, 'x', sizeof large - 1);
    say(large);
    await("-\n");
    ear.heard[0] = '\0';
    ck_assert(wf_db_begin(db, &err));
    for (int i = 0; i < 2 * WF_NOTICES_MAX; i++) {
        snprintf(text, sizeof text, "%d", i);
        wf_notify(db, "tea", text);
    }
    ck_assert(wf_db_commit(db, &err));

    await("-\n");
    ck_assert_ptr_nonnull(strstr(ear.heard, "62\n-\n"));
    ck_assert_ptr_null(strstr(ear.heard, "63\n"));
}
END_TEST

START_TEST(who_has_stopped_listening_hears_no_more)
{
    static struct ear second;

    pthread_mutex_init(&second.lock, NULL);
    pthread_cond_init(&second.changed, NULL);
    ck_assert(
        wf_listen_begin(other, "tea", hear, &second, &second.listener, &err));
    say("both");
    await("both\n");
    wf_listen_end(second.listener);
    say("one");

    await("one\n");
    ck_assert_ptr_null(strstr(second.heard, "one"));
}
END_TEST

/* The other end of a cut connection may have said anything meanwhile. */
START_TEST(a_connection_that_is_cut_is_made_anew_and_says_so)
{
    test_int(db, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                 " WHERE query = 'LISTEN weft_'"
                 " || md5(current_setting('search_path'))");

    await("-\n");
    say("again");
    await("again\n");
}
END_TEST

TCase *notify_tests(void)
{
    TCase *tc = tcase_create("store/notify");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, what_is_kept_is_heard_once_and_in_order);
    tcase_add_test(tc, what_is_undone_is_never_heard);
    tcase_add_test(tc, too_much_becomes_a_word_that_there_is_something);
    tcase_add_test(tc, who_has_stopped_listening_hears_no_more);
    if (test_is_pg())
        tcase_add_test(tc, a_connection_that_is_cut_is_made_anew_and_says_so);
    return tc;
}
