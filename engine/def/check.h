/* def/check.h - judging a linked form: a file for each part.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_CHECK_H
#define WF_DEF_CHECK_H

#include "def/parse.h"

void wf_check_fields(struct wf_load *load);    /* bounds, totals, roles */
void wf_check_rollups(struct wf_load *load);   /* what they need, circles */
void wf_check_rules(struct wf_load *load);     /* what they say */
void wf_check_flow(struct wf_load *load);      /* ways, levels */
void wf_check_parallels(struct wf_load *load); /* lanes, joins */
void wf_check_wanted(struct wf_load *load);    /* calls, collects */
void wf_check_edit(struct wf_load *load);      /* required, and by whom */
void wf_check_access(struct wf_load *load);    /* grants, hides */
void wf_check_appeal(struct wf_load *load);    /* the form that it asks for */
void wf_check_hooks(struct wf_load *load);     /* functions and their callers */

#endif
