/* api/deploy.h - what deploying files and deploying a clone have in common.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_API_DEPLOY_H
#define WF_API_DEPLOY_H

#include "api/command.h"
#include "def/deploy.h"

/* What is to be compiled and made live. */
struct wf_deployment {
    const struct wf_text_file *files;
    size_t n_files;
    const char *package; /* of a new id; NULL: "local" */
    const char *pilot;   /* NULL: for everyone */
    const char *at;      /* when it goes live; NULL: now */
    const char *reason;  /* for whoever approves it; NULL: none is given */
    bool check;          /* only compile */
    bool adjusts;        /* by a rule of adjusting, which has been asked */

    /* What a first pass made of the files, on the caller's thread, and of
     * which definitions: good for as long as these are the ones in force. */
    const struct wf_registry *registry; /* NULL: there was none */
    struct wf_bundle bundle;
    struct wf_diags warnings;
};

/* Compiles, asks whether call->me may deploy into each package that is
 * touched, stores, and writes {"deployed","diagnostics"}. Errors:
 * WEFT_E_INVALID with the diagnostics as findings, WEFT_E_DENIED. */
WF_MUST_CHECK bool wf_deploy_files(struct wf_turn *turn,
                                   const struct wf_deployment *deployment,
                                   weft_error *err);

/* The same for what is compiled, and may be deployed; the object is open. Where
 * the package asks for an approval nothing goes live, and "proposal" names the
 * document that waits. */
WF_MUST_CHECK bool wf_deploy_compiled(struct wf_turn *turn,
                                      const struct wf_deployment *deployment,
                                      const struct wf_bundle *bundle,
                                      weft_error *err);

/* Warns of live overlays whose base has another text in the bundle: they stay
 * on the version that they name (overlay.c). */
void wf_overlays_warn(struct wf_turn *turn, const struct wf_bundle *bundle);

/* Fails with WEFT_E_INVALID: what was compiled is not to be used. */
bool wf_deploy_refuses(const struct wf_diags *findings, weft_error *err);

/* Plays the scenarios among the files of a deployment that has compiled; what
 * is red is what the command is refused with. On the caller's thread. */
void wf_deploy_test(weft_command *command,
                    const struct wf_deployment *deployment);

#endif
