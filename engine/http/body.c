/* http/body.c - the body of a request: collected in memory while it is small,
 * in a file without a name beyond that.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/body.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/error.h"

enum {
    KIB = 1024,
    MIB = 1024 * KIB,
    IN_MEMORY_MAX = MIB
};

/* clang-format off */
static const struct media {
    enum http_takes takes;
    const char *name;
    int64_t max;
} media[] = {
    { HTTP_TAKES_JSON, "application/json",                  MIB      },
    { HTTP_TAKES_JSON, "application/merge-patch+json",      MIB      },
    { HTTP_TAKES_JSON, "application/scim+json",             MIB      },
    { HTTP_TAKES_FORM, "application/x-www-form-urlencoded", 64 * KIB },
    { HTTP_TAKES_XML,  "application/xml",                   MIB      },
    { HTTP_TAKES_XML,  "text/xml",                          MIB      },
    { HTTP_TAKES_ZIP,  "application/zip",                   10 * MIB },
    { HTTP_TAKES_CSV,  "text/csv",                          64 * MIB },
    { HTTP_TAKES_FILE, "application/octet-stream",          25 * MIB },
};
/* clang-format on */

static const struct media *row_of(enum http_takes takes)
{
    size_t i = 0;

    while (i + 1 < WF_COUNT(media) && media[i].takes != takes)
        i++;
    return &media[i];
}

const char *http_media_name(enum http_takes takes)
{
    return row_of(takes)->name;
}

int64_t http_media_max(enum http_takes takes)
{
    return row_of(takes)->max;
}

enum http_takes http_media_of(const char *content_type)
{
    struct wf_str rest = wf_str_of(content_type), name;

    if (!wf_str_split(&rest, ';', &name))
        return HTTP_TAKES_NOTHING;
    name = wf_str_trim(name);
    for (size_t i = 0; i < WF_COUNT(media); i++) {
        if (strlen(media[i].name) == name.len
            && strncasecmp(media[i].name, name.at, name.len) == 0)
            return media[i].takes;
    }
    return HTTP_TAKES_NOTHING;
}

void http_body_init(struct http_body *body, struct wf_arena *arena)
{
    *body = (struct http_body){ .buf = WF_BUF_INIT(arena), .fd = -1 };
}

void http_body_fini(struct http_body *body)
{
    if (body->mapped)
        munmap(body->mapped, (size_t)body->len);
    if (body->fd >= 0)
        close(body->fd);
    body->mapped = NULL;
    body->fd = -1;
}

bool http_fail_too_large(int64_t max, weft_error *err)
{
    return wf_fail(err, WEFT_E_TOO_LARGE,
                   "The body is too large: at most %lld bytes.",
                   (long long)max);
}

/* --- The file */

static bool fail_file(weft_error *err)
{
    return wf_fail(err, errno == ENOSPC ? WEFT_E_FULL : WEFT_E_STORE,
                   "The body cannot be kept while it arrives: %s.",
                   strerror(errno));
}

/* Some file systems know no file without a name; there it loses its name at
 * once. */
static int open_nameless(void)
{
    const char *dir = getenv("TMPDIR");
    char path[4096];
    int fd;

    if (!dir || dir[0] != '/')
        dir = "/tmp";
    fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0)
        return fd;
    snprintf(path, sizeof path, "%s/weft-XXXXXX", dir);
    fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0)
        unlink(path);
    return fd;
}

static bool write_all(int fd, const char *data, size_t len, weft_error *err)
{
    while (len > 0) {
        ssize_t n = write(fd, data, len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail_file(err);
        data += n;
        len -= (size_t)n;
    }
    return true;
}

/* From here on the bytes go to a file; those that came first go along. */
static bool move_out(struct http_body *body, weft_error *err)
{
    body->fd = open_nameless();
    if (body->fd < 0)
        return fail_file(err);
    return write_all(body->fd, wf_buf_text(&body->buf), body->buf.len, err);
}

bool http_body_add(struct http_body *body, const char *data, size_t len,
                   weft_error *err)
{
    body->overflow = body->overflow || (int64_t)len > body->max - body->len;
    if (body->overflow)
        return true;
    if (body->fd < 0 && body->buf.len + len > IN_MEMORY_MAX
        && !move_out(body, err))
        return false;
    body->len += (int64_t)len;
    if (body->fd >= 0)
        return write_all(body->fd, data, len, err);
    wf_buf_add(&body->buf, data, len);
    return true;
}

bool http_body_whole(struct http_body *body, struct wf_str *out,
                     weft_error *err)
{
    void *mapped;

    if (body->overflow)
        return http_fail_too_large(body->max, err);
    if (body->fd < 0) {
        *out = (struct wf_str){ wf_buf_text(&body->buf), body->buf.len };
        return true;
    }
    mapped = mmap(NULL, (size_t)body->len, PROT_READ, MAP_PRIVATE, body->fd, 0);
    if (mapped == MAP_FAILED)
        return fail_file(err);
    body->mapped = mapped;
    *out = (struct wf_str){ mapped, (size_t)body->len };
    return true;
}
