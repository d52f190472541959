/* def/report_parts.h - what the files that read and judge reports share.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_REPORT_PARTS_H
#define WF_DEF_REPORT_PARTS_H

#include "def/kind.h"
#include "def/report.h"

/* An expression that waits: struct wf_said. */
extern wf_attr_fn wf_read_said;

/* Links `said`, where it was, over `form`; findings. */
void wf_link_said(struct wf_load *load, struct wf_said *said,
                  const struct wf_form *form, enum wf_type want);

/* Links who-expressions; `form` NULL: there is none, or none that is here. */
void wf_link_people(struct wf_load *load, const struct wf_form *form);

void wf_link_report(struct wf_load *load, const struct wf_elem *root,
                    struct wf_head *head);
void wf_report_uses(const struct wf_head *head, wf_kind_see_fn *see,
                    void *self);

#endif
