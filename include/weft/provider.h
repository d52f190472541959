/* weft/provider.h - signing in at an OpenID provider, and which there are.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WEFT_PROVIDER_H
#define WEFT_PROVIDER_H

#include <weft/session.h>

#ifdef __cplusplus
extern "C" {
#endif

/* {"items":[{"id","label"}]}, for whoever is about to sign in. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_provider_names(weft_engine *engine,
                                                         const char *lang);

/* For administrators. A list with all but the secrets; one set: {"id","label"?,
 * "issuer","client","secret"?,"address","creates"?,"inside"?}, where an absent
 * secret stays and "" takes it away; one removed. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_provider_list(weft_session *session);
WEFT_API WEFT_MUST_CHECK weft_command *weft_provider_set(weft_session *session,
                                                         const char *body,
                                                         size_t len);
WEFT_API WEFT_MUST_CHECK weft_command *weft_provider_remove(
    weft_session *session, const char *id);

/* {"login","subject"}: who signs in there as `subject` is that person here. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_provider_link(weft_session *session,
                                                          const char *id,
                                                          const char *body,
                                                          size_t len);

/* The way out: {"location"} to send the browser to, and what it is to keep and
 * bring back, `*kept`, which lives as long as the reply. Asks the provider what
 * it says of itself: it may take seconds. `next`: where to go afterwards, a
 * path. */
typedef struct weft_provider_start {
    const char *provider, *next, *lang;
} weft_provider_start;
WEFT_API WEFT_MUST_CHECK weft_reply *weft_provider_begin(
    weft_engine *engine, const weft_provider_start *with, const char **kept);

/* The way back, which can be taken once: opens a session. `kept` is what the
 * browser brings. The reply is {"next"}; *secret as of
 * weft_session_sign_in(). Errors: WEFT_E_SIGNED_OUT, with why it is refused. */
typedef struct weft_provider_return {
    const char *provider, *kept;
    const char *state, *code, *iss, *problem; /* of the address; NULL: absent */
    const char *lang, *agent;
} weft_provider_return;
WEFT_API WEFT_MUST_CHECK weft_reply *weft_provider_finish(
    weft_engine *engine, const weft_provider_return *with, const char **secret);

/* {"label","location"}: where one is signed out there as well; null: nowhere.
 * That somebody came by it is in their weft_me(). */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_provider_leave(weft_engine *engine,
                                                         const char *id,
                                                         const char *lang);

/* A logout token (OpenID Connect Back-Channel Logout) that the provider has
 * sent: the sessions that it names end. Errors: WEFT_E_MALFORMED it is not the
 * provider's, not of now, or was used already; WEFT_E_NOTFOUND. */
typedef struct weft_provider_logout {
    const char *provider, *token;
    const char *lang;
} weft_provider_logout;
WEFT_API WEFT_MUST_CHECK weft_reply *weft_provider_hear_logout(
    weft_engine *engine, const weft_provider_logout *with);

#ifdef __cplusplus
}
#endif

#endif
