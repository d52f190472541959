/* def/cycle.c - the runs of a cycle: which days they are, and how their
 * periods are written.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/cycle.h"

#include "base/str.h"

enum {
    WEEK = 7 /* days */
};

const struct wf_cycle_stage *wf_cycle_stage(const struct wf_cycle *cycle,
                                            const char *id)
{
    const struct wf_cycle_stage *at = cycle->stages;

    while (at && !wf_streq(at->id, id))
        at = at->next;
    return at;
}

const struct wf_calibrate *wf_cycle_calibrate(const struct wf_cycle *cycle,
                                              const char *id)
{
    const struct wf_calibrate *at = cycle->calibrates;

    while (at && !wf_streq(at->id, id))
        at = at->next;
    return at;
}

/* Several weeks are counted from the day of the first run, and called by the
 * week in which they begin. */
static bool weeks_at(const struct wf_cycle *cycle, int32_t day,
                     struct wf_span *out)
{
    int32_t len = WEEK * cycle->every;

    if (day < cycle->from)
        return false;
    out->start = day - (day - cycle->from) % len;
    out->end = out->start + len - 1;
    wf_period_write(wf_period_at(WF_PERIOD_WEEK, out->start), out->period);
    return true;
}

bool wf_cycle_at(const struct wf_cycle *cycle, int32_t day, struct wf_span *out)
{
    struct wf_period period;

    if (cycle->every > 1)
        return weeks_at(cycle, day, out);
    period = wf_period_at(cycle->unit, day);
    out->start = wf_period_start(period);
    out->end = wf_period_end(period);
    wf_period_write(period, out->period);
    return !cycle->has_from || out->end >= cycle->from;
}

bool wf_cycle_step(const struct wf_cycle *cycle, const struct wf_span *span,
                   int by, struct wf_span *out)
{
    struct wf_span at = *span;

    for (; by > 0; by--)
        if (!wf_cycle_at(cycle, at.end + 1, &at))
            return false;
    for (; by < 0; by++)
        if (!wf_cycle_at(cycle, at.start - 1, &at))
            return false;
    *out = at;
    return true;
}

bool wf_cycle_named(const struct wf_cycle *cycle, const char *text,
                    struct wf_span *out)
{
    struct wf_period period;

    if (!text || !wf_period_parse(wf_str_of(text), &period)
        || period.unit != cycle->unit)
        return false;
    /* The run that begins in that week is the one that holds its last day, or
     * one that began before it. */
    return wf_cycle_at(cycle, wf_period_end(period), out)
           && wf_streq(out->period, text);
}
