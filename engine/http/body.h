/* http/body.h - the body of a request: collected in memory while it is small,
 * in a file without a name beyond that.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_BODY_H
#define HTTP_BODY_H

#include <weft/error.h>

#include "base/buf.h"

/* One media type that routes may take. */
enum http_takes {
    HTTP_TAKES_NOTHING = 0,
    HTTP_TAKES_JSON = 1,
    HTTP_TAKES_FORM = 2, /* of a page that we wrote */
    HTTP_TAKES_XML = 4,
    HTTP_TAKES_ZIP = 8,
    HTTP_TAKES_CSV = 16,
    HTTP_TAKES_FILE = 32, /* of any type */
    HTTP_TAKES_LAST = HTTP_TAKES_FILE
};

/* The media type's name; the most bytes that it may have. */
const char *http_media_name(enum http_takes takes);
int64_t http_media_max(enum http_takes takes);

/* The type that a Content-Type names; HTTP_TAKES_NOTHING for others. */
enum http_takes http_media_of(const char *content_type);

struct http_body {
    enum http_takes type;
    int64_t max;
    int64_t len;
    struct wf_buf buf;
    int fd;        /* -1 while in memory */
    void *mapped;  /* the file, once it is whole */
    bool overflow; /* more came than `max`; the rest is not kept */
};

void http_body_init(struct http_body *body, struct wf_arena *arena);
void http_body_fini(struct http_body *body);

/* Takes `len` bytes more. Errors: WEFT_E_STORE, WEFT_E_FULL where no file can
 * be written. */
WF_MUST_CHECK bool http_body_add(struct http_body *body, const char *data,
                                 size_t len, weft_error *err);

/* The whole, as long as the body lives; "" for none. */
WF_MUST_CHECK bool http_body_whole(struct http_body *body, struct wf_str *out,
                                   weft_error *err);

WF_MUST_CHECK bool http_fail_too_large(int64_t max, weft_error *err);

#endif
