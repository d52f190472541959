/* org/signin.h - passwords, sessions, tokens. Only hashes are stored.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_ORG_SIGNIN_H
#define WF_ORG_SIGNIN_H

#include "base/hash.h"
#include "org/call.h"
#include "org/person.h"

struct wf_gate; /* counts failures; one an engine; any thread */
struct wf_gate *wf_gate_new(const struct wf_clock *clock);
void wf_gate_free(struct wf_gate *gate);

struct wf_credentials {
    const char *login, *password;
    const char *address; /* of the client; NULL: not known */
};

/* Checks a password, outside any transaction (it takes 0.1 s of CPU; at most
 * two run at once, others get WEFT_E_LIMITED). An unknown login costs the same
 * time and gives the same answer. Slows down by account and by address after
 * failures. Errors: WEFT_E_SIGNED_OUT wrong; WEFT_E_LIMITED. */
struct wf_checked {
    wf_id person;
    /* What is stored is weaker than what is made today: wf_password_renew()
     * puts `renewed` in the place of `stored`. NULL: it is not. */
    const char *stored, *renewed;
};
WF_MUST_CHECK bool wf_password_check(struct wf_call *call, struct wf_gate *gate,
                                     const struct wf_credentials *credentials,
                                     struct wf_checked *out, weft_error *err);
WF_MUST_CHECK bool wf_password_renew(struct wf_call *call,
                                     const struct wf_checked *checked,
                                     weft_error *err);

/* The hash of a new password: length 8–256, not a common one, not the login. It
 * takes 0.1 s of CPU, which no transaction should wait for, and 64 MB, so that
 * it goes through the gate (NULL: for a tool that does nothing else). */
WF_MUST_CHECK bool wf_password_make(struct wf_call *call, struct wf_gate *gate,
                                    wf_id person, const char *password,
                                    char hash[WF_PASSWORD_TEXT],
                                    weft_error *err);
/* Stores a hash, and ends the person's sessions. */
WF_MUST_CHECK bool wf_password_save_hash(struct wf_call *call, wf_id person,
                                         const char *hash, weft_error *err);
/* Both at once, for tools that hold the store alone. */
WF_MUST_CHECK bool wf_password_save(struct wf_call *call, wf_id person,
                                    const char *password, weft_error *err);

enum wf_scope_word {
    WF_SCOPE_READ = 1,
    WF_SCOPE_WRITE = 2,
    WF_SCOPE_DEPLOY = 4,
    WF_SCOPE_ADMIN = 8,
    WF_SCOPE_METRICS = 16,
    WF_SCOPE_SCIM = 32,
    WF_SCOPE_CALENDAR = 64,
};

struct wf_login {
    const struct wf_person *person;
    unsigned scopes; /* of a session: all that the roles allow */
    bool by_token;
    const char *csrf; /* of a session */
    bool wants_touch; /* last seen over a minute ago: wf_…_touch() */
};

/* New secrets, base64url; stored hashed. Sessions end as the company's settings
 * say (company.h). `agent`: the program that signs in; NULL: not known. */
WF_MUST_CHECK bool wf_session_add(struct wf_call *call, wf_id person,
                                  const char *agent, const char **secret,
                                  const char **csrf, weft_error *err);
WF_MUST_CHECK bool wf_session_find(struct wf_call *call, const char *secret,
                                   struct wf_login *out, weft_error *err);
/* What that will ask is asked before (store/ahead.h). */
WF_MUST_CHECK bool wf_session_ahead(struct wf_call *call, const char *secret,
                                    weft_error *err);
WF_MUST_CHECK bool wf_session_touch(struct wf_call *call, const char *secret,
                                    weft_error *err);
WF_MUST_CHECK bool wf_session_end(struct wf_call *call, const char *secret,
                                  weft_error *err);
/* All of a person: they have left, or have a new password. */
WF_MUST_CHECK bool wf_sessions_end_of(struct wf_call *call, wf_id person,
                                      weft_error *err);

/* Those of a person that have not ended: {"items":[{"id","created","seen",
 * "expires","agent","current"}],"next"}; current is that of `secret` (NULL:
 * none). An id is not what opens a session. */
WF_MUST_CHECK bool wf_session_list(struct wf_call *call, wf_id person,
                                   const char *secret,
                                   struct wf_json_writer *out, weft_error *err);
/* Ends the person's session of that id. Errors: WEFT_E_NOTFOUND. */
WF_MUST_CHECK bool wf_session_end_id(struct wf_call *call, wf_id person,
                                     const char *id, weft_error *err);
/* Ends all of the person but that of `secret` (NULL: all). */
WF_MUST_CHECK bool wf_sessions_end_others(struct wf_call *call, wf_id person,
                                          const char *secret, weft_error *err);

/* `scopes` 0: those that fit the person's roles. `days` 0: no end. */
struct wf_token_wish {
    const char *name; /* what it is for; NULL: not said */
    unsigned scopes;
    int days;
};
WF_MUST_CHECK bool wf_token_add(struct wf_call *call, wf_id person,
                                const struct wf_token_wish *wish,
                                const char **secret, weft_error *err);
WF_MUST_CHECK bool wf_token_find(struct wf_call *call, const char *secret,
                                 struct wf_login *out, weft_error *err);
WF_MUST_CHECK bool wf_token_ahead(struct wf_call *call, const char *secret,
                                  weft_error *err);
WF_MUST_CHECK bool wf_token_touch(struct wf_call *call, const char *secret,
                                  weft_error *err);

/* The tokens of a person (0: of everybody): {"items":[{"id","person","name",
 * "scopes","created","expires","used"}],"next"}. */
WF_MUST_CHECK bool wf_token_list(struct wf_call *call, wf_id person,
                                 struct wf_json_writer *out, weft_error *err);
/* Whose it is; 0: there is none. */
WF_MUST_CHECK bool wf_token_owner(struct wf_call *call, wf_id id, wf_id *out,
                                  weft_error *err);
WF_MUST_CHECK bool wf_token_end(struct wf_call *call, wf_id id,
                                weft_error *err);
/* All of a person, who has left. */
WF_MUST_CHECK bool wf_tokens_end_of(struct wf_call *call, wf_id person,
                                    weft_error *err);
bool wf_scopes_parse(const char *words, unsigned *out);

#endif
