/* weft/channel.h - the ways out of here, for administrators: mail servers,
 * chat tools, webhooks.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WEFT_CHANNEL_H
#define WEFT_CHANNEL_H

#include <weft/session.h>

#ifdef __cplusplus
extern "C" {
#endif

/* All with what is configured of them and how sending goes; of secrets their
 * names. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_channel_list(weft_session *session);

/* {"id","kind","label"?,"config","secrets"?,"on"?}: sets one, and lets it try
 * again at once; without secrets those that are there stay. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_channel_set(weft_session *session,
                                                        const char *body,
                                                        size_t len);
/* With what waits for it. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_channel_remove(
    weft_session *session, const char *id);

/* {"login","account"}: who somebody is there; null: nobody any more. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_channel_link(weft_session *session,
                                                         const char *id,
                                                         const char *body,
                                                         size_t len);

/* {"login"?}: sends a test message at once, past what waits, and answers
 * {"sent","problem"}. It may take seconds. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_channel_test(weft_session *session,
                                                       const char *id,
                                                       const char *body,
                                                       size_t len);

#ifdef __cplusplus
}
#endif

#endif
