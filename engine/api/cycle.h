/* api/cycle.h - cycles and their runs as people see them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_CYCLE_H
#define WF_API_CYCLE_H

#include <weft/cycle.h>

#include "api/turn.h"
#include "plan/cycle.h"

/* What somebody is to a cycle. */
struct wf_cycle_part {
    bool launches; /* may deploy into its package */
    bool member;   /* is in its audience, or a member of the run */
    bool calibrates;
};
WF_MUST_CHECK bool wf_cycle_part(struct wf_turn *turn,
                                 const struct wf_cycle *cycle,
                                 struct wf_cycle_part *out, weft_error *err);

bool wf_cycle_is_seen(const struct wf_cycle_part *part);

/* A cycle and one of its runs, for who may see them. Errors:
 * WEFT_E_NOTFOUND. */
struct wf_cycle_open {
    const struct wf_cycle *cycle;
    struct wf_run run;
    struct wf_cycle_part part;
};
WF_MUST_CHECK bool wf_cycle_open_run(struct wf_turn *turn, const char *cycle,
                                     wf_id id, struct wf_cycle_open *out,
                                     weft_error *err);

/* A run; with what became of its documents for who launches. */
WF_MUST_CHECK bool wf_cycle_write_run(struct wf_turn *turn,
                                      const struct wf_cycle_open *open,
                                      weft_error *err);

/* "stages":[…] of a run, or of what would be one. */
void wf_cycle_write_stages(struct wf_turn *turn, const struct wf_cycle *cycle,
                           const struct wf_stage_rows *rows, bool counts);

#endif
