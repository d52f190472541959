/* api/kept.h - answers about documents that may be given again.
 *
 * An answer stands for one reader, one language and one state of everything it
 * rests on (store/ground.h): the document with its seats, by their stamp; the
 * definitions and the organisation, by their generations. All three numbers
 * are read in the very snapshot that is asked, so that whatever another
 * process has changed meanwhile is a state that nothing was kept for. An
 * answer that rests on anything else (another document, the clock, a script,
 * any table that nobody vouches for) is made anew each time.
 *
 * Who asks is found out before, for each question.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_KEPT_H
#define WF_API_KEPT_H

#include "api/turn.h"

struct wf_kept; /* at most 16 MB of answers; one an engine; any thread */
struct wf_kept *wf_kept_new(void);
void wf_kept_free(struct wf_kept *kept);

/* How many are kept. */
size_t wf_kept_count(struct wf_kept *kept);

/* Answers with what `render` writes for document `id`, or wrote before: fills
 * turn->out and the tag of the reply. */
WF_MUST_CHECK bool wf_kept_answer(struct wf_turn *turn, wf_id id,
                                  wf_answer_fn *render, const void *with,
                                  weft_error *err);

#endif
