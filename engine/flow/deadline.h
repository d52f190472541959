/* flow/deadline.h - until when whoever has a seat has to act.
 *
 * There is one code path: wf_deadline_settle() at the end of whatever has
 * changed the seats of a document. It looks at who is asked now and brings
 * their due times and timers in line: a seat that was opened, given to
 * somebody else or opened again has its full time; one that is not open has
 * none. So no verb and no kind of step has to think of time.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_DEADLINE_H
#define WF_FLOW_DEADLINE_H

#include "flow/seat.h"
#include "flow/timer.h"

/* Before the document is saved, with no lane of it looked at; sets doc->due
 * where no field says it. */
WF_MUST_CHECK bool wf_deadline_settle(struct wf_flow *flow, struct wf_doc *doc,
                                      weft_error *err);

/* The same for a new document that somebody waits for until `due`; 0: as long
 * as it takes. Whoever has to write it and has no time of their own has that.
 */
WF_MUST_CHECK bool wf_deadline_settle_asked(struct wf_flow *flow,
                                            struct wf_doc *doc, int64_t due,
                                            weft_error *err);

/* The same for a document that has come to another version of its form: the
 * former one may have had deadlines where this has none. */
WF_MUST_CHECK bool wf_deadline_renew(struct wf_flow *flow, struct wf_doc *doc,
                                     weft_error *err);

/* From when on the present step waits for whoever is asked now (ms): 0 where it
 * does at once, INT64_MAX where it never does. */
int64_t wf_deadline_asks(struct wf_flow *flow, const struct wf_doc *doc);

/* What is said of this step, or of this level in it; NULL: nothing. */
const struct wf_deadline *wf_deadline_of(const struct wf_form *form,
                                         const char *step, const char *level);

/* The kinds of timers of a seat: "ask" comes as it begins to wait, "remind"
 * again and again, "late" once (late.c). */
extern wf_timer_fn wf_deadline_ask, wf_deadline_remind, wf_late_fire;

/* What a timer of a seat is about, if that is still so: *doc is NULL if the
 * seat is not open any more. */
WF_MUST_CHECK bool wf_deadline_load(struct wf_flow *flow,
                                    const struct wf_timer *timer,
                                    struct wf_doc **doc, struct wf_seat *seat,
                                    weft_error *err);

/* Tells the person, in their language, `text` and the title of `doc`; `text` is
 * an English phrase known to base/messages.c. */
WF_MUST_CHECK bool wf_deadline_tell(struct wf_flow *flow,
                                    const struct wf_doc *doc, wf_id person,
                                    const char *text, weft_error *err);

#endif
