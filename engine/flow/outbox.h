/* flow/outbox.h - what goes out of here: written in the transaction of what it
 * tells, so that one is not without the other, and sent later, outside of any,
 * at least once.
 *
 * A letter that waits is a job (job.h). Its key is the same at each attempt:
 * whoever gets it twice knows it by that. Once it has been taken nothing is
 * added to it, so each attempt says the same.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_OUTBOX_H
#define WF_FLOW_OUTBOX_H

#include "flow/job.h"
#include "flow/wish.h"
#include "org/channel.h"

/* --- Writing */

/* What webhooks can hear, NULL at the end. */
extern const char *const wf_outbox_events[];

/* Tells every webhook that wants to hear it what has happened to `doc`:
 * "document.created", "document.moved", "document.done", "document.void". Ids
 * only; nothing of what nobody may know the writer of. */
WF_MUST_CHECK bool wf_outbox_event(struct wf_call *call,
                                   const struct wf_doc *doc, const char *type,
                                   weft_error *err);
/* The one that its present state makes it. */
WF_MUST_CHECK bool wf_outbox_moved(struct wf_call *call,
                                   const struct wf_doc *doc, weft_error *err);

/* Adds a line to the next letter to whoever reads `channel`; what is said while
 * one waits goes with it, what is too much for one is counted. `document` 0:
 * none. Errors: WEFT_E_NOTFOUND there is no such channel, or it is off. */
WF_MUST_CHECK bool wf_outbox_post(struct wf_call *call, const char *channel,
                                  const char *text, wf_id document,
                                  weft_error *err);

/* Answers `person` by `channel`, now and alone. `says` is
 * {"head"?,"lines":[{"text","document"?}],"confirm"?: a token}. Errors:
 * WEFT_E_NOTFOUND there is no such channel, or it is off. */
WF_MUST_CHECK bool wf_outbox_answer(struct wf_call *call, const char *channel,
                                    wf_id person, const struct wf_json *says,
                                    weft_error *err);

/* One thing that a person is told of: a notification, or (WF_MATTER_WORK) a
 * seat that waits for them. It goes into the letter that waits for them in each
 * channel by which they want to hear of it, so a storm becomes one letter; what
 * they have read or done until it is sent is left out. */
struct wf_news_item {
    wf_id person;
    enum wf_matter matter;
    bool urgent;
    wf_id id;
};
WF_MUST_CHECK bool wf_outbox_tell(struct wf_call *call,
                                  const struct wf_news_item *item,
                                  weft_error *err);

/* --- Sending */

/* What one letter says. */
struct wf_button {
    const char *label, *token; /* sent back when it is pressed */
    const char *action;        /* a verb; NULL: a confirmation */
    bool asks_why;             /* with a few words */
};
enum {
    WF_BUTTONS = 3
};
struct wf_line {
    const char *text;
    wf_id document;                       /* to be linked to; 0: none */
    struct wf_button buttons[WF_BUTTONS]; /* where they can be pressed */
    size_t n_buttons;
};
struct wf_letter {
    const char *key;  /* at each attempt the same; letters, digits, "_" */
    const char *lang; /* "zh-CN" or "en" */
    const char *to;   /* a mail address, who it is there; NULL: the channel */
    const char *name; /* of the person; NULL: nobody's */
    const char *site; /* "https://weft.example.com"; NULL: no links */
    const char *subject;
    const char *head; /* said before the lines; NULL: nothing */
    const struct wf_line *lines;
    size_t n_lines;
    int64_t n_more;   /* that are left out */
    const char *body; /* of a webhook: its JSON, as it is */
    int64_t at;       /* of this attempt, ms */
    bool again;       /* one before it may have arrived */
};
struct wf_parcel {
    struct wf_job job;
    struct wf_letter letter;
    bool is_empty; /* there is nothing to say any more */
};

/* Leases what is due for `channel`, at most `max`, and makes their letters. */
WF_MUST_CHECK bool wf_outbox_take(struct wf_call *call,
                                  const struct wf_channel *channel,
                                  struct wf_parcel *out, size_t max, size_t *n,
                                  weft_error *err);

/* It has been sent, or had nothing to say. Errors: WEFT_E_CONFLICT somebody
 * else has taken over. */
WF_MUST_CHECK bool wf_letter_end(struct wf_call *call, const struct wf_job *job,
                                 weft_error *err);

#endif
