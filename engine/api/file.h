/* api/file.h - what files hand down when an engine opens: their timers.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_FILE_H
#define WF_API_FILE_H

#include "flow/timer.h"

extern const struct wf_timer_kind wf_file_timers[]; /* id NULL at the end */

#endif
