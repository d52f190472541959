/* weft/adjust.h - forms changed by those who may not deploy, within what their
 * package leaves to them; and deploys that wait for an approval.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WEFT_ADJUST_H
#define WEFT_ADJUST_H

#include <weft/document.h>

#ifdef __cplusplus
extern "C" {
#endif

/* {"items":[{"form","label","package","version","approval","rules":[{"id",
 * "label","help"}]}]}: the forms of which something is mine to adjust. Of one
 * the same with "parts" and "adds": what, and within which limits. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_adjustable(weft_session *session);
WEFT_API WEFT_MUST_CHECK weft_reply *weft_form_adjustable(weft_session *session,
                                                          const char *form);

/* {"changes":[{"part","path","set"|"add"|"remove"|"before"}],"version"?,
 * "reason"?,"dry_run"?}: {"form","changes","deployed","diagnostics",
 * "proposal"?}. Errors: WEFT_E_INVALID with findings that name what is beyond
 * the rules; WEFT_E_STALE another version is live; WEFT_E_DENIED. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_form_adjust(weft_session *session,
                                                        const char *form,
                                                        const char *body,
                                                        size_t len);

/* {"package","state","problem","person","pilot","at","reason","made","closed",
 * "changes"}: the deploy that is asked for with this document, for whoever sees
 * it. Errors: WEFT_E_NOTFOUND. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_document_proposal(
    weft_session *session, int64_t id);

#ifdef __cplusplus
}
#endif

#endif
