/* weft/scim.h - people and teams for directories: SCIM 2.0 (RFC 7643, 7644).
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WEFT_SCIM_H
#define WEFT_SCIM_H

#include <weft/document.h>

#ifdef __cplusplus
extern "C" {
#endif

/* `kind` is "Users" or "Groups"; bodies and answers are resources as the RFCs
 * tell them. All need the scope WEFT_SCOPE_SCIM. A failure has a finding whose
 * code is its scimType, where it has one. `how`: if_match.
 * Lists take filter, startIndex and count; these and single ones attributes and
 * excludedAttributes. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_scim_list(weft_session *session,
                                                    const char *kind,
                                                    const weft_param *params,
                                                    size_t n);
WEFT_API WEFT_MUST_CHECK weft_reply *weft_scim_get(weft_session *session,
                                                   const char *kind,
                                                   const char *id,
                                                   const weft_param *params,
                                                   size_t n);
WEFT_API WEFT_MUST_CHECK weft_command *weft_scim_add(weft_session *session,
                                                     const char *kind,
                                                     const char *body,
                                                     size_t len);

/* What is done to a resource that is there. */
typedef enum weft_scim_verb {
    WEFT_SCIM_REPLACE,
    WEFT_SCIM_PATCH,
    WEFT_SCIM_REMOVE
} weft_scim_verb;
typedef struct weft_scim_change {
    weft_scim_verb verb;
    const char *kind, *id;
    const char *body; /* of a removal NULL */
    size_t len;
    const char *if_match; /* NULL: whatever it is */
} weft_scim_change;
WEFT_API WEFT_MUST_CHECK weft_command *weft_scim_change_it(
    weft_session *session, const weft_scim_change *change);

#ifdef __cplusplus
}
#endif

#endif
