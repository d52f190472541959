/* connect/chat.h - what chat tools share: a letter as their markdown, one call
 * of their API, and what its answer is worth. For this layer alone.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_CONNECT_CHAT_H
#define WF_CONNECT_CHAT_H

#include "base/json.h"
#include "connect/sending_parts.h"

/* One vendor. */
struct wf_vendor {
    const char *name, *host; /* "https://…", unless configured otherwise */
    const char *code; /* the member of an answer that is 0 if it is well */
    const int *busy;  /* codes of the channel, not of a letter; 0 at the
                       * end */
    const int *stale; /* codes of a token that is no longer good */
};

/* POSTs `body` (NULL: GETs) at host + `path`, with `bearer` where it is not
 * NULL. True with the answer, an object whose code is 0; else *out says how it
 * went. `shown` stands for the path where that has a secret in it. */
struct wf_chat_call {
    const char *path, *body, *bearer;
};
bool wf_chat_ask(const struct wf_sending *sending,
                 const struct wf_vendor *vendor,
                 const struct wf_chat_call *call, const struct wf_json **answer,
                 struct wf_outcome *out);

/* The token of an app, kept in *sending->token for the letters after it:
 * what `call` answers in `member`. */
bool wf_chat_token(const struct wf_sending *sending,
                   const struct wf_vendor *vendor,
                   const struct wf_chat_call *call, const char *member,
                   const char **token, struct wf_outcome *out);

/* The letter in at most `max` bytes: its lines, those with a document as links,
 * and how many are left out. What people wrote in them is text there. */
const char *wf_chat_markdown(const struct wf_sending *sending, size_t max);

/* One line of it, as markdown. */
const char *wf_chat_line(const struct wf_sending *sending,
                         const struct wf_line *line);

/* `text` on one line, without what would be markup. */
const char *wf_chat_plain(struct wf_arena *arena, const char *text);

/* The only link of a letter of one line and no more; NULL: it has none, or
 * several. */
const char *wf_chat_link(const struct wf_sending *sending);

#endif
