/* connect/outgoing.c - libcurl, as careful as outgoing.h promises.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "connect/outgoing.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/error.h"
#include "connect/curl_parts.h"

/* --- Addresses */

struct range {
    uint32_t first;
    unsigned bits;
};

/* IPv4 that is not everybody's: RFC 6890 and what has come since. */
static bool v4_is_public(uint32_t address)
{
    static const struct range kept[] = {
        { 0x00000000, 8 },  { 0x0a000000, 8 },  { 0x64400000, 10 },
        { 0x7f000000, 8 },  { 0xa9fe0000, 16 }, { 0xac100000, 12 },
        { 0xc0000000, 24 }, { 0xc0000200, 24 }, { 0xc0586300, 24 },
        { 0xc0a80000, 16 }, { 0xc6120000, 15 }, { 0xc6336400, 24 },
        { 0xcb007100, 24 }, { 0xe0000000, 3 },
    };

    for (size_t i = 0; i < WF_COUNT(kept); i++)
        if (((address ^ kept[i].first) >> (32 - kept[i].bits)) == 0)
            return false;
    return true;
}

/* Of IPv6 only 2000::/3 is; of that not 2001::/23 (Teredo and more),
 * documentation, and 6to4, which hides an IPv4. */
static bool v6_is_public(const unsigned char at[16])
{
    unsigned head = ((unsigned)at[0] << 8) | at[1];

    if ((at[0] & 0xe0) != 0x20 || head == 0x2002)
        return false;
    return head != 0x2001 || !(at[2] < 2 || (at[2] == 0x0d && at[3] == 0xb8));
}

bool wf_address_is_public(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in in;

        memcpy(&in, address, sizeof in);
        return v4_is_public(ntohl(in.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 in;

        memcpy(&in, address, sizeof in);
        return v6_is_public(in.sin6_addr.s6_addr);
    }
    return false;
}

/* --- The door */

static curl_socket_t open_socket(void *self, curlsocktype purpose,
                                 struct curl_sockaddr *address)
{
    struct wf_door *door = self;

    (void)purpose;
    if (!door->inside && !wf_address_is_public(&address->addr)) {
        door->kept_out = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC,
                  address->protocol);
}

CURLcode wf_door_set_up(CURL *curl, struct wf_door *door)
{
    CURLcode bad = CURLE_OK;

#define SET(option, value)                                                     \
    bad = bad ? bad : curl_easy_setopt(curl, option, value)
    SET(CURLOPT_PROXY, "");
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_TIMEOUT_MS, (long)WF_OUTGOING_MS);
    SET(CURLOPT_CONNECTTIMEOUT_MS, (long)WF_OUTGOING_MS / 2);
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    SET(CURLOPT_OPENSOCKETFUNCTION, open_socket);
    SET(CURLOPT_OPENSOCKETDATA, door);
#undef SET
    return bad;
}

/* --- One question */

enum {
    WAIT_MAX_S = 24 * 3600, /* that another server may ask for */
};

struct asking {
    const struct wf_outgoing *what;
    struct wf_door door;
    struct curl_slist *headers;
    struct wf_buf body;
    bool too_large;
};

static size_t take_body(char *at, size_t size, size_t n, void *self)
{
    struct asking *asking = self;

    if (asking->body.len + size * n > WF_INCOMING_MAX) {
        asking->too_large = true;
        return 0;
    }
    wf_buf_add(&asking->body, at, size * n);
    return size * n;
}

static void add_header(struct asking *asking, const char *text)
{
    struct curl_slist *longer = curl_slist_append(asking->headers, text);

    if (longer)
        asking->headers = longer;
    else
        wf_oom();
}

static void add_headers(struct asking *asking)
{
    const struct wf_outgoing *what = asking->what;

    if (what->json)
        add_header(asking, "Content-Type: application/json; charset=utf-8");
    for (size_t i = 0; what->headers && what->headers[i]; i++)
        add_header(asking, what->headers[i]);
}

static bool set_up(CURL *curl, struct asking *asking)
{
    const struct wf_outgoing *what = asking->what;
    CURLcode bad;

    asking->door.inside = what->inside;
    bad = wf_door_set_up(curl, &asking->door);
#define SET(option, value)                                                     \
    bad = bad ? bad : curl_easy_setopt(curl, option, value)
    SET(CURLOPT_URL, what->url);
    SET(CURLOPT_PROTOCOLS_STR, what->inside ? "https,http" : "https");
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_MAXFILESIZE, (long)WF_INCOMING_MAX);
    SET(CURLOPT_WRITEFUNCTION, take_body);
    SET(CURLOPT_WRITEDATA, asking);
    SET(CURLOPT_USERAGENT, "Weft");
    if (what->form || what->json)
        SET(CURLOPT_POSTFIELDS, what->json ? what->json : what->form);
    if (asking->headers)
        SET(CURLOPT_HTTPHEADER, asking->headers);
    if (what->user) {
        SET(CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        SET(CURLOPT_USERNAME, what->user);
        SET(CURLOPT_PASSWORD, what->password ? what->password : "");
    }
#undef SET
    return bad == CURLE_OK;
}

static bool explain(const struct asking *asking, CURLcode code, weft_error *err)
{
    const struct wf_outgoing *what = asking->what;
    const char *url = what->shown ? what->shown : what->url;

    if (asking->door.kept_out)
        return wf_fail(err, WEFT_E_DENIED,
                       "\"%s\" leads into a network that is not public. If "
                       "that is meant, say so where it is configured.",
                       url);
    if (asking->too_large || code == CURLE_FILESIZE_EXCEEDED)
        return wf_fail(err, WEFT_E_TOO_LARGE,
                       "The answer of \"%s\" is too large.", url);
    if (code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT)
        return wf_fail(err, WEFT_E_DENIED, "\"%s\" is no https address.", url);
    return wf_fail(err, WEFT_E_BUSY, "\"%s\" does not answer (%s).", url,
                   curl_easy_strerror(code));
}

bool wf_outgoing_init(weft_error *err)
{
    return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK
           || wf_fail(err, WEFT_E_INTERNAL, "libcurl cannot be started.");
}

/* By the header that there is for it, or Feishu's own. */
static long wait_of(CURL *curl)
{
    struct curl_header *own;
    curl_off_t wait = 0;
    int64_t seconds;

    curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &wait);
    if (wait <= 0
        && curl_easy_header(curl, "x-ogw-ratelimit-reset", 0, CURLH_HEADER, -1,
                            &own)
               == CURLHE_OK
        && wf_str_to_int(wf_str_of(own->value), &seconds))
        wait = seconds;
    return wait < WAIT_MAX_S ? (long)wait : 0;
}

bool wf_outgoing_ask(struct wf_arena *arena, const struct wf_outgoing *what,
                     struct wf_incoming *out, weft_error *err)
{
    struct asking asking = { .what = what, .body = WF_BUF_INIT(arena) };
    CURL *curl = curl_easy_init();
    CURLcode code = CURLE_FAILED_INIT;
    long status = 0, wait = 0;

    add_headers(&asking);
    if (curl && set_up(curl, &asking))
        code = curl_easy_perform(curl);
    if (code == CURLE_OK) {
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        wait = wait_of(curl);
    }
    curl_easy_cleanup(curl);
    curl_slist_free_all(asking.headers);
    if (code != CURLE_OK)
        return explain(&asking, code, err);
    out->status = status;
    out->retry_after_s = wait > 0 && wait < WAIT_MAX_S ? wait : 0;
    out->body.at = wf_buf_text(&asking.body);
    out->body.len = asking.body.len;
    return true;
}

/* --- Addresses as texts */

const char *wf_url_quote(struct wf_arena *arena, const char *text)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "abcdefghijklmnopqrstuvwxyz0123456789-._~";
    struct wf_buf out = WF_BUF_INIT(arena);

    for (; *text; text++) {
        if (strchr(plain, *text))
            wf_buf_char(&out, *text);
        else
            wf_buf_printf(&out, "%%%02X", (unsigned char)*text);
    }
    return wf_buf_text(&out);
}
