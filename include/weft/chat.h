/* weft/chat.h - what chat tools call with: what people say there, and the
 * buttons that they press.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WEFT_CHAT_H
#define WEFT_CHAT_H

#include <weft/session.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A request as it came. `query` and `header` find a part of it by name; NULL:
 * it has none. */
typedef struct weft_chat_call {
    const char *channel;
    bool is_get;
    const char *body;
    size_t len;
    const char *(*query)(const void *self, const char *name);
    const char *(*header)(const void *self, const char *name);
    const void *self;
} weft_chat_call;

/* Checks that it is the vendor's, of now, for us, and new; then does what it is
 * about in the name of the person who is linked to the account that it names:
 * a button is that act, words are a question to the assistant, which is
 * answered by a message of the channel. The reply is what the vendor wants to
 * hear, of the type `*type`. It may take as long as the act does.
 * Errors: WEFT_E_NOTFOUND there is no channel that hears; WEFT_E_DENIED it is
 * not the vendor's (why is in the log); WEFT_E_CONFLICT it has come before. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_chat_hear(weft_engine *engine,
                                                    const weft_chat_call *with,
                                                    const char **type);

#ifdef __cplusplus
}
#endif

#endif
