/* weft/trial.h - a definition tried before it is live.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WEFT_TRIAL_H
#define WEFT_TRIAL_H

#include <weft/session.h>

#ifdef __cplusplus
extern "C" {
#endif

/* For whoever may deploy the form: {"files"?,"author"?,"as"?,"step"?,"level"?,
 * "data"? or "document"?,"hook"?,"action"?,"comment"?}. On the draft in "files"
 * ([{"name","text"}]), or on what is live: whom such a document of the author
 * would ask, and what "as" would see and fill in where it stands; with "hook"
 * what that function would do. Nothing is kept. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_form_try(weft_session *session,
                                                   const char *form,
                                                   const char *body,
                                                   size_t len);

#ifdef __cplusplus
}
#endif

#endif
