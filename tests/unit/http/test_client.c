/* unit/http/test_client.c - who asks, behind proxies of ours and of others.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/client.h"

#include "base/arena.h"
#include "suite.h"

static struct wf_arena *arena;
static struct http_headers headers;
static weft_error err;

static void setup(void)
{
    arena = wf_arena_new();
    headers = (struct http_headers){ .n = 0 };
    err = (weft_error)WEFT_ERROR_INIT;
}

static void teardown(void)
{
    wf_arena_free(arena);
}

static struct in6_addr address(const char *text)
{
    struct in6_addr at;

    ck_assert_msg(http_address_parse(wf_str_of(text), &at), "%s", text);
    return at;
}

static struct http_proxies *trusting(const char *text)
{
    struct http_proxies *proxies;

    ck_assert_msg(http_proxies_parse(arena, text, &proxies, &err), "%s",
                  err.text);
    return proxies;
}

static bool find(const char *proxies, const char *peer, bool tls,
                 struct http_client *out)
{
    struct in6_addr at = address(peer);

    http_client_init(out, &at, tls);
    return http_client_find(trusting(proxies), arena, &headers, out, &err);
}

static void add(const char *name, const char *value)
{
    http_headers_add(&headers, wf_str_of(name), wf_str_of(value));
}

/* --- Networks */

START_TEST(a_network_holds_what_its_bits_say)
{
    static const struct {
        const char *network, *at;
        bool within;
    } rows[] = {
        { "10.0.0.0/8", "10.255.1.2", true },
        { "10.0.0.0/8", "11.0.0.0", false },
        { "10.0.0.128/25", "10.0.0.127", false },
        { "10.0.0.128/25", "10.0.0.128", true },
        { "192.0.2.1", "192.0.2.1", true },
        { "192.0.2.1", "192.0.2.2", false },
        { "192.0.2.1", "::ffff:192.0.2.1", true },
        { "0.0.0.0/1", "::1", false },
        { "2001:db8::/33", "2001:db8:7fff::1", true },
        { "2001:db8::/33", "2001:db8:8000::1", false },
        { "192.0.2.9,  2001:db8::1 10.0.0.0/8", "2001:db8::1", true },
        { "", "127.0.0.1", false },
    };

    for (size_t i = 0; i < WF_COUNT(rows); i++) {
        struct in6_addr at = address(rows[i].at);

        ck_assert_msg(http_proxies_have(trusting(rows[i].network), &at)
                          == rows[i].within,
                      "%s in %s", rows[i].at, rows[i].network);
    }
}
END_TEST

START_TEST(what_is_no_network_is_refused_with_its_text)
{
    static const char *const texts[] = { "localhost",      "10.0.0.0/0",
                                         "10.0.0.0/33",    "10.0.0.0/",
                                         "10.0.0.0/8/8",   "10.0.0.0/x",
                                         "2001:db8::/129", "/8",
                                         "10.0.0.256",     "10.0.0.0/-1" };
    struct http_proxies *proxies;

    for (size_t i = 0; i < WF_COUNT(texts); i++) {
        ck_assert_msg(!http_proxies_parse(arena, texts[i], &proxies, &err),
                      "%s", texts[i]);
        ck_assert_ptr_nonnull(strstr(err.text, texts[i]));
    }
}
END_TEST

/* --- Whose word is taken */

START_TEST(without_a_proxy_of_ours_headers_say_nothing)
{
    struct http_client client;

    add("X-Forwarded-For", "127.0.0.1");
    add("X-Forwarded-Proto", "https");
    add("Forwarded", "for=127.0.0.1;proto=https");
    ck_assert(find("10.0.0.1", "192.0.2.7", false, &client));
    ck_assert_str_eq(client.address, "192.0.2.7");
    ck_assert(!client.is_local && !client.is_secure && !client.is_behind);

    ck_assert(find(NULL, "127.0.0.1", false, &client));
    ck_assert_str_eq(client.address, "127.0.0.1");
    ck_assert(client.is_local && !client.is_secure);
}
END_TEST

START_TEST(the_rightmost_hop_that_is_not_ours_is_the_client)
{
    static const struct {
        const char *list, *client;
    } rows[] = {
        { "198.51.100.1", "198.51.100.1" },
        { "127.0.0.1, 198.51.100.1", "198.51.100.1" },
        { "10.0.0.9, 198.51.100.1, 10.0.0.8", "198.51.100.1" },
        { "evil, 198.51.100.1 , 10.0.0.8,10.0.0.9", "198.51.100.1" },
        { "198.51.100.1:4711", "198.51.100.1" },
        { "[2001:db8:1:2:3::4]:4711", "2001:db8:1:2::" },
        { "2001:db8:1:2:3::4", "2001:db8:1:2::" },
        { "127.0.0.1", "127.0.0.1" },
        { "10.0.0.9", "10.0.0.9" },
        { "198.51.100.1, unknown", "10.0.0.7" },
        { "198.51.100.1, unknown, 10.0.0.9", "10.0.0.9" },
        { "198.51.100.1, 1.2.3.4:x", "10.0.0.7" },
        { "198.51.100.1, [::1", "10.0.0.7" },
        { "198.51.100.1, []", "10.0.0.7" },
        { "198.51.100.1,", "198.51.100.1" },
        { "", "10.0.0.7" },
    };

    for (size_t i = 0; i < WF_COUNT(rows); i++) {
        struct http_client client;

        headers.n = 0;
        add("X-Forwarded-For", rows[i].list);
        ck_assert(find("10.0.0.0/24", "10.0.0.7", true, &client));
        ck_assert_msg(wf_streq(client.address, rows[i].client), "%s: %s",
                      rows[i].list, client.address);
        ck_assert(client.is_behind && !client.is_local && !client.is_secure);
    }
}
END_TEST

START_TEST(lines_of_a_header_are_one_list)
{
    struct http_client client;

    add("X-Forwarded-For", "127.0.0.1");
    add("x-forwarded-for", "198.51.100.1");
    ck_assert(find("127.0.0.1", "127.0.0.1", false, &client));
    ck_assert_str_eq(client.address, "198.51.100.1");
}
END_TEST

START_TEST(forwarded_is_read_with_its_quotes)
{
    static const struct {
        const char *text, *client;
        bool secure;
    } rows[] = {
        { "for=198.51.100.1;proto=https", "198.51.100.1", true },
        { "For=198.51.100.1; Proto=HTTPS;by=10.0.0.7", "198.51.100.1", true },
        { "for=198.51.100.1", "198.51.100.1", false },
        { "for=\"[2001:db8::1]:47\";proto=http", "2001:db8::", false },
        { "for=127.0.0.1;proto=https, for=198.51.100.1;proto=http",
          "198.51.100.1", false },
        { "for=198.51.100.1;proto=https, for=10.0.0.8;proto=http",
          "198.51.100.1", true },
        { "by=\"a,for=127.0.0.1;b\";for=198.51.100.1", "198.51.100.1", false },
        { "for=\"_hidden\";proto=https", "10.0.0.7", true },
        { "for=unknown", "10.0.0.7", false },
    };

    for (size_t i = 0; i < WF_COUNT(rows); i++) {
        struct http_client client;

        headers.n = 0;
        add("Forwarded", rows[i].text);
        ck_assert(find("10.0.0.0/24", "10.0.0.7", false, &client));
        ck_assert_msg(wf_streq(client.address, rows[i].client)
                          && client.is_secure == rows[i].secure,
                      "%s: %s", rows[i].text, client.address);
    }
}
END_TEST

/* A quote that the client opens would swallow what the proxy adds. */
START_TEST(what_cannot_be_read_is_refused)
{
    static const struct {
        const char *name, *text;
    } rows[] = {
        { "Forwarded", "for=\"127.0.0.1, for=198.51.100.1" },
        { "Forwarded", "for=\"a\\\", for=198.51.100.1" },
        { "Forwarded", "for=127.0.0.1;for=198.51.100.1" },
        { "Forwarded", "for" },
        { "Forwarded", "for=" },
        { "X-Forwarded-For",
          "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1" },
    };

    for (size_t i = 0; i < WF_COUNT(rows); i++) {
        struct http_client client;

        headers.n = 0;
        add(rows[i].name, rows[i].text);
        ck_assert_msg(!find("127.0.0.1", "127.0.0.1", false, &client), "%s",
                      rows[i].text);
        ck_assert_int_eq(err.code, WEFT_E_MALFORMED);
    }
}
END_TEST

/* A proxy writes one of them; the other comes from whoever asked. */
START_TEST(two_headers_have_to_name_the_same_client)
{
    struct http_client client;

    add("X-Forwarded-For", "198.51.100.1");
    add("Forwarded", "for=198.51.100.1;proto=https");
    ck_assert(find("127.0.0.1", "127.0.0.1", false, &client));
    ck_assert_str_eq(client.address, "198.51.100.1");
    ck_assert(!client.is_secure);

    headers.n = 1;
    add("Forwarded", "for=192.0.2.1");
    ck_assert(!find("127.0.0.1", "127.0.0.1", false, &client));
    ck_assert_int_eq(err.code, WEFT_E_MALFORMED);
}
END_TEST

START_TEST(secure_is_what_a_proxy_of_ours_says_is)
{
    static const struct {
        const char *proto;
        bool secure;
    } rows[] = {
        { "https", true },        { "HTTPS", true },   { "http", false },
        { "http, https", false }, { "", false },       { "https,", true },
        { "https, https", true }, { "httpsx", false }, { NULL, false },
    };

    for (size_t i = 0; i < WF_COUNT(rows); i++) {
        struct http_client client;

        headers.n = 0;
        if (rows[i].proto)
            add("X-Forwarded-Proto", rows[i].proto);
        ck_assert(find("127.0.0.1", "127.0.0.1", true, &client));
        ck_assert_msg(client.is_secure == rows[i].secure, "%s", rows[i].proto);
        ck_assert(!client.is_local);
    }
}
END_TEST

TCase *client_tests(void)
{
    TCase *tc = tcase_create("http/client");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_network_holds_what_its_bits_say);
    tcase_add_test(tc, what_is_no_network_is_refused_with_its_text);
    tcase_add_test(tc, without_a_proxy_of_ours_headers_say_nothing);
    tcase_add_test(tc, the_rightmost_hop_that_is_not_ours_is_the_client);
    tcase_add_test(tc, lines_of_a_header_are_one_list);
    tcase_add_test(tc, forwarded_is_read_with_its_quotes);
    tcase_add_test(tc, what_cannot_be_read_is_refused);
    tcase_add_test(tc, two_headers_have_to_name_the_same_client);
    tcase_add_test(tc, secure_is_what_a_proxy_of_ours_says_is);
    return tc;
}
