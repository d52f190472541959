/* base/clock.h - the only source of "now". A parameter, so that scenarios and
 * tests can move it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_CLOCK_H
#define WF_BASE_CLOCK_H

#include <stdint.h>

/* Milliseconds since 1970-01-01 UTC by `now_ms(self)`. */
struct wf_clock {
    int64_t (*now_ms)(void *self);
    void *self;
};

/* The machine's wall clock. */
extern const struct wf_clock wf_clock_real;

/* One that stands still at *ms until the caller moves it. */
struct wf_clock wf_clock_fixed(int64_t *ms);

int64_t wf_clock_now(const struct wf_clock *clock);

/* For durations and deadlines inside the process: never goes back. */
int64_t wf_monotonic_ms(void);

/* CPU time of the calling thread in microseconds, for script budgets. */
int64_t wf_thread_cpu_us(void);

#endif
