/* unit/api/test_scheduler.c - the thread that runs what is due starts, is
 * woken and stops, however often and from wherever.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/due.h"
#include "api/scheduler.h"

#include "suite.h"
#include "support/engine.h"

START_TEST(it_stops_at_once_and_may_be_stopped_again)
{
    struct test_engine t;
    struct wf_scheduler *scheduler;
    weft_error err = WEFT_ERROR_INIT;

    test_engine_open(&t);
    scheduler = wf_scheduler_new(t.engine, &wf_due_rounds);
    ck_assert(wf_scheduler_start(scheduler, &err));
    wf_scheduler_wake(scheduler, 0);
    wf_scheduler_stop(scheduler);
    wf_scheduler_stop(scheduler);
    wf_scheduler_wake(scheduler, 0);
    wf_scheduler_free(scheduler);
    test_engine_close(&t);
}
END_TEST

START_TEST(none_is_allowed)
{
    wf_scheduler_wake(NULL, 0);
    wf_scheduler_stop(NULL);
    wf_scheduler_free(NULL);
}
END_TEST

TCase *scheduler_tests(void)
{
    TCase *tc = tcase_create("api/scheduler");

    tcase_add_test(tc, it_stops_at_once_and_may_be_stopped_again);
    tcase_add_test(tc, none_is_allowed);
    return tc;
}
