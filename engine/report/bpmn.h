/* report/bpmn.h - the workflow of a form as a drawn diagram (BPMN 2.0 with its
 * diagram interchange), for tools that read such.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_REPORT_BPMN_H
#define WF_REPORT_BPMN_H

#include "base/buf.h"
#include "def/form.h"

/* Work, levels, waits, calls and ends with the ways between them, laid out from
 * left to right; labels in `lang`. It describes and is not to be executed:
 * formulas stand in it as they were written, hooks do not. */
void wf_bpmn_write(struct wf_arena *arena, const struct wf_form *form,
                   const char *lang, struct wf_buf *out);

#endif
