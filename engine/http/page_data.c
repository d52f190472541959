/* http/page_data.c - the answers that a page brings along for its script.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "http/page_data.h"

#include <assert.h>

#include "base/json.h"
#include "http/auth.h"

void http_page_data_add(struct http_page_data *data, const char *address,
                        weft_reply *reply)
{
    assert(data->n < HTTP_PAGE_ANSWERS);
    data->at[data->n].address = address;
    data->at[data->n].reply = reply;
    data->n++;
}

void http_page_data_end(struct http_page_data *data)
{
    for (size_t i = 0; i < data->n; i++)
        weft_reply_free(data->at[i].reply);
    data->n = 0;
}

/* In JSON this sign stands within texts alone, where its escape is the same
 * text; in HTML it could begin the end of the block. */
static void add_disarmed(struct wf_buf *out, const char *json, size_t len)
{
    const char *end = json + len, *at;

    while ((at = memchr(json, '<', (size_t)(end - json)))) {
        wf_buf_add(out, json, (size_t)(at - json));
        wf_buf_str(out, "\\u003c");
        json = at + 1;
    }
    wf_buf_add(out, json, (size_t)(end - json));
}

void http_page_data_write(struct http_request *req,
                          const struct http_page_data *data, struct wf_buf *out)
{
    struct wf_buf json = WF_BUF_INIT(req->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&json);

    wf_jw_open(&w, '{');
    wf_jw_key_text_or_null(&w, "csrf", http_auth_page_token(req));
    wf_jw_key(&w, "answers");
    wf_jw_open(&w, '{');
    for (size_t i = 0; i < data->n; i++) {
        const char *body;
        size_t len;

        if (weft_reply_error(data->at[i].reply))
            continue;
        body = weft_reply_body(data->at[i].reply, &len);
        wf_jw_key(&w, data->at[i].address);
        wf_jw_raw(&w, body, len);
    }
    wf_jw_close(&w, '}');
    wf_jw_close(&w, '}');
    wf_buf_str(out, "<script type=\"application/json\" id=\"data\">");
    add_disarmed(out, wf_buf_text(&json), json.len);
    wf_buf_str(out, "</script>\n");
}
