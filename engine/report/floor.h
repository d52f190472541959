/* report/floor.h - reports that count what their reader may not see, so that
 * nobody is told apart.
 *
 * Numbers are shown of periods that are over, and are from then on what they
 * were when they were first worked out. Of one form and stretch of time there
 * is one question: no second one whose difference would tell of a few. A row
 * shows from so many people on whom its reader cannot see one by one, and only
 * if what remains of every larger row has as many.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_REPORT_FLOOR_H
#define WF_REPORT_FLOOR_H

#include "report/run.h"

/* Whether the numbers are there already. Errors: WEFT_E_CONFLICT the period is
 * not over, or another question about this time was answered; WEFT_E_MALFORMED
 * a unit was asked for. */
WF_MUST_CHECK bool wf_floor_is_kept(struct wf_call *call,
                                    const struct wf_report *report,
                                    const struct wf_report_ask *ask, bool *out,
                                    weft_error *err);

/* Works them out, whoever asks, as they are to be kept. */
WF_MUST_CHECK bool wf_floor_work_out(struct wf_call *call,
                                     const struct wf_report *report,
                                     const struct wf_report_ask *ask,
                                     struct wf_buf *out, weft_error *err);

/* Keeps them for good, unless some are there. */
WF_MUST_CHECK bool wf_floor_keep(struct wf_call *call,
                                 const struct wf_report *report,
                                 const struct wf_report_ask *ask,
                                 const char *numbers, weft_error *err);

/* Fills the rows of `run` with what is kept, as call->me may see it. */
WF_MUST_CHECK bool wf_floor_numbers(struct wf_run *run, weft_error *err);

/* Hides rows, so that neither they nor what remains of a larger one tells of
 * fewer than the floor of people. `people` of each row are those who count;
 * the tree is that of run->units, if the report has one. */
void wf_floor_hide(struct wf_run *run);

#endif
