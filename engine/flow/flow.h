/* flow/flow.h - documents move: created, edited, acted on, each as one whole
 * inside the transaction of its command.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_FLOW_H
#define WF_FLOW_FLOW_H

#include "doc/view.h"
#include "script/script.h"

struct wf_undo;
struct wf_hooks; /* the script state of this command, made with its first hook
                  */

/* One command on the flow of documents: the call, its hooks and their budget,
 * and how deep hooks have fired hooks. wf_flow_begin() in front, wf_flow_end()
 * behind, both cheap. */
struct wf_flow {
    struct wf_call *call;
    struct wf_budget budget;
    struct wf_hooks *hooks[2]; /* of plain files, of those run-as system */
    struct wf_undo *undo;      /* what an act changes is noted; NULL: not */
    struct wf_record *record;  /* of a job: note changes, do not make them */
    const struct wf_person *trier; /* of a trial: hooks have their rights,
                                    * whoever it is about; NULL: call->me's */
    int depth;     /* create() in a hook fires hooks: at most 8 */
    int n_after;   /* after_ hooks that have led here, one out of the other */
    int n_calls;   /* of hooks: at most 64 */
    int n_created; /* by hooks: at most 1,000 */
    int n_read;    /* by hooks: at most 10,000 */
    struct {
        wf_id *at;
        size_t n, cap;
    } ended;             /* documents that somebody may wait for */
    int busy;            /* acts within acts */
    struct wf_doc *hand; /* what the outermost act is about */
    int64_t wake_at;     /* the earliest of what it has queued is due;
                          * 0: nothing is */
};
void wf_flow_begin(struct wf_flow *flow, struct wf_call *call,
                   struct wf_budget budget);
void wf_flow_end(struct wf_flow *flow);

/* What follows is an act of its own, of the same transaction: its hooks have
 * the whole `budget`, whatever was spent or broke before. */
void wf_flow_renew(struct wf_flow *flow, struct wf_budget budget);

/* Something was queued that is due at `due` (ms): whoever runs such things is
 * woken after the commit. */
void wf_flow_wake_at(struct wf_flow *flow, int64_t due);

/* The version of `form` that call->me is given for a new document: a live
 * overlay or a pilot made for them, else the live one. Errors:
 * WEFT_E_NOTFOUND. */
WF_MUST_CHECK bool wf_flow_pick_form(struct wf_flow *flow, const char *form,
                                     const struct wf_form **out,
                                     weft_error *err);

/* A new document in its start step: defaults, data, hooks, formulas, seats,
 * history. `parent` 0: none. Errors: WEFT_E_DENIED, WEFT_E_INVALID with
 * findings, WEFT_E_SCRIPT, WEFT_E_CONFLICT (unique). */
struct wf_creation {
    const struct wf_form *form;
    const struct wf_json *data; /* as people send it; NULL: none */
    wf_id parent;
    bool by_engine; /* needs no right to create, writes all fields */
    bool by_hook;   /* writes all fields */
    bool wanted;    /* a person's, who was asked for it: needs no right */
    wf_id subject;  /* whom it is about, unless its data says so; 0 */
    /* Of the engine: why, and whether call->me is its creator. */
    const char *reason;
    bool is_mine;
    bool anonymous; /* nobody may know that it is call->me's */
    int64_t due;    /* so long it is waited for; 0: as long as it takes */
    const struct wf_stage_times *stage; /* of a cycle; NULL: of none */
};
WF_MUST_CHECK bool wf_flow_create(struct wf_flow *flow,
                                  const struct wf_creation *creation,
                                  struct wf_doc **out, weft_error *err);

/* Saves a merge patch of the fields that this person may edit now. `rights`
 * NULL: the engine itself, which nothing binds.
 * Errors: as above; WEFT_E_DENIED without such a field. */
WF_MUST_CHECK bool wf_flow_patch(struct wf_flow *flow, struct wf_doc *doc,
                                 const struct wf_rights *rights,
                                 const struct wf_json *patch, weft_error *err);

/* An action of the step, or a verb (docs/verbs.md). All of it or nothing; after
 * a failure `doc` must be loaded again. Errors: WEFT_E_DENIED not this person;
 * WEFT_E_CONFLICT not in this step, or decided already; WEFT_E_INVALID what is
 * missing; WEFT_E_SCRIPT; WEFT_E_NOTFOUND no such action. */
struct wf_act {
    const char *action;
    const char *comment;        /* NULL: none */
    const struct wf_json *data; /* patch to save first; NULL: none */
    const char *to; /* of return and reopen: a level or step; of transfer and
                       delegate: a login or id */
    const struct wf_json *files;  /* of attach: ids */
    const struct wf_json *people; /* whom the verb names; NULL: nobody */
    const char *place;            /* of add-approver: before beside after */
    const char *lane; /* of a parallel; NULL: the first where it is possible */
    const struct wf_rights *rights; /* NULL: the engine itself */
};
WF_MUST_CHECK bool wf_flow_act(struct wf_flow *flow, struct wf_doc *doc,
                               const struct wf_act *act, weft_error *err);

WF_MUST_CHECK bool wf_flow_delete(struct wf_flow *flow, struct wf_doc *doc,
                                  weft_error *err);

/* What call->me may do with it now. */
WF_MUST_CHECK bool wf_flow_can(struct wf_flow *flow, const struct wf_doc *doc,
                               const struct wf_rights *rights,
                               struct wf_can *out, weft_error *err);

/* {"chain":[{"step","level","label","people","skipped"}]}: the levels of all
 * approvals that such a document would pass from its start on, if nobody
 * refuses, for call->me as its creator. */
WF_MUST_CHECK bool wf_flow_simulate(struct wf_flow *flow,
                                    const struct wf_form *form,
                                    const struct wf_json *data,
                                    struct wf_json_writer *out,
                                    weft_error *err);

/* The array alone, for a document in hand that is nowhere yet. */
WF_MUST_CHECK bool wf_flow_foresee(struct wf_flow *flow,
                                   const struct wf_doc *doc,
                                   struct wf_json_writer *out, weft_error *err);

/* The same for a document that is there: what was, with who decided and when,
 * who is next, and what would follow. */
WF_MUST_CHECK bool wf_flow_chain(struct wf_flow *flow, const struct wf_doc *doc,
                                 struct wf_json_writer *out, weft_error *err);

/* {"data","visible","required","errors","warnings"}: a document that is only
 * being filled in. Nothing is stored. */
WF_MUST_CHECK bool wf_flow_evaluate(struct wf_flow *flow,
                                    const struct wf_form *form,
                                    const struct wf_json *data,
                                    struct wf_json_writer *out,
                                    weft_error *err);

/* My inbox: {"items":[work items],"next"}. */
struct wf_work_query {
    const char *form, *cursor;
    const char *due; /* "overdue", "today", a date; NULL: any */
    int limit;
};
WF_MUST_CHECK bool wf_work_list(struct wf_flow *flow,
                                const struct wf_work_query *query,
                                struct wf_json_writer *out, weft_error *err);

#endif
