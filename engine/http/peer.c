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

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/str.h"
#include "http/client.h"

enum {
    N_BUCKETS = 1024
};

struct http_peer {
    struct http_place place;
    int fd;
    atomic_int_fast64_t deadline_ms;
};

struct http_peers {
    pthread_mutex_t lock;
    size_t max_fd;
    size_t top; /* no place from here on is used */
    size_t n;
    unsigned max;
    const struct http_proxies *proxies;
    struct http_place *buckets[N_BUCKETS];
    struct http_peer at[];
};

struct http_peers *http_peers_new(size_t max_fd, unsigned max,
                                  const struct http_proxies *proxies)
{
    struct http_peers *peers =
        calloc(1, sizeof *peers + max_fd * sizeof peers->at[0]);

    if (!peers)
        wf_oom();
    pthread_mutex_init(&peers->lock, NULL);
    peers->max_fd = max_fd;
    peers->max = max;
    peers->proxies = proxies;
    return peers;
}

void http_peers_free(struct http_peers *peers)
{
    if (!peers)
        return;
    pthread_mutex_destroy(&peers->lock);
    free(peers);
}

static struct http_place **bucket_of(struct http_peers *peers,
                                     const struct in6_addr *at)
{
    struct wf_str key = { (const char *)at, http_address_shared(at) };

    return &peers->buckets[wf_str_hash(key) % N_BUCKETS];
}

/* --- The table, under its lock */

static void leave(struct http_place *place)
{
    if (!place->link)
        return;
    *place->link = place->next;
    if (place->next)
        place->next->link = place->link;
    place->link = NULL;
}

static void enter(struct http_place *place, struct http_place **bucket)
{
    place->next = *bucket;
    place->link = bucket;
    if (place->next)
        place->next->link = &place->next;
    *bucket = place;
}

static bool is_full(const struct http_peers *peers,
                    const struct http_place *bucket, const struct in6_addr *at)
{
    unsigned n = 0;

    for (; bucket; bucket = bucket->next)
        n += memcmp(at, &bucket->at, http_address_shared(at)) == 0;
    return n >= peers->max;
}

static void take_out(struct http_peers *peers, struct http_peer *peer)
{
    if (!peer->place.link)
        return;
    leave(&peer->place);
    peers->n--;
}

static void put_in(struct http_peers *peers, struct http_peer *peer,
                   struct http_place **bucket)
{
    enter(&peer->place, bucket);
    peers->n++;
    if ((size_t)peer->fd >= peers->top)
        peers->top = (size_t)peer->fd + 1;
}

bool http_peers_add(struct http_peers *peers, int fd,
                    const struct sockaddr *address, int64_t deadline_ms)
{
    struct in6_addr at = http_address_of(address);
    struct http_place **bucket = bucket_of(peers, &at);
    bool is_proxy = http_proxies_have(peers->proxies, &at);
    struct http_peer *peer;
    bool ok;

    if ((size_t)fd >= peers->max_fd)
        return false;
    peer = &peers->at[fd];
    pthread_mutex_lock(&peers->lock);
    take_out(peers, peer); /* one that never came to be */
    ok = is_proxy || !is_full(peers, *bucket, &at);
    if (ok) {
        peer->fd = fd;
        peer->place.at = at;
        atomic_store(&peer->deadline_ms, deadline_ms);
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
    if ((size_t)fd < peers->max_fd && peers->at[fd].place.link)
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

        if (peer->place.link && deadline != 0 && now_ms >= deadline)
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

const struct in6_addr *http_peer_at(const struct http_peer *peer)
{
    return &peer->place.at;
}

/* --- Requests behind a proxy */

bool http_peers_enter(struct http_peers *peers, struct http_place *place,
                      const struct in6_addr *at)
{
    struct http_place **bucket = bucket_of(peers, at);
    bool ok;

    pthread_mutex_lock(&peers->lock);
    ok = !is_full(peers, *bucket, at);
    if (ok) {
        place->at = *at;
        enter(place, bucket);
    }
    pthread_mutex_unlock(&peers->lock);
    return ok;
}

void http_peers_leave(struct http_peers *peers, struct http_place *place)
{
    pthread_mutex_lock(&peers->lock);
    leave(place);
    pthread_mutex_unlock(&peers->lock);
}
