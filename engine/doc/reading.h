/* doc/reading.h - who has looked at whose documents.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_READING_H
#define WF_DOC_READING_H

#include "doc/cursor.h"
#include "org/call.h"

/* Keeps that `reader` has looked at a document today, where it is about
 * somebody else: its subject, or who made it. Once a day is enough. */
WF_MUST_CHECK bool wf_reading_add(struct wf_call *call, wf_id document,
                                  wf_id reader, weft_error *err);

/* Forgets what is older than so many days. */
WF_MUST_CHECK bool wf_readings_forget(struct wf_call *call, int days,
                                      weft_error *err);

/* {"items":[{"reader","document","form","at"}],"next"}: who has looked at
 * documents about `person`, the newest first. */
WF_MUST_CHECK bool wf_reading_list(struct wf_call *call, wf_id person,
                                   const struct wf_page *page,
                                   struct wf_json_writer *out, weft_error *err);

#endif
