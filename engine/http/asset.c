/* http/asset.c - the files of the web application.
 *
 * Out of a table, never from a file system. A file of assets/ has a hash of
 * itself in its name: whoever has it need not ask again.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/asset.h"

#include "base/embed.h"
#include "base/error.h"
#include "base/hash.h"
#include "http/compress.h"
#include "http/handlers.h"

static const struct wf_embedded *find(const struct http_site *site,
                                      const char *name)
{
    const struct wf_embedded *file = site->options.files;

    while (file && file->name && !wf_streq(file->name, name))
        file++;
    return file && file->name ? file : NULL;
}

const char *http_asset_text(const struct http_site *site, const char *name)
{
    const struct wf_embedded *file = find(site, name);

    return file ? (const char *)file->data : NULL;
}

/* clang-format off */
static const struct media {
    const char *end, *type;
} media[] = {
    { ".js",          "text/javascript; charset=utf-8" },
    { ".css",         "text/css; charset=utf-8" },
    { ".json",        "application/json" },
    { ".xsd",         "application/xml" },
    { ".svg",         "image/svg+xml" },
    { ".png",         "image/png" },
    { ".webmanifest", "application/manifest+json" },
};
/* clang-format on */

static const char *type_of(const char *name)
{
    size_t len = strlen(name);

    for (size_t i = 0; i < WF_COUNT(media); i++) {
        size_t end = strlen(media[i].end);

        if (len > end && wf_streq(name + len - end, media[i].end))
            return media[i].type;
    }
    return "application/octet-stream";
}

/* What the bytes are, in few letters. */
static const char *tag_of(struct wf_arena *arena, struct wf_str body)
{
    char text[WF_HASH_TEXT];
    struct wf_hash hash = wf_hash_of(body.at, body.len);

    wf_hash_write(&hash, text);
    return wf_arena_printf(arena, "%.16s", text);
}

static void answer(struct http_request *req, const char *name, bool keep)
{
    const struct wf_embedded *file = find(req->site, name);
    const struct wf_embedded *packed =
        find(req->site, wf_arena_printf(req->arena, "%s.gz", name));
    struct http_result *result = &req->result;

    if (packed && (!file || http_takes_gzip(req))) {
        result->encoding = "gzip";
        file = packed;
    }
    if (!file) {
        wf_fail(&result->error, WEFT_E_NOTFOUND, "There is nothing at %s.",
                req->target.path);
        return;
    }
    result->type = type_of(name);
    result->body = (struct wf_str){ (const char *)file->data, file->len };
    result->cache = keep ? HTTP_CACHE_FOR_EVER : HTTP_CACHE_ASK;
    if (result->encoding && !http_takes_gzip(req))
        http_expand(req);
    result->etag = tag_of(req->arena, result->body);
}

void http_asset(struct http_request *req)
{
    answer(req, wf_arena_printf(req->arena, "assets/%s", req->args[0]), true);
}

/* The path is the route's own. */
void http_root_file(struct http_request *req)
{
    answer(req, wf_arena_printf(req->arena, "root%s", req->route->pattern),
           false);
}
