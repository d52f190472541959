/* base/str.c - small questions asked of text.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"

#include <assert.h>
#include <sys/auxv.h>

#include <sodium.h>

bool wf_streq(const char *a, const char *b)
{
    return a == b || (a && b && !strcmp(a, b));
}

bool wf_str_is(struct wf_str s, const char *text)
{
    size_t len = strlen(text);

    return s.len == len && (!len || !memcmp(s.at, text, len));
}

bool wf_str_starts(const char *text, const char *prefix)
{
    return !strncmp(text, prefix, strlen(prefix));
}

bool wf_str_ends(const char *text, const char *suffix)
{
    size_t text_len = strlen(text);
    size_t len = strlen(suffix);

    return text_len >= len && !strcmp(text + text_len - len, suffix);
}

bool wf_str_empty(const char *text)
{
    return !text || !*text;
}

uint64_t wf_str_hash(struct wf_str s)
{
    /* The kernel gives each process 16 random bytes: a seed that needs no
     * variable of ours. */
    const unsigned char *seed = (const unsigned char *)getauxval(AT_RANDOM);
    unsigned char hash[crypto_shorthash_BYTES];
    uint64_t n;

    static_assert(crypto_shorthash_KEYBYTES == 16, "AT_RANDOM is 16 bytes");
    crypto_shorthash(hash, (const unsigned char *)s.at, s.len, seed);
    memcpy(&n, hash, sizeof n);
    return n;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct wf_str wf_str_trim(struct wf_str s)
{
    while (s.len && is_space(s.at[0])) {
        s.at++;
        s.len--;
    }
    while (s.len && is_space(s.at[s.len - 1]))
        s.len--;
    return s;
}

bool wf_str_split(struct wf_str *rest, char sep, struct wf_str *part)
{
    const char *end;

    if (!rest->len)
        return false;
    end = memchr(rest->at, sep, rest->len);
    part->at = rest->at;
    part->len = end ? (size_t)(end - rest->at) : rest->len;
    rest->at += part->len + (end ? 1 : 0);
    rest->len -= part->len + (end ? 1 : 0);
    return true;
}

bool wf_str_to_int(struct wf_str s, int64_t *out)
{
    bool minus = s.len && s.at[0] == '-';
    int64_t value = 0;

    if (s.len == (minus ? 1 : 0))
        return false;
    /* Counts downward, because the least integer has no positive twin. */
    for (size_t i = minus ? 1 : 0; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9'
            || __builtin_mul_overflow(value, 10, &value)
            || __builtin_sub_overflow(value, s.at[i] - '0', &value))
            return false;
    }
    if (!minus && value == INT64_MIN)
        return false;
    *out = minus ? value : -value;
    return true;
}

static bool is_id_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'
           || c == '-';
}

bool wf_str_is_id(const char *text)
{
    size_t len = 0;

    if (!text || *text < 'a' || *text > 'z')
        return false;
    while (len <= 63 && is_id_char(text[len]))
        len++;
    return !text[len] && len <= 63;
}
