/* flow/hook.h - calling the Lua of a form: its sandbox, made with the first
 * hook of a command, and what a hook may ask of the engine.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_FLOW_HOOK_H
#define WF_FLOW_HOOK_H

#include "flow/flow.h"

/* One hook: "before" + "submit" is before_submit. Dashes of `name` become
 * underscores. `name` NULL: the prefix alone ("validate"). */
struct wf_hook {
    const char *prefix;
    const char *name;
    const struct wf_act *act; /* second argument, NULL: none */
};

/* Calls the hook of the document's form if it is defined; what it assigned is
 * checked and kept in doc->data. A hook that failed the document leaves
 * findings and WEFT_E_INVALID. */
WF_MUST_CHECK bool wf_hook_run(struct wf_flow *flow, struct wf_doc *doc,
                               const struct wf_hook *hook, weft_error *err);

/* Whether the form's file defines it. */
bool wf_hook_exists(const struct wf_form *form, const char *prefix,
                    const char *name);

/* The value that function `name` of the form's file returns for `doc`: lua()
 * of who, options and defaults. */
WF_MUST_CHECK bool wf_hook_value(struct wf_flow *flow, const struct wf_doc *doc,
                                 const char *name, struct wf_json **out,
                                 weft_error *err);

/* Calls a function of the form's file on a document of which it is given what
 * `rights` lets see; what it assigned is only told. Whoever asks for it sets
 * flow->record, so that nothing else is done either. */
struct wf_hook_trial {
    const char *function;
    const struct wf_act *act; /* second argument, NULL: none */
    const struct wf_rights *rights;
    struct wf_json *assigned; /* a merge patch; NULL: nothing */
    struct wf_json *result;   /* what it returned; NULL: nothing */
};
WF_MUST_CHECK bool wf_hook_try(struct wf_flow *flow, const struct wf_doc *doc,
                               struct wf_hook_trial *trial, weft_error *err);

/* Calls a function of the hook file of another definition (def/kind.h), if it
 * has it, about `doc`: as the system, once. What it changes in its arguments is
 * not kept. */
WF_MUST_CHECK bool wf_hook_call(struct wf_flow *flow,
                                const struct wf_head *head,
                                const struct wf_doc *doc, const char *function,
                                struct wf_json *args, weft_error *err);

/* Calls `fn` as if a hook of `doc` did: in its frame, with its rights. */
WF_MUST_CHECK bool wf_hook_within(struct wf_flow *flow,
                                  const struct wf_doc *doc,
                                  bool (*fn)(struct wf_hooks *hooks,
                                             const void *with, weft_error *err),
                                  const void *with, weft_error *err);

/* Frees the state; for wf_flow_end(). */
void wf_hooks_free(struct wf_hooks *hooks);

/* For wf_flow_renew(): false where the state cannot be used any more. */
bool wf_hooks_renew(struct wf_hooks *hooks);

/* A document as hooks know it: the fields that `rights` lets see (NULL: all),
 * and id form version step state level creator created title. */
WF_MUST_CHECK bool wf_hook_doc(struct wf_flow *flow, const struct wf_doc *doc,
                               const struct wf_rights *rights,
                               struct wf_json **out, weft_error *err);

/* {"id","login","name"}; null for NULL. */
struct wf_json *wf_hook_person(struct wf_arena *arena,
                               const struct wf_person *person);

/* The functions that hooks may call, for the sandbox and for help
 * (host.c). */
extern const struct wf_host wf_hook_hosts[];
extern const size_t wf_n_hook_hosts;

/* What the host functions find as `self`. */
struct wf_hooks {
    struct wf_flow *flow;
    struct wf_script *script;
    const struct wf_host *hosts; /* its rows: real, or recording ones */
    const struct wf_form *form;  /* of the hook that runs */
    const struct wf_doc *doc;    /* it runs for */
    bool collecting;             /* validate: fail() adds and goes on */
};

#endif
