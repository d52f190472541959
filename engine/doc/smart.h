/* doc/smart.h - whether what somebody sets out to do is said so that one can
 * tell when it is done: for forms with smart="true".
 *
 * Source: docs/definition-language.md, "Rules".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_SMART_H
#define WF_DOC_SMART_H

#include "doc/access.h"

/* Warnings, each with how to mend it, about fields that the reader sees
 * (`rights` NULL: all): specific (what the title is made of), measurable (its
 * numbers), owned (subject), linked (parent), dated (due). Documents that have
 * ended have none. */
void wf_smart_warn(struct wf_call *call, const struct wf_doc *doc,
                   const struct wf_rights *rights);

#endif
