/* http/page_data.h - the answers that a page brings along for its script.
 *
 * A script that takes over a page would first ask the server what the server
 * has just looked up. So the page carries these answers as JSON, each under
 * the address that it is the answer of.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_PAGE_DATA_H
#define HTTP_PAGE_DATA_H

#include "http/request.h"

enum {
    HTTP_PAGE_ANSWERS = 6
};

struct http_page_data {
    struct {
        const char *address; /* with its query: "/work?limit=50" */
        weft_reply *reply;   /* owned */
    } at[HTTP_PAGE_ANSWERS];
    size_t n;
};
#define HTTP_PAGE_DATA_INIT                                                    \
    {                                                                          \
        .n = 0                                                                 \
    }

/* Keeps a reply, a failed one too; the page decides what it cannot do
 * without. */
void http_page_data_add(struct http_page_data *data, const char *address,
                        weft_reply *reply);
void http_page_data_end(struct http_page_data *data);

/* Appends <script type="application/json" id="data">{"csrf","answers":{…}}.
 * Failed replies are left out: the script asks again. */
void http_page_data_write(struct http_request *req,
                          const struct http_page_data *data,
                          struct wf_buf *out);

#endif
