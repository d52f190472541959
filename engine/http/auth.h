/* http/auth.h - who asks, and whether it is they who ask.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_AUTH_H
#define HTTP_AUTH_H

#include "http/request.h"

/* Opens the session that the Authorization header or the cookie names; without
 * either leaves none. `asks`: the request is a question of the session, which
 * then finds out by itself, on the same snapshot, whose it is and whether its
 * scopes suffice. Errors: WEFT_E_SIGNED_OUT. */
WF_MUST_CHECK bool http_auth_open(struct http_request *req, bool asks,
                                  weft_error *err);

/* True if a change may come from where this one comes: not from a page of
 * another origin. Errors: WEFT_E_DENIED. */
WF_MUST_CHECK bool http_auth_origin(const struct http_request *req,
                                    weft_error *err);

/* True if a change by cookie carries the session's token; for one that a page
 * posted only once its form is read. Errors: WEFT_E_DENIED. */
WF_MUST_CHECK bool http_auth_csrf(const struct http_request *req,
                                  weft_error *err);

/* The session's token as a page of this request has it: under other letters in
 * each, for pages are compressed beside what others wrote, and by their length
 * one could try letter after letter. A change may carry it as it is or so. */
const char *http_auth_page_token(struct http_request *req);

/* The header Set-Cookie that keeps `secret`, or with NULL forgets it. */
const char *http_auth_cookie(const struct http_request *req,
                             const char *secret);

/* The same for what one takes along to an identity provider and brings back,
 * for ten minutes; and what was brought, or NULL. */
const char *http_auth_way(const struct http_request *req, const char *kept);
const char *http_auth_way_kept(const struct http_request *req);

/* The value of the cookie `name` in a Cookie header; empty where it is absent
 * or there twice. */
struct wf_str http_cookie_find(const char *header, const char *name);

/* True if an Origin ("https://a.example:8443") and a Host name the same
 * authority; where the request came `secure`, so did the page. */
bool http_origin_is(const char *origin, const char *host, bool secure);

#endif
