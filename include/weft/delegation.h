/* weft/delegation.h - who stands in for whom, who takes over from whom, and
 * copies that were sent.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WEFT_DELEGATION_H
#define WEFT_DELEGATION_H

#include <weft/document.h>

#ifdef __cplusplus
extern "C" {
#endif

/* {"items":[{"id","giver","to","from","until","forms"}]}: those that I give or
 * take, the running and coming ones; of another `person` (a login or id; NULL:
 * me) for administrators. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_delegation_list(weft_session *session,
                                                          const char *person);

/* {"to","from"?,"until"?,"forms"?,"person"?}: days of the calendar, both
 * included; `person` is the giver, another than oneself for administrators. The
 * reply is the delegation. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_delegation_add(
    weft_session *session, const char *body, size_t len, const weft_how *how);
WEFT_API WEFT_MUST_CHECK weft_command *weft_delegation_end(
    weft_session *session, int64_t id);

/* {"to"}: everything of `person` goes to that one, for administrators:
 * {"roles","units","reports","seats"}. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_handover(weft_session *session,
                                                     const char *person,
                                                     const char *body,
                                                     size_t len,
                                                     const weft_how *how);

/* The copies of a document, and who has read them; the documents that I got a
 * copy of, the newest first; and one of them, read. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_document_copies(weft_session *session,
                                                          int64_t id);
WEFT_API WEFT_MUST_CHECK weft_reply *weft_copy_list(weft_session *session,
                                                    const weft_param *params,
                                                    size_t n);
WEFT_API WEFT_MUST_CHECK weft_command *weft_copy_read(weft_session *session,
                                                      int64_t id);

#ifdef __cplusplus
}
#endif

#endif
