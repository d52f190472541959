/* doc/news.h - which documents have changed since somebody looked last, for
 * pages that are open.
 *
 * The history says it: a mark is how long each of its lanes is, and up to where
 * things have been said. What has no
 * history, an answer behind a veil, is no news.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_NEWS_H
#define WF_DOC_NEWS_H

#include "org/call.h"

enum {
    WF_NEWS_MAX = 200, /* documents told of one by one */
};

/* How far the history has come: its lanes, by id. */
struct wf_mark {
    struct wf_lane_mark {
        int64_t lane, n;
    } * at;
    size_t n, cap;
};

WF_MUST_CHECK bool wf_mark_now(struct wf_call *call, struct wf_mark *out,
                               weft_error *err);

/* "0:17,1:5". Reading fails for what is no mark, and for one of more lanes
 * than anybody has. */
const char *wf_mark_write(struct wf_arena *arena, const struct wf_mark *mark);
bool wf_mark_read(struct wf_arena *arena, const char *text,
                  struct wf_mark *out);
bool wf_mark_same(const struct wf_mark *a, const struct wf_mark *b);

/* Documents, each once. */
struct wf_news {
    wf_id *at;
    size_t n, cap;
    bool more; /* more than are told one by one */
};

/* What happened between two marks, with the documents above, whose values may
 * have followed. `until` is a later mark than `since`. */
WF_MUST_CHECK bool wf_news_between(struct wf_call *call,
                                   const struct wf_mark *since,
                                   const struct wf_mark *until,
                                   struct wf_news *out, weft_error *err);

/* Of `news` those that call->me may read now. */
WF_MUST_CHECK bool wf_news_seen(struct wf_call *call,
                                const struct wf_news *news, struct wf_news *out,
                                weft_error *err);

/* Whether any of `news` is or was work of call->me; and the last thing that
 * they were told, 0: nothing yet. */
WF_MUST_CHECK bool wf_news_is_work(struct wf_call *call,
                                   const struct wf_news *news, bool *out,
                                   weft_error *err);
WF_MUST_CHECK bool wf_news_told(struct wf_call *call, wf_id *out,
                                weft_error *err);

#endif
