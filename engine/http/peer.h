/* http/peer.h - the open connections: how many each address has, and until
 * when each of them may take its time. Of clients behind a proxy of ours it
 * is the requests that are counted: the connections are the proxy's.
 *
 * libmicrohttpd's own timeout is one of silence: a byte now and then holds a
 * connection for ever. Here each phase of a request has a deadline.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_PEER_H
#define HTTP_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "http/address.h"

struct http_proxies;

/* One connection. Its table owns it, from its acceptance to its end. */
struct http_peer;
struct http_peers;

/* What counts for one address; whoever holds it zeroes it. */
struct http_place {
    struct in6_addr at;
    struct http_place *next, **link; /* of a bucket; NULL: it is not in one */
};

/* At most `max` connections of one address at once; of `proxies` (borrowed,
 * NULL: none) any number. `max_fd` bounds the descriptors that may be added. */
struct http_peers *http_peers_new(size_t max_fd, unsigned max,
                                  const struct http_proxies *proxies);
void http_peers_free(struct http_peers *peers);

/* Adds the connection `fd`. False where its address has enough, or where `fd`
 * is beyond the table; then the caller closes it. */
bool http_peers_add(struct http_peers *peers, int fd,
                    const struct sockaddr *address, int64_t deadline_ms);
void http_peers_remove(struct http_peers *peers, int fd);

/* The connection that was added as `fd`; NULL where it is gone. */
struct http_peer *http_peers_find(struct http_peers *peers, int fd);

/* Cuts off who is past the deadline at `now_ms` (monotonic). */
void http_peers_sweep(struct http_peers *peers, int64_t now_ms);

size_t http_peers_count(struct http_peers *peers);

/* Counts a request of `at`, which came over the connection of a proxy. False
 * where that address has enough of them. Leaving twice does nothing. */
bool http_peers_enter(struct http_peers *peers, struct http_place *place,
                      const struct in6_addr *at);
void http_peers_leave(struct http_peers *peers, struct http_place *place);

/* 0: as long as it takes. From any thread. */
void http_peer_set_deadline(struct http_peer *peer, int64_t deadline_ms);

const struct in6_addr *http_peer_at(const struct http_peer *peer);

#endif
