/* http/address.h - addresses of clients: read, written, compared. IPv4 is kept
 * as its mapped form in IPv6, so that one client has one address.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_ADDRESS_H
#define HTTP_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

#include <netinet/in.h>
#include <sys/socket.h>

#include "base/str.h"

enum {
    HTTP_ADDRESS_MAX = 64
};

/* What is neither IPv4 nor IPv6 is "::". */
struct in6_addr http_address_of(const struct sockaddr *address);

/* Reads "192.0.2.1" or "2001:db8::1", in brackets or with a port behind it
 * ("[2001:db8::1]:443") where proxies write it so. False for anything else. */
bool http_address_parse(struct wf_str text, struct in6_addr *out);

/* As one client is named: what one customer is given of IPv6 is a network of
 * 64 bits, so "2001:db8:1:2::". `text` has HTTP_ADDRESS_MAX bytes. */
void http_address_write(const struct in6_addr *at, char *text);

/* Bytes in which two addresses of one client do not differ. */
size_t http_address_shared(const struct in6_addr *at);

bool http_address_is_local(const struct in6_addr *at);

#endif
