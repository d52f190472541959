/* report/ics.h - days and times as a calendar that other programs subscribe to
 * (iCalendar).
 *
 * Source: RFC 5545; RFC 7986 for its name and how often to look.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_REPORT_ICS_H
#define WF_REPORT_ICS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

struct wf_ics_entry {
    const char *uid; /* the same for the same thing, whenever it is asked */
    const char *summary;
    const char *url;
    int64_t due, changed; /* ms */
};

/* `name` is what the calendar is called. */
void wf_ics_begin(struct wf_buf *out, const char *name);
/* As an event of half an hour that ends when it is due, for calendars that show
 * no tasks, or as a task. */
void wf_ics_add(struct wf_buf *out, const struct wf_ics_entry *entry,
                bool as_task);
void wf_ics_end(struct wf_buf *out);

#endif
