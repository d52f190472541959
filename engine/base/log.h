/* base/log.h - lines for operators: one JSON object a line, to standard error
 * or to whatever the embedder gives.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_LOG_H
#define WF_BASE_LOG_H

#include "base/clock.h"
#include "base/macros.h"

enum wf_log_level {
    WF_LOG_DEBUG,
    WF_LOG_INFO,
    WF_LOG_WARN,
    WF_LOG_ERROR
};

/* A handle; two engines in one process do not share one. */
struct wf_log {
    enum wf_log_level least;
    const struct wf_clock *clock;
    void (*write)(void *self, const char *line); /* NULL: standard error */
    void *self;
};

/* `event` is a word ("start", "slow"), the text is for people. Never secrets,
 * never what people wrote. */
void wf_log(const struct wf_log *log, enum wf_log_level level,
            const char *event, const char *fmt, ...) WF_PRINTF(4, 5);

#endif
