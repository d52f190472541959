/* plan/calibrate.h - values of a run seen side by side, group by group, beside
 * the shares that they should have; and set over, with a reason.
 *
 * Source: docs/definition-language.md, "Calibration".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_PLAN_CALIBRATE_H
#define WF_PLAN_CALIBRATE_H

#include "plan/cycle.h"

enum {
    WF_CALIBRATED_MAX = 20000 /* people at once */
};

/* Whether call->me calibrates the group of this unit (NULL: who has none). */
WF_MUST_CHECK bool wf_calibrate_may(struct wf_call *call,
                                    const struct wf_calibrate *calibrate,
                                    const char *unit, bool *out,
                                    weft_error *err);

/* From when to when; 0: not said. */
void wf_calibrate_times(const struct wf_call *call,
                        const struct wf_cycle *cycle, const struct wf_run *run,
                        const struct wf_calibrate *calibrate, int64_t *opens,
                        int64_t *due);

/* The calibration by which call->me may set `field` of `doc` now. Errors:
 * WEFT_E_DENIED none, or it is about them; WEFT_E_CONFLICT it has not begun, or
 * is over. */
WF_MUST_CHECK bool wf_calibrate_allows(struct wf_call *call,
                                       const struct wf_doc *doc,
                                       const char *field, weft_error *err);

/* One value. */
struct wf_calibrated {
    wf_id person, document;
    const char *login, *name;
    const char *unit, *unit_name; /* NULL: none */
    const char *state;
    const struct wf_json *value, *before; /* NULL: absent; before: computed */
    const char *reason;                   /* NULL: nothing is set over it */
};
struct wf_calibrateds {
    struct wf_calibrated *at; /* by unit and login */
    size_t n, cap;
};
/* Those of a run, of one unit (NULL: of all); not that of call->me, which is
 * for others to see and set. Errors: WEFT_E_TOO_LARGE. */
WF_MUST_CHECK bool wf_calibrateds(struct wf_call *call,
                                  const struct wf_run *run,
                                  const struct wf_calibrate *calibrate,
                                  const char *unit, struct wf_calibrateds *out,
                                  weft_error *err);

/* {"unit","name","n","distribution":[{"value","n","before","percent","least",
 * "most"}],"problems":[…]} of `n` values. */
void wf_calibrate_write_group(struct wf_call *call,
                              const struct wf_calibrate *calibrate,
                              const struct wf_calibrated *at, size_t n,
                              struct wf_json_writer *out);

/* {"x","y","cells":[{"x","y","n","people":[{"id","login","name",
 * "document"}]}]} of the documents of which call->me sees both fields.
 * Errors: WEFT_E_MALFORMED no such fields, or none that lists know. */
struct wf_grid {
    const char *x, *y; /* fields */
    const char *unit;  /* NULL: all */
};
WF_MUST_CHECK bool wf_calibrate_write_grid(struct wf_call *call,
                                           const struct wf_run *run,
                                           const struct wf_calibrate *calibrate,
                                           const struct wf_grid *grid,
                                           struct wf_json_writer *out,
                                           weft_error *err);

#endif
