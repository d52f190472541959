/* flow/timers.c - the kinds of timers that this layer sets.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/collect.h"
#include "flow/delegation_timer.h"
#include "flow/migration.h"
#include "flow/wait.h"

const struct wf_timer_kind wf_flow_timers[] = {
    { "wait", wf_wait_fire },
    { "collect", wf_collect_fire },
    { "delegation", wf_delegation_fire },
    { "migrate", wf_migration_fire },
    { NULL, NULL },
};
