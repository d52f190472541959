/* doc/doc_lane.h - the lanes of the parallels that a document is in.
 *
 * A document that is in a parallel stands in several steps. Whatever happens
 * to it happens in one of them: the lane is *looked at*, and then step, level,
 * walk and flow of the document are those of the lane. Who knows nothing of
 * lanes works on it unchanged. What the store, formulas and people see as the
 * document's step stays the parallel: wf_doc_own().
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DOC_DOC_LANE_H
#define WF_DOC_DOC_LANE_H

#include "doc/doc.h"

enum wf_lane_state {
    WF_LANE_OPEN,
    WF_LANE_JOINED, /* has come to the join */
    WF_LANE_LEFT,   /* was given up, or its parallel is over */
};
const char *wf_lane_state_name(enum wf_lane_state state);

struct wf_doc_lane {
    const struct wf_lane *lane;
    enum wf_lane_state state;
    struct wf_spot spot; /* but while it is looked at: then the document has it
                          */
    int64_t due;         /* of a <wait> in it; 0: none */
    bool changed;        /* since it was stored */
    struct wf_doc_lane *next;
};

/* The document's own step, level, walk and flow, whatever is looked at. */
struct wf_spot wf_doc_own(const struct wf_doc *doc);

/* Looks at a lane, or with NULL at the document itself. */
void wf_lane_look(struct wf_doc *doc, struct wf_doc_lane *lane);

/* Its row for a lane of its form; NULL: it has never been there. */
struct wf_doc_lane *wf_lane_find(const struct wf_doc *doc,
                                 const struct wf_lane *lane);

/* The same, made if it is not there. */
struct wf_doc_lane *wf_lane_need(struct wf_call *call, struct wf_doc *doc,
                                 const struct wf_lane *lane);

/* The next open lane in which something is going on, in the form's order; `at`
 * NULL: the first. One whose step is a parallel is none: its lanes are. */
struct wf_doc_lane *wf_lane_next(const struct wf_doc *doc,
                                 const struct wf_doc_lane *at);

/* Where a lane stands, whatever is looked at. */
struct wf_spot wf_lane_spot(const struct wf_doc *doc,
                            const struct wf_doc_lane *lane);

/* Looks at where `step` is that it stands in: at a lane, or at the document
 * itself. False: it does not stand there. */
bool wf_lane_look_at_step(struct wf_doc *doc, const char *step);

/* Where no field says when it is due, its step does: of the lane that is looked
 * at, or of the document. */
void wf_lane_set_due(struct wf_doc *doc, int64_t due);

/* The earliest due time of its open lanes; 0: none. */
int64_t wf_lanes_due(const struct wf_doc *doc);

/* The rows of a document that is in a parallel or comes to one. */
WF_MUST_CHECK bool wf_lanes_load(struct wf_call *call, struct wf_doc *doc,
                                 weft_error *err);
/* Those that have changed; all of them, of a document that goes. */
WF_MUST_CHECK bool wf_lanes_save(struct wf_call *call, struct wf_doc *doc,
                                 weft_error *err);
WF_MUST_CHECK bool wf_lanes_remove(struct wf_call *call, wf_id document,
                                   weft_error *err);

/* [{"parallel","lane","label","step","level","state"}]: where it is. */
void wf_lanes_json(const struct wf_call *call, const struct wf_doc *doc,
                   struct wf_json_writer *out);

#endif
