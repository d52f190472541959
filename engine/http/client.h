/* http/client.h - who asks: the other end of the connection, or, where that is
 * a proxy of ours, whom it names.
 *
 * Anybody can write X-Forwarded-For. It is read from the connections alone that
 * come from an address the operator has named (--trusted-proxy), and of its
 * hops from the right: the first one that is no proxy of ours is the client,
 * what stands left of it is the client's own claim.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_CLIENT_H
#define HTTP_CLIENT_H

#include "http/address.h"
#include "http/check.h"

struct wf_arena;

/* Networks of proxies. */
struct http_proxies;

/* Reads "127.0.0.1, 10.0.0.0/8, 2001:db8::/64", by commas or spaces; NULL and
 * "" are none. `*out` is the arena's.
 * Errors: WEFT_E_MALFORMED, which quotes what is no network. */
WF_MUST_CHECK bool http_proxies_parse(struct wf_arena *arena, const char *text,
                                      struct http_proxies **out,
                                      weft_error *err);

/* False for NULL, which trusts nobody. */
bool http_proxies_have(const struct http_proxies *proxies,
                       const struct in6_addr *at);

struct http_client {
    struct in6_addr at;
    char address[HTTP_ADDRESS_MAX]; /* as it is counted */
    bool is_local;  /* a program of this machine, with nothing between */
    bool is_secure; /* TLS all the way, as far as is known */
    bool is_behind; /* a proxy of ours, which is not counted itself */
};

/* Who is at the other end of the connection. */
void http_client_init(struct http_client *client, const struct in6_addr *peer,
                      bool tls);

/* The same with what `headers` say of it, if `peer` is one of `proxies`.
 * Nobody is local behind a proxy, and nobody is secure there unless it says
 * "https". Errors: WEFT_E_MALFORMED where two headers name different clients,
 * or what a proxy of ours sent cannot be read: somebody tries something. */
WF_MUST_CHECK bool http_client_find(const struct http_proxies *proxies,
                                    struct wf_arena *arena,
                                    const struct http_headers *headers,
                                    struct http_client *client,
                                    weft_error *err);

#endif
