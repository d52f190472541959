/* org/provider.h - where people may sign in beside here, and who they are
 * there.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_PROVIDER_H
#define WF_ORG_PROVIDER_H

#include "org/call.h"

struct wf_provider {
    const char *id, *label, *issuer, *client;
    const char *secret;  /* as it is; NULL: none */
    const char *address; /* of this server: "https://weft.example.com" */
    bool creates, inside;
};

/* Opened with call->vault. Errors: WEFT_E_NOTFOUND. */
WF_MUST_CHECK bool wf_provider_find(struct wf_call *call, const char *id,
                                    struct wf_provider *out, weft_error *err);

/* Puts it in place of what was there; `keep_secret`: that stays. */
WF_MUST_CHECK bool wf_provider_save(struct wf_call *call,
                                    const struct wf_provider *provider,
                                    bool keep_secret, weft_error *err);
/* Who they are there is kept. Errors: WEFT_E_NOTFOUND. */
WF_MUST_CHECK bool wf_provider_remove(struct wf_call *call, const char *id,
                                      weft_error *err);

/* {"items":[{"id","label"}]}, or with `all` everything but secrets. */
WF_MUST_CHECK bool wf_provider_list(struct wf_call *call, bool all,
                                    struct wf_json_writer *out,
                                    weft_error *err);

/* Who this is; 0: nobody yet. Their sign-in is noted. */
struct wf_identity {
    const char *issuer, *subject;
};
WF_MUST_CHECK bool wf_identity_meet(struct wf_call *call,
                                    const struct wf_identity *identity,
                                    wf_id *person, weft_error *err);
/* Makes it that of a person. Errors: WEFT_E_CONFLICT it is another's. */
WF_MUST_CHECK bool wf_identity_add(struct wf_call *call,
                                   const struct wf_identity *identity,
                                   wf_id person, weft_error *err);

/* Takes a way back, once. Errors: WEFT_E_SIGNED_OUT it was taken already. */
WF_MUST_CHECK bool wf_way_take(struct wf_call *call, const char *state,
                               int64_t until, weft_error *err);

/* The provider at which a session was opened, by its secret; NULL: here. And
 * says so of a new one. */
WF_MUST_CHECK bool wf_session_provider(struct wf_call *call, const char *secret,
                                       const char **out, weft_error *err);
struct wf_came_by {
    const char *provider;
    const char *session; /* as the provider calls it; NULL: it does not */
};
WF_MUST_CHECK bool wf_session_came_by(struct wf_call *call, const char *secret,
                                      const struct wf_came_by *by,
                                      weft_error *err);

/* Ends the session by which somebody came, or, where only the person is named
 * (`by->session` NULL), all by which they came from this provider; how many. */
WF_MUST_CHECK bool wf_sessions_end_by(struct wf_call *call,
                                      const struct wf_came_by *by,
                                      const struct wf_identity *who, int64_t *n,
                                      weft_error *err);

#endif
