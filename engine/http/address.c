/* http/address.c - addresses of clients: read, written, compared.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/address.h"

#include <arpa/inet.h>
#include <string.h>

/* The IPv6 address under which an IPv4 one is known. */
static struct in6_addr mapped(const struct in_addr *four)
{
    struct in6_addr at = IN6ADDR_ANY_INIT;

    at.s6_addr[10] = at.s6_addr[11] = 0xff;
    memcpy(&at.s6_addr[12], four, 4);
    return at;
}

struct in6_addr http_address_of(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 six;

        memcpy(&six, address, sizeof six);
        return six.sin6_addr;
    }
    if (address->sa_family == AF_INET) {
        struct sockaddr_in four;

        memcpy(&four, address, sizeof four);
        return mapped(&four.sin_addr);
    }
    return (struct in6_addr)IN6ADDR_ANY_INIT;
}

static bool is_port(struct wf_str text)
{
    int64_t n;

    return wf_str_to_int(text, &n) && n >= 0 && n <= 65535;
}

/* Cuts off a port, and brackets. False where they do not match. */
static bool strip(struct wf_str *text)
{
    const char *colon = memchr(text->at, ':', text->len);
    const char *end = text->at + text->len;

    if (text->at[0] == '[') {
        const char *close = memchr(text->at, ']', text->len);

        if (!close
            || (close + 1 < end
                && (close[1] != ':'
                    || !is_port((struct wf_str){ close + 2,
                                                 (size_t)(end - close) - 2 }))))
            return false;
        *text = (struct wf_str){ text->at + 1, (size_t)(close - text->at) - 1 };
    } else if (colon && !memchr(colon + 1, ':', (size_t)(end - colon) - 1)) {
        if (!is_port((struct wf_str){ colon + 1, (size_t)(end - colon) - 1 }))
            return false;
        text->len = (size_t)(colon - text->at);
    }
    return true;
}

bool http_address_parse(struct wf_str text, struct in6_addr *out)
{
    struct in_addr four;
    char plain[HTTP_ADDRESS_MAX];

    if (text.len == 0 || !strip(&text) || text.len >= sizeof plain
        || memchr(text.at, '\0', text.len))
        return false;
    memcpy(plain, text.at, text.len);
    plain[text.len] = '\0';
    if (inet_pton(AF_INET, plain, &four) == 1) {
        *out = mapped(&four);
        return true;
    }
    return inet_pton(AF_INET6, plain, out) == 1;
}

size_t http_address_shared(const struct in6_addr *at)
{
    return IN6_IS_ADDR_V4MAPPED(at) || http_address_is_local(at) ? 16 : 8;
}

void http_address_write(const struct in6_addr *at, char *text)
{
    struct in6_addr named = IN6ADDR_ANY_INIT;

    if (IN6_IS_ADDR_V4MAPPED(at)) {
        inet_ntop(AF_INET, &at->s6_addr[12], text, HTTP_ADDRESS_MAX);
        return;
    }
    memcpy(&named, at, http_address_shared(at));
    inet_ntop(AF_INET6, &named, text, HTTP_ADDRESS_MAX);
}

bool http_address_is_local(const struct in6_addr *at)
{
    return IN6_IS_ADDR_LOOPBACK(at)
           || (IN6_IS_ADDR_V4MAPPED(at) && at->s6_addr[12] == 127);
}
