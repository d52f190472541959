/* api/reads.h - notes who looks at whose documents, where the company wants it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_READS_H
#define WF_API_READS_H

#include "api/turn.h"

struct wf_reads; /* what was noted lately; one an engine; any thread */
struct wf_reads *wf_reads_new(void);
void wf_reads_free(struct wf_reads *reads);

/* Whoever asks in `turn` has just been shown document `id`. It is kept soon
 * after the answer, which does not wait for it: a process that is killed
 * within that moment has not kept it. */
void wf_reads_note(struct wf_turn *turn, wf_id id);

/* The same of many, as a file shows them. */
void wf_reads_note_all(struct wf_turn *turn, const wf_id *ids, size_t n);

/* Reads the company's setting, once the engine is open; and again in the turn
 * that changes it here. Of what others change it hears within ten seconds. */
WF_MUST_CHECK bool wf_reads_begin(weft_engine *engine, weft_error *err);
WF_MUST_CHECK bool wf_reads_learn(struct wf_turn *turn, weft_error *err);

#endif
