/* org/past.h - what people and units were on a day, and whose lines they stood
 * in.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_PAST_H
#define WF_ORG_PAST_H

#include "base/date.h"
#include "org/person.h"

/* Until `until` (a day, excluded) `what` of a person or unit was `value`. */
struct wf_past {
    const char *kind; /* person, unit */
    wf_id id;
    const char *what;
    const char *until;
    const char *value; /* NULL: none */
};

/* Keeps it, unless one is kept for that day: the first of a day counts. */
WF_MUST_CHECK bool wf_past_note(struct wf_call *call,
                                const struct wf_past *past, weft_error *err);

/* Forgets what is known of `what` up to `until`. */
WF_MUST_CHECK bool wf_past_forget(struct wf_call *call,
                                  const struct wf_past *past, weft_error *err);

/* Ids and numbers as `value` has them; NULL for 0. */
const char *wf_past_id(struct wf_arena *arena, wf_id id);

/* Writes the person as of `day` ("2026-10-12"): {"id","login","name","on",
 * "unit","title","manager","dotted":[…],"active"}. */
WF_MUST_CHECK bool wf_person_on(struct wf_call *call,
                                const struct wf_person *person, const char *day,
                                struct wf_json_writer *out, weft_error *err);

/* A page of the lines of a person, with their days: up to those above, or with
 * `below` from those below: {"items":[{"kind","person","since","until"}],
 * "next"}; since and until are null where they are open. `day` NULL: of all
 * days. */
struct wf_lines_query {
    const struct wf_person *person;
    const char *day, *cursor;
    bool below;
    int limit;
};
WF_MUST_CHECK bool wf_person_lines(struct wf_call *call,
                                   const struct wf_lines_query *query,
                                   struct wf_json_writer *out, weft_error *err);

/* The last day, which never comes: a line without an end. */
#define WF_NEVER "9999-12-31"

#endif
