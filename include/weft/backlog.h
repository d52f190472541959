/* weft/backlog.h - what the engine has to do by itself: timers and jobs, those
 * that wait and those that have failed. For administrators.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WEFT_BACKLOG_H
#define WEFT_BACKLOG_H

#include <weft/document.h>

#ifdef __cplusplus
extern "C" {
#endif

/* {"items":[{"id","what","kind","document","form","step","level","state",
 * "due","at","attempts","problem"}],"next"}; `what` is "timer" or "job", `at`
 * when it is tried next. Takes limit, cursor and state: "dead", which is also
 * what none means, those that are not tried any more; or "waiting". */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_backlog_list(weft_session *session,
                                                       const weft_param *params,
                                                       size_t n);

/* Tries one again at once, or gives it up and leaves its document where it is.
 * Errors: WEFT_E_NOTFOUND there is none; WEFT_E_CONFLICT it has not failed, but
 * waits for its time. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_backlog_revive(
    weft_session *session, int64_t id);
WEFT_API WEFT_MUST_CHECK weft_command *weft_backlog_drop(weft_session *session,
                                                         int64_t id);

#ifdef __cplusplus
}
#endif

#endif
