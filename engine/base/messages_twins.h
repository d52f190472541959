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

/* Every table has a line here, in the order of the alphabet. */
/* clang-format off */
#define WF_TWINS(TABLE) \
    TABLE(adjust) \
    TABLE(api) \
    TABLE(assistant) \
    TABLE(backlog) \
    TABLE(base) \
    TABLE(channel) \
    TABLE(cli) \
    TABLE(cycle) \
    TABLE(def) \
    TABLE(diff) \
    TABLE(doc) \
    TABLE(files) \
    TABLE(flow) \
    TABLE(http) \
    TABLE(kind) \
    TABLE(lanes) \
    TABLE(markup) \
    TABLE(mcp) \
    TABLE(nav) \
    TABLE(org) \
    TABLE(privacy) \
    TABLE(provider) \
    TABLE(report) \
    TABLE(rollup) \
    TABLE(script) \
    TABLE(store) \
    TABLE(time) \
    TABLE(wanted)
/* clang-format on */

#define WF_TWINS_DECLARE(name) extern const struct wf_twin wf_twins_##name[];
WF_TWINS(WF_TWINS_DECLARE)

#endif
