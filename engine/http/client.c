/* http/client.c - who asks: the other end of the connection, or, where that is
 * a proxy of ours, whom it names. Follows RFC 7239 for Forwarded.
 *
 * A proxy that writes one of the two headers lets the other pass, as it came
 * from the client. So where both are there they have to say the same.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/client.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"

enum {
    HOPS_MAX = 32,
    PROXIES_MAX = 64,
    BITS_OF_4 = 32,
    BITS_OF_6 = 128,
};

struct network {
    struct in6_addr at;
    unsigned bits;
};

struct http_proxies {
    struct network at[PROXIES_MAX];
    size_t n;
};

/* --- Networks */

static bool parse_network(struct wf_str text, struct network *out)
{
    struct wf_str rest = text, address;
    int64_t bits;
    unsigned all;

    if (!wf_str_split(&rest, '/', &address)
        || !http_address_parse(address, &out->at))
        return false;
    all = IN6_IS_ADDR_V4MAPPED(&out->at) && memchr(address.at, '.', address.len)
              ? BITS_OF_4
              : BITS_OF_6;
    bits = all;
    if (address.len < text.len
        && (!wf_str_to_int(rest, &bits) || bits < 1 || bits > all))
        return false;
    out->bits = (unsigned)bits + (BITS_OF_6 - all);
    return true;
}

bool http_proxies_parse(struct wf_arena *arena, const char *text,
                        struct http_proxies **out, weft_error *err)
{
    struct http_proxies *proxies = WF_NEW(arena, struct http_proxies);
    char *spaced = wf_arena_str(arena, text ? text : "");
    struct wf_str rest, part;

    for (char *c = spaced; *c; c++)
        *c = *c == ',' ? ' ' : *c;
    rest = wf_str_of(spaced);
    while (wf_str_split(&rest, ' ', &part)) {
        if (part.len == 0)
            continue;
        if (proxies->n == PROXIES_MAX
            || !parse_network(part, &proxies->at[proxies->n]))
            return wf_fail(err, WEFT_E_MALFORMED,
                           "\"%s\" is no network of proxies: write 10.0.0.5, "
                           "10.0.0.0/24 or 2001:db8::/64.",
                           wf_arena_slice(arena, part));
        proxies->n++;
    }
    *out = proxies->n > 0 ? proxies : NULL;
    return true;
}

static bool is_within(const struct network *network, const struct in6_addr *at)
{
    unsigned whole = network->bits / 8, left = network->bits % 8;
    unsigned char mask = (unsigned char)(0xff00U >> left);

    return memcmp(network->at.s6_addr, at->s6_addr, whole) == 0
           && (left == 0
               || ((network->at.s6_addr[whole] ^ at->s6_addr[whole]) & mask)
                      == 0);
}

bool http_proxies_have(const struct http_proxies *proxies,
                       const struct in6_addr *at)
{
    for (size_t i = 0; proxies && i < proxies->n; i++) {
        if (is_within(&proxies->at[i], at))
            return true;
    }
    return false;
}

/* --- What the headers say: a hop for each proxy, the nearest last */

struct hop {
    struct wf_str address; /* empty: not told */
    struct wf_str proto;
};

struct hops {
    struct hop at[HOPS_MAX];
    size_t n;
};

/* All values of a header that may come in several lines; NULL: it is absent. */
static const char *joined(struct wf_arena *arena,
                          const struct http_headers *headers, const char *name)
{
    struct wf_buf all = WF_BUF_INIT(arena);
    size_t n = 0;

    for (size_t i = 0; i < headers->n; i++) {
        const struct http_header *header = &headers->at[i];

        if (header->name.len != strlen(name)
            || strncasecmp(header->name.at, name, header->name.len) != 0)
            continue;
        wf_buf_printf(&all, "%s%.*s", n++ > 0 ? "," : "",
                      (int)header->value.len, header->value.at);
    }
    return n > 0 ? wf_buf_text(&all) : NULL;
}

static bool fail_unreadable(const char *name, weft_error *err)
{
    return wf_fail(err, WEFT_E_MALFORMED,
                   "The header %s of a proxy cannot be read.", name);
}

static bool read_plain(const char *text, struct hops *out, weft_error *err)
{
    struct wf_str rest = wf_str_of(text), part;

    while (wf_str_split(&rest, ',', &part)) {
        if (out->n == HOPS_MAX)
            return fail_unreadable("X-Forwarded-For", err);
        out->at[out->n++] = (struct hop){ .address = wf_str_trim(part) };
    }
    return true;
}

/* The length of `text` up to one of `ends` that stands outside quotes; false
 * where a quote does not end. */
static bool until(const char *text, const char *ends, size_t *len)
{
    bool quoted = false;
    size_t i = 0;

    for (; text[i] && (quoted || !strchr(ends, text[i])); i++) {
        if (text[i] == '"')
            quoted = !quoted;
        else if (quoted && text[i] == '\\' && text[i + 1])
            i++;
    }
    *len = i;
    return !quoted;
}

/* What stands in quotes, which no address or scheme needs to escape. */
static struct wf_str unquoted(struct wf_str text)
{
    if (text.len >= 2 && text.at[0] == '"' && text.at[text.len - 1] == '"')
        return (struct wf_str){ text.at + 1, text.len - 2 };
    return text;
}

static bool is_word(struct wf_str text, const char *word)
{
    return text.len == strlen(word)
           && strncasecmp(text.at, word, text.len) == 0;
}

/* One NAME=VALUE of a hop; each name may come once. */
static bool read_pair(struct wf_str pair, struct hop *hop)
{
    struct wf_str rest = wf_str_trim(pair), name, *into;

    if (rest.len == 0)
        return true;
    if (!wf_str_split(&rest, '=', &name) || rest.len == 0)
        return false;
    if (is_word(name, "for"))
        into = &hop->address;
    else if (is_word(name, "proto"))
        into = &hop->proto;
    else
        return true;
    if (into->len > 0)
        return false;
    *into = unquoted(rest);
    return true;
}

static bool read_forwarded(const char *text, struct hops *out, weft_error *err)
{
    struct hop hop = { .address = { "", 0 } };

    for (;;) {
        size_t len;

        if (!until(text, ",;", &len)
            || !read_pair((struct wf_str){ text, len }, &hop))
            return fail_unreadable("Forwarded", err);
        text += len;
        if (*text != ';') {
            if (out->n == HOPS_MAX)
                return fail_unreadable("Forwarded", err);
            out->at[out->n++] = hop;
            hop = (struct hop){ .address = { "", 0 } };
        }
        if (!*text)
            return true;
        text++;
    }
}

/* --- Who it is */

/* Goes from the right to the first that is no proxy of ours. What names nobody
 * ("unknown") stays with the proxy that says so. Returns the scheme by which
 * it came there. */
static struct wf_str follow(const struct http_proxies *proxies,
                            const struct hops *hops, struct in6_addr *at)
{
    struct wf_str proto = { "", 0 };
    struct in6_addr next;

    for (size_t i = hops->n; i > 0 && http_proxies_have(proxies, at); i--) {
        proto = hops->at[i - 1].proto;
        if (!http_address_parse(hops->at[i - 1].address, &next))
            break;
        *at = next;
    }
    return proto;
}

/* Each of several has to be "https". */
static bool all_secure(const char *text)
{
    struct wf_str rest = wf_str_of(text), part;
    bool any = false;

    while (wf_str_split(&rest, ',', &part)) {
        if (!is_word(wf_str_trim(part), "https"))
            return false;
        any = true;
    }
    return any;
}

static bool same(const struct in6_addr *a, const struct in6_addr *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

void http_client_init(struct http_client *client, const struct in6_addr *peer,
                      bool tls)
{
    *client = (struct http_client){ .at = *peer,
                                    .is_local = http_address_is_local(peer),
                                    .is_secure = tls };
    http_address_write(peer, client->address);
}

bool http_client_find(const struct http_proxies *proxies,
                      struct wf_arena *arena,
                      const struct http_headers *headers,
                      struct http_client *client, weft_error *err)
{
    const char *plain, *forwarded, *proto;
    struct hops by_plain = { .n = 0 }, by_forwarded = { .n = 0 };
    struct in6_addr at = client->at, other = client->at;
    struct wf_str way;

    if (!http_proxies_have(proxies, &client->at))
        return true;
    plain = joined(arena, headers, "X-Forwarded-For");
    proto = joined(arena, headers, "X-Forwarded-Proto");
    forwarded = joined(arena, headers, "Forwarded");
    if ((plain && !read_plain(plain, &by_plain, err))
        || (forwarded && !read_forwarded(forwarded, &by_forwarded, err)))
        return false;
    follow(proxies, &by_plain, &at);
    way = follow(proxies, &by_forwarded, &other);
    if (plain && forwarded && !same(&at, &other))
        return wf_fail(err, WEFT_E_MALFORMED,
                       "Forwarded and X-Forwarded-For name different clients.");
    http_client_init(client, plain ? &at : &other, false);
    client->is_local = false;
    client->is_behind = true;
    client->is_secure = plain || !forwarded || proto ? all_secure(proto)
                                                     : is_word(way, "https");
    return true;
}
