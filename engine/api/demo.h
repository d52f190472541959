/* api/demo.h - what the files of the sample company share.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_DEMO_H
#define WF_API_DEMO_H

#include <stdatomic.h>

#include "api/session.h"
#include "base/clock.h"
#include "base/map.h"

/* What is done so far. */
struct wf_demo {
    weft_session *session;
    struct wf_arena *arena;
    struct wf_diags findings; /* mistakes in the files */
    struct wf_map names;      /* of documents, to what is so called: wf_id */
    const char *file;         /* of the act at hand */
    const char *findings_text;
    struct wf_clock real; /* the engine's own */
    int64_t today;        /* its time when the demo began, ms */
    _Atomic int64_t now;  /* that of the act at hand */
};

/* One file of acts. */
struct wf_demo_script {
    const char *password;
    const struct wf_json *acts;
    const char *name; /* of the file */
};

/* False with `err` filled if `reply`, which is freed, is one of failure; its
 * findings become those of the demo. */
bool wf_demo_use(struct wf_demo *demo, weft_reply *reply, weft_error *err);

/* Looks at all that alerts and metrics watch, as of the demo's present. */
WF_MUST_CHECK bool wf_demo_look(struct wf_demo *demo, weft_error *err);

/* --- demo_time.c */

/* From here on the clock of the engine is the demo's; and its own again. */
void wf_demo_clock_begin(struct wf_demo *demo);
void wf_demo_clock_end(struct wf_demo *demo);

/* The time `days` before today; with `after` ("quarter", "month-1": the last of
 * them that is over, the one before it) so many days after its end. A quarter
 * is over when it has been calibrated, too; "quarter+1" is the one behind it.
 * Errors: WEFT_E_INVALID no such word. */
WF_MUST_CHECK bool wf_demo_when(const struct wf_demo *demo, struct wf_str after,
                                double days, int64_t *out, weft_error *err);

/* The day that "+60" is, so many after today, and "~5", so many after the act;
 * today's "quarter". NULL for what is none of them. In demo->arena. */
const char *wf_demo_day(const struct wf_demo *demo, const char *text);

/* What waits for `login`, whose session it is: a document of the form; if
 * `about` is not NULL the oldest about that person.
 * Errors: WEFT_E_NOTFOUND nothing waits. */
struct wf_demo_wish {
    const char *login, *form, *about;
};
WF_MUST_CHECK bool wf_demo_work(struct wf_demo *demo, weft_session *session,
                                const struct wf_demo_wish *wish, wf_id *out,
                                weft_error *err);

/* --- demo_act.c */

/* Does what all scripts tell, in order of time. */
WF_MUST_CHECK bool wf_demo_play(struct wf_demo *demo,
                                struct wf_demo_script *scripts, size_t n,
                                weft_error *err);

#endif
