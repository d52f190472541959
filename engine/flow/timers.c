/* flow/timers.c - the kinds of timers that this layer sets.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/collect.h"
#include "flow/deadline.h"
#include "flow/delegation_timer.h"
#include "flow/forget.h"
#include "flow/migration.h"
#include "flow/reindex.h"
#include "flow/retention.h"
#include "flow/wait.h"

/* clang-format off */
const struct wf_timer_kind wf_flow_timers[] = {
    { "ask",        wf_deadline_ask },
    { "collect",    wf_collect_fire },
    { "delegation", wf_delegation_fire },
    { "forget",     wf_forget_fire },
    { "late",       wf_late_fire },
    { "migrate",    wf_migration_fire },
    { "reindex",    wf_reindex_fire },
    { "remind",     wf_deadline_remind },
    { "retention",  wf_retention_fire },
    { "wait",       wf_wait_fire },
    { NULL, NULL },
};
/* clang-format on */
