/* connect/hearing.h - what chat tools call us with: whether it is really
 * theirs, of now, and meant for us; what it says; and what they want to hear.
 *
 * Nothing is changed here, and nothing remembered: that the same does not count
 * twice is for the caller, by `once` and `event`.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_CONNECT_HEARING_H
#define WF_CONNECT_HEARING_H

#include "base/str.h"
#include "org/channel.h"

/* A request as it came; both find what is absent as NULL. */
struct wf_came {
    bool is_get;
    struct wf_str body; /* NUL-terminated behind its len */
    const char *(*query)(const void *self, const char *name);
    const char *(*header)(const void *self, const char *name);
    const void *self;
};

enum wf_heard_kind {
    WF_HEARD_PROOF,   /* it asks whether the address is ours */
    WF_HEARD_TEXT,    /* somebody has said something */
    WF_HEARD_PRESS,   /* somebody has pressed a button of ours */
    WF_HEARD_NOTHING, /* of no matter to us */
};
struct wf_heard {
    enum wf_heard_kind kind;
    const char *once;    /* of these very bytes: what comes with the same again
                          * is somebody's copy */
    const char *event;   /* the same where the vendor tells it again; NULL: it
                          * has no name for it */
    const char *account; /* who; NULL: nobody that could be told */
    const char *text;    /* said; "": a voice that nobody has recognised */
    const char *token;   /* of the button; "": it has none */
    const char *comment; /* said with it; NULL */
    const char *proof;   /* what a PROOF wants to hear */
    bool is_old, is_bot; /* which of the vendor's ways it came by */
};

/* Returns NULL, or why it is refused: English words for the log, which the
 * caller does not hear. `channel` has its secrets. */
const char *wf_hear(struct wf_arena *arena, const struct wf_channel *channel,
                    const struct wf_came *came, int64_t now,
                    struct wf_heard *out);

/* What is answered. To a press: `text`, whether it is `done`. */
struct wf_hear_answer {
    const char *type; /* of the body */
    struct wf_str body;
};
struct wf_hear_result {
    const char *text; /* NULL: nothing is to be said */
    bool done;
};
struct wf_hear_answer wf_hear_answer(struct wf_arena *arena,
                                     const struct wf_channel *channel,
                                     const struct wf_heard *heard,
                                     const struct wf_hear_result *result,
                                     int64_t now);

#endif
