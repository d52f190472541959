/* markup/scan.h - a cheap look at XML text before libxml2 sees it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_MARKUP_SCAN_H
#define WF_MARKUP_SCAN_H

#include <stdbool.h>

#include "markup/reading.h"

/* Whether `source` keeps the limits of elem.h and holds nothing that may not
 * occur at all: an encoding other than UTF-8, a control character, a DOCTYPE,
 * a processing instruction. The first breach is a finding. Text that is not
 * well-formed may pass: libxml2 says so better. */
bool wf_scan(struct wf_reading *source, struct wf_diags *diags);

#endif
