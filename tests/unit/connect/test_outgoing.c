/* unit/connect/test_outgoing.c - which addresses are everybody's.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <arpa/inet.h>
#include <string.h>

#include "connect/outgoing.h"

static bool is_public(const char *text)
{
    struct sockaddr_in v4 = { .sin_family = AF_INET };
    struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };

    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
        return wf_address_is_public((const struct sockaddr *)&v4);
    ck_assert_int_eq(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
    return wf_address_is_public((const struct sockaddr *)&v6);
}

START_TEST(addresses_of_ones_own_network_are_kept_out)
{
    static const char *const inside[] = {
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "ff02::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2001::1",
    };

    for (size_t i = 0; i < WF_COUNT(inside); i++)
        ck_assert_msg(!is_public(inside[i]), "%s", inside[i]);
}
END_TEST

START_TEST(addresses_of_everybody_are_let_through)
{
    static const char *const outside[] = {
        "1.1.1.1",         "8.8.8.8",         "100.63.255.255",
        "100.128.0.1",     "172.15.0.1",      "172.32.0.1",
        "223.255.255.254", "2606:4700::1111", "2400:3200::1",
    };

    for (size_t i = 0; i < WF_COUNT(outside); i++)
        ck_assert_msg(is_public(outside[i]), "%s", outside[i]);
}
END_TEST

TCase *outgoing_tests(void)
{
    TCase *tc = tcase_create("connect/outgoing");

    tcase_add_test(tc, addresses_of_ones_own_network_are_kept_out);
    tcase_add_test(tc, addresses_of_everybody_are_let_through);
    return tc;
}
