/* connect/outgoing.h - one question to somebody else's server, and its answer.
 *
 * What is asked is configured, so it may be wrong, or be meant to reach what
 * only this machine can reach. Hence: https alone, no redirects, no proxy of
 * the environment, the address that is really connected to checked (not the
 * name, which may change in between), limits of time and size. Source: RFC
 * 6890 for what is no public address.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_CONNECT_OUTGOING_H
#define WF_CONNECT_OUTGOING_H

#include <stdbool.h>

#include <weft/error.h>

#include "base/arena.h"
#include "base/macros.h"
#include "base/str.h"

struct sockaddr;

struct wf_outgoing {
    const char *url;
    const char *shown; /* in place of it in errors, where it has a secret in
                        * it; NULL: itself */
    const char *form; /* posted, application/x-www-form-urlencoded; NULL: GET */
    const char *json; /* posted as application/json, in place of a form */
    /* "name: value", ended by NULL; NULL: none. */
    const char *const *headers;
    const char *user, *password; /* for HTTP Basic; NULL: without */
    bool inside; /* plain http, and addresses of one's own network, will do */
};

struct wf_incoming {
    long status;
    long retry_after_s; /* as it says; 0: it does not */
    struct wf_str body; /* NUL-terminated behind its len */
};

enum {
    WF_OUTGOING_MS = 10 * 1000,
    WF_INCOMING_MAX = 1 << 20, /* bytes of a body */
};

/* To be called once before threads; safe to repeat. */
WF_MUST_CHECK bool wf_outgoing_init(weft_error *err);

/* Asks once; any status is an answer. Errors: WEFT_E_DENIED the address may not
 * be reached; WEFT_E_BUSY nobody answers, or not in time; WEFT_E_TOO_LARGE.
 * None of them tells what the other end said. */
WF_MUST_CHECK bool wf_outgoing_ask(struct wf_arena *arena,
                                   const struct wf_outgoing *what,
                                   struct wf_incoming *out, weft_error *err);

/* Whether `address` is one that everybody can reach: not private, loopback,
 * link-local, shared, multicast, documentation, nor an IPv4 in IPv6. */
bool wf_address_is_public(const struct sockaddr *address);

/* `text` with all but letters, digits and "-._~" as %XX. */
const char *wf_url_quote(struct wf_arena *arena, const char *text);

#endif
