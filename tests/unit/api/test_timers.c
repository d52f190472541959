/* unit/api/test_timers.c - timers fire in order of due, each once, and one that
 * fails is in nobody's way.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "api/command.h"
#include "api/due.h"
#include "api/scheduler.h"
#include "base/error.h"

#include "suite.h"
#include "support/engine.h"

enum {
    MINUTE = 60000,
    HOUR = 60 * MINUTE
};

static struct test_engine t;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of the rest */
static pthread_cond_t heard = PTHREAD_COND_INITIALIZER;
static char said[4096]; /* the keys of what has fired, in order */
static int n_said;

/* --- Kinds of timers that only tests have */

static bool say(struct wf_flow *flow, const struct wf_timer *timer,
                weft_error *err)
{
    (void)flow;
    (void)err;
    pthread_mutex_lock(&lock);
    if (n_said++ > 0)
        strcat(said, " ");
    strcat(said, timer->key);
    pthread_cond_signal(&heard);
    pthread_mutex_unlock(&lock);
    return true;
}

static bool stumble(struct wf_flow *flow, const struct wf_timer *timer,
                    weft_error *err)
{
    (void)flow;
    return wf_fail(err, WEFT_E_INVALID, "%s does not want to.", timer->key);
}

static bool set_another(struct wf_flow *flow, const struct wf_timer *timer,
                        weft_error *err)
{
    struct wf_timer another = { .kind = "say",
                                .key = "another",
                                .due = timer->due + MINUTE };

    return say(flow, timer, err) && wf_timer_set(flow, &another, err);
}

static bool say_when(struct wf_flow *flow, const struct wf_timer *timer,
                     weft_error *err)
{
    struct wf_timer at = { .key = wf_arena_printf(
                               flow->call->arena, "%s+%d", timer->key,
                               (int)((flow->call->now - t.now) / MINUTE)) };

    return say(flow, &at, err);
}

static const struct wf_timer_kind kinds[] = {
    { "say", say },
    { "stumble", stumble },
    { "set-another", set_another },
    { "say-when", say_when },
    { NULL, NULL },
};
static const struct wf_timer_kind *const layers[] = { kinds, NULL };

/* --- What tests do */

static void setup(void)
{
    test_engine_open(&t);
    t.engine->timers = layers;
    said[0] = '\0';
    n_said = 0;
}

static void teardown(void)
{
    test_engine_close(&t);
}

static bool set_one(struct wf_turn *turn, const void *with, weft_error *err)
{
    return wf_timer_set(&turn->flow, with, err);
}

static bool cancel_one(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct wf_timer *timer = with;

    return timer->document
               ? wf_timers_cancel(&turn->flow, timer->document, err)
               : wf_timer_cancel(&turn->flow, timer->kind, timer->key, err);
}

static void run(wf_answer_fn *what, const struct wf_timer *timer)
{
    static const struct wf_asker the_engine = { .system = true };
    weft_command *command = wf_command_as(t.engine, &the_engine, what);

    command->with = timer;
    test_ok(&t, weft_run(command));
}

static void set(const char *kind, const char *key, int64_t due)
{
    struct wf_timer timer = { .kind = kind, .key = key, .due = due };

    run(set_one, &timer);
}

static int64_t tick(int64_t to)
{
    weft_error err = WEFT_ERROR_INIT;
    int64_t fired = 0;

    ck_assert_msg(weft_engine_tick(t.engine, to, &fired, &err), "%s", err.text);
    return fired;
}

static int64_t count(const char *sql)
{
    struct wf_reader reader WF_CLEANUP(wf_reader_end) = WF_READER_INIT;
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    weft_error err = WEFT_ERROR_INIT;

    ck_assert(wf_reader_begin(t.engine->store, 0, &reader, &err));
    ck_assert(wf_stmt_begin(reader.db, sql, &q, &err));
    ck_assert(wf_stmt_step(&q, &err) == WF_FETCH_ROW);
    return wf_stmt_int(&q, 0);
}

START_TEST(they_fire_in_order_of_due_and_once)
{
    set("say", "c", t.now + 3);
    set("say", "a", t.now + 1);
    set("say", "b", t.now + 2);

    ck_assert_int_eq(tick(0), 0);
    t.now += 2;
    ck_assert_int_eq(tick(0), 2);
    ck_assert_str_eq(said, "a b");
    t.now += HOUR;
    ck_assert_int_eq(tick(0), 1);
    ck_assert_int_eq(tick(0), 0);
    ck_assert_str_eq(said, "a b c");
    ck_assert_int_eq(count("SELECT count(*) FROM timer"), 0);
}
END_TEST

START_TEST(a_clock_set_back_fires_nothing_twice)
{
    set("say", "a", t.now + MINUTE);
    set("say", "b", t.now + 2 * MINUTE);
    t.now += MINUTE;
    tick(0);

    t.now -= HOUR;
    ck_assert_int_eq(tick(0), 0);
    t.now += HOUR + MINUTE;
    ck_assert_int_eq(tick(0), 1);
    ck_assert_str_eq(said, "a b");
}
END_TEST

START_TEST(many_that_were_missed_fire_in_order)
{
    enum {
        MANY = 3 * WF_TIMERS_PIECE + 1
    };
    int at = 0, last = -1;

    for (int i = 0; i < MANY; i++) {
        char *key = wf_arena_printf(t.arena, "%d", i * 13 % MANY);

        set("say", key, t.now + (i * 13 % MANY) * INT64_C(60000));
    }
    t.now += (int64_t)72 * HOUR;

    ck_assert_int_eq(tick(0), MANY);
    for (char *word = strtok(said, " "); word; word = strtok(NULL, " ")) {
        at++;
        ck_assert_int_gt((int)strtol(word, NULL, 10), last);
        last = (int)strtol(word, NULL, 10);
    }
    ck_assert_int_eq(at, MANY);
}
END_TEST

START_TEST(what_one_sets_fires_in_its_place)
{
    set("set-another", "first", t.now + MINUTE);
    set("say", "last", t.now + HOUR);

    ck_assert_int_eq(tick(t.now + HOUR), 3);
    ck_assert_str_eq(said, "first another last");
}
END_TEST

START_TEST(a_time_in_the_future_is_the_present_of_what_fires_then)
{
    set("say-when", "a", t.now + 5 * MINUTE);
    set("say-when", "b", t.now + 7 * MINUTE);
    set("say-when", "late", t.now - HOUR);

    tick(t.now + HOUR);
    ck_assert_str_eq(said, "late+0 a+5 b+7");
}
END_TEST

START_TEST(one_of_a_key_replaces_the_other)
{
    set("say", "a", t.now + 1);
    set("say", "a", t.now + 5);

    t.now += 1;
    ck_assert_int_eq(tick(0), 0);
    t.now += 4;
    ck_assert_int_eq(tick(0), 1);
}
END_TEST

START_TEST(a_cancelled_one_does_not_fire)
{
    struct wf_timer key = { .kind = "say", .key = "a" };
    struct wf_timer of_document = { .kind = "say", .key = "b", .document = 7 };

    set("say", "a", t.now);
    of_document.due = t.now;
    run(set_one, &of_document);
    run(cancel_one, &key);
    run(cancel_one, &of_document);

    ck_assert_int_eq(tick(0), 0);
}
END_TEST

START_TEST(one_that_fails_blocks_no_other_and_does_not_run_hot)
{
    set("stumble", "bad", t.now);
    set("say", "good", t.now);

    ck_assert_int_eq(tick(0), 1);
    ck_assert_str_eq(said, "good");
    ck_assert_int_eq(count("SELECT attempt FROM timer"), 1);
    tick(0);
    ck_assert_int_eq(count("SELECT attempt FROM timer"), 1);
    t.now += MINUTE;
    tick(0);
    ck_assert_int_eq(count("SELECT attempt FROM timer"), 2);
}
END_TEST

START_TEST(one_that_always_fails_is_dead_in_the_end_and_says_why)
{
    set("stumble", "bad", t.now);

    for (int i = 0; i < 20; i++, t.now += 12 * HOUR)
        tick(0);
    ck_assert_int_eq(count("SELECT count(*) FROM timer WHERE state = 'dead'"
                           " AND attempt = 8"
                           " AND problem = 'bad does not want to.'"),
                     1);
}
END_TEST

START_TEST(one_that_nobody_knows_is_kept_and_says_so)
{
    set("unheard-of", "x", t.now);

    ck_assert_int_eq(tick(0), 0);
    ck_assert_int_eq(count("SELECT count(*) FROM timer WHERE problem ="
                           " 'This Weft knows no timer of the kind"
                           " \"unheard-of\".'"),
                     1);
}
END_TEST

START_TEST(the_scheduler_is_woken_by_what_is_due_before_it_would_wake)
{
    struct wf_scheduler *scheduler;
    weft_error err = WEFT_ERROR_INIT;

    scheduler = wf_scheduler_new(t.engine, &wf_due_rounds);
    ck_assert(wf_scheduler_start(scheduler, &err));
    t.engine->scheduler = scheduler; /* the engine ends it */
    set("say", "now", t.now);

    pthread_mutex_lock(&lock);
    while (n_said == 0)
        pthread_cond_wait(&heard, &lock);
    pthread_mutex_unlock(&lock);
    ck_assert_str_eq(said, "now");
}
END_TEST

TCase *timers_tests(void)
{
    TCase *tc = tcase_create("api/timers");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, they_fire_in_order_of_due_and_once);
    tcase_add_test(tc, a_clock_set_back_fires_nothing_twice);
    tcase_add_test(tc, many_that_were_missed_fire_in_order);
    tcase_add_test(tc, what_one_sets_fires_in_its_place);
    tcase_add_test(tc, a_time_in_the_future_is_the_present_of_what_fires_then);
    tcase_add_test(tc, one_of_a_key_replaces_the_other);
    tcase_add_test(tc, a_cancelled_one_does_not_fire);
    tcase_add_test(tc, one_that_fails_blocks_no_other_and_does_not_run_hot);
    tcase_add_test(tc, one_that_always_fails_is_dead_in_the_end_and_says_why);
    tcase_add_test(tc, one_that_nobody_knows_is_kept_and_says_so);
    tcase_add_test(tc,
                   the_scheduler_is_woken_by_what_is_due_before_it_would_wake);
    return tc;
}
