/* api/bot.h - the assistant: a question in a person's own words, on its way
 * through the scripts that match and answer it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_BOT_H
#define WF_API_BOT_H

#include "api/turn.h"
#include "base/json.h"
#include "base/list.h"
#include "base/phrases.h"
#include "def/learnt.h"
#include "script/script.h"

/* What the scripts find as `self`. */
struct wf_bot {
    struct wf_turn *turn;
    weft_session *session; /* in whose name they ask */
    const char *package;   /* whose hook file runs; NULL: the engine's */
    WF_LIST(const struct wf_phrases *) phrases; /* of all intents there are */
    struct wf_learnt *learnt;                   /* from their examples */
};

/* What the scripts of the assistant may call (bot_host.c). */
extern const struct wf_host wf_bot_hosts[];
extern const size_t wf_n_bot_hosts;

/* Seals `command`, one of those below, for whoever asks in `turn`:
 *
 *     {"create": FORM, "data"?, "act"?: taken at once}
 *     {"patch": ID, "data", "etag"?}
 *     {"act": ACTION, "id", "data"?, "comment"?, "etag"?}
 *     {"batch": ACTION, "ids", "etags"?}
 *
 * Errors: WEFT_E_STORE the key cannot be read. */
WF_MUST_CHECK bool wf_bot_seal(struct wf_turn *turn,
                               const struct wf_json *command,
                               const char **token, int64_t *expires,
                               weft_error *err);

#endif
