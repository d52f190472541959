/* http/peer.c - the open connections: how many each address has, and until
 * when each of them may take its time.
 *
 * The table has a place for each descriptor: libmicrohttpd takes a connection
 * over on another thread and later, and the descriptor is the only name that
 * both sides have for it. A mutex keeps a descriptor from being closed, and
 * used anew, while it is cut off.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/str.h"

enum {
    N_BUCKETS = 1024
};

struct http_peer {
    bool used;
    int fd;
    atomic_int_fast64_t deadline_ms;
    struct in6_addr at; /* IPv4 mapped */
    char text[HTTP_ADDRESS_MAX];
    struct http_peer *next, **link; /* of the same bucket */
};

struct http_peers {
    pthread_mutex_t lock;
    size_t max_fd;
    size_t top; /* no place from here on is used */
    size_t n;
    unsigned max;
    struct http_peer *buckets[N_BUCKETS];
    struct http_peer at[];
};

struct http_peers *http_peers_new(size_t max_fd, unsigned max)
{
    struct http_peers *peers =
        calloc(1, sizeof *peers + max_fd * sizeof peers->at[0]);

    if (!peers)
        wf_oom();
    pthread_mutex_init(&peers->lock, NULL);
    peers->max_fd = max_fd;
    peers->max = max;
    return peers;
}

void http_peers_free(struct http_peers *peers)
{
    if (!peers)
        return;
    pthread_mutex_destroy(&peers->lock);
    free(peers);
}

/* --- Addresses */

static struct in6_addr address_of(const struct sockaddr *address)
{
    struct in6_addr at = IN6ADDR_ANY_INIT;

    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 six;

        memcpy(&six, address, sizeof six);
        return six.sin6_addr;
    }
    if (address->sa_family == AF_INET) {
        struct sockaddr_in four;

        memcpy(&four, address, sizeof four);
        at.s6_addr[10] = at.s6_addr[11] = 0xff;
        memcpy(&at.s6_addr[12], &four.sin_addr, 4);
    }
    return at;
}

static void write_address(const struct in6_addr *at, char *text, size_t size)
{
    if (IN6_IS_ADDR_V4MAPPED(at))
        inet_ntop(AF_INET, &at->s6_addr[12], text, (socklen_t)size);
    else
        inet_ntop(AF_INET6, at, text, (socklen_t)size);
}

/* What one customer is given of IPv6 is a network of 64 bits. */
static size_t shared_bytes(const struct in6_addr *at)
{
    return IN6_IS_ADDR_V4MAPPED(at) ? 16 : 8;
}

static bool same_client(const struct in6_addr *a, const struct in6_addr *b)
{
    return memcmp(a, b, shared_bytes(a)) == 0;
}

static struct http_peer **bucket_of(struct http_peers *peers,
                                    const struct in6_addr *at)
{
    struct wf_str key = { (const char *)at, shared_bytes(at) };

    return &peers->buckets[wf_str_hash(key) % N_BUCKETS];
}

/* --- The table, under its lock */

static void take_out(struct http_peers *peers, struct http_peer *peer)
{
    if (!peer->used)
        return;
    *peer->link = peer->next;
    if (peer->next)
        peer->next->link = peer->link;
    peer->used = false;
    peers->n--;
}

static bool is_full(const struct http_peers *peers,
                    const struct http_peer *bucket, const struct in6_addr *at)
{
    unsigned n = 0;

    for (; bucket; bucket = bucket->next)
        n += same_client(at, &bucket->at);
    return n >= peers->max;
}

static void put_in(struct http_peers *peers, struct http_peer *peer,
                   struct http_peer **bucket)
{
    peer->used = true;
    peer->next = *bucket;
    peer->link = bucket;
    if (peer->next)
        peer->next->link = &peer->next;
    *bucket = peer;
    peers->n++;
    if ((size_t)peer->fd >= peers->top)
        peers->top = (size_t)peer->fd + 1;
}

bool http_peers_add(struct http_peers *peers, int fd,
                    const struct sockaddr *address, int64_t deadline_ms)
{
    struct in6_addr at = address_of(address);
    struct http_peer **bucket = bucket_of(peers, &at);
    struct http_peer *peer;
    bool ok;

    if ((size_t)fd >= peers->max_fd)
        return false;
    peer = &peers->at[fd];
    pthread_mutex_lock(&peers->lock);
    take_out(peers, peer); /* one that never came to be */
    ok = !is_full(peers, *bucket, &at);
    if (ok) {
        peer->fd = fd;
        peer->at = at;
        atomic_store(&peer->deadline_ms, deadline_ms);
        write_address(&at, peer->text, sizeof peer->text);
        put_in(peers, peer, bucket);
    }
    pthread_mutex_unlock(&peers->lock);
    return ok;
}

void http_peers_remove(struct http_peers *peers, int fd)
{
    if ((size_t)fd >= peers->max_fd)
        return;
    pthread_mutex_lock(&peers->lock);
    take_out(peers, &peers->at[fd]);
    pthread_mutex_unlock(&peers->lock);
}

struct http_peer *http_peers_find(struct http_peers *peers, int fd)
{
    struct http_peer *peer = NULL;

    pthread_mutex_lock(&peers->lock);
    if ((size_t)fd < peers->max_fd && peers->at[fd].used)
        peer = &peers->at[fd];
    pthread_mutex_unlock(&peers->lock);
    return peer;
}

void http_peers_sweep(struct http_peers *peers, int64_t now_ms)
{
    pthread_mutex_lock(&peers->lock);
    for (size_t i = 0; i < peers->top; i++) {
        struct http_peer *peer = &peers->at[i];
        int64_t deadline = atomic_load(&peer->deadline_ms);

        if (peer->used && deadline != 0 && now_ms >= deadline)
            shutdown(peer->fd, SHUT_RDWR);
    }
    pthread_mutex_unlock(&peers->lock);
}

size_t http_peers_count(struct http_peers *peers)
{
    size_t n;

    pthread_mutex_lock(&peers->lock);
    n = peers->n;
    pthread_mutex_unlock(&peers->lock);
    return n;
}

/* --- One of them */

void http_peer_set_deadline(struct http_peer *peer, int64_t deadline_ms)
{
    atomic_store(&peer->deadline_ms, deadline_ms);
}

const char *http_peer_address(const struct http_peer *peer)
{
    return peer->text;
}

bool http_peer_is_local(const struct http_peer *peer)
{
    return IN6_IS_ADDR_LOOPBACK(&peer->at)
           || (IN6_IS_ADDR_V4MAPPED(&peer->at) && peer->at.s6_addr[12] == 127);
}
