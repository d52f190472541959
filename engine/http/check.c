/* http/check.c - the headers of a request, and whether two programs could read
 * them differently. Follows RFC 9110, 5 and RFC 9112, 6.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/check.h"

#include <string.h>
#include <strings.h>

#include "base/error.h"

/* What means something only once. */
static const char *const singles[] = {
    "Host",         "Content-Length", "Transfer-Encoding",
    "Content-Type", "Authorization",  "X-CSRF-Token",
    "If-Match",     "If-None-Match",  "Idempotency-Key",
    "Origin",       "Sec-Fetch-Site", "Content-Encoding",
};

static bool is_token(struct wf_str name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];

        if ((c < '0' || c > '9') && ((c | 0x20) < 'a' || (c | 0x20) > 'z')
            && (c == '\0' || !strchr("!#$%&'*+-.^_`|~", c)))
            return false;
    }
    return name.len > 0;
}

static bool is_printable(struct wf_str value)
{
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.at[i];

        if ((c < ' ' && c != '\t') || c == 0x7f)
            return false;
    }
    return true;
}

static bool is_digits(const char *text)
{
    return *text && text[strspn(text, "0123456789")] == '\0';
}

bool http_host_is(const char *text)
{
    return *text
           && text[strspn(text, "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789-._~:[]")]
                  == '\0';
}

void http_headers_add(struct http_headers *headers, struct wf_str name,
                      struct wf_str value)
{
    headers->bytes += name.len + value.len;
    if (headers->n == HTTP_HEADERS_MAX
        || headers->bytes > HTTP_HEADER_BYTES_MAX) {
        headers->overflow = true;
        return;
    }
    headers->at[headers->n++] = (struct http_header){ name, value };
}

static bool is_named(const struct http_header *header, const char *name)
{
    return header->name.len == strlen(name)
           && strncasecmp(header->name.at, name, header->name.len) == 0;
}

static size_t count(const struct http_headers *headers, const char *name)
{
    size_t n = 0;

    for (size_t i = 0; i < headers->n; i++)
        n += is_named(&headers->at[i], name);
    return n;
}

const char *http_headers_find(const struct http_headers *headers,
                              const char *name)
{
    for (size_t i = 0; i < headers->n; i++) {
        if (is_named(&headers->at[i], name))
            return headers->at[i].value.at;
    }
    return NULL;
}

static bool check_form(const struct http_headers *headers, weft_error *err)
{
    for (size_t i = 0; i < headers->n; i++) {
        if (!is_token(headers->at[i].name)
            || !is_printable(headers->at[i].value))
            return wf_fail(err, WEFT_E_MALFORMED,
                           "A header holds characters that none may hold.");
    }
    for (size_t i = 0; i < WF_COUNT(singles); i++) {
        if (count(headers, singles[i]) > 1)
            return wf_fail(err, WEFT_E_MALFORMED,
                           "The header %s is given twice.", singles[i]);
    }
    return true;
}

static bool check_length(const struct http_headers *headers, weft_error *err)
{
    const char *length = http_headers_find(headers, "Content-Length");
    const char *coding = http_headers_find(headers, "Transfer-Encoding");
    int64_t n;

    if (length && coding)
        return wf_fail(err, WEFT_E_MALFORMED,
                       "A body has either a Content-Length or a "
                       "Transfer-Encoding.");
    if (coding && strcasecmp(coding, "chunked") != 0)
        return wf_fail(err, WEFT_E_MALFORMED,
                       "The only Transfer-Encoding here is \"chunked\".");
    if (length && (!is_digits(length) || !wf_str_to_int(wf_str_of(length), &n)))
        return wf_fail(err, WEFT_E_MALFORMED,
                       "The Content-Length is no length.");
    return true;
}

bool http_headers_check(const struct http_headers *headers, weft_error *err)
{
    const char *host;

    if (!check_form(headers, err))
        return false;
    host = http_headers_find(headers, "Host");
    if (!host || !http_host_is(host))
        return wf_fail(err, WEFT_E_MALFORMED,
                       "The request names no Host, or none that can be.");
    return check_length(headers, err);
}

int64_t http_headers_length(const struct http_headers *headers)
{
    const char *length = http_headers_find(headers, "Content-Length");
    int64_t n = 0;

    if (http_headers_find(headers, "Transfer-Encoding"))
        return -1;
    if (length && !wf_str_to_int(wf_str_of(length), &n))
        return 0;
    return n;
}
