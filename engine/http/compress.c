/* http/compress.c - bodies in fewer bytes, for who takes them so.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/compress.h"

#include <limits.h>

#define ZLIB_CONST
#include <zlib.h>

enum {
    WORTH_IT = 1024, /* bytes: a packet or two are none less */
    LEVEL = 6,
    WINDOW_GZIP = 15 + 16, /* the largest window, and a header of gzip */
    MEMORY = 8
};

bool http_takes_gzip(const struct http_request *req)
{
    const char *header = http_headers_find(&req->headers, "Accept-Encoding");
    struct wf_str rest = wf_str_of(header), part;

    while (wf_str_split(&rest, ',', &part)) {
        struct wf_str q = wf_str_trim(part), name;

        if (wf_str_split(&q, ';', &name)
            && wf_str_is(wf_str_trim(name), "gzip"))
            return !wf_str_is(wf_str_trim(q), "q=0");
    }
    return false;
}

void http_compress(struct http_request *req)
{
    struct wf_str *body = &req->result.body;
    z_stream z = { 0 };
    uLong most;
    char *out;

    if (body->len < WORTH_IT || body->len > UINT_MAX || !http_takes_gzip(req)
        || deflateInit2(&z, LEVEL, Z_DEFLATED, WINDOW_GZIP, MEMORY,
                        Z_DEFAULT_STRATEGY)
               != Z_OK)
        return;
    most = deflateBound(&z, (uLong)body->len);
    out = wf_arena_room(req->arena, most);
    z.next_in = (const Bytef *)body->at;
    z.avail_in = (uInt)body->len;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)most;
    if (deflate(&z, Z_FINISH) == Z_STREAM_END) {
        *body = (struct wf_str){ out, z.total_out };
        req->result.encoding = "gzip";
    }
    deflateEnd(&z);
}

/* The last four bytes are the length, the lowest first (RFC 1952, 2.3.1). */
static size_t length_of(struct wf_str packed)
{
    size_t n = 0;

    for (size_t i = 1; i <= 4 && i <= packed.len; i++)
        n = n << 8 | (unsigned char)packed.at[packed.len - i];
    return n;
}

void http_expand(struct http_request *req)
{
    struct wf_str *body = &req->result.body;
    size_t len = length_of(*body);
    char *out = wf_arena_room(req->arena, len + 1);
    z_stream z = { .next_in = (const Bytef *)body->at,
                   .avail_in = (uInt)body->len,
                   .next_out = (Bytef *)out,
                   .avail_out = (uInt)len };

    if (inflateInit2(&z, WINDOW_GZIP) != Z_OK)
        return;
    if (inflate(&z, Z_FINISH) == Z_STREAM_END) {
        *body = (struct wf_str){ out, z.total_out };
        req->result.encoding = NULL;
    }
    inflateEnd(&z);
}
