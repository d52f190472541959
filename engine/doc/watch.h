/* doc/watch.h - which documents the alerts look at, and the light that a
 * document shows: the tables `watch` and, of documents, `alert_episode`.
 *
 * A document is watched while an alert of its form's family looks at its step.
 * Whatever is saved is due for the next look; what only time can change has a
 * time of its own. The looking is plan/'s.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_WATCH_H
#define WF_DOC_WATCH_H

#include "def/alert.h"
#include "doc/access.h"

bool wf_watch_looks_at(const struct wf_alert *alert, const struct wf_doc *doc);

/* Before the row is written: what no alert looks at any more has no light, and
 * what begins to be watched a green one. Ends what lit it. */
WF_MUST_CHECK bool wf_watch_before_save(struct wf_call *call,
                                        struct wf_doc *doc, weft_error *err);

/* After it: the alerts are to look again. */
WF_MUST_CHECK bool wf_watch_after_save(struct wf_call *call,
                                       const struct wf_doc *doc,
                                       weft_error *err);

/* Of a document that goes. */
WF_MUST_CHECK bool wf_watch_forget(struct wf_call *call, wf_id document,
                                   weft_error *err);

/* --- For who looks */

/* Begins to watch the next documents behind `after` that are there already, at
 * most `max`; `n` were looked through, and `after` is the last of them. */
struct wf_watch_piece {
    wf_id after;
    int max, n;
};
WF_MUST_CHECK bool wf_watch_fill(struct wf_call *call,
                                 const struct wf_alert *alert,
                                 struct wf_watch_piece *piece, weft_error *err);

/* What an alert says of one document. `level` NULL: it is green; then the last
 * one ends. `due` is when to look again. */
struct wf_light {
    const char *alert;
    wf_id document;
    const char *level, *colour;
    int64_t due;
};
WF_MUST_CHECK bool wf_watch_put_off(struct wf_call *call,
                                    const struct wf_light *light,
                                    weft_error *err);
/* The same where the level is another one; the document gets the worst colour
 * of its alerts. */
WF_MUST_CHECK bool wf_watch_change(struct wf_call *call,
                                   const struct wf_light *light,
                                   weft_error *err);
/* The alert does not look at it any more. */
WF_MUST_CHECK bool wf_watch_leave(struct wf_call *call, const char *alert,
                                  wf_id document, weft_error *err);

/* --- Episodes */

struct wf_episode {
    const char *kind; /* alert, metric */
    const char *name; /* of the definition */
    const char *level, *colour;
    wf_id document;      /* 0: none */
    const char *subject; /* NULL: none */
    bool has_value;
    double value;
    int64_t begun;
};
/* Begins a row at call->now. *tell is false if this level has told in this
 * episode already. `before` is the episode that goes on, 0: a new one. */
WF_MUST_CHECK bool wf_episode_begin(struct wf_call *call,
                                    const struct wf_episode *episode,
                                    wf_id before, wf_id *row, bool *tell,
                                    weft_error *err);
/* How many were told. */
WF_MUST_CHECK bool wf_episode_told(struct wf_call *call, wf_id row, size_t n,
                                   weft_error *err);
/* Ends this row. */
WF_MUST_CHECK bool wf_episode_end_row(struct wf_call *call, wf_id row,
                                      weft_error *err);
/* Ends what goes on of a document; *episode: which one it was, 0: none. */
WF_MUST_CHECK bool wf_episode_end(struct wf_call *call, const char *alert,
                                  wf_id document, wf_id *episode,
                                  weft_error *err);

/* What the alerts have said of it, the latest first, 200 at most:
 * {"items":[{"alert","label"?,"level"?,"colour","begun","ended","told"}]}.
 * Which level it was is told to who sees all that its alert reads. */
WF_MUST_CHECK bool wf_episodes_tell(struct wf_call *call,
                                    const struct wf_doc *doc,
                                    const struct wf_rights *rights,
                                    struct wf_json_writer *out,
                                    weft_error *err);

#endif
