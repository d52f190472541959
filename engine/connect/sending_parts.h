/* connect/sending_parts.h - what the kinds of channels share, for them alone.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_CONNECT_SENDING_PARTS_H
#define WF_CONNECT_SENDING_PARTS_H

#include "connect/outgoing.h"
#include "connect/sending.h"

/* One letter in the hands of its kind. */
struct wf_sending {
    struct wf_arena *arena;
    const struct wf_channel *channel;
    const struct wf_letter *letter;
    const char **token; /* of an app; NULL there: none yet */
    const char *lang;   /* of problems */
};
typedef struct wf_outcome wf_send_fn(const struct wf_sending *sending);

extern wf_send_fn wf_send_webhook, wf_send_source, wf_send_mail,
    wf_send_dingtalk_robot, wf_send_dingtalk, wf_send_wecom_robot,
    wf_send_wecom, wf_send_feishu_robot, wf_send_feishu;

/* A text of its configuration, of its secrets; NULL: absent. */
const char *wf_sending_config(const struct wf_sending *sending,
                              const char *name);
const char *wf_sending_secret(const struct wf_sending *sending,
                              const char *name);
/* Whether plain http and addresses of one's own network will do. */
bool wf_sending_inside(const struct wf_sending *sending);

/* Asks; false with *out filled where there is no answer. */
bool wf_sending_ask(const struct wf_sending *sending,
                    const struct wf_outgoing *what, struct wf_incoming *in,
                    struct wf_outcome *out);
/* What an HTTP status is worth. */
struct wf_outcome wf_sending_status(const struct wf_sending *sending,
                                    const struct wf_incoming *in);
struct wf_outcome wf_sending_problem(const struct wf_sending *sending,
                                     enum wf_sent how, const char *fmt, ...)
    WF_PRINTF(3, 4);

/* HMAC-SHA-256 of `len` bytes of `data` in Base64. */
const char *wf_hmac_base64(struct wf_arena *arena, struct wf_str key,
                           const void *data, size_t len);

/* As the vendors want it: DingTalk of milliseconds, Feishu of seconds. */
const char *wf_dingtalk_sign(struct wf_arena *arena, int64_t ms,
                             const char *secret);
const char *wf_feishu_sign(struct wf_arena *arena, int64_t seconds,
                           const char *secret);

/* --- What a letter says, in the words of chat tools */

/* The address of a line's document; NULL: there is none to give. */
const char *wf_letter_link(struct wf_arena *arena,
                           const struct wf_letter *letter,
                           const struct wf_line *line);
/* "and 12 more"; NULL: that is all. */
const char *wf_letter_more(struct wf_arena *arena,
                           const struct wf_letter *letter);
/* At most `max` bytes of `text`, cut between characters. */
const char *wf_letter_cut(struct wf_arena *arena, const char *text, size_t max);

#endif
