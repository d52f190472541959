/* base/messages_twins.h - the tables behind messages.h, one a layer
 * and one for rollups, which several layers speak of.
 *
 * A row is the English format as it stands where it arises, then its twin. A
 * twin takes the same arguments; where it needs them in another order it
 * numbers all of them ("%2$s"). A row of NULLs ends a table.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_BASE_MESSAGES_TWINS_H
#define WF_BASE_MESSAGES_TWINS_H

#include <stddef.h>

struct wf_twin {
    const char *en;
    const char *zh;
};

extern const struct wf_twin wf_twins_base[];
extern const struct wf_twin wf_twins_store[];
extern const struct wf_twin wf_twins_markup[];
extern const struct wf_twin wf_twins_script[];
extern const struct wf_twin wf_twins_def[];
extern const struct wf_twin wf_twins_diff[];
extern const struct wf_twin wf_twins_org[];
extern const struct wf_twin wf_twins_doc[];
extern const struct wf_twin wf_twins_rollup[];
extern const struct wf_twin wf_twins_flow[];
extern const struct wf_twin wf_twins_time[];
extern const struct wf_twin wf_twins_api[];
extern const struct wf_twin wf_twins_http[];
extern const struct wf_twin wf_twins_cli[];
extern const struct wf_twin wf_twins_wanted[]; /* of a subject, in all layers */

#endif
