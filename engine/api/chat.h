/* api/chat.h - one call of a chat tool in hand, and what is said back in words.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_CHAT_H
#define WF_API_CHAT_H

#include <weft/chat.h>

#include "api/command.h"
#include "api/session.h"
#include "connect/hearing.h"
#include "org/channel.h"
#include "org/heard.h"

struct wf_calling {
    weft_engine *engine;
    const weft_chat_call *came;
    struct wf_arena *arena;    /* lives as long as the answer */
    struct wf_channel channel; /* with its secrets */
    struct wf_heard heard;
    wf_id person;     /* who it is here; 0: nobody */
    const char *lang; /* theirs */
    const char *via;  /* as of wf_call */
    int64_t now;
};

/* What the assistant says to what was said, as wf_outbox_answer() takes it;
 * where it is to be confirmed, *pending is filled. */
const struct wf_json *wf_chat_answer(const struct wf_calling *calling,
                                     struct wf_pending *pending);

/* A text alone, in the same form. */
const struct wf_json *wf_chat_text(struct wf_arena *arena, const char *text);

/* The number in "confirm 1234"; NULL: it is none. */
const char *wf_chat_code(struct wf_arena *arena, const char *text);

/* Why it, or one of a batch, was not done, in more words than the error has;
 * NULL: there are none. */
const char *wf_chat_problem(struct wf_arena *arena, const weft_reply *reply);

/* The title of the document in a reply; NULL: it has none. */
const char *wf_chat_title(struct wf_arena *arena, const weft_reply *reply);

#endif
