/* flow/wish.h - how a person wants to be told of what: at once, in a digest or
 * not at all, by which channels, and when to be left in peace.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_WISH_H
#define WF_FLOW_WISH_H

#include "base/json.h"
#include "org/call.h"

/* What somebody is told of. */
enum wf_matter {
    WF_MATTER_WORK,     /* something waits for them */
    WF_MATTER_RETURNED, /* their document was sent back */
    WF_MATTER_DONE,     /* it has come to its end */
    WF_MATTER_URGED,    /* somebody asks them to hurry */
    WF_MATTER_COPY,     /* they got a copy */
    WF_MATTER_DUE,      /* a reminder */
    WF_MATTER_ALERT,    /* a light has changed */
    WF_MATTER_REPORT,   /* new numbers */
    WF_MATTER_TOLD,     /* what a hook says */
};
enum {
    WF_MATTERS = WF_MATTER_TOLD + 1
};
const char *wf_matter_name(enum wf_matter matter);

/* How one goes by a channel. */
enum wf_mode {
    WF_MODE_OFF,
    WF_MODE_DIGEST, /* with others, at the times of digests */
    WF_MODE_NOW,
};

/* A person's wishes, with the defaults where they have said nothing. */
enum {
    WF_WISH_TIMES = 4
};
struct wf_wish {
    const char *zone;
    int quiet_from, quiet_until; /* minutes of the day; equal: never quiet */
    bool working_days;           /* on these alone */
    int times[WF_WISH_TIMES];    /* of digests, minutes of the day, rising */
    int n_times;
    const struct wf_json *kinds; /* {matter: {channel: mode}}; NULL: none */
};
struct wf_person;
WF_MUST_CHECK bool wf_wish_load(struct wf_call *call,
                                const struct wf_person *person,
                                struct wf_wish *out, weft_error *err);

/* How `matter` goes by `channel`; `urgent`: its default is at once. */
enum wf_mode wf_wish_mode(const struct wf_wish *wish, enum wf_matter matter,
                          const char *channel, bool urgent);

/* When something of this mode may be sent: now, or at the end of the quiet, or
 * at the next time of a digest, on a working day by the calendar of the
 * company: that of the first package that has one. */
int64_t wf_wish_due(const struct wf_call *call, const struct wf_wish *wish,
                    enum wf_mode mode);

/* {"quiet":{"from","until"},"working_days","times":["09:00"],
 * "kinds":[{"id","label","channels":{ID:mode}}],
 * "channels":[{"id","label","kind","reached"}]} of call->me. */
WF_MUST_CHECK bool wf_wish_show(struct wf_call *call,
                                struct wf_json_writer *out, weft_error *err);

/* Those of call->me from now on; NULL members: as everybody is. `kinds` is
 * {matter:{channel:"now"|"digest"|"off"}}. Errors: WEFT_E_INVALID with
 * findings. */
struct wf_wish_change {
    const struct wf_json *quiet; /* {"from","until"}; equal: never */
    const struct wf_json *working_days, *times, *kinds;
};
WF_MUST_CHECK bool wf_wish_save(struct wf_call *call,
                                const struct wf_wish_change *change,
                                weft_error *err);

#endif
