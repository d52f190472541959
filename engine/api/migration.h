/* api/migration.h - a migration as people see it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_MIGRATION_H
#define WF_API_MIGRATION_H

#include "api/turn.h"
#include "flow/migration.h"

/* {"id","form","to","state","moved","refused","left",…,"refusals":[…]} */
WF_MUST_CHECK bool wf_migration_write(struct wf_turn *turn,
                                      const struct wf_migration_run *run,
                                      weft_error *err);

#endif
