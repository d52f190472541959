/* unit/http/test_peer.c - connections, their addresses and their deadlines.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/peer.h"

#include <arpa/inet.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "http/client.h"
#include "suite.h"

enum {
    MAX_FD = 64,
    MAX = 2
};

static struct http_peers *peers;
static struct http_proxies *proxies;
static struct wf_arena *arena;

static void setup(void)
{
    weft_error err = WEFT_ERROR_INIT;

    arena = wf_arena_new();
    ck_assert(http_proxies_parse(arena, "203.0.113.7", &proxies, &err));
    peers = http_peers_new(MAX_FD, MAX, proxies);
}

static void teardown(void)
{
    http_peers_free(peers);
    wf_arena_free(arena);
}

static bool add(int fd, const char *address)
{
    struct sockaddr_in four = { .sin_family = AF_INET };
    struct sockaddr_in6 six = { .sin6_family = AF_INET6 };

    if (inet_pton(AF_INET, address, &four.sin_addr) == 1)
        return http_peers_add(peers, fd, (struct sockaddr *)&four, 1000);
    ck_assert_int_eq(inet_pton(AF_INET6, address, &six.sin6_addr), 1);
    return http_peers_add(peers, fd, (struct sockaddr *)&six, 1000);
}

START_TEST(an_address_has_only_so_many_connections)
{
    ck_assert(add(10, "192.0.2.1"));
    ck_assert(add(11, "192.0.2.1"));
    ck_assert(!add(12, "192.0.2.1"));
    ck_assert(add(12, "192.0.2.2"));

    http_peers_remove(peers, 10);
    ck_assert(add(10, "192.0.2.1"));
    ck_assert_uint_eq(http_peers_count(peers), 3);
}
END_TEST

START_TEST(a_network_of_ipv6_is_one_client)
{
    ck_assert(add(10, "2001:db8::1"));
    ck_assert(add(11, "2001:db8::2"));
    ck_assert(!add(12, "2001:db8::3"));
    ck_assert(add(12, "2001:db8:0:1::3"));
}
END_TEST

static const char *text_of(int fd)
{
    char *text = wf_arena_alloc(arena, HTTP_ADDRESS_MAX);

    http_address_write(http_peer_at(http_peers_find(peers, fd)), text);
    return text;
}

static bool is_local(int fd)
{
    return http_address_is_local(http_peer_at(http_peers_find(peers, fd)));
}

START_TEST(ipv4_in_ipv6_is_the_same_address)
{
    ck_assert(add(10, "::ffff:127.0.0.1"));

    ck_assert_str_eq(text_of(10), "127.0.0.1");
    ck_assert(is_local(10));
}
END_TEST

START_TEST(only_this_machine_is_local)
{
    ck_assert(add(10, "127.1.2.3"));
    ck_assert(add(11, "::1"));
    ck_assert(add(12, "128.0.0.1"));

    ck_assert(is_local(10));
    ck_assert(is_local(11));
    ck_assert_str_eq(text_of(11), "::1");
    ck_assert(!is_local(12));
}
END_TEST

START_TEST(of_a_proxy_requests_are_counted_instead_of_connections)
{
    struct in6_addr client =
        http_address_of((struct sockaddr *)&(struct sockaddr_in){
            .sin_family = AF_INET, .sin_addr = { htonl(0xc6336401) } });
    struct http_place places[MAX + 1] = { { .link = NULL } };

    ck_assert(add(10, "203.0.113.7"));
    ck_assert(add(11, "203.0.113.7"));
    ck_assert(add(12, "203.0.113.7"));

    ck_assert(http_peers_enter(peers, &places[0], &client));
    ck_assert(http_peers_enter(peers, &places[1], &client));
    ck_assert(!http_peers_enter(peers, &places[2], &client));
    ck_assert(!add(13, "198.51.100.1"));
    http_peers_leave(peers, &places[2]);
    http_peers_leave(peers, &places[0]);
    http_peers_leave(peers, &places[0]);
    ck_assert(http_peers_enter(peers, &places[2], &client));
    ck_assert_uint_eq(http_peers_count(peers), 3);
}
END_TEST

START_TEST(a_descriptor_beyond_the_table_is_refused)
{
    ck_assert(!add(MAX_FD, "192.0.2.1"));
    ck_assert_ptr_null(http_peers_find(peers, MAX_FD));
    http_peers_remove(peers, MAX_FD);
}
END_TEST

START_TEST(a_descriptor_that_comes_again_is_counted_once)
{
    ck_assert(add(10, "192.0.2.1"));
    ck_assert(add(10, "192.0.2.2"));

    ck_assert_uint_eq(http_peers_count(peers), 1);
    ck_assert_str_eq(text_of(10), "192.0.2.2");
}
END_TEST

static bool is_cut_off(int fd)
{
    struct pollfd watched = { fd, POLLRDHUP, 0 };

    return poll(&watched, 1, 0) == 1 && watched.revents & POLLRDHUP;
}

START_TEST(who_is_past_the_deadline_is_cut_off)
{
    int pair[2];

    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    ck_assert(add(pair[0], "192.0.2.1"));
    http_peers_sweep(peers, 999);
    ck_assert(!is_cut_off(pair[1]));

    http_peer_set_deadline(http_peers_find(peers, pair[0]), 0);
    http_peers_sweep(peers, 5000);
    ck_assert(!is_cut_off(pair[1]));

    http_peer_set_deadline(http_peers_find(peers, pair[0]), 5000);
    http_peers_sweep(peers, 5000);
    ck_assert(is_cut_off(pair[1]));
    close(pair[0]);
    close(pair[1]);
}
END_TEST

TCase *peer_tests(void)
{
    TCase *tc = tcase_create("http/peer");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, an_address_has_only_so_many_connections);
    tcase_add_test(tc, a_network_of_ipv6_is_one_client);
    tcase_add_test(tc, ipv4_in_ipv6_is_the_same_address);
    tcase_add_test(tc, only_this_machine_is_local);
    tcase_add_test(tc, of_a_proxy_requests_are_counted_instead_of_connections);
    tcase_add_test(tc, a_descriptor_beyond_the_table_is_refused);
    tcase_add_test(tc, a_descriptor_that_comes_again_is_counted_once);
    tcase_add_test(tc, who_is_past_the_deadline_is_cut_off);
    return tc;
}
