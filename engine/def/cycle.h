/* def/cycle.h - a cycle: who is given which forms when, period by period.
 *
 * A run of a cycle is one of its periods. What is worked out for a person of a
 * run (<set>, hooks) is worked out over a document of the fields `owner`,
 * `period` and `unit`: so texts and formulas are the ones of forms.
 *
 * Source: docs/definition-language.md, "Cycles".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_CYCLE_H
#define WF_DEF_CYCLE_H

#include "base/date.h"
#include "def/kind.h"

/* What a cycle asks for at its time. A WF_REF_MOMENT that is not said is
 * NULL; a stage that says no `opens` opens with the period. */
struct wf_cycle_stage {
    const char *id;
    struct wf_words *words;
    struct wf_place place;
    const char *form_id;
    const struct wf_form *form; /* as it was checked; NULL: it is not here */
    const struct wf_who *who;   /* a part of the audience; NULL: all of it */
    const struct wf_moment *opens, *due, *freezes, *reveals, *closes;
    struct wf_duration remind; /* again and again; n 0: not */
    bool by_unit;              /* each="unit": one for each that they head */
    bool anonymous;            /* nobody knows who wrote which */
    int floor;                 /* fewer answers are not shown */
    struct wf_put *puts;       /* <set> */
    struct wf_cycle_stage *next;
};

/* How many in a hundred have a value. */
struct wf_share {
    const char *value;
    int64_t least, most;
    struct wf_share *next;
};

/* <calibrate>: values of a group seen side by side, and set over. */
struct wf_calibrate {
    const char *id; /* "form-field" unless it says one */
    struct wf_words *words;
    struct wf_place place;
    const char *form_id, *field;
    const struct wf_form *form; /* as it was checked; NULL: it is not here */
    bool all; /* group="all": one group; else each unit is one */
    struct wf_share *shares;
    const struct wf_who *by; /* `unit` in it is the group's */
    const struct wf_moment *opens, *due;
    struct wf_calibrate *next;
};

struct wf_cycle {
    struct wf_head head;
    enum wf_period_unit unit;
    int every;    /* so many of it; more than one of weeks only */
    int32_t from; /* the day of its first run */
    bool has_from;
    bool by_clock; /* launch="auto" */
    bool skips_joiners, keeps_leavers;
    const struct wf_who *audience;
    struct wf_form *form; /* of a person in a run: owner, period, unit */
    struct wf_cycle_stage *stages;
    struct wf_calibrate *calibrates;
};

const struct wf_cycle_stage *wf_cycle_stage(const struct wf_cycle *cycle,
                                            const char *id);
const struct wf_calibrate *wf_cycle_calibrate(const struct wf_cycle *cycle,
                                              const char *id);

/* For the kind (parse_cycle.c): link_cycle.c. */
void wf_link_cycle(struct wf_load *load, const struct wf_elem *root,
                   struct wf_head *head);
void wf_cycle_uses(const struct wf_head *head, wf_kind_see_fn *see, void *self);

/* The days of one run. */
struct wf_span {
    int32_t start, end;
    char period[WF_PERIOD_TEXT]; /* by which documents know it */
};

/* The run that holds `day`, the one `by` runs later, and the one that a period
 * names; false where there is none: before from=, another unit, or a week in
 * which no run begins. */
bool wf_cycle_at(const struct wf_cycle *cycle, int32_t day,
                 struct wf_span *out);
bool wf_cycle_step(const struct wf_cycle *cycle, const struct wf_span *span,
                   int by, struct wf_span *out);
bool wf_cycle_named(const struct wf_cycle *cycle, const char *period,
                    struct wf_span *out);

#endif
