/* weft/privacy.h - the rights of whom data are about.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WEFT_PRIVACY_H
#define WEFT_PRIVACY_H

#include <weft/document.h>
#include <weft/session.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Who has looked at documents about a person (a login or an id), once a day
 * and document, the newest first: {"items":[{"reader","document","form","at"}],
 * "next"}. For themselves and the role dpo. Params: limit, cursor. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_person_readers(
    weft_session *session, const char *id, const weft_param *params, size_t n);

/* All that is stored of a person, piece by piece: {"person","documents":
 * [{"document","history","comments"}],"next"}, their documents as they see
 * them, fifty at a time; behind these the other parts
 * (docs/data-protection.md), each a list under its name:
 * {"person","above":[…],"comments":[…],"next"}. `cursor` is the `next` of the
 * piece before. For themselves, and the system. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_person_data(weft_session *session,
                                                      const char *id,
                                                      const char *cursor);

/* Erases a person who is not active any more: who they were becomes a
 * pseudonym, and what they and others wrote about them goes, while numbers,
 * totals and the chain of the history stay. For administrators. The reply is
 * {"login","documents","comments","events"}. It cannot be undone. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_person_erase(weft_session *session,
                                                         const char *id);

/* How long documents are kept, and what the next night would take of those that
 * have ended: {"items":[{"form","label","keep","then","reduce","erase","stay",
 * "more"}]}; counts of the first thousand. Of one `form` (else NULL) also
 * "documents":[{"document","ended","then"}]. For administrators and the role
 * dpo. Changes nothing. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_retention(weft_session *session,
                                                    const char *form);

/* What was done here and by whom, newest first: {"items":[{"at","actor",
 * "kind",…}],"next"} (docs/http.md, "Audit trail"); of documents that somebody
 * acted on them, not what stands in them. For administrators and the role dpo.
 * Params: from, to (days; usual: the last thirty, at most 366), person, form,
 * engine, format (json, csv), limit, cursor. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_audit(weft_session *session,
                                                const weft_param *params,
                                                size_t n);

#ifdef __cplusplus
}
#endif

#endif
