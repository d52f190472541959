/* base/clock.c - the only source of "now".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/clock.h"

#include <stddef.h>
#include <time.h>

static int64_t read_us(clockid_t id)
{
    struct timespec at = { 0, 0 };

    clock_gettime(id, &at);
    return (int64_t)at.tv_sec * 1000000 + at.tv_nsec / 1000;
}

static int64_t real_now_ms(void *self)
{
    (void)self;
    return read_us(CLOCK_REALTIME) / 1000;
}

const struct wf_clock wf_clock_real = { real_now_ms, NULL };

static int64_t fixed_now_ms(void *self)
{
    return *(const int64_t *)self;
}

struct wf_clock wf_clock_fixed(int64_t *ms)
{
    struct wf_clock clock = { fixed_now_ms, ms };

    return clock;
}

int64_t wf_clock_now(const struct wf_clock *clock)
{
    return clock->now_ms(clock->self);
}

int64_t wf_monotonic_ms(void)
{
    return read_us(CLOCK_MONOTONIC) / 1000;
}

int64_t wf_thread_cpu_us(void)
{
    return read_us(CLOCK_THREAD_CPUTIME_ID);
}
