/* weft/assistant.h - questions and acts in people's own words.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WEFT_ASSISTANT_H
#define WEFT_ASSISTANT_H

#include <weft/session.h>

#ifdef __cplusplus
extern "C" {
#endif

/* {"text","lang"?}: what the person wants, matched with what the packages say
 * can be wanted (*.intent.xml). Nothing is changed:
 *
 *     {"status": "answer" | "act" | "back" | "refuse" | "unsure",
 *      "answer": {"text", "items": [{"title","note"?,"url"?,"id"?}]},
 *      "intent"?, "slots", "confidence", "explain": [{"text","as"}],
 *      "choices"?: [{"label","text"}],   what to ask instead
 *      "confirm"?: {"token","says","expires"}}
 *
 * What is shown is what the person may see; an act is told of, with a token
 * for weft_bot_do(). */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_bot_ask(weft_session *session,
                                                  const char *body, size_t len);

/* {"confirm": token}: does what the token was given for, by the same command
 * as a click on the page, with the rights of now; the reply is that command's.
 * Done once, however often it is asked.
 * Errors: WEFT_E_DENIED the token is another person's, too old, or none;
 * WEFT_E_STALE the document has changed since; whatever the command has. */
WEFT_API WEFT_MUST_CHECK weft_command *weft_bot_do(weft_session *session,
                                                   const char *body,
                                                   size_t len);

/* {"items":[{"id","label","does","examples":[text]}]}: what can be said. */
WEFT_API WEFT_MUST_CHECK weft_reply *weft_bot_intents(weft_session *session);

#ifdef __cplusplus
}
#endif

#endif
