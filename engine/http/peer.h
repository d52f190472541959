/* http/peer.h - the open connections: how many each address has, and until
 * when each of them may take its time.
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
#include <sys/socket.h>

enum {
    HTTP_ADDRESS_MAX = 64
};

/* One connection. Its table owns it, from its acceptance to its end. */
struct http_peer;
struct http_peers;

/* At most `max` connections of one address at once; NULL is never given.
 * `max_fd` bounds the descriptors that may be added. */
struct http_peers *http_peers_new(size_t max_fd, unsigned max);
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

/* 0: as long as it takes. From any thread. */
void http_peer_set_deadline(struct http_peer *peer, int64_t deadline_ms);

/* "192.0.2.1"; "::1". Loopback is ours and IPv4's mapped in IPv6 too. */
const char *http_peer_address(const struct http_peer *peer);
bool http_peer_is_local(const struct http_peer *peer);

#endif
