/* def/workflow.h - the steps of a form, and the levels of its approvals.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_WORKFLOW_H
#define WF_DEF_WORKFLOW_H

#include "def/field.h"
#include "def/moment.h"
#include "def/verbs.h"
#include "def/wanted.h"

struct wf_action {
    const char *id;
    struct wf_words *words;
    struct wf_place place;
    const struct wf_step *to; /* NULL: stays */
    struct wf_expr *when;
    const struct wf_who *by; /* NULL: whoever has the step's work */
    bool confirm;
    bool comment_required;
    struct wf_action *next;
};

struct wf_go {
    struct wf_expr *when; /* NULL: otherwise */
    const struct wf_step *to;
    struct wf_place place;
    struct wf_go *next;
};

enum wf_agree {
    WF_AGREE_ANY,
    WF_AGREE_ALL,
    WF_AGREE_SHARE,  /* agree_n: 0–1 */
    WF_AGREE_WEIGHT, /* agree_n: the sum of grades (none: 1) to be reached */
    WF_AGREE_VETO,   /* more than half approve, and nobody refuses */
};
enum wf_order {
    WF_TOGETHER,
    WF_ONE_BY_ONE
};
enum wf_repeat {
    WF_REPEAT_ONCE,
    WF_REPEAT_ADJACENT,
    WF_REPEAT_ASK
};
enum wf_self {
    WF_SELF_SKIP,
    WF_SELF_MANAGER,
    WF_SELF_ASK
};
enum wf_return {
    WF_RETURN_NONE,
    WF_RETURN_ANY,
    WF_RETURN_START,
    WF_RETURN_PREVIOUS
};
enum wf_resume {
    WF_RESUME_AGAIN,
    WF_RESUME_HERE
};

enum wf_timeout {
    WF_TIMEOUT_NONE,
    WF_TIMEOUT_REMIND,
    WF_TIMEOUT_ESCALATE,
    WF_TIMEOUT_TRANSFER, /* timeout_who */
    WF_TIMEOUT_APPROVE,
    WF_TIMEOUT_REJECT,
    WF_TIMEOUT_TO, /* timeout_to */
};

/* From when on and until when somebody is waited for, and what happens if they
 * do not act. */
struct wf_deadline {
    const struct wf_moment *asks; /* of a step; NULL: from the beginning */
    bool asks_never;              /* they may act, nothing waits for them */
    struct wf_duration within;    /* n 0: not said */
    const struct wf_moment *due;  /* of a step; NULL: not said */
    struct wf_duration remind;    /* again and again; n 0: never */
    enum wf_timeout timeout;
    const struct wf_who *timeout_who;
    const struct wf_step *timeout_to;
    bool own_timeout; /* the level says so itself, not its approval */
};

/* A <level>, or with `climb` a <climb> that makes levels by itself. What the
 * approval says for all levels is already merged in. */
struct wf_level {
    const char *id;
    struct wf_words *words;
    struct wf_place place;
    const struct wf_who *by; /* of a climb: from */
    struct wf_expr *when;
    enum wf_agree agree;
    double agree_n;
    enum wf_order order;
    enum wf_nobody nobody;
    const struct wf_who *nobody_person;
    enum wf_repeat repeat;
    enum wf_self self;
    enum wf_return returns;
    enum wf_resume resume;
    unsigned allow, deny; /* of enum wf_verb_bit; allow 0: nothing said */
    unsigned explain;     /* verbs that need a comment */
    struct wf_field_set edit, require;
    bool climb;
    int climb_levels;
    struct wf_expr *climb_until;
    struct wf_deadline deadline;
    struct wf_level *next;
};

/* The lane of this id; NULL: the parallel has none. */
const struct wf_lane *wf_step_lane(const struct wf_step *parallel,
                                   const char *id);

/* Whether whoever is in `lane` (NULL: in none) can go to `step` without leaving
 * a lane. */
bool wf_lane_has(const struct wf_lane *lane, const struct wf_step *step);

/* How many lanes have to join. */
int wf_step_joins(const struct wf_step *parallel);

/* Whether whom it asks may take the verb there. */
bool wf_level_allows(const struct wf_level *level, unsigned verb);

struct wf_fast_track {
    struct wf_expr *when;
    const char **levels; /* ids, NULL at the end */
    struct wf_place place;
    struct wf_fast_track *next;
};

/* One of the ways that a <parallel> goes at once: steps of its own, from
 * `start` on, until one of them leads to the join or out of it. */
struct wf_lane {
    const char *id;
    struct wf_words *words;
    struct wf_place place;
    const struct wf_step *start;
    const struct wf_step *parallel;
    struct wf_lane *next;
};

/* The step that is meant by to="join" within a lane. */
#define WF_JOIN "join"

enum wf_step_kind {
    WF_STEP_WORK,
    WF_STEP_APPROVAL,
    WF_STEP_BRANCH,
    WF_STEP_WAIT,
    WF_STEP_CALL,
    WF_STEP_COLLECT,
    WF_STEP_PARALLEL,
    WF_STEP_END,
    WF_STEP_JOIN, /* of a parallel: no step of the form, nothing is ever in it
                   */
};

struct wf_step {
    const char *id;
    enum wf_step_kind kind;
    struct wf_words *words;
    struct wf_place place;
    const struct wf_lane *lane; /* whose step it is; NULL: of no lane */
    const struct wf_who *tell;  /* hear that it is there; NULL: nobody */
    /* work */
    const struct wf_who *by;
    struct wf_field_set edit, require;
    struct wf_action *actions;
    struct wf_deadline deadline;
    /* wait: for the first of them that comes */
    const struct wf_moment *until; /* NULL: only for the signal */
    const char *signal;            /* NULL: only for the time */
    const struct wf_step *then;    /* of a parallel and its join, too */
    /* approval */
    struct wf_level *levels;
    struct wf_fast_track *fast_tracks;
    const struct wf_step *approved, *rejected;
    int max_levels; /* 0: none */
    /* branch */
    struct wf_go *goes;
    /* call, collect; NULL elsewhere */
    struct wf_wanted *wanted;
    /* parallel */
    struct wf_lane *lanes;
    int n_lanes;
    int enough;           /* so many lanes join; 0: all of them */
    struct wf_step *join; /* what to="join" in its lanes means */
    /* end */
    bool void_;   /* state="void" */
    bool implied; /* the form does not write it: every form can end void */
    struct wf_step *next;
};

#endif
