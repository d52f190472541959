/* weft/document.h - documents, work and what happened to them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WEFT_DOCUMENT_H
#define WEFT_DOCUMENT_H

#include <weft/session.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Commands. `body` is JSON as docs/http.md says for the route; `how` may be
 * NULL. The reply is the document, or {"id","form","step","state"} for who
 * sees it no longer. */

/* {"form","data","parent"?,"action"?}: with an action that it takes at once. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_document_create(
    weft_session *session, const char *body, size_t len, const weft_how *how);
/* {"data": merge patch} */
WEFT_API WEFT_MUST_CHECK weft_command *weft_document_patch(
    weft_session *session, int64_t id, const char *body, size_t len,
    const weft_how *how);
/* {"comment"?,"data"?,"to"?,"people"?,"place"?,"lane"?}; `body` may be empty */
WEFT_API WEFT_MUST_CHECK weft_command *weft_document_act(
    weft_session *session, int64_t id, const char *action, const char *body,
    size_t len, const weft_how *how);
WEFT_API WEFT_MUST_CHECK weft_command *weft_document_delete(
    weft_session *session, int64_t id, const weft_how *how);
/* {"text"} */
WEFT_API WEFT_MUST_CHECK weft_command *weft_document_comment(
    weft_session *session, int64_t id, const char *body, size_t len,
    const weft_how *how);
/* {"emoji","on"?}: sets one's reaction, or with "on": false takes it back; the
 * reply is all reactions */
WEFT_API WEFT_MUST_CHECK weft_command *weft_document_react(
    weft_session *session, int64_t id, const char *body, size_t len,
    const weft_how *how);
/* {"upto"?: an id}: what one was told up to there, or all of it, is read; the
 * reply is the newest of it */
WEFT_API WEFT_MUST_CHECK weft_command *weft_notification_read(
    weft_session *session, const char *body, size_t len);
/* {"ids":[…],"action","comment"?,"etags"?:[…]}: each on its own, and only if it
 * still is what has this etag; the reply is {"items":[{"id","ok","problem"?}]}
 */
WEFT_API WEFT_MUST_CHECK weft_command *weft_work_batch(weft_session *session,
                                                       const char *body,
                                                       size_t len,
                                                       const weft_how *how);

/* Questions. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_document_get(weft_session *session,
                                                       int64_t id);

/* A name and value of a query string, in its order: form, step, limit,
 * filter[FIELD][OP], … Unknown names are WEFT_E_MALFORMED. */
typedef struct weft_param {
    const char *name, *value;
} weft_param;
WEFT_API WEFT_MUST_CHECK weft_reply *weft_document_list(
    weft_session *session, const weft_param *params, size_t n);
WEFT_API WEFT_MUST_CHECK weft_reply *weft_work_list(weft_session *session,
                                                    const weft_param *params,
                                                    size_t n);
WEFT_API WEFT_MUST_CHECK weft_reply *weft_document_history(
    weft_session *session, int64_t id, const weft_param *params, size_t n);
/* {"items":[{"emoji","count","mine"}]} */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_document_reactions(
    weft_session *session, int64_t id);
WEFT_API WEFT_MUST_CHECK weft_reply *weft_document_comments(
    weft_session *session, int64_t id, const weft_param *params, size_t n);
WEFT_API WEFT_MUST_CHECK weft_reply *weft_document_children(
    weft_session *session, int64_t id, const weft_param *params, size_t n);
WEFT_API WEFT_MUST_CHECK weft_reply *weft_document_chain(weft_session *session,
                                                         int64_t id);
/* What the alerts have said of it, the latest first:
 * {"items":[{"alert","level"?,"label"?,"colour","begun","ended","told"}]} */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_document_lights(weft_session *session,
                                                          int64_t id);
WEFT_API WEFT_MUST_CHECK weft_reply *weft_document_explain(
    weft_session *session, int64_t id, const char *field);
WEFT_API WEFT_MUST_CHECK weft_reply *weft_notification_list(
    weft_session *session, const weft_param *params, size_t n);
/* How one is told of what, and when; and from now on:
 * {"quiet"?,"working_days"?, "times"?,"kinds"?}, what is left out being as
 * everybody has it */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_notification_settings(
    weft_session *session);
WEFT_API WEFT_MUST_CHECK weft_command *weft_notification_settings_set(
    weft_session *session, const char *body, size_t len);

#ifdef __cplusplus
}
#endif

#endif
